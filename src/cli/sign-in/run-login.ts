import path from 'node:path';
import type { OAuthAuth, OnlineProfile } from '../../config/config.ts';
import { loadConfig } from '../../config/load.ts';
import { type ChosenProfile, chooseProfile } from '../../config/profiles.ts';
import { SicError } from '../../problems/sic-error.ts';
import { type Account, accountDocument, accountText } from '../../report/account.ts';
import type { LoginFlags } from '../commands/login.ts';
import type { Context } from '../context.ts';
import { configWish, profileWish, programName, stateFolder } from '../environment.ts';
import type { Outcome } from '../outcome.ts';
import { noteTo } from '../ui.ts';
import { authoritiesOf, oauthClient, type SignInPorts } from './credentials.ts';
import { type KeptPlace, keptSignIn } from './kept-sign-in.ts';
import { askWho } from './run-whoami.ts';

/** What a sign-in came to, besides who it is. */
interface Kept {
  /** Where the sign-in is kept; null: there is nothing to keep. */
  readonly place: string | null;
  /** Given to administrators alone; null: not given. */
  readonly systemUserToken: string | null;
}

/** `sic login`: a person signs in with a browser; a profile that signs in by itself is tried. */
export async function runLogin(flags: LoginFlags, context: Context, outcome: Outcome): Promise<void> {
  const config = await loadConfig({ file: configWish(flags, context), cwd: context.cwd });
  const chosen = chooseProfile(config, profileWish(flags, context));
  outcome.profile = chosen.name;
  const stateRoot = stateFolder(flags, context, config);
  const kept = await signIn(chosen, path.join(stateRoot, chosen.name), flags, context);
  const account = await askWho(chosen, stateRoot, context);
  outcome.answered = true;
  const shown = flags.showSystemToken ? kept : { ...kept, systemUserToken: null };
  if (flags.json) context.stdout.write(documentOf(account, kept, shown));
  else {
    context.stdout.write(accountText(account));
    context.stdout.write(whatNext(chosen, kept, shown, programName(context)));
  }
}

async function signIn(
  chosen: ChosenProfile,
  folder: string,
  flags: LoginFlags,
  context: Context,
): Promise<Kept> {
  const profile = chosen.kind === 'tenant' ? chosen.profile : null;
  if (profile?.kind === 'online' && profile.auth.type === 'oauth')
    return signInWithBrowser(profile, profile.auth, folder, flags, context);
  refusePersonFlags(flags, chosen.name);
  if (profile !== null) await startAfresh(profile, folder, context);
  return { place: null, systemUserToken: null };
}

/** Flags that mean nothing to a profile nobody logs in to. */
function refusePersonFlags(flags: LoginFlags, profile: string): void {
  const given = flags.store !== undefined ? '--store' : flags.showSystemToken ? '--show-system-token' : null;
  if (given === null) return;
  throw new SicError('usage', `${given} says nothing for profile "${profile}", which signs in by itself.`, {
    hint: `Leave it out, or name a profile whose "auth" is of type oauth. To store a secret: --set NAME.`,
  });
}

/** So that it is the secrets of today that are tried, and not a ticket of yesterday. */
async function startAfresh(
  profile: Extract<ChosenProfile, { readonly kind: 'tenant' }>['profile'],
  folder: string,
  context: Context,
): Promise<void> {
  const { checkSecrets } = await import('./profile-secrets.ts');
  await checkSecrets(profile, context);
  if (profile.kind === 'onsite') return;
  const { forgetSignIn } = await import('../../superoffice/sign-in/text-cache.ts');
  const { privateTexts } = await import('../../state/private-texts.ts');
  await forgetSignIn(privateTexts(folder));
}

async function signInWithBrowser(
  profile: OnlineProfile,
  auth: OAuthAuth,
  stateFolder: string,
  flags: LoginFlags,
  context: Context,
): Promise<Kept> {
  const { env, signal, conceal, keychain } = context;
  const ports: SignInPorts = {
    env,
    stateFolder,
    program: programName(context),
    note: noteTo(context),
    signal,
    conceal,
    keychain,
  };
  const inFile = wantsFile(flags.store);
  const kept = keptSignIn(profile, auth, ports);
  const target = inFile && !('file' in auth.refreshToken) ? kept.inFile : kept.configured;
  // Before the person goes through all of it: a machine may have no keychain.
  await whereKept(target, ports.program, profile.name, async () => {
    await target.secret.read();
  });
  const authorities = await authoritiesOf(profile);
  const client = await oauthClient(profile, auth, authorities, ports);
  const { signInPerson } = await import('./person.ts');
  const tokens = await signInPerson(
    {
      profile,
      client,
      port: auth.redirectPort ?? 0,
      timeout: flags.timeout * 1000,
      browser: flags.browser,
    },
    context,
  );
  const { refreshToken, accessToken, systemUserToken } = tokens;
  conceal(() => [accessToken, ...(refreshToken === null ? [] : [refreshToken])]);
  if (!flags.showSystemToken && systemUserToken !== null) conceal(() => [systemUserToken]);
  await whereKept(target, ports.program, profile.name, async () => {
    if (refreshToken !== null) await target.secret.write(refreshToken);
  });
  // The one in the file goes first, so an old one must not stay there.
  if (target === kept.configured) await kept.inFile.secret.remove();
  return { place: target.place, systemUserToken };
}

function wantsFile(store: string | undefined): boolean {
  if (store === undefined) return false;
  if (store === 'file') return true;
  throw new SicError('usage', `--store is "${store}", but a sign-in can only be kept in: file.`, {
    hint: 'Write --store file, or name a file of your own as "refreshToken" of the profile: { "file": "PATH" }.',
  });
}

/** A keychain that cannot be used is no dead end: a file does as well. */
async function whereKept(
  { place }: KeptPlace,
  program: string,
  profile: string,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof SicError) || !place.startsWith('keychain')) throw error;
    throw new SicError(error.code, error.message, {
      hint: `${program} login --profile ${profile} --store file keeps the sign-in in a file that only you may read instead. On Linux a keychain needs libsecret (apt install libsecret-1-0) and a signed-in desktop.`,
      ...(error.detail === null ? {} : { detail: error.detail }),
      cause: error,
    });
  }
}

function documentOf(account: Account, kept: Kept, shown: Kept): string {
  const document = {
    kind: 'sic.login',
    formatVersion: 1,
    exitCode: 0,
    ...accountDocument(account),
    kept: kept.place,
    systemUserToken: { given: kept.systemUserToken !== null, value: shown.systemUserToken },
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function whatNext(chosen: ChosenProfile, kept: Kept, shown: Kept, program: string): string {
  if (kept.place === null)
    return `\nSigning in works. Profile "${chosen.name}" does so by itself at every run: there is nothing to log in to by hand.\n`;
  const where = `\nSigned in. It is kept in ${kept.place} until ${program} logout --profile ${chosen.name}.\n`;
  if (kept.systemUserToken === null) return where;
  const setting = 'It belongs into "systemUserToken" of a profile whose "auth" is of type system-user';
  return shown.systemUserToken === null
    ? `${where}\nYou are an administrator, so SuperOffice told the token of the application's system user in this tenant, for jobs that nobody watches.\n${setting}.\n→ To see it: ${program} login --profile ${chosen.name} --show-system-token\n`
    : `${where}\nThe token of the application's system user in this tenant: ${shown.systemUserToken}\n${setting}, as { "keychain": "NAME" } after ${program} login --set NAME. It is a secret.\n`;
}
