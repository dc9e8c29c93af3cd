import { OpenRows } from '../state/open-rows.ts';
import { runIds } from '../state/run-folder.ts';
import { removedRuns } from '../state/tidy-runs.ts';
import { Later } from './later.ts';
import { type OpenCounts, readKept } from './read.ts';
import type { RunList, RunSummary } from './result.ts';
import { summaryOf } from './summary.ts';

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
  const later = new Later();
  for (const id of ids.slice(0, limit)) {
    const kept = await readKept(stateFolder, id);
    runs.push(await summaryOf(kept, open, later, { stateFolder, now }));
    later.add(kept);
  }
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
