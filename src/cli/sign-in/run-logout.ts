import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { loadConfig } from '../../config/load.ts';
import { type ChosenProfile, chooseProfile } from '../../config/profiles.ts';
import { SicError } from '../../problems/sic-error.ts';
import { privateTexts } from '../../state/private-texts.ts';
import { cacheNames, forgetSignIn } from '../../superoffice/sign-in/text-cache.ts';
import type { Context } from '../context.ts';
import { configWish, profileWish, stateFolder } from '../environment.ts';
import type { GlobalFlags } from '../flags.ts';
import type { Outcome } from '../outcome.ts';
import { noteTo } from '../ui.ts';
import { type KeptPlace, keptSignIn } from './kept-sign-in.ts';

/** `sic logout`: forgets what signing in left on this machine. Nothing there is no error. */
export async function runLogout(flags: GlobalFlags, context: Context, outcome: Outcome): Promise<void> {
  const config = await loadConfig({ file: configWish(flags, context), cwd: context.cwd });
  const chosen = chooseProfile(config, profileWish(flags, context));
  outcome.profile = chosen.name;
  const folder = path.join(stateFolder(flags, context, config), chosen.name);
  const person = await forgetPerson(chosen, folder, context);
  const forgotten = [...(await forgetCached(folder)), ...person.forgotten];
  outcome.answered = true;
  const { name: profile } = chosen;
  if (flags.json) {
    const document = {
      kind: 'sic.logout',
      formatVersion: 1,
      exitCode: 0,
      profile,
      forgotten,
      notAsked: person.notAsked,
    };
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

interface PersonForgotten {
  readonly forgotten: readonly Forgotten[];
  /** Places that could not be looked into. */
  readonly notAsked: readonly string[];
}

async function forgetPerson(
  chosen: ChosenProfile,
  stateFolder: string,
  context: Context,
): Promise<PersonForgotten> {
  const profile = chosen.kind === 'tenant' ? chosen.profile : null;
  if (profile?.kind !== 'online' || profile.auth.type !== 'oauth') return { forgotten: [], notAsked: [] };
  const { keychain } = context;
  const { inFile, configured } = keptSignIn(profile, profile.auth, { stateFolder, keychain });
  const forgotten: Forgotten[] = [];
  const forget = async ({ place, secret }: KeptPlace): Promise<void> => {
    if (await secret.remove()) forgotten.push({ what: 'the sign-in', place });
  };
  await forget(inFile);
  try {
    await forget(configured);
    return { forgotten, notAsked: [] };
  } catch (error) {
    // A machine without a keychain keeps nothing in one: that is told, and no reason to fail.
    if (!(error instanceof SicError) || 'file' in profile.auth.refreshToken) throw error;
    noteTo(context)(`${error.message} If there is a ${configured.place}, it is still there.`);
    return { forgotten, notAsked: [configured.place] };
  }
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
