import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { KeptSecretRef } from '../../config/config.ts';
import { shellWord } from '../../problems/shell-word.ts';
import { SicError } from '../../problems/sic-error.ts';
import type { Context } from '../context.ts';
import { programName } from '../environment.ts';
import type { Outcome } from '../outcome.ts';
import { askSecret } from './ask-secret.ts';
import { type KeptPlace, keptPlace } from './kept-sign-in.ts';

/** Flags of login and logout that mean a secret instead of a profile. */
export interface SecretFlags {
  /** The name that `{ "keychain": NAME }` reads. */
  readonly set: string;
  /** A file in place of the keychain. */
  readonly store?: string | undefined;
  readonly json?: true | undefined;
}

/** `sic login --set NAME`: asks for a secret and stores it. */
export async function storeSecret(flags: SecretFlags, context: Context, outcome: Outcome): Promise<void> {
  const { ref, kept } = placeOf(flags, context);
  if ('file' in ref) await refuseOpenFile(ref.file);
  // Before anything is typed: a machine may have no keychain.
  else await reachable(flags.set, context, () => kept.secret.read());
  const secret = await askSecret(`The secret to store as ${flags.set} (it is not shown): `, context);
  context.conceal(() => [secret]);
  await reachable(flags.set, context, () => kept.secret.write(secret));
  const written = 'file' in ref ? { file: flags.store } : ref;
  outcome.answered = true;
  if (flags.json) {
    const document = { kind: 'sic.login', formatVersion: 1, exitCode: 0, set: flags.set, kept: kept.place };
    context.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
  } else
    context.stdout.write(
      `Stored in ${kept.place}. In the config it is { ${JSON.stringify(Object.keys(written)[0])}: ${JSON.stringify(Object.values(written)[0])} }.\n`,
    );
}

/** `sic logout --set NAME`: removes it again. One that is not there is no error. */
export async function forgetSecret(flags: SecretFlags, context: Context, outcome: Outcome): Promise<void> {
  const { kept } = placeOf(flags, context);
  const removed = await reachable(flags.set, context, () => kept.secret.remove());
  outcome.answered = true;
  const forgotten = removed ? [kept.place] : [];
  if (flags.json) {
    const document = { kind: 'sic.logout', formatVersion: 1, exitCode: 0, set: flags.set, forgotten };
    context.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
  } else
    context.stdout.write(
      removed ? `Removed ${kept.place}.\n` : `There was nothing to remove: no ${kept.place}.\n`,
    );
}

function placeOf({ set, store }: SecretFlags, context: Context): { ref: KeptSecretRef; kept: KeptPlace } {
  for (const [flag, value] of [
    ['--set', set],
    ['--store', store],
  ])
    if (value?.trim() === '')
      throw new SicError('usage', `${flag} was given nothing.`, {
        hint: `Write a value behind ${flag}: sic login --set sic/prod/client-secret`,
      });
  const ref = store === undefined ? { keychain: set } : { file: path.resolve(context.cwd, store) };
  return { ref, kept: keptPlace(ref, `the secret ${set}`, context.keychain) };
}

/** It would be replaced, and a file that others may read is something else: a config, or data. */
async function refuseOpenFile(file: string): Promise<void> {
  const found = await stat(file).catch(() => null);
  if (found === null) return;
  if (!found.isFile())
    throw new SicError('usage', `--store names ${file}, which is no file.`, {
      hint: 'Name a file that does not exist yet, in a folder of yours.',
    });
  // Windows keeps rights in access lists; its mode bits say nothing.
  if (process.platform === 'win32' || (found.mode & 0o077) === 0) return;
  throw new SicError(
    'usage',
    `--store names ${file}, which exists already and can be read by others: it is no file of a secret.`,
    {
      hint: `Name another file. If it is one after all, take the rights of others away: chmod 600 ${shellWord(file)}`,
    },
  );
}

async function reachable<T>(name: string, context: Context, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof SicError) || error.code !== 'config' || !error.message.includes('keychain'))
      throw error;
    const command = `${programName(context)} login --set ${shellWord(name)} --store FILE`;
    throw new SicError('config', error.message, {
      hint: `Keep it in a file instead (${command}) and write { "file": "FILE" } into the config, or use { "env": "NAME" }. On Linux a keychain needs libsecret (apt install libsecret-1-0) and a signed-in desktop.`,
      ...(error.detail === null ? {} : { detail: error.detail }),
      cause: error,
    });
  }
}
