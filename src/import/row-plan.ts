import type { Datatype } from '../datatypes/datatype.ts';
import type { Row } from '../mapping/row.ts';
import type { Problem } from '../problems/problem.ts';
import type { Existing } from '../records/current.ts';
import { notSearchable } from '../records/keys.ts';
import { canFilter } from '../superoffice/filter.ts';
import type { ChunkPorts } from './chunk.ts';
import { type Edit, userEdits, withoutEdits } from './edits/find.ts';
import { inConflict, kept, overwritten } from './edits/problems.ts';
import { nothingKnown } from './edits/watch.ts';
import { type Planned, planRow } from './plan/plan.ts';
import type { Wanted } from './plan/value.ts';
import { heldAlready, isHeldFault, withoutHeld } from './resolve/held-already.ts';
import { settleOurContact } from './resolve/our-contact.ts';
import { resolveCell } from './resolve/wanted.ts';
import type { Resolved } from './resolve-rows.ts';
import { notReached, type RowOutcome, refusal } from './row-outcome.ts';
import { settleByRules } from './rules/index.ts';

/** What is to be done for a row. */
export interface RowPlan extends Planned {
  /** What the row wants, without what is left to users. */
  readonly wanted: readonly Wanted[];
  /** null: there is none. */
  readonly existing: Existing | null;
  /** What users changed and keep. */
  readonly kept: readonly Edit[];
}

/**
 * The plan of a row, or its outcome where it gets none. What users changed since it was written or seen last is treated
 * as the policy has it.
 */
export async function planOf(row: Row, resolved: Resolved, ports: ChunkPorts): Promise<RowPlan | RowOutcome> {
  const { watch } = ports;
  const known = resolved.known.get(row.key) ?? nothingKnown;
  const left: Edit[] = [];
  let current = row;
  for (;;) {
    const planned = await planCells(current, resolved, ports, left);
    if ('status' in planned) return planned;
    const edits = userEdits(current, planned.plan, resolved.directory, known, watch);
    if (edits.length === 0)
      return { ...planned, kept: left, warnings: [...planned.warnings, ...left.map(kept)] };
    const { warnings } = planned;
    if (watch.policy === 'report')
      return { ...notReached, status: 'conflict', problems: edits.map(inConflict), warnings };
    if (watch.policy === 'file')
      return { ...planned, kept: [], warnings: [...warnings, ...edits.map(overwritten)] };
    // Planned again as if the file did not speak of it: what is worked out of the rest then fits what stays.
    left.push(...edits);
    current = withoutEdits(current, edits);
  }
}

/** Cells to values, values to a plan. */
async function planCells(
  row: Row,
  resolved: Resolved,
  ports: ChunkPorts,
  left: readonly Edit[],
): Promise<Omit<RowPlan, 'kept'> | RowOutcome> {
  const { existing, parents, directory } = resolved;
  const refused = existing.refused.get(row.key);
  if (refused) return { ...notReached, status: 'failed', problems: [refusal(row, refused)] };
  const records = existing.byKey.get(row.key) ?? [];
  const told: Problem[] = [];
  const wanted: Wanted[] = [];
  const [known] = records.length === 1 ? records : [];
  const problems = row.problems.filter(
    problem => !known || !isHeldFault(problem, ports.fields, known, directory),
  );
  for (const [field, given] of row.values) {
    const value = known ? withoutHeld(field, given, known, directory) : given;
    // It is known all the same what the field was left with.
    if (value === undefined) wanted.push({ field, value: [], text: null, add: [] });
    if (value === undefined) continue;
    const held = known ? heldAlready(field, value, known, directory) : null;
    const cell =
      held ?? (field.kind === 'relation' ? parents(field, value) : resolveCell(field, value, directory));
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
  if (record) ports.apply?.intents.found(datatype.name, row.key, record.id);
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
  const keepsContent = left.some(({ field }) => field === 'Content');
  const steps = keepsContent ? ruled.steps.filter(({ does }) => does !== 'content') : ruled.steps;
  const planned = planRow(datatype, ruled.wanted, record, directory, steps);
  return {
    plan: planned.plan,
    warnings: withoutMoot(warned, planned.warnings),
    wanted: ruled.wanted,
    existing: record,
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
