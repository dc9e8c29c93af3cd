import type { Row } from '../mapping/row.ts';
import type { Problem } from '../problems/problem.ts';
import { SicError } from '../problems/sic-error.ts';
import type { FieldUpdate } from '../state/fields/update.ts';
import { SuperOfficeError } from '../superoffice/error.ts';
import { adopt, leftBehind } from './apply/adopt.ts';
import { applyPlan, type Work } from './apply/apply.ts';
import { Unfinished } from './apply/unfinished.ts';
import type { Seat } from './bulk/gatherer.ts';
import type { Verdict } from './bulk/job.ts';
import { recordRows } from './bulk/record-rows.ts';
import type { ChunkPorts } from './chunk.ts';
import { leftWith } from './edits/left-with.ts';
import { nothingKnown } from './edits/watch.ts';
import type { Wanted } from './plan/value.ts';
import { type Resolved, resolveRows } from './resolve-rows.ts';
import type { Status } from './result.ts';
import { notReached, type RowOutcome, refusal } from './row-outcome.ts';
import { planOf, type RowPlan } from './row-plan.ts';
import { foreseenOf } from './shown/foresee.ts';

/**
 * Plans one row and, unless it is a dry run, applies the plan. Never throws: what ends the run goes to `stop`.
 * @param seat where updates are gathered, to be written together; null: nowhere
 */
export async function workRow(
  row: Row,
  resolved: Resolved,
  ports: ChunkPorts,
  seat: Seat | null,
): Promise<RowOutcome> {
  const outcome = await planAndApply(row, resolved, ports, seat);
  seat?.leave();
  if (accepted.has(outcome.status)) ports.apply?.intents.settle(ports.datatype.name, row.key);
  return outcome;
}

const accepted: ReadonlySet<Status> = new Set(['created', 'updated', 'current']);

async function planAndApply(
  row: Row,
  resolved: Resolved,
  ports: ChunkPorts,
  seat: Seat | null,
): Promise<RowOutcome> {
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
        return await carryOut(row, todo, planned, resolved, ports, seat);
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
    resolved => planAndApply(row, resolved, ports, null),
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

function identity(record = 0): Pick<RowOutcome, 'record'> {
  return record === 0 ? {} : { record };
}

async function carryOut(
  row: Row,
  plan: Work,
  planned: RowPlan,
  resolved: Resolved,
  ports: ChunkPorts,
  seat: Seat | null,
): Promise<RowOutcome> {
  const { warnings } = planned;
  if (plan.todo === 'update') await ports.updates?.pass();
  if (ports.stop.reason !== null) return { ...notReached, warnings };
  const status = plan.todo === 'create' ? 'created' : 'updated';
  try {
    const written = await write(row, plan, planned, resolved, ports, seat);
    if (typeof written !== 'number') return written;
    return {
      status,
      problems: [],
      warnings,
      changes: plan.changes,
      ...difference(planned),
      ...identity(written),
      ...(ports.apply ? {} : { foreseen: foreseenOf(plan) }),
    };
  } catch (error) {
    return { ...failed(row, error, warnings, ports), ...(isKnown(error) ? { changes: plan.changes } : {}) };
  }
}

/** The id of the record that is written, 0 in a dry run, which tells list values alone; else what became of the row instead. */
async function write(
  row: Row,
  plan: Work,
  planned: RowPlan,
  resolved: Resolved,
  ports: ChunkPorts,
  seat: Seat | null,
): Promise<number | RowOutcome> {
  const id = planned.existing?.id ?? 0;
  if (ports.apply === null) {
    for (const want of plan.wanted)
      for (const { list, name } of want.add) ports.listValueAdded(want.field.name, name, list.ignoresCase);
    return 0;
  }
  const { key, acceptance } = row;
  const accepted = planned.kept.length > 0 || acceptance === undefined ? {} : { acceptance };
  const left = after(row, planned, resolved, ports);
  const record = seat && plan.todo === 'update' ? recordRows(ports.datatype, plan) : null;
  const verdict =
    seat && record && plan.todo === 'update'
      ? await seat.offer({ row, ...accepted, plan, record, after: left })
      : byItself;
  switch (verdict.is) {
    case 'written':
      return id;
    case 'doubtful': {
      const outcome = await workAgain(row, verdict, ports);
      return outcome.status === 'updated' ? id : outcome;
    }
    case 'ended':
    case 'unknown':
      throw verdict.error;
    case 'left':
      // It may have waited for others.
      if (ports.stop.reason !== null) return { ...notReached, warnings: planned.warnings };
      seat?.leave();
      return applyPlan(ports.datatype, { key, ...accepted }, plan, left, ports.apply);
  }
}

const byItself: Verdict = { is: 'left' };

/**
 * A row of which nobody knows how far it was written: what SuperOffice holds since decides. What is missing is written
 * by itself, so that the row gets a verdict of its own.
 */
async function workAgain(
  row: Row,
  { intent, again }: Extract<Verdict, { is: 'doubtful' }>,
  ports: ChunkPorts,
): Promise<RowOutcome> {
  const outcome = await planAndApply(row, again, { ...ports, shown: null, updates: null }, null);
  const id = again.existing.byKey.get(row.key)?.[0]?.id;
  if (outcome.status === 'current') {
    intent.outcome('done', id);
    return { ...outcome, status: 'updated' };
  }
  intent.outcome('unknown');
  if (outcome.status !== 'notReached') return outcome;
  return { ...outcome, status: 'failed', problems: [halfWritten(row, id ?? 0, ports)] };
}

function halfWritten({ key }: Row, id: number, { datatype }: ChunkPorts): Problem {
  return {
    field: null,
    value: key,
    code: 'unfinished',
    message: `The ${datatype.name.toLowerCase()} (id ${id}) may hold some of its row: the run ended before the rest was written.`,
    tip: 'The next run does the rest.',
  };
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
