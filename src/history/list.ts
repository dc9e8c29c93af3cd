import { OpenRows } from '../state/open-rows.ts';
import { runIds } from '../state/run-folder.ts';
import { removedRuns } from '../state/tidy-runs.ts';
import { type OpenCounts, readKept, summaryOf } from './read.ts';
import type { RunList, RunSummary } from './result.ts';

/** The newest runs of a profile. Throws SicError 'state' where the folder of its runs cannot be read. */
export async function listRuns(
  stateFolder: string,
  profile: string,
  limit: number,
  now: number,
): Promise<RunList> {
  const ids = (await runIds(stateFolder)).reverse();
  const open = await readOpen(stateFolder);
  const runs: RunSummary[] = [];
  for (const id of ids.slice(0, limit))
    runs.push(await summaryOf(await readKept(stateFolder, id), open, now));
  return {
    profile,
    runs,
    more: Math.max(0, ids.length - limit),
    removed: await removedRuns(stateFolder),
  };
}

export async function readOpen(stateFolder: string): Promise<OpenCounts | null> {
  const rows = await OpenRows.read(stateFolder);
  return rows && { rows, counts: rows.counts() };
}
