import { loadConfig } from '../../config/load.ts';
import { type ChosenProfile, chooseProfile } from '../../config/profiles.ts';
import { type Account, accountDocument, accountText } from '../../report/account.ts';
import { openConnection } from '../connection.ts';
import type { Context } from '../context.ts';
import { configWish, profileWish, programName, stateFolder } from '../environment.ts';
import type { GlobalFlags } from '../flags.ts';
import type { Outcome } from '../outcome.ts';
import { noteTo } from '../ui.ts';
import { readAccount } from './account.ts';

/** `sic whoami`: signs in as every command does, and tells who that is. */
export async function runWhoami(flags: GlobalFlags, context: Context, outcome: Outcome): Promise<void> {
  const config = await loadConfig({ file: configWish(flags, context), cwd: context.cwd });
  const chosen = chooseProfile(config, profileWish(flags, context));
  outcome.profile = chosen.name;
  const account = await askWho(chosen, stateFolder(flags, context, config), context);
  outcome.answered = true;
  const document = { kind: 'sic.whoami', formatVersion: 1, exitCode: 0, ...accountDocument(account) };
  context.stdout.write(flags.json ? `${JSON.stringify(document, null, 2)}\n` : accountText(account));
}

/** Signs in to a profile, asks who that is, and hangs up. `stateRoot`: the folder that holds a folder per profile. */
export async function askWho(chosen: ChosenProfile, stateRoot: string, context: Context): Promise<Account> {
  const { env, signal, conceal, keychain, now } = context;
  const connection = openConnection(chosen, {
    rate: undefined,
    concurrency: undefined,
    stateRoot,
    program: programName(context),
    env,
    note: noteTo(context),
    signal,
    conceal,
    keychain,
  });
  try {
    return await readAccount(chosen, connection, now);
  } finally {
    await connection.close();
  }
}
