import type { Row } from '../mapping/row.ts';
import type { Problem } from '../problems/problem.ts';
import { SicError } from '../problems/sic-error.ts';
import type { FieldUpdate } from '../state/fields/update.ts';
import { SuperOfficeError } from '../superoffice/error.ts';
import { adopt, leftBehind } from './apply/adopt.ts';
import { applyPlan, type Work } from './apply/apply.ts';
import { Unfinished } from './apply/unfinished.ts';
import type { ChunkPorts } from './chunk.ts';
import { leftWith } from './edits/left-with.ts';
import { nothingKnown } from './edits/watch.ts';
import type { Wanted } from './plan/value.ts';
import { type Resolved, resolveRows } from './resolve-rows.ts';
import type { Status } from './result.ts';
import { notReached, type RowOutcome, refusal } from './row-outcome.ts';
import { planOf, type RowPlan } from './row-plan.ts';
import { foreseenOf } from './shown/foresee.ts';

/** Plans one row and, unless it is a dry run, applies the plan. Never throws: what ends the run goes to `stop`. */
export async function workRow(row: Row, resolved: Resolved, ports: ChunkPorts): Promise<RowOutcome> {
  const outcome = await planAndApply(row, resolved, ports);
  if (accepted.has(outcome.status)) ports.apply?.intents.settle(ports.datatype.name, row.key);
  return outcome;
}

const accepted: ReadonlySet<Status> = new Set(['created', 'updated', 'current']);

async function planAndApply(row: Row, resolved: Resolved, ports: ChunkPorts): Promise<RowOutcome> {
  try {
    const planned = await planOf(row, resolved, ports);
    if ('status' in planned) return planned;
    const { plan: todo, warnings } = planned;
    // A record that an earlier run left without its key is no new one: what becomes of that is compared then.
    const left = todo.todo === 'create' ? await findAdoptable(row, todo, resolved, ports) : null;
    if (left !== null) return await workAdopted(row, left, ports);
    const moved = ports.shown?.moved(row, planned) ?? null;
    if (moved) return moved;
    switch (todo.todo) {
      case 'reject':
        return { status: 'rejected', problems: todo.problems, warnings, changes: [] };
      case 'nothing':
        ports.apply?.fields.put(ports.fingerprints.text(row.key), after(row, planned, resolved, ports)([]));
        return {
          status: 'current',
          problems: [],
          warnings,
          changes: [],
          ...difference(planned),
          ...identity(planned.existing?.id),
        };
      case 'create':
      case 'update':
        return await carryOut(row, todo, planned, resolved, ports);
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

/** It may hold what an earlier file said: it is compared like any other record. */
async function workAdopted(row: Row, id: number, ports: ChunkPorts): Promise<RowOutcome> {
  const outcome = await resolveRows([row], ports, new Map([[id, row.key]])).then(
    resolved => planAndApply(row, resolved, ports),
    error => failed(row, error, [], ports),
  );
  // Its key was written, so it was reached.
  if (!ports.apply || outcome.status !== 'notReached') return outcome;
  return { ...outcome, status: 'failed', problems: [withKeyAlone(row, id, ports)] };
}

function withKeyAlone({ key }: Row, id: number, { datatype }: ChunkPorts): Problem {
  return {
    field: null,
    value: key,
    code: 'unfinished',
    message: `The ${datatype.name.toLowerCase()} is in SuperOffice (id ${id}) and has its key now, but the run ended before it was compared with its row.`,
    tip: 'The next run does the rest.',
  };
}

/** What the row leaves its record with, once this much was written. */
function after(
  { key, files }: Row,
  { wanted, existing }: RowPlan,
  { directory, known }: Resolved,
  { watch }: ChunkPorts,
): (written: readonly Wanted[]) => FieldUpdate {
  const before = known.get(key) ?? nothingKnown;
  return written => leftWith({ wanted, written, existing, directory, known: before, files }, watch);
}

/** What a user keeps was not accepted: as long as file and SuperOffice disagree, the row is looked at and told. */
function difference({ kept }: RowPlan): Pick<RowOutcome, 'differs'> {
  return kept.length > 0 ? { differs: true } : {};
}

function identity(record: number | undefined): Pick<RowOutcome, 'record'> {
  return record === undefined ? {} : { record };
}

async function carryOut(
  row: Row,
  plan: Work,
  planned: RowPlan,
  resolved: Resolved,
  ports: ChunkPorts,
): Promise<RowOutcome> {
  const { warnings, kept } = planned;
  if (plan.todo === 'update') await ports.updates?.pass();
  if (ports.stop.reason !== null) return { ...notReached, warnings };
  const status = plan.todo === 'create' ? 'created' : 'updated';
  const { key, acceptance } = row;
  const accepted = kept.length > 0 || acceptance === undefined ? {} : { acceptance };
  try {
    let record = planned.existing?.id;
    if (ports.apply)
      record = await applyPlan(
        ports.datatype,
        { key, ...accepted },
        plan,
        after(row, planned, resolved, ports),
        ports.apply,
      );
    else
      for (const want of plan.wanted)
        for (const { list, name } of want.add) ports.listValueAdded(want.field.name, name, list.ignoresCase);
    return {
      status,
      problems: [],
      warnings,
      changes: plan.changes,
      ...difference(planned),
      ...identity(record),
      ...(ports.apply ? {} : { foreseen: foreseenOf(plan) }),
    };
  } catch (error) {
    return { ...failed(row, error, warnings, ports), ...(isKnown(error) ? { changes: plan.changes } : {}) };
  }
}

/** True for an error after which the row's changes are worth telling: they were tried. */
function isKnown(error: unknown): boolean {
  return (
    (error instanceof SicError && error.code === 'file') ||
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
