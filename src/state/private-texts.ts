import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureStateFolder } from './folder.ts';
import { stateError, systemCode } from './state-error.ts';

/** Texts by name, each in a file that only its owner may read: what a sign-in leaves for the next run. */
export interface PrivateTexts {
  /** null: there is none, or others may read it, so that it is a secret no longer. */
  read(name: string): Promise<string | null>;
  /** As a whole or not at all, also when two processes write at once. Makes the folder. */
  write(name: string, text: string): Promise<void>;
  remove(name: string): Promise<void>;
}

/** Every call may throw SicError 'state'. */
export function privateTexts(folder: string): PrivateTexts {
  return {
    read: name => readPrivate(join(folder, name)),
    async write(name, text) {
      await ensureStateFolder(folder);
      await replace(join(folder, name), text);
    },
    async remove(name) {
      const path = join(folder, name);
      await rm(path, { force: true }).catch(cause => {
        throw stateError(path, 'written', cause);
      });
    },
  };
}

async function readPrivate(path: string): Promise<string | null> {
  try {
    const file = await open(path, 'r');
    try {
      // Windows keeps rights in access lists; its mode bits say nothing.
      const { mode } = await file.stat();
      return process.platform !== 'win32' && (mode & 0o077) !== 0 ? null : await file.readFile('utf8');
    } finally {
      await file.close();
    }
  } catch (cause) {
    if (systemCode(cause) === 'ENOENT' || systemCode(cause) === 'ENOTDIR') return null;
    throw stateError(path, 'read', cause);
  }
}

async function replace(path: string, text: string): Promise<void> {
  const aside = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    const file = await open(aside, 'wx', 0o600);
    try {
      await file.writeFile(text);
    } finally {
      await file.close();
    }
    await rename(aside, path);
  } catch (cause) {
    await rm(aside, { force: true }).catch(() => {});
    throw stateError(path, 'written', cause);
  }
}
