import type { Config } from '../config/config.ts';
import type { Datatype } from '../datatypes/datatype.ts';
import type { Field } from '../datatypes/field.ts';
import type { FieldNames } from '../datatypes/udef.ts';
import type { Row } from '../mapping/row.ts';
import type { Fingerprints } from '../state/fingerprint.ts';
import type { KeptNames } from '../state/kept-names.ts';
import { SuperOfficeError } from '../superoffice/error.ts';
import type { SuperOffice } from '../superoffice/superoffice.ts';
import type { ApplyPorts } from './apply/apply.ts';
import type { Doubts } from './apply/doubts.ts';
import type { Gatherer } from './bulk/gatherer.ts';
import type { Watch } from './edits/watch.ts';
import type { Pace } from './pace.ts';
import type { Directory } from './resolve/directory.ts';
import type { ParentLookup } from './resolve/parents.ts';
import { resolveRows } from './resolve-rows.ts';
import type { Status } from './result.ts';
import { notReached, type RowOutcome, refusal } from './row-outcome.ts';
import type { ShownRows } from './shown/guard.ts';
import type { Turns } from './turns.ts';
import type { UpdateGate } from './update-gate.ts';
import { workRow } from './work-row.ts';

/** What a chunk of rows is worked on with. */
export interface ChunkPorts {
  readonly superoffice: SuperOffice;
  /** Read when the first row needs it: a file in which nothing changed asks SuperOffice nothing. */
  readonly directory: () => Promise<Directory>;
  readonly datatype: Datatype;
  /** Fields the file writes. */
  readonly fields: readonly Field[];
  readonly names: FieldNames;
  readonly config: Config;
  readonly keptNames: KeptNames;
  readonly parents: ParentLookup;
  readonly fingerprints: Fingerprints;
  /** What users changed since the last import. */
  readonly watch: Watch;
  /** Creates whose fate nobody knows. */
  readonly doubts: Doubts;
  /** null: a dry run. */
  readonly apply: ApplyPorts | null;
  /** Carries updates out together, where they are applied; null: each is written by itself. */
  readonly bulk: Gatherer | null;
  /** Lets updates through, once it is known that they are not too many; null: there is nothing to be known. */
  readonly updates: UpdateGate | null;
  /** What a plan has shown of the rows, and nothing else may be written; null: there is no plan. */
  readonly shown: ShownRows | null;
  /** Set once nothing more may be sent: interrupted, or SuperOffice is gone. */
  readonly stop: { reason: unknown };
  readonly turns: Turns;
  readonly pace: Pace;
  /** Called for each row, with its key, as soon as its fate is known. */
  readonly reached: (status: Status, key: string) => void;
  /** For a dry run; else `apply` tells. */
  readonly listValueAdded: (list: string, name: string, ignoresCase: boolean) => void;
}

/**
 * Resolves, plans and (unless it is a dry run) applies rows with distinct keys. Outcome i belongs
 * to `rows[i]`. Never throws: what ends the run goes to `stop`.
 */
export async function workChunk(rows: readonly Row[], ports: ChunkPorts): Promise<RowOutcome[]> {
  const all = (outcome: (row: Row) => RowOutcome): RowOutcome[] =>
    rows.map(row => told(row, outcome(row), ports));
  if (ports.stop.reason !== null) return all(() => notReached);
  const gathering = (ports.apply && ports.bulk?.begin(rows.length)) ?? null;
  const resolving = resolveRows(rows, ports);
  // Rows that still wait for their turn look at it later.
  resolving.catch(() => {});
  try {
    // Turns are taken before anything is waited for: so they come in the order of the file.
    return await Promise.all(
      rows.map(row =>
        inTurn(row, ports, async () => {
          const resolved = await resolving;
          await ports.pace.turn();
          return told(row, await workRow(row, resolved, ports, gathering?.seat() ?? null), ports);
        }),
      ),
    );
  } catch (error) {
    if (!(error instanceof SuperOfficeError) || error.scope === 'tenant') {
      ports.stop.reason ??= error;
      return all(() => notReached);
    }
    return all(row => ({ ...notReached, status: 'failed', problems: [refusal(row, error)] }));
  } finally {
    gathering?.close();
  }
}

/** Where the records of a parent have an order, the rows of one parent wait for each other, in this chunk and others. */
function inTurn<T>(row: Row, { datatype, turns }: ChunkPorts, work: () => Promise<T>): Promise<T> {
  if (datatype.inTurnOf === undefined) return work();
  for (const [field, value] of row.values)
    if (field.name === datatype.inTurnOf) return turns.take(`${datatype.name} of ${String(value)}`, work);
  return work();
}

function told({ key }: Row, outcome: RowOutcome, ports: ChunkPorts): RowOutcome {
  ports.reached(outcome.status, key);
  return outcome;
}
