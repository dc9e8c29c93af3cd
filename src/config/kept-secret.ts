import { randomBytes } from 'node:crypto';
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { SicError } from '../problems/sic-error.ts';
import type { KeptSecretRef } from './config.ts';
import {
  askKeychain,
  type Keychain,
  keychainPlace,
  loadKeytar,
  openKeychain,
  otherPlaces,
} from './keychain.ts';
import { readSecret } from './secrets.ts';

/** A secret that sic itself stores and removes: the sign-in of a person. */
export interface KeptSecret {
  /** null: there is none. A locked keychain looks the same. */
  read(): Promise<string | null>;
  /** Replaces what was there. */
  write(secret: string): Promise<void>;
  /** False: there was none. */
  remove(): Promise<boolean>;
}

/**
 * The keychain entry or the owner-only file that a config names. `what` names it for messages: `the sign-in of profile
 * "me"`. `load` is given by tests of machines without a keychain. Every call may throw SicError 'config'.
 */
export function keptSecret(
  ref: KeptSecretRef,
  what: string,
  load: () => Promise<Keychain> = loadKeytar,
): KeptSecret {
  return 'file' in ref ? keptInFile(ref.file, what) : keptInKeychain(ref.keychain, what, load);
}

function keptInKeychain(entry: string, what: string, load: () => Promise<Keychain>): KeptSecret {
  const { service, account } = keychainPlace(entry);
  const ask = async <T>(
    done: 'read' | 'kept' | 'removed',
    question: (keychain: Keychain) => Promise<T>,
  ): Promise<T> => {
    const keychain = await openKeychain(load, what);
    return askKeychain(() => question(keychain), what, done);
  };
  const read = async () => (await ask('read', keychain => keychain.getPassword(service, account))) || null;
  return {
    read,
    async write(secret) {
      await ask('kept', keychain => keychain.setPassword(service, account, secret));
      // A locked one may take what it does not give back.
      if ((await read()) !== secret) throw locked(what);
    },
    remove: () => ask('removed', keychain => keychain.deletePassword(service, account)),
  };
}

function keptInFile(file: string, what: string): KeptSecret {
  return {
    async read() {
      const exists = await stat(file).then(
        () => true,
        () => false,
      );
      return exists ? readSecret({ file }, { env: {} }, what) : null;
    },
    async write(secret) {
      // Another name first: a file that others may read would keep its rights, and a crash would leave half of it.
      const aside = `${file}.${randomBytes(6).toString('hex')}.tmp`;
      try {
        await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
        await writeFile(aside, `${secret}\n`, { mode: 0o600, flag: 'wx' });
        await rename(aside, file);
      } catch (cause) {
        await rm(aside, { force: true }).catch(() => {});
        throw notWritten(file, what, cause);
      }
    },
    async remove() {
      try {
        await rm(file);
        return true;
      } catch (cause) {
        if (codeOf(cause) === 'ENOENT') return false;
        throw notRemoved(file, what, cause);
      }
    },
  };
}

function locked(what: string): SicError {
  return new SicError('config', `The keychain of this machine is locked: it did not keep ${what}.`, {
    hint: `Unlock it, then run the same command again. ${otherPlaces}`,
  });
}

function notWritten(file: string, what: string, cause: unknown): SicError {
  return new SicError(
    'config',
    `The file ${file}, which keeps ${what}, cannot be written (${codeOf(cause)}).`,
    {
      hint: 'Check who owns its folder and whether there is room on the disk, or name another file.',
      cause,
    },
  );
}

function notRemoved(file: string, what: string, cause: unknown): SicError {
  return new SicError(
    'config',
    `The file ${file}, which keeps ${what}, cannot be removed (${codeOf(cause)}).`,
    {
      hint: 'Check who owns its folder, or delete it yourself.',
      cause,
    },
  );
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
