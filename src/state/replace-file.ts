import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { stateError, systemCode } from './state-error.ts';

/**
 * Replaces a file as a whole or not at all, also across a power cut: written aside (owner-only), fsynced, renamed,
 * folder fsynced. One writer at a time. Throws SicError 'state'.
 */
export async function replaceFile(
  path: string,
  write: (file: FileHandle) => Promise<void> | void,
): Promise<void> {
  const aside = { path, aside: `${path}.tmp`, mode: 0o600 };
  try {
    await writeAside(aside, write).catch(async (error: unknown) => {
      // Left by a run that was killed; by now it is removed.
      if (systemCode(error) !== 'EEXIST') throw error;
      await writeAside(aside, write);
    });
    await syncFolder(dirname(path));
  } catch (cause) {
    throw stateError(path, 'written', cause);
  }
}

/** Writes a file as a whole or not at all: aside, fsynced, renamed. What stood there before stays where it cannot be written. */
export async function writeAside(
  { path, aside, mode }: { readonly path: string; readonly aside: string; readonly mode: number },
  write: (file: FileHandle) => Promise<void> | void,
): Promise<void> {
  try {
    const file = await open(aside, 'wx', mode);
    try {
      await write(file);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(aside, path);
  } catch (error) {
    await rm(aside, { force: true }).catch(() => {});
    throw error;
  }
}

/** Makes a new or renamed entry of a folder durable. Windows cannot and need not. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch((error: unknown) => {
    if (systemCode(error) === 'EPERM' || systemCode(error) === 'EISDIR') return null;
    throw error;
  });
  if (folder === null) return;
  try {
    await folder.sync();
  } catch (error) {
    if (!['EPERM', 'EINVAL', 'ENOTSUP', 'EISDIR'].includes(systemCode(error))) throw error;
  } finally {
    await folder.close();
  }
}
