import type { Config } from '../config/config.ts';
import type { Datatype } from '../datatypes/datatype.ts';
import type { Field } from '../datatypes/field.ts';
import type { FieldNames } from '../datatypes/udef.ts';
import type { Row } from '../mapping/row.ts';
import type { Problem } from '../problems/problem.ts';
import type { KeptNames } from '../state/kept-names.ts';
import { SuperOfficeError } from '../superoffice/error.ts';
import type { SuperOffice } from '../superoffice/superoffice.ts';
import type { ApplyPorts } from './apply/apply.ts';
import { type Existing, readBeyondArchive } from './resolve/current.ts';
import type { Directory } from './resolve/directory.ts';
import { readExisting } from './resolve/existing.ts';
import { readPresentParents } from './resolve/parent-keys.ts';
import { type ParentLookup, resolveParents } from './resolve/parents.ts';
import type { Change, Status } from './result.ts';
import { notReached, refusal, workRow } from './work-row.ts';

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
  /** null: a dry run. */
  readonly apply: ApplyPorts | null;
  /** Set once nothing more may be sent: interrupted, or SuperOffice is gone. */
  readonly stop: { reason: unknown };
  /** Called for each row as soon as its fate is known. */
  readonly reached: (status: Status) => void;
  /** For a dry run; else `apply` tells. */
  readonly listValueAdded: (list: string, name: string, ignoresCase: boolean) => void;
}

export interface RowOutcome {
  readonly status: Status;
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
  readonly changes: readonly Change[];
}

/**
 * Resolves, plans and (unless it is a dry run) applies rows with distinct keys. Outcome i belongs
 * to `rows[i]`. Never throws: what ends the run goes to `stop`.
 */
export async function workChunk(rows: readonly Row[], ports: ChunkPorts): Promise<RowOutcome[]> {
  const all = (outcome: (row: Row) => RowOutcome): RowOutcome[] => rows.map(row => told(outcome(row), ports));
  if (ports.stop.reason !== null) return all(() => notReached);
  try {
    const [directory, existing, parents] = await Promise.all([
      ports.directory(),
      readExisting(
        ports.superoffice,
        ports.datatype,
        ports.fields,
        ports.names,
        rows.map(row => row.key),
      ),
      resolveParents(ports.superoffice, ports.parents, ports.fields, rows),
    ]);
    const recordOf = (row: Row): Existing | undefined => {
      const records = existing.byKey.get(row.key) ?? [];
      return records.length === 1 ? records[0] : undefined;
    };
    await readPresentParents(ports.superoffice, ports.parents, ports.fields, rows, recordOf, parents);
    const known = new Map<number, Existing>();
    for (const records of existing.byKey.values())
      if (records.length === 1) for (const record of records) known.set(record.id, record);
    await readBeyondArchive(ports.superoffice, ports.datatype, ports.fields, known);
    return await Promise.all(
      rows.map(async row => told(await workRow(row, { existing, parents, directory }, ports), ports)),
    );
  } catch (error) {
    if (!(error instanceof SuperOfficeError) || error.scope === 'tenant') {
      ports.stop.reason ??= error;
      return all(() => notReached);
    }
    return all(row => ({ ...notReached, status: 'failed', problems: [refusal(row, error)] }));
  }
}

function told(outcome: RowOutcome, ports: ChunkPorts): RowOutcome {
  ports.reached(outcome.status);
  return outcome;
}
