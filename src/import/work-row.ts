import type { Datatype } from '../datatypes/datatype.ts';
import type { Row } from '../mapping/row.ts';
import type { Problem } from '../problems/problem.ts';
import { SicError } from '../problems/sic-error.ts';
import type { Existing } from '../records/current.ts';
import { notSearchable } from '../records/keys.ts';
import { SuperOfficeError } from '../superoffice/error.ts';
import { canFilter } from '../superoffice/filter.ts';
import { adopt, leftBehind } from './apply/adopt.ts';
import { applyPlan, type Work } from './apply/apply.ts';
import { Unfinished } from './apply/unfinished.ts';
import type { ChunkPorts, RowOutcome } from './chunk.ts';
import { type Planned, planRow } from './plan/plan.ts';
import type { Wanted } from './plan/value.ts';
import { settleOurContact } from './resolve/our-contact.ts';
import { withoutRetired } from './resolve/retired.ts';
import { resolveCell } from './resolve/wanted.ts';
import { type Resolved, resolveRows } from './resolve-rows.ts';
import { settleByRules } from './rules/index.ts';

export const notReached: RowOutcome = { status: 'notReached', problems: [], warnings: [], changes: [] };

/** Plans one row and, unless it is a dry run, applies the plan. Never throws: what ends the run goes to `stop`. */
export async function workRow(row: Row, resolved: Resolved, ports: ChunkPorts): Promise<RowOutcome> {
  try {
    const planned = await plan(row, resolved, ports);
    if ('status' in planned) return planned;
    const { plan: todo, warnings } = planned;
    switch (todo.todo) {
      case 'reject':
        return { status: 'rejected', problems: todo.problems, warnings, changes: [] };
      case 'nothing':
        return { status: 'current', problems: [], warnings, changes: [] };
      case 'create': {
        const id = await findAdoptable(row, todo, resolved, ports);
        if (id === null) return await carryOut(row, todo, warnings, ports);
        // It may hold what an earlier file said: it is compared like any other record.
        return await workRow(row, await resolveRows([row], ports, new Map([[id, row.key]])), ports);
      }
      case 'update':
        return await carryOut(row, todo, warnings, ports);
    }
  } catch (error) {
    return failed(row, error, [], ports);
  }
}

/** The record that an earlier run made of this row and left without its key; null: there is none. */
async function findAdoptable(
  row: Row,
  { wanted }: Work,
  { adopted }: Resolved,
  ports: ChunkPorts,
): Promise<number | null> {
  const { datatype, superoffice, names, fingerprints, doubts, apply, stop } = ports;
  if (adopted.has(row.key) || stop.reason !== null) return null;
  const unkeyed = { datatype, key: row.key, wanted };
  return apply
    ? adopt(unkeyed, apply)
    : leftBehind(unkeyed, { superoffice, names, fingerprints, doubts, isMade: () => false });
}

/** Cells to values, values to a plan; or the outcome of a row that gets no plan. */
async function plan(row: Row, resolved: Resolved, ports: ChunkPorts): Promise<Planned | RowOutcome> {
  const { existing, parents, directory } = resolved;
  const refused = existing.refused.get(row.key);
  if (refused) return { ...notReached, status: 'failed', problems: [refusal(row, refused)] };
  const records = existing.byKey.get(row.key) ?? [];
  const problems = [...row.problems];
  const told: Problem[] = [];
  const wanted: Wanted[] = [];
  const [known] = records.length === 1 ? records : [];
  for (const [field, given] of row.values) {
    const value = known ? withoutRetired(field, given, known, directory) : given;
    if (value === undefined) continue;
    const cell = field.kind === 'relation' ? parents(field, value) : resolveCell(field, value, directory);
    if (cell.problem) problems.push(cell.problem);
    if (cell.warning) told.push(cell.warning);
    if (cell.wanted) wanted.push(cell.wanted);
  }
  if (records.length > 1) problems.push(ambiguousKey(row, ports.datatype, records));
  if (!canFilter(row.key)) problems.push(unsearchableKey(row, ports.datatype));
  const settled = settleOurContact(wanted, told);
  if (settled.problem) problems.push(settled.problem);
  if (problems.length > 0) return { ...notReached, status: 'rejected', problems, warnings: settled.warnings };

  const record = records[0] ?? null;
  const { superoffice, config, keptNames, datatype, doubts } = ports;
  const wasInDoubt = resolved.adopted.has(row.key) || doubts.of(datatype.name, row.key) !== undefined;
  if (record) ports.apply?.intents.settle(datatype.name, row.key);
  const ruled = await settleByRules({
    datatype,
    row,
    existing: record,
    wasInDoubt,
    wanted: settled.wanted,
    directory,
    superoffice,
    config,
    keptNames,
  });
  const warned = [...settled.warnings, ...ruled.warnings];
  if (ruled.problems.length > 0)
    return { ...notReached, status: 'rejected', problems: ruled.problems, warnings: warned };
  const planned = planRow(datatype, ruled.wanted, record, directory, ruled.steps);
  return { plan: planned.plan, warnings: withoutMoot(warned, planned.warnings) };
}

async function carryOut(
  row: Row,
  plan: Work,
  warnings: readonly Problem[],
  ports: ChunkPorts,
): Promise<RowOutcome> {
  if (plan.todo === 'update') await ports.updates?.pass();
  if (ports.stop.reason !== null) return { ...notReached, warnings };
  const status = plan.todo === 'create' ? 'created' : 'updated';
  try {
    if (ports.apply) await applyPlan(ports.datatype, row.key, plan, ports.apply);
    else
      for (const want of plan.wanted)
        for (const { list, name } of want.add) ports.listValueAdded(want.field.name, name, list.ignoresCase);
    return { status, problems: [], warnings, changes: plan.changes };
  } catch (error) {
    return { ...failed(row, error, warnings, ports), ...(isKnown(error) ? { changes: plan.changes } : {}) };
  }
}

/** True for an error after which the row's changes are worth telling: they were tried. */
function isKnown(error: unknown): boolean {
  return (
    error instanceof SicError ||
    error instanceof Unfinished ||
    (error instanceof SuperOfficeError && (error.lost || error.scope === 'row'))
  );
}

function failed(row: Row, error: unknown, warnings: readonly Problem[], ports: ChunkPorts): RowOutcome {
  // A file that went away between the look at it and its upload is this row's misfortune alone.
  if (error instanceof SicError && error.code === 'file')
    return { status: 'failed', problems: [fileFault(row, error)], warnings, changes: [] };
  if (error instanceof Unfinished) {
    const { reason, code, message, hint } = error;
    if (reason instanceof SuperOfficeError && reason.scope === 'tenant') ports.stop.reason ??= reason;
    const isLost = reason instanceof SuperOfficeError && reason.lost;
    const problem = { field: null, value: row.key, code, message, tip: hint };
    return { ...notReached, status: isLost ? 'unknown' : 'failed', problems: [problem], warnings };
  }
  if (!(error instanceof SuperOfficeError)) {
    ports.stop.reason ??= error;
    return { ...notReached, warnings };
  }
  if (error.scope === 'tenant') ports.stop.reason ??= error;
  if (error.lost) return { ...notReached, status: 'unknown', problems: [refusal(row, error)], warnings };
  if (error.scope === 'tenant') return { ...notReached, warnings };
  return { ...notReached, status: 'failed', problems: [refusal(row, error)], warnings };
}

function fileFault(row: Row, { message, hint }: SicError): Problem {
  return { field: null, value: row.key, code: 'file-unreadable', message, tip: hint ?? 'Look at the file.' };
}

export function refusal(row: Row, error: SuperOfficeError): Problem {
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
