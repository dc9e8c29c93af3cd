import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { access, type FileHandle, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { SicError } from '../problems/sic-error.ts';
import { writeAside } from '../state/replace-file.ts';

/** A file that a flag asks for besides the result. */
export interface Wanted {
  /** `--report` */
  readonly flag: string;
  /** As typed. */
  readonly shown: string;
}

/**
 * Where such a file is to be, absolute. Refuses what cannot be written there, before the work is done and not after it.
 * Throws SicError 'usage'.
 * @param taken files that must not be written over: the data themselves, and what other flags ask for
 */
export async function findPlace(
  { flag, shown }: Wanted,
  cwd: string,
  taken: readonly string[],
): Promise<string> {
  const another = `Give ${flag} the name of a file in a folder that exists.`;
  if (shown === '' || shown === '-')
    throw new SicError('usage', `${flag} needs the name of a file.`, { hint: another });
  const named = path.resolve(cwd, shown);
  const folder = path.dirname(named);
  const about = await stat(folder).catch(() => null);
  if (!about?.isDirectory())
    throw new SicError('usage', `The folder of ${flag} ${shown} does not exist.`, {
      hint: `Make ${folder}, or give ${flag} another name.`,
    });
  // A link is followed: what it leads to is written, and the link stays.
  const place = await realpath(named).catch(() => named);
  const found = await stat(place).catch(() => null);
  if (found?.isDirectory())
    throw new SicError('usage', `${flag} ${shown} is a folder, not a file.`, { hint: another });
  if (found && !found.isFile())
    throw new SicError('usage', `${flag} ${shown} is no file.`, { hint: another });
  for (const other of taken) {
    const it = await stat(path.resolve(cwd, other)).catch(() => null);
    const isSame =
      it && found ? it.ino === found.ino && it.dev === found.dev : path.resolve(cwd, other) === named;
    if (isSame)
      throw new SicError('usage', `${flag} ${shown} would overwrite ${other}.`, {
        hint: `Give ${flag} another name.`,
      });
  }
  await access(path.dirname(place), constants.W_OK).catch((cause: unknown) => {
    throw new SicError('usage', `${flag} ${shown} cannot be made: ${folder} may not be written to.`, {
      hint: `Give the user that runs sic the right to write there, or give ${flag} another name.`,
      cause,
    });
  });
  return place;
}

/**
 * Writes a file for its owner alone, as a whole or not at all: aside, and renamed when it is complete. Throws SicError
 * 'file' when it cannot be written; what stood there before then still does.
 */
export async function writePrivately(
  place: string,
  { flag, shown }: Wanted,
  write: (file: FileHandle) => Promise<void>,
): Promise<void> {
  const aside = path.join(path.dirname(place), `.sic-${randomUUID()}.tmp`);
  try {
    await writeAside({ path: place, aside, mode: 0o600 }, write);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
    throw new SicError('file', `${flag} ${shown} cannot be written${code}.`, {
      hint: 'The run itself is done: sic runs show last tells of it. Check the disk, or give another name next time.',
      cause,
    });
  }
}
