import { readdir, readFile, rename, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { isAlive } from './process-identity.ts';
import { replaceFile } from './replace-file.ts';
import { runFolder, runIds, startOf } from './run-folder.ts';
import { readRunFile } from './run-record.ts';
import { unsettledRun } from './unsettled.ts';

const day = 86_400_000;

/** Stands before the id of a folder that is about to be removed. */
const asidePrefix = '.removed-';

/** Whether a run that has no result yet is still at work, as far as this machine can tell. */
export async function isRunning(record: unknown, now: number): Promise<boolean> {
  const [pid, host, start] = ['pid', 'host', 'processStart'].map(name => Reflect.get(Object(record), name));
  if (typeof pid !== 'number' || typeof host !== 'string') return false;
  // Whoever works on another machine cannot be asked. Within a day it is given the benefit of the doubt.
  if (host !== hostname()) return now - startedAt(record) < day;
  return isAlive(pid, typeof start === 'string' ? start : null);
}

function startedAt(record: unknown): number {
  const time = Date.parse(String(Reflect.get(Object(record), 'startedAt')));
  return Number.isNaN(time) ? 0 : time;
}

/**
 * Removes the folders of runs that began more than `keepDays` days ago; never that of the newest run, of one that is
 * still at work, or of one that left something in doubt. For the holder of the lock, before it makes a folder of its own.
 * Answers the removed runs. Never throws: a folder that cannot be removed stays, and is tried again next time.
 */
export async function removeOldRuns(
  stateFolder: string,
  keepDays: number | null,
  now: number,
): Promise<ReadonlySet<string>> {
  const removed = new Set<string>();
  if (keepDays === null) return removed;
  try {
    const unsettled = await unsettledRun(stateFolder);
    // A mark that cannot be read may mean any of them.
    if (unsettled === 'any') return removed;
    const ids = await runIds(stateFolder);
    for (const id of ids.slice(0, -1)) {
      const start = startOf(id);
      if (start === null || now - start <= keepDays * day || id === unsettled) continue;
      const { record, result } = runFolder(stateFolder, id);
      if ((await readRunFile(result)) === undefined && (await isRunning(await readRunFile(record), now)))
        continue;
      if (await removeRun(stateFolder, id)) removed.add(id);
    }
    if (removed.size > 0) await noteRemoved(stateFolder, removed.size);
    await removeLeftovers(join(stateFolder, 'runs'));
  } catch {
    // Tidying up is no reason to refuse an import.
  }
  return removed;
}

/** Renamed first: a folder that was removed by half would look like a run that was killed. */
async function removeRun(stateFolder: string, id: string): Promise<boolean> {
  const { path } = runFolder(stateFolder, id);
  const aside = join(stateFolder, 'runs', `${asidePrefix}${id}`);
  try {
    await rename(path, aside);
  } catch {
    return false;
  }
  await rm(aside, { recursive: true, force: true }).catch(() => {});
  return true;
}

/** Of removals that were cut short. */
async function removeLeftovers(runs: string): Promise<void> {
  for (const name of await readdir(runs).catch(() => []))
    if (name.startsWith(asidePrefix)) await rm(join(runs, name), { recursive: true, force: true });
}

/** How many runs were removed for their age, ever. */
export async function removedRuns(stateFolder: string): Promise<number> {
  const text = await readFile(removedPath(stateFolder), 'utf8').catch(() => '');
  const [, count] = /^(\d+)\n$/.exec(text) ?? [];
  return Number(count ?? 0);
}

async function noteRemoved(stateFolder: string, count: number): Promise<void> {
  const all = (await removedRuns(stateFolder)) + count;
  await replaceFile(removedPath(stateFolder), file => file.writeFile(`${all}\n`));
}

function removedPath(stateFolder: string): string {
  return join(stateFolder, 'removed-runs');
}
