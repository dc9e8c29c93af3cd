import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { DataFileError } from './data-file-error.ts';

/** Locks of this process: a lock file with our own id that is not among them is left over from an earlier run. */
const held = new Set<string>();

/**
 * Takes `path` as a lock file that holds our process id; answers how to give it back. Throws DataFileError when a living
 * process holds it. A lock whose process is gone is taken over.
 */
export function takeLock(path: string, lockedThing: string): () => void {
  for (let attempt = 0; attempt < 5; attempt++) {
    if (createLock(path)) {
      held.add(path);
      return () => {
        held.delete(path);
        rmSync(path, { force: true });
      };
    }
    const holder = holderOf(path);
    if (holder !== undefined && isAlive(holder, path)) throw busy(path, lockedThing, holder);
    removeStale(path, holder);
  }
  throw new Error(`${lockedThing} cannot be locked: ${path} comes back as fast as it is removed`);
}

function createLock(path: string): boolean {
  try {
    writeFileSync(path, `${process.pid}\n`, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
}

/** undefined: the lock is gone, or its writer died before it wrote its id. */
function holderOf(path: string): number | undefined {
  try {
    const id = Number(readFileSync(path, 'utf8').trim());
    return Number.isInteger(id) && id > 0 ? id : undefined;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

function isAlive(id: number, path: string): boolean {
  if (id === process.pid) return held.has(path);
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, but belongs to somebody else.
    return hasCode(error, 'EPERM');
  }
}

/** Two processes may find the same stale lock: the slower one must not remove the lock that the faster one made. */
function removeStale(path: string, holder: number | undefined): void {
  const aside = `${path}.${process.pid}.stale`;
  try {
    renameSync(path, aside);
    if (holderOf(aside) !== holder) linkSync(aside, path);
  } catch (error) {
    if (!hasCode(error, 'ENOENT') && !hasCode(error, 'EEXIST')) throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

function busy(path: string, lockedThing: string, holder: number): Error {
  return new DataFileError(
    'in-use',
    `${lockedThing} is in use by process ${holder}.`,
    `Wait for that sic to end, or stop it; delete ${path} if process ${holder} is something else.`,
  );
}

export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
