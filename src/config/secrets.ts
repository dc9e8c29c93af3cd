import { readFile, stat } from 'node:fs/promises';
import { SicError } from '../problems/sic-error.ts';
import type { SecretRef } from './config.ts';
import {
  askKeychain,
  type Keychain,
  keychainPlace,
  loadKeytar,
  openKeychain,
  otherPlaces,
} from './keychain.ts';

export interface SecretSources {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Loads keytar; given by tests of machines without it. */
  readonly keychain?: () => Promise<Pick<Keychain, 'getPassword'>>;
}

/**
 * Reads a secret from where the config says it is. `what` names it for messages: `the password of profile "prod"`.
 * Throws SicError `config`, which never holds the secret.
 */
export async function readSecret(ref: SecretRef, sources: SecretSources, what: string): Promise<string> {
  if ('env' in ref) return fromEnvironment(ref.env, sources.env, what);
  if ('file' in ref) return fromFile(ref.file, what);
  return fromKeychain(ref.keychain, sources.keychain ?? loadKeytar, what);
}

function fromEnvironment(name: string, env: SecretSources['env'], what: string): string {
  const value = env[name];
  if (value === undefined || value === '')
    throw new SicError(
      'config',
      `The environment variable ${name}, which holds ${what}, is ${value === undefined ? 'not set' : 'empty'}.`,
      {
        hint: `Set it before the command runs: export ${name}=… (PowerShell: $env:${name} = "…"). Jobs of cron and the task scheduler do not see what you set in your own terminal.`,
      },
    );
  return value;
}

/** Throws SicError 'config' for a file that is missing, empty, or readable by others. */
async function fromFile(file: string, what: string): Promise<string> {
  let text: string;
  let mode: number;
  try {
    mode = (await stat(file)).mode;
    text = await readFile(file, 'utf8');
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    throw new SicError(
      'config',
      code === 'ENOENT'
        ? `The file ${file}, which should hold ${what}, does not exist.`
        : `The file ${file}, which holds ${what}, cannot be read (${code}).`,
      { hint: 'Put the secret, and nothing else, into it; only the user who runs sic may read it.', cause },
    );
  }
  // Windows keeps rights in access lists; its mode bits say nothing.
  if (process.platform !== 'win32' && (mode & 0o077) !== 0)
    throw new SicError(
      'config',
      `The file ${file}, which holds ${what}, can be read by other users of this machine (mode ${(mode & 0o777).toString(8).padStart(4, '0')}).`,
      { hint: `Take their rights away: chmod 600 "${file}"` },
    );
  const secret = text.replace(/\r?\n$/, '');
  if (secret === '')
    throw new SicError('config', `The file ${file}, which should hold ${what}, is empty.`, {
      hint: 'Put the secret, and nothing else, into it.',
    });
  return secret;
}

async function fromKeychain(
  entry: string,
  load: () => Promise<Pick<Keychain, 'getPassword'>>,
  what: string,
): Promise<string> {
  const { service, account } = keychainPlace(entry);
  const keychain = await openKeychain(load, what);
  const secret = await askKeychain(() => keychain.getPassword(service, account), what);
  if (secret === null || secret === '')
    throw new SicError(
      'config',
      `The keychain has no entry ${service}/${account} for ${what}, or it is locked (both look the same from outside).`,
      {
        hint: `Unlock it, or store the entry: sic login --set ${entry}. ${otherPlaces}`,
      },
    );
  return secret;
}
