import type { Stats } from 'node:fs';
import { lstat, open, readlink, realpath } from 'node:fs/promises';
import { dirname, isAbsolute, sep } from 'node:path';
import { systemCode } from '../../state/state-error.ts';
import { inUseOrForbidden, isFolder, noFileOrPipe, unusable } from './refusals.ts';

/** A regular file, whether it is there or not. */
export interface FileTarget {
  readonly kind: 'file';
  /** Where it is, and no symbolic link. */
  readonly path: string;
  /** What stands there now. */
  readonly existing: Stats | null;
}

/** What has no content of its own to keep. */
export type DirectTarget =
  | { readonly kind: 'pipe' | 'device'; readonly path: string }
  | { readonly kind: 'descriptor'; readonly descriptor: number };

/** As many as Linux follows. */
const mostLinks = 40;

/** Follows symbolic links to what is to be written. Throws SicError 'usage' when that cannot be written. */
export async function findTarget(path: string, shown: string): Promise<FileTarget | DirectTarget> {
  let at = path;
  for (let links = 0; links <= mostLinks; links++) {
    const descriptor = ownDescriptor(at);
    if (descriptor !== null) return { kind: 'descriptor', descriptor };
    const found = await look(at, shown);
    if (!found?.isSymbolicLink()) return targetAt(at, found, shown);
    const next = await readlink(at);
    // Not joined: what leads up from a folder leads up from where that really is, which the system knows.
    at = isAbsolute(next) ? next : `${await realpath(dirname(at))}/${next}`;
  }
  throw unusable(shown, 'ELOOP');
}

async function targetAt(
  path: string,
  found: Stats | null,
  shown: string,
): Promise<FileTarget | DirectTarget> {
  // Said of a name with a slash at its end, too: the path has lost it.
  if (found?.isDirectory() || shown.endsWith('/') || shown.endsWith(sep)) throw isFolder(shown);
  if (found === null) return { kind: 'file', path, existing: null };
  if (found.isFIFO()) return { kind: 'pipe', path };
  if (found.isCharacterDevice()) return { kind: 'device', path };
  if (!found.isFile()) throw noFileOrPipe(shown);
  await ensureWritable(path, shown);
  return { kind: 'file', path, existing: found };
}

/**
 * A file that is written aside and renamed is replaced whatever its own rights are, so they are asked for. On Windows
 * this also finds the one that Excel has open, before the work is done and not after it.
 */
async function ensureWritable(path: string, shown: string): Promise<void> {
  try {
    await (await open(path, 'r+')).close();
  } catch (error) {
    throw inUseOrForbidden(shown, error);
  }
}

/** Null: there is nothing. */
async function look(path: string, shown: string): Promise<Stats | null> {
  try {
    return await lstat(path);
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT') return null;
    throw unusable(shown, code, error);
  }
}

/**
 * `/dev/stdout` leads here. Opened by its name, a file that the shell has opened would be overwritten from its start, and
 * a socket could not be opened at all.
 */
function ownDescriptor(path: string): number | null {
  const match = /^\/(?:dev|proc\/(self|\d+))\/fd\/(\d+)$/.exec(path);
  if (match === null || process.platform === 'win32') return null;
  const [, owner, number] = match;
  return owner === undefined || owner === 'self' || owner === String(process.pid) ? Number(number) : null;
}
