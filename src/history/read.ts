import { type Counts, noCounts, type Requests, statuses } from '../import/result.ts';
import type { OpenRows } from '../state/open-rows.ts';
import { runFolder, startOf } from '../state/run-folder.ts';
import { readRunFile } from '../state/run-record.ts';
import { isRunning } from '../state/tidy-runs.ts';
import { listIn, numberIn, property, textIn } from './json.ts';
import type { RunState, RunSummary } from './result.ts';

/** What is on the disk of a run, as it was read: anything may be missing. */
export interface Kept {
  readonly id: string;
  readonly record: unknown;
  readonly result: unknown;
}

export async function readKept(stateFolder: string, id: string): Promise<Kept> {
  const { record, result } = runFolder(stateFolder, id);
  return { id, record: await readRunFile(record), result: await readRunFile(result) };
}

/** @param open null: no import has kept a list of refused rows yet */
export async function summaryOf(kept: Kept, open: OpenCounts | null, now: number): Promise<RunSummary> {
  const { id, record, result } = kept;
  const kind = kindOf(kept);
  const counts = countsIn(property(result, 'counts'));
  const error = errorIn(property(result, 'error'));
  return {
    id,
    kind,
    state: await stateOf(kept, counts, error, now),
    startedAt: textIn(record, 'startedAt') ?? new Date(startOf(id) ?? 0).toISOString(),
    endedAt: textIn(result, 'endedAt'),
    durationMs: numberIn(result, 'durationMs'),
    exitCode: numberIn(result, 'exitCode'),
    files: namesOf(kept),
    counts,
    requests: requestsIn(property(result, 'requests')),
    open: isListed(kept, open) ? (open.counts.get(id) ?? 0) : null,
    error,
  };
}

export interface OpenCounts {
  readonly rows: OpenRows;
  readonly counts: ReadonlyMap<string, number>;
}

/** Whether the list of refused rows tells about a run: an import that came to its end while there was a list. */
export function isListed(kept: Kept, open: OpenCounts | null): open is OpenCounts {
  if (open === null || kindOf(kept) !== 'import' || kept.result === undefined) return false;
  return (startOf(kept.id) ?? 0) >= (startOf(open.rows.since) ?? 0);
}

function kindOf({ record, result }: Kept): RunSummary['kind'] {
  const kind = textIn(record, 'kind') ?? textIn(result, 'kind')?.replace('sic.', '');
  return kind === 'import' || kind === 'validate' ? kind : null;
}

function namesOf({ record, result }: Kept): string[] {
  const named = listIn(record, 'files').flatMap(file => textIn(file, 'named') ?? []);
  return named.length > 0 ? named : listIn(result, 'files').flatMap(file => textIn(file, 'file') ?? []);
}

async function stateOf(
  { record, result }: Kept,
  counts: Counts | null,
  error: RunSummary['error'],
  now: number,
): Promise<RunState> {
  if (result === undefined) return (await isRunning(record, now)) ? 'running' : 'killed';
  if (error !== null) return error.code === 'interrupted' ? 'interrupted' : 'gave up';
  const exitCode = numberIn(result, 'exitCode');
  if (exitCode !== null) return exitCode === 0 ? 'ok' : 'rows need a look';
  const open = counts ? counts.rejected + counts.conflict + counts.failed + counts.unknown : 0;
  return open > 0 ? 'rows need a look' : 'ok';
}

export function countsIn(value: unknown): Counts | null {
  const read = numberIn(value, 'read');
  if (read === null) return null;
  const counts = noCounts();
  counts.read = read;
  for (const status of statuses) counts[status] = numberIn(value, status) ?? 0;
  return counts;
}

function requestsIn(value: unknown): Requests | null {
  const total = numberIn(value, 'total');
  if (total === null) return null;
  const [read, write, retried] = ['read', 'write', 'retried'].map(name => numberIn(value, name) ?? 0);
  return { total, read: read ?? 0, write: write ?? 0, retried: retried ?? 0 };
}

function errorIn(value: unknown): RunSummary['error'] {
  const code = textIn(value, 'code');
  if (code === null) return null;
  return { code, message: textIn(value, 'message') ?? '', hint: textIn(value, 'hint') };
}
