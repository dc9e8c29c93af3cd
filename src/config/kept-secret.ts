import { randomBytes } from 'node:crypto';
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { SicError } from '../problems/sic-error.ts';
import type { KeptSecretRef } from './config.ts';
import { askKeychain, type Keychain, keychainPlace, loadKeytar, openKeychain } from './keychain.ts';
import { readSecret } from './secrets.ts';

/** A secret that sic itself stores and removes: the sign-in of a person. */
export interface KeptSecret {
  /** null: there is none. A locked keychain looks the same. */
  read(): Promise<string | null>;
  /** Replaces what was there. */
  write(secret: string): Promise<void>;
  remove(): Promise<void>;
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
  const ask = async <T>(question: (keychain: Keychain) => Promise<T>): Promise<T> => {
    const keychain = await openKeychain(load, what);
    return askKeychain(() => question(keychain), what);
  };
  return {
    read: async () => (await ask(keychain => keychain.getPassword(service, account))) || null,
    write: secret => ask(keychain => keychain.setPassword(service, account, secret)),
    remove: async () => {
      await ask(keychain => keychain.deletePassword(service, account));
    },
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
      await rm(file, { force: true }).catch(cause => {
        throw notWritten(file, what, cause);
      });
    },
  };
}

function notWritten(file: string, what: string, cause: unknown): SicError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return new SicError('config', `The file ${file}, which keeps ${what}, cannot be written (${code}).`, {
    hint: 'Check who owns its folder and whether there is room on the disk, or name another file in the config.',
    cause,
  });
}
