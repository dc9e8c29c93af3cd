import { type Counts, noCounts, statuses } from '../import/result.ts';
import type { OpenRows } from '../state/open-rows.ts';
import { runFolder, startOf } from '../state/run-folder.ts';
import { readRunFile } from '../state/run-record.ts';
import { isRunning } from '../state/tidy-runs.ts';
import { numberIn, property, textIn } from './json.ts';
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

export interface OpenCounts {
  readonly rows: OpenRows;
  readonly counts: ReadonlyMap<string, number>;
}

/** Whether the list of refused rows tells about a run: an import that came to its end while there was a list. */
export function isListed(kept: Kept, open: OpenCounts | null): open is OpenCounts {
  if (open === null || kindOf(kept) !== 'import' || kept.result === undefined) return false;
  return (startOf(kept.id) ?? 0) >= (startOf(open.rows.since) ?? 0);
}

export function kindOf({ record, result }: Kept): RunSummary['kind'] {
  const kind = textIn(record, 'kind') ?? textIn(result, 'kind')?.replace('sic.', '');
  return kind === 'import' || kind === 'validate' || kind === 'undo' ? kind : null;
}

export async function stateOf({ record, result }: Kept, now: number): Promise<RunState> {
  if (result === undefined) return (await isRunning(record, now)) ? 'running' : 'killed';
  const code = textIn(property(result, 'error'), 'code');
  if (code !== null) return code === 'interrupted' ? 'interrupted' : code === 'brake' ? 'stopped' : 'gave up';
  const counts = countsIn(property(result, 'counts'));
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
