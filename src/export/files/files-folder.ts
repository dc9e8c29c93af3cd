import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SicError } from '../../problems/sic-error.ts';
import { makeFolder } from '../../state/folder.ts';
import { systemCode } from '../../state/state-error.ts';

/**
 * Makes the folder for files, and refuses one that cannot be written to before anything is asked. Throws SicError 'usage'.
 * @param folder absolute @param shown what the user typed
 */
export async function ensureFilesFolder(folder: string, shown: string): Promise<void> {
  const probe = join(folder, `.sic-file-${randomUUID()}.tmp`);
  try {
    await makeFolder(folder);
    await writeFile(probe, '');
    await rm(probe, { force: true });
  } catch (cause) {
    const code = systemCode(cause);
    throw new SicError(
      'usage',
      `Files cannot be saved in ${shown}, the folder of --with-files${code === '' ? '' : ` (${code})`}.`,
      { hint: hints[code] ?? 'Give --with-files another folder.', cause },
    );
  }
}

const inPlace = 'A file is in its place, or in that of a folder above it: give --with-files another folder.';
const forbidden =
  'Give the user that runs sic the right to write there, or give --with-files another folder.';

const hints: Readonly<Record<string, string>> = {
  ENOTDIR: inPlace,
  EEXIST: inPlace,
  EACCES: forbidden,
  EPERM: forbidden,
  ENOSPC: 'There is not enough room: free some, or give --with-files a folder on another disk.',
};
