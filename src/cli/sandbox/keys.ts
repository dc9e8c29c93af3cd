import { readFile, writeFile } from 'node:fs/promises';
import { SicError } from '../../problems/sic-error.ts';

/**
 * Writes a private key for nobody but its owner to read. A key that is there already stays: it may be a real one, which
 * SuperOffice shows only once. Throws SicError for that and for a file that cannot be written.
 */
export async function writePrivateKey(file: string, pem: string): Promise<void> {
  try {
    await writeFile(file, pem, { flag: 'wx', mode: 0o600 });
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : '';
    if (code !== 'EEXIST') throw notWritten(file, String(code), cause);
    if ((await contentOf(file)) === pem) return;
    throw new SicError('usage', `--keys names ${file}, which exists already and holds something else.`, {
      hint: 'Delete it or name another file. With --data the sandbox has the same key each time.',
    });
  }
}

/** undefined for what cannot be read, which is then not our key either. */
async function contentOf(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch(() => undefined);
}

function notWritten(file: string, code: string, cause: unknown): SicError {
  return new SicError('usage', `The private key cannot be written to ${file} (${code}).`, {
    hint: 'Name a file in a folder of yours that exists: --keys sandbox.pem',
    cause,
  });
}
