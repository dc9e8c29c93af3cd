import { readFile } from 'node:fs/promises';
import type { OAuthAuth, OnlineProfile, OnsiteProfile, Profile, SecretRef } from '../../config/config.ts';
import type { Keychain } from '../../config/keychain.ts';
import { SicError } from '../../problems/sic-error.ts';
import type { Credentials } from '../../superoffice/sign-in/credentials.ts';
import type { OAuthClient } from '../../superoffice/sign-in/oauth.ts';
import type { Note } from '../../superoffice/wait.ts';

export interface SignInPorts {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Folder of this profile in the state folder. */
  readonly stateFolder: string;
  /** `sic`, or how else the reader starts this program. */
  readonly program: string;
  readonly note: Note;
  readonly signal: AbortSignal;
  /** Is told where the secrets are that nothing may show. */
  readonly conceal: (secrets: () => readonly string[]) => void;
  /** Loads the keychain in place of keytar. */
  readonly keychain?: (() => Promise<Keychain>) | undefined;
}

/** How a profile signs in. Reads what is needed for it now; whether SuperOffice agrees shows at the first request. */
export interface SignIn {
  readonly credentials: Credentials;
  /** Authorities that are trusted beside those Node knows, PEM text each. */
  readonly authorities: readonly string[];
}

/** Throws SicError 'config' for a secret or a file that cannot be read. */
export async function signInOf(profile: Profile, ports: SignInPorts): Promise<SignIn> {
  const authorities = await authoritiesOf(profile);
  const credentials =
    profile.kind === 'onsite'
      ? await onsiteCredentials(profile, ports)
      : await onlineCredentials(profile, authorities, ports);
  ports.conceal(() => credentials.secrets());
  return { credentials, authorities };
}

/** Certificates that the profile trusts besides those of Node. Throws SicError 'config'. */
export async function authoritiesOf({ ca, name }: Profile): Promise<readonly string[]> {
  if (ca === null) return [];
  const { readAuthorities } = await import('../../superoffice/authorities.ts');
  const text = await readFile(ca, 'latin1').catch((cause: unknown) => {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    throw new SicError(
      'config',
      `The file ${ca}, which "ca" of profile "${name}" names, cannot be read (${code}).`,
      {
        hint: 'Put the PEM file of your certificate authority there, or correct "ca".',
        cause,
      },
    );
  });
  return readAuthorities(text, ca);
}

async function onsiteCredentials(
  { url, auth, name }: OnsiteProfile,
  ports: SignInPorts,
): Promise<Credentials> {
  const { basicCredentials, ticketCredentials } = await import('../../superoffice/sign-in/credentials.ts');
  if (auth.type === 'ticket')
    return ticketCredentials(url, await secret(auth.ticket, ports, `the ticket of profile "${name}"`));
  const password = await secret(auth.password, ports, `the password of profile "${name}"`);
  return basicCredentials(url, auth.username, password);
}

async function onlineCredentials(
  profile: OnlineProfile,
  authorities: readonly string[],
  ports: SignInPorts,
): Promise<Credentials> {
  const { auth, tenant, name } = profile;
  const { privateTexts } = await import('../../state/private-texts.ts');
  const common = { cache: privateTexts(ports.stateFolder), note: ports.note };
  if (auth.type === 'system-user') {
    const { systemUserCredentials } = await import('../../superoffice/sign-in/system-user.ts');
    return systemUserCredentials({
      ...common,
      http: await loginHttp(profile, authorities, ports),
      tenant,
      clientId: auth.clientId,
      clientSecret: () => secret(auth.clientSecret, ports, `the client secret of profile "${name}"`),
      systemUserToken: () =>
        secret(auth.systemUserToken, ports, `the system user token of profile "${name}"`),
      privateKey: () => secret(auth.privateKey, ports, `the private key of profile "${name}"`),
      now: Date.now,
    });
  }
  const { oauthCredentials } = await import('../../superoffice/sign-in/oauth-credentials.ts');
  const { keptSignIn } = await import('./kept-sign-in.ts');
  const kept = keptSignIn(profile, auth, ports);
  return oauthCredentials({
    ...common,
    client: await oauthClient(profile, auth, authorities, ports),
    refreshToken: () => kept.read(),
    keepRefreshToken: token => kept.write(token),
  });
}

/** The application of a profile, for its credentials and for `sic login`. */
export async function oauthClient(
  profile: OnlineProfile,
  auth: OAuthAuth,
  authorities: readonly string[],
  ports: SignInPorts,
): Promise<OAuthClient> {
  const { clientId, clientSecret } = auth;
  const what = `the client secret of profile "${profile.name}"`;
  return {
    http: await loginHttp(profile, authorities, ports),
    tenant: profile.tenant,
    clientId,
    clientSecret: clientSecret && (await secret(clientSecret, ports, what)),
    now: Date.now,
    loginCommand: `${ports.program} login --profile ${profile.name}`,
  };
}

async function loginHttp(profile: OnlineProfile, authorities: readonly string[], ports: SignInPorts) {
  const { createLoginHttp } = await import('../../superoffice/sign-in/login-http.ts');
  const { loginHost } = await import('../../superoffice/sign-in/login-host.ts');
  const { systemTiming } = await import('../../superoffice/timing.ts');
  const { env, note, signal } = ports;
  return createLoginHttp({
    login: loginHost(profile.environment, profile.login),
    env,
    authorities,
    timing: systemTiming,
    signal,
    note,
  });
}

async function secret(ref: SecretRef, ports: SignInPorts, what: string): Promise<string> {
  const { readSecret } = await import('../../config/secrets.ts');
  const { env, keychain } = ports;
  const text = await readSecret(ref, { env, ...(keychain ? { keychain } : {}) }, what);
  ports.conceal(() => [text]);
  return text;
}
