import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { SicError } from '../problems/sic-error.ts';
import { stateError, systemCode } from './state-error.ts';

/**
 * Makes sure that the state folder exists and can be written to. One that it makes is owner-only, and keeps its content
 * (customer data) out of git. The rights of a folder that was there are left as they are: it may be shared on purpose.
 * Throws SicError 'state'.
 */
export async function ensureStateFolder(path: string): Promise<void> {
  try {
    if (await makeFolder(path, 0o700)) await writeFile(join(path, '.gitignore'), '*\n', { mode: 0o600 });
    const probe = join(path, `.probe-${process.pid}`);
    await writeFile(probe, '', { mode: 0o600 });
    await rm(probe, { force: true });
  } catch (cause) {
    const found = await stat(path).catch(() => null);
    if ((found && !found.isDirectory()) || systemCode(cause) === 'ENOTDIR')
      throw new SicError('state', `The state folder ${path} cannot be made: a file is in its place.`, {
        hint: 'Remove or rename that file, or choose another folder with --state-dir.',
        cause,
      });
    throw stateError(path, 'written', cause);
  }
}

/**
 * Makes a folder and those above it; false when it was there, or a file in its place. Node's own recursive mkdir never ends
 * below /proc. @param mode the rights of those it makes
 */
export async function makeFolder(path: string, mode = 0o777): Promise<boolean> {
  const one = (): Promise<boolean> => mkdir(path, { mode }).then(() => true);
  try {
    return await one().catch(async (error: unknown) => {
      if (systemCode(error) !== 'ENOENT' || dirname(path) === path) throw error;
      await makeFolder(dirname(path), mode);
      return one();
    });
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  }
}
