import { readFile, stat } from 'node:fs/promises';
import { SicError } from '../problems/sic-error.ts';
import type { SecretRef } from './config.ts';

/** The two calls of keytar that are used here. */
interface Keychain {
  getPassword(service: string, account: string): Promise<string | null>;
}

export interface SecretSources {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Loads keytar; given by tests of machines without it. */
  readonly keychain?: () => Promise<Keychain>;
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

const instead =
  'Or use { "env": "NAME" } or { "file": "PATH" } in the config: they work everywhere, cron included.';

/** `service/account`; the service ends at the first slash, and is `sic` when there is none. */
async function fromKeychain(entry: string, load: () => Promise<Keychain>, what: string): Promise<string> {
  const slash = entry.indexOf('/');
  const service = slash === -1 ? 'sic' : entry.slice(0, slash);
  const account = slash === -1 ? entry : entry.slice(slash + 1);
  let keychain: Keychain;
  try {
    keychain = await load();
  } catch (cause) {
    throw new SicError('config', `The keychain of this machine, which holds ${what}, cannot be opened.`, {
      detail: firstLine(cause),
      hint: `On Linux install libsecret (apt install libsecret-1-0, dnf install libsecret); if sic was installed without optional packages, install it again with them. ${instead}`,
      cause,
    });
  }
  let secret: string | null;
  try {
    secret = await keychain.getPassword(service, account);
  } catch (cause) {
    throw new SicError('config', `The keychain of this machine does not answer, so ${what} cannot be read.`, {
      detail: firstLine(cause),
      hint: `A keychain needs a signed-in desktop: cron, ssh and containers have none (no D-Bus session or no secret service). ${instead}`,
      cause,
    });
  }
  if (secret === null || secret === '')
    throw new SicError(
      'config',
      `The keychain has no entry ${service}/${account} for ${what}, or it is locked (both look the same from outside).`,
      {
        hint: `Unlock it, or store the entry with the service "${service}" and the account "${account}" (Linux: secret-tool store --label sic service ${service} account ${account}; macOS: security add-generic-password -s ${service} -a ${account} -w). ${instead}`,
      },
    );
  return secret;
}

async function loadKeytar(): Promise<Keychain> {
  const keytar = await import('keytar');
  return keytar.default ?? keytar;
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
}
