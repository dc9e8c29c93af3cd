import type { Datatype } from '../datatypes/datatype.ts';
import type { Field } from '../datatypes/field.ts';
import type { Row } from '../mapping/row.ts';
import type { Problem } from '../problems/problem.ts';
import { SuperOfficeError } from '../superoffice/error.ts';
import { canFilter } from '../superoffice/filter.ts';
import type { SuperOffice } from '../superoffice/superoffice.ts';
import { type ApplyPorts, applyPlan } from './apply/apply.ts';
import { type Plan, planRow } from './plan/plan.ts';
import type { Wanted } from './plan/value.ts';
import { type Existing, readBeyondArchive } from './resolve/current.ts';
import type { Directory } from './resolve/directory.ts';
import { type ExistingRecords, readExisting } from './resolve/existing.ts';
import { notSearchable } from './resolve/keys.ts';
import { settleOurContact } from './resolve/our-contact.ts';
import { readPresentParents } from './resolve/parent-keys.ts';
import { type ParentLookup, type ParentResolver, resolveParents } from './resolve/parents.ts';
import { resolveCell } from './resolve/wanted.ts';
import type { Change, Status } from './result.ts';

/** What a chunk of rows is worked on with. */
export interface ChunkPorts {
  readonly superoffice: SuperOffice;
  /** Read when the first row needs it: a file in which nothing changed asks SuperOffice nothing. */
  readonly directory: () => Promise<Directory>;
  readonly datatype: Datatype;
  /** Fields the file writes. */
  readonly fields: readonly Field[];
  readonly progIdPrefix: string;
  readonly parents: ParentLookup;
  /** null: a dry run. */
  readonly apply: ApplyPorts | null;
  /** Set once nothing more may be sent: interrupted, or SuperOffice is gone. */
  readonly stop: { reason: unknown };
  /** Called for each row as soon as its fate is known. */
  readonly reached: (status: Status) => void;
  /** For a dry run; else `apply` tells. */
  readonly listValueAdded: (list: string, name: string) => void;
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
        ports.progIdPrefix,
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
      rows.map(async row => told(await workRow(row, existing, parents, directory, ports), ports)),
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

const notReached: RowOutcome = { status: 'notReached', problems: [], warnings: [], changes: [] };

async function workRow(
  row: Row,
  existing: ExistingRecords,
  parents: ParentResolver,
  directory: Directory,
  ports: ChunkPorts,
): Promise<RowOutcome> {
  const refused = existing.refused.get(row.key);
  if (refused) return { ...notReached, status: 'failed', problems: [refusal(row, refused)] };
  const records = existing.byKey.get(row.key) ?? [];
  const problems = [...row.problems];
  const told: Problem[] = [];
  const wanted: Wanted[] = [];
  for (const [field, value] of row.values) {
    const cell = field.kind === 'relation' ? parents(field, value) : resolveCell(field, value, directory);
    if (cell.problem) problems.push(cell.problem);
    if (cell.warning) told.push(cell.warning);
    if (cell.wanted) wanted.push(cell.wanted);
  }
  if (records.length > 1) problems.push(ambiguousKey(row, ports.datatype, records));
  if (!canFilter(row.key)) problems.push(unsearchableKey(row, ports.datatype));
  const settled = settleOurContact(wanted, told);
  if (settled.problem) problems.push(settled.problem);
  if (problems.length > 0) return { status: 'rejected', problems, warnings: settled.warnings, changes: [] };

  const planned = planRow(ports.datatype, settled.wanted, records[0] ?? null, directory);
  const warnings = withoutMoot(settled.warnings, planned.warnings);
  const { plan } = planned;
  switch (plan.todo) {
    case 'reject':
      return { status: 'rejected', problems: plan.problems, warnings, changes: [] };
    case 'nothing':
      return { status: 'current', problems: [], warnings, changes: [] };
    default:
      return carryOut(row, plan, warnings, ports);
  }
}

async function carryOut(
  row: Row,
  plan: Extract<Plan, { todo: 'create' | 'update' }>,
  warnings: Problem[],
  ports: ChunkPorts,
): Promise<RowOutcome> {
  const outcome = { problems: [], warnings, changes: plan.changes };
  if (ports.stop.reason !== null) return { ...notReached, warnings };
  const status = plan.todo === 'create' ? 'created' : 'updated';
  try {
    if (ports.apply) await applyPlan(ports.datatype, row.key, plan, ports.apply);
    else
      for (const want of plan.wanted)
        for (const { name } of want.add) ports.listValueAdded(want.field.name, name);
    return { ...outcome, status };
  } catch (error) {
    if (!(error instanceof SuperOfficeError)) {
      ports.stop.reason ??= error;
      return { ...notReached, warnings };
    }
    if (error.scope === 'tenant') ports.stop.reason ??= error;
    if (error.lost) return { ...outcome, status: 'unknown', problems: [refusal(row, error)] };
    if (error.scope === 'tenant') return { ...notReached, warnings };
    return { ...outcome, status: 'failed', problems: [refusal(row, error)] };
  }
}

function refusal(row: Row, error: SuperOfficeError): Problem {
  return {
    field: null,
    value: row.key,
    code: error.lost ? 'answer-lost' : 'superoffice-refused',
    message: error.message,
    tip: error.hint,
  };
}

function ambiguousKey(row: Row, datatype: Datatype, records: readonly Existing[]): Problem {
  const ids = records.map(record => record.id).join(', ');
  return {
    field: datatype.keyField,
    value: row.key,
    code: 'key-ambiguous',
    message: `SuperOffice has ${records.length} records with this key (ids ${ids}).`,
    tip: `Leave the key on one of them and empty ${datatype.keyField} on the others; sic never picks one by itself.`,
  };
}

function unsearchableKey(row: Row, datatype: Datatype): Problem {
  const [message, tip] = notSearchable(row.key);
  return { field: datatype.keyField, value: row.key, code: 'key-not-searchable', message, tip };
}

/** Where a field is left alone, what would have become of its value is of no interest. */
function withoutMoot(told: readonly Problem[], leftAlone: readonly Problem[]): Problem[] {
  const fields = new Set(leftAlone.map(warning => warning.field));
  return [...told.filter(warning => !fields.has(warning.field)), ...leftAlone];
}
