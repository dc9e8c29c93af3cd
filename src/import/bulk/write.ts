import type { Datatype } from '../../datatypes/datatype.ts';
import { inDoubt } from '../../state/fields/update.ts';
import { refusesMassOperations } from '../../superoffice/database-table.ts';
import { SuperOfficeError } from '../../superoffice/error.ts';
import type { ApplyPorts } from '../apply/apply.ts';
import type { Intent } from '../apply/intents.ts';
import { imageOf } from '../undo/image.ts';
import { type Group, groupsOf } from './batch.ts';
import { integerCell, momentCell, plainCell } from './cells.ts';
import type { Doubtful, Job, Verdict } from './job.ts';
import { readRoots } from './read-roots.ts';
import type { TableRow } from './table-row.ts';
import type { Tables } from './tables.ts';

/** What a batch came to. */
export interface WrittenBatch {
  readonly verdicts: ReadonlyMap<Job, Verdict>;
  /** Jobs that have to be looked at again before anybody says what became of them. */
  readonly doubtful: readonly Doubtful[];
  /** The agent takes nothing from this sign-in, and nothing was written. */
  readonly refused: SuperOfficeError | null;
}

/** A job on its way. */
interface Entry {
  readonly job: Job;
  readonly rows: readonly TableRow[];
  intent: Intent | null;
  /** A row of it left, and nobody knows that nothing came of it. */
  isSent: boolean;
  isDoubtful: boolean;
  reason: SuperOfficeError | null;
}

/**
 * Writes updates by mass operations: tables beside the root first, the root last, so that whoever hears of a change finds
 * it whole. The intents are durable before the first request leaves; a job is told as written only when the server told so of
 * each of its rows. Never throws SuperOfficeError. Throws SicError when the journal or the images cannot be written.
 */
export async function writeBatch(
  jobs: readonly Job[],
  datatype: Datatype,
  tables: Tables,
  ports: ApplyPorts,
): Promise<WrittenBatch> {
  const verdicts = new Map<Job, Verdict>(jobs.map(job => [job, { is: 'left' }]));
  const entries = await entriesOf(jobs, tables, ports).catch((error: unknown) => {
    // What is wrong with the question alone is no reason to leave records unwritten.
    if (!(error instanceof SuperOfficeError) || error.scope === 'tenant')
      for (const job of jobs) verdicts.set(job, { is: 'ended', error });
    return [];
  });
  const { groups, left } = groupsOf(entries);
  const isLeft = new Set(left);
  const kept = entries.filter(entry => !isLeft.has(entry));
  if (kept.length === 0) return { verdicts, doubtful: [], refused: null };
  await announce(kept, datatype, ports);
  const rootLast = [...groups].sort(
    (a, b) => Number(a.like.table === tables.root) - Number(b.like.table === tables.root),
  );
  const { refused, ended } = await send(rootLast, ports);
  const doubtful: Doubtful[] = [];
  for (const { job, intent, isSent, isDoubtful, reason } of kept) {
    if (intent === null) continue;
    const { row, plan, after } = job;
    if (isSent && isDoubtful) {
      ports.fields.put(ports.fingerprints.text(row.key), inDoubt(after(plan.wanted)));
      doubtful.push({ job, intent, reason });
    } else if (isDoubtful) {
      intent.outcome('failed');
      if (ended !== null) verdicts.set(job, { is: 'ended', error: ended });
    } else {
      intent.outcome('done', plan.existing.id);
      ports.fields.put(ports.fingerprints.text(row.key), after(plan.wanted));
      verdicts.set(job, { is: 'written' });
    }
  }
  return { verdicts, doubtful, refused };
}

/** Those whose records are there, with their rows. */
async function entriesOf(
  jobs: readonly Job[],
  tables: Tables,
  { superoffice, now }: ApplyPorts,
): Promise<Entry[]> {
  const roots = await readRoots(
    superoffice,
    tables,
    jobs.map(({ record }) => record.id),
  );
  const clock = superoffice.serverClock();
  const time = new Date(now() + (clock === null ? 0 : clock.there - clock.here));
  const updated = momentCell(time.toISOString().slice(0, 19)) ?? '';
  return jobs.flatMap(job => {
    const required = roots.get(job.record.id);
    if (!required) return [];
    const rows = [...job.record.others, rootRow(job, tables, required, updated)];
    return [{ job, rows, intent: null, isSent: false, isDoubtful: false, reason: null }];
  });
}

/**
 * The date of the last change is written where nothing else in the root differs: a row that needs no update would keep its
 * own, and neither webhooks nor those who look for changes would hear of it (writing.md, section 6.5).
 */
function rootRow(
  { record: { id, root } }: Job,
  { root: table, key, required: order }: Tables,
  required: Readonly<Record<string, string>>,
  updated: string,
): TableRow {
  const changed = Object.keys(root).length > 0 ? root : { updated };
  const also = Object.keys(changed).filter(column => !(column in order));
  const columns = [...Object.keys(order), ...also.sort()];
  const cells: Readonly<Record<string, string>> = { ...required, ...changed };
  return {
    table,
    keys: [key],
    columns: [key, ...columns],
    cells: [integerCell(id), ...columns.map(column => cells[column] ?? '')],
  };
}

async function announce(entries: readonly Entry[], datatype: Datatype, ports: ApplyPorts): Promise<void> {
  for (const entry of entries) {
    const { row, acceptance, plan, after } = entry.job;
    const intent = ports.intents.announce({
      datatype: datatype.name,
      key: row.key,
      todo: 'update',
      like: null,
      fields: { update: after(plan.wanted), columns: ports.fields.columns },
      ...(acceptance === undefined ? {} : { acceptance: acceptance() }),
      id: plan.existing.id,
    });
    ports.images?.note(imageOf(intent.n, datatype, row.key, plan));
    entry.intent = intent;
  }
  await Promise.all([entries.at(-1)?.intent?.durable(), ports.images?.durable()]);
}

/** Sends the requests one after the other. What was begun goes on whatever brake is pulled. */
async function send(
  groups: readonly Group<Entry>[],
  { superoffice }: ApplyPorts,
): Promise<{ readonly refused: SuperOfficeError | null; readonly ended: unknown }> {
  let begun = false;
  let refused: SuperOfficeError | null = null;
  let ended: unknown = null;
  let isOver = false;
  for (const { like, rows: all } of groups) {
    const rows = all.filter(({ entry }) => !entry.isDoubtful);
    if (rows.length === 0) continue;
    if (isOver) {
      for (const { entry } of rows) entry.isDoubtful = true;
      continue;
    }
    try {
      const { table, keys, columns } = like;
      const request = { table, keys, columns, rows: rows.map(({ row }) => row.cells) };
      const { isWhole, message, rows: told } = await superoffice.upsert(request, begun);
      begun = true;
      const fates = new Map(told.map(({ keys, action }) => [keys.map(plainCell).join('\n'), action]));
      for (const { entry, row } of rows) {
        entry.isSent = true;
        if (isWhole && isGood(row, fates.get(keyCells(row)))) continue;
        entry.isDoubtful = true;
        entry.reason = isWhole ? null : notWhole(table, message);
      }
    } catch (error) {
      for (const { entry } of rows) entry.isDoubtful = true;
      if (!(error instanceof SuperOfficeError)) ended = error;
      else if (!begun && refusesMassOperations(error)) refused = error;
      else {
        // What concerns the whole tenant was refused before any work was done, unless the answer was lost.
        const isSent = error.lost || error.scope === 'row';
        for (const { entry } of rows) {
          entry.isSent ||= isSent;
          entry.reason = error;
        }
        if (error.scope === 'tenant' && !error.lost) ended = error;
        begun ||= isSent;
        if (error.scope === 'row' && !error.lost) continue;
      }
      isOver = true;
    }
  }
  return { refused, ended };
}

function keyCells({ keys, columns, cells }: TableRow): string {
  return keys.map(key => plainCell(cells[columns.indexOf(key)] ?? '')).join('\n');
}

/** A row that is found by its primary key was not to be made: a record that was deleted meanwhile would come back as a ghost. */
function isGood({ table, keys }: TableRow, action: string | undefined): boolean {
  if (action === 'Updated' || action === 'NoUpdateNeeded') return true;
  return action === 'Inserted' && !keys.includes(`${table}_id`);
}

function notWhole(table: string, message: string): SuperOfficeError {
  const request = 'POST /v1/Agents/DatabaseTable/Upsert';
  return new SuperOfficeError(`${request}: table ${table} was not written to the end: ${message}`, {
    status: 200,
    request,
    scope: 'row',
    hint: 'Run the same command again.',
  });
}
