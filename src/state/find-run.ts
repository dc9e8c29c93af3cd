import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { SicError } from '../problems/sic-error.ts';
import { readBeforeImages } from './before-images.ts';
import { type RunFolder, runFolder } from './run-folder.ts';
import { stateError, systemCode } from './state-error.ts';

/**
 * The run that is meant: by its id, by a beginning of one that no other run has, or `last`, the last import that wrote
 * something. Throws SicError 'usage'.
 */
export async function findRun(stateFolder: string, wish: string): Promise<RunFolder> {
  const ids = await runIds(stateFolder);
  if (wish === 'last') return lastImport(stateFolder, ids);
  const found = ids.includes(wish) ? [wish] : ids.filter(id => wish !== '' && id.startsWith(wish));
  const [id, ...others] = found;
  if (id !== undefined && others.length === 0) return runFolder(stateFolder, id);
  if (id !== undefined)
    throw new SicError('usage', `"${wish}" may be any of ${found.length} runs.`, {
      hint: `Write more of the id: ${found.slice(0, 3).join(', ')}${found.length > 3 ? ', …' : '.'}`,
    });
  throw new SicError('usage', `There is no run "${wish}" in ${join(stateFolder, 'runs')}.`, {
    hint:
      ids.length === 0
        ? 'Nothing was run with this profile and state folder, or its runs were removed.'
        : `The last ones are ${ids.slice(0, 3).join(', ')}; older ones may have been removed. The JSON of an import names its run.`,
  });
}

/** The newest first: ids begin with the time. */
async function runIds(stateFolder: string): Promise<string[]> {
  const path = join(stateFolder, 'runs');
  const names = await readdir(path).catch((error: unknown) => {
    if (['ENOENT', 'ENOTDIR'].includes(systemCode(error))) return [];
    throw stateError(path, 'read', error);
  });
  return names
    .filter(name => /^\d{8}-\d{6}-\w+$/.test(name))
    .sort()
    .reverse();
}

/** An undo is taken back only by its id, or `undo last` would bring back what the one before took away. */
async function lastImport(stateFolder: string, ids: readonly string[]): Promise<RunFolder> {
  for (const second of new Set(ids.map(secondOf)))
    for (const folder of await writtenIn(stateFolder, second, ids))
      if ((await readBeforeImages(folder))?.kind !== 'sic.undo') return folder;
  throw new SicError('usage', `No run in ${join(stateFolder, 'runs')} has written anything.`, {
    hint: 'Is it another profile or state folder that is meant (--profile, --state-dir)?',
  });
}

function secondOf(id: string): string {
  return id.slice(0, '20261122-120501'.length);
}

/** The runs of one second that wrote something, the last first: runs hold a lock, so the journal written last is theirs. */
async function writtenIn(stateFolder: string, second: string, ids: readonly string[]): Promise<RunFolder[]> {
  const found: { readonly folder: RunFolder; readonly mtimeMs: number }[] = [];
  for (const id of ids) {
    if (secondOf(id) !== second) continue;
    const folder = runFolder(stateFolder, id);
    const { size, mtimeMs } = await stat(folder.journal).catch(() => ({ size: 0, mtimeMs: 0 }));
    if (size > 0) found.push({ folder, mtimeMs });
  }
  return found.sort((a, b) => b.mtimeMs - a.mtimeMs).map(({ folder }) => folder);
}
