import { stat } from 'node:fs/promises';
import type { Requests } from '../import/result.ts';
import { noUndoCounts, undoStatuses } from '../import/undo/result.ts';
import { runFolder, startOf } from '../state/run-folder.ts';
import { listIn, numberIn, property, textIn } from './json.ts';
import { type Later, resumableAfter } from './later.ts';
import { countsIn, isListed, type Kept, kindOf, type OpenCounts, stateOf } from './read.ts';
import type { RunSummary } from './result.ts';

/** @param open null: no import has kept a list of refused rows yet */
export async function summaryOf(
  kept: Kept,
  open: OpenCounts | null,
  later: Later,
  { stateFolder, now }: { readonly stateFolder: string; readonly now: number },
): Promise<RunSummary> {
  const { id, record, result } = kept;
  const kind = kindOf(kept);
  const counts = countsIn(property(result, 'counts'));
  const error = errorIn(property(result, 'error'));
  const undoneBy = later.undoneBy(kept);
  return {
    id,
    kind,
    state: await stateOf(kept, now),
    startedAt: textIn(record, 'startedAt') ?? new Date(startOf(id) ?? 0).toISOString(),
    endedAt: textIn(result, 'endedAt'),
    durationMs: numberIn(result, 'durationMs'),
    exitCode: numberIn(result, 'exitCode'),
    files: namesOf(kept),
    counts: kind === 'undo' ? null : counts,
    undo: kind === 'undo' ? undoIn(kept) : null,
    requests: requestsIn(property(result, 'requests')),
    open: isListed(kept, open) ? (open.counts.get(id) ?? 0) : null,
    error,
    resumable: await resumableAfter(later, kept, now),
    undoable: undoneBy === null && (await isUndoable(stateFolder, kept)),
    undoneBy,
  };
}

function namesOf({ record, result }: Kept): string[] {
  const named = listIn(record, 'files').flatMap(file => textIn(file, 'named') ?? []);
  return named.length > 0 ? named : listIn(result, 'files').flatMap(file => textIn(file, 'file') ?? []);
}

/** Whether the run wrote something, and what that was before is kept. */
async function isUndoable(stateFolder: string, { id }: Kept): Promise<boolean> {
  const { journal, file } = runFolder(stateFolder, id);
  const sizes = await Promise.all([journal, file('before.ndjson')].map(path => stat(path).catch(() => null)));
  return sizes.every(found => found !== null && found.size > 0);
}

function undoIn({ record, result }: Kept): RunSummary['undo'] {
  const counts = property(result, 'counts');
  const known = noUndoCounts();
  for (const name of ['records', ...undoStatuses] as const) known[name] = numberIn(counts, name) ?? 0;
  return {
    run: textIn(record, 'undoes') ?? textIn(result, 'undoes') ?? '',
    dryRun: property(property(record, 'flags'), 'dry-run') === true || property(result, 'dryRun') === true,
    counts: counts === undefined ? null : known,
  };
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
