import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { loadConfig } from '../config/load.ts';
import { type ChosenProfile, chooseProfile } from '../config/profiles.ts';
import { privateTexts } from '../state/private-texts.ts';
import { cacheNames, forgetSignIn } from '../superoffice/sign-in/text-cache.ts';
import type { Context } from './context.ts';
import { configWish, profileWish, stateFolder } from './environment.ts';
import type { GlobalFlags } from './flags.ts';
import { keptSignIn } from './kept-sign-in.ts';
import type { Outcome } from './outcome.ts';

/** `sic logout`: forgets what signing in left on this machine. Nothing there is no error. */
export async function runLogout(flags: GlobalFlags, context: Context, outcome: Outcome): Promise<void> {
  const config = await loadConfig({ file: configWish(flags, context), cwd: context.cwd });
  const chosen = chooseProfile(config, profileWish(flags, context));
  outcome.profile = chosen.name;
  const folder = path.join(stateFolder(flags, context, config), chosen.name);
  const forgotten = [...(await forgetCached(folder)), ...(await forgetPerson(chosen, folder, context))];
  outcome.answered = true;
  const { name: profile } = chosen;
  if (flags.json) {
    const document = { kind: 'sic.logout', formatVersion: 1, exitCode: 0, profile, forgotten };
    context.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
  } else context.stdout.write(inWords(chosen, forgotten));
}

/** What was forgotten, and where it was. */
interface Forgotten {
  readonly what: string;
  readonly place: string;
}

const cached: ReadonlyMap<string, string> = new Map([
  [cacheNames.ticket, 'the ticket'],
  [cacheNames.tenantState, 'the address of the tenant'],
]);

async function forgetCached(folder: string): Promise<readonly Forgotten[]> {
  const names = await readdir(folder).catch(() => []);
  if (!names.some(name => cached.has(name))) return [];
  await forgetSignIn(privateTexts(folder));
  return names.flatMap(name => {
    const what = cached.get(name);
    return what === undefined ? [] : [{ what, place: path.join(folder, name) }];
  });
}

async function forgetPerson(
  chosen: ChosenProfile,
  stateFolder: string,
  { keychain }: Context,
): Promise<readonly Forgotten[]> {
  if (chosen.kind === 'sandbox') return [];
  const { profile } = chosen;
  if (profile.kind !== 'online' || profile.auth.type !== 'oauth') return [];
  const { inFile, configured } = keptSignIn(profile, profile.auth, { stateFolder, keychain });
  const forgotten: Forgotten[] = [];
  for (const { place, secret } of [inFile, configured])
    if (await secret.remove()) forgotten.push({ what: 'the sign-in', place });
  return forgotten;
}

function inWords(chosen: ChosenProfile, forgotten: readonly Forgotten[]): string {
  if (forgotten.length === 0) return `There was nothing to forget of profile "${chosen.name}".\n`;
  const lines = forgotten.map(({ what, place }) => `  ${what}  ${place}\n`).join('');
  const profile = chosen.kind === 'tenant' ? chosen.profile : null;
  const rest =
    profile === null
      ? ''
      : profile.auth.type === 'oauth'
        ? 'SuperOffice keeps the consent to the application until an administrator takes it back.\n'
        : 'Its own secrets are where the config says they are: they were left alone.\n';
  return `Forgotten of profile "${chosen.name}":\n${lines}${rest}`;
}
