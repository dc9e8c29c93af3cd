import { createPublicKey, createSign, type JsonWebKey, verify } from 'node:crypto';
import type { RegisteredApp, RunningSandbox } from '../../../src/sandbox/server.ts';
import { fetchUrl, type Reply } from '../server/talk.ts';

/** What an application does to sign in, as reading.md tells it: written without the code of the sandbox and of the client. */

export const claim = (name: string) => `http://schemes.superoffice.net/identity/${name}`;
export const redirectUri = 'http://127.0.0.1:7890';
export const verifier = 'a-verifier.that_is~long-enough-to-be-taken-01234';

export function timestampOf(moment: Date): string {
  return moment.toISOString().replace(/[-:T]/g, '').slice(0, 12);
}

/** Section 3.1, with the key as PEM. */
export function signedToken(
  { systemUserToken, privateKeyPem }: Pick<RegisteredApp, 'systemUserToken' | 'privateKeyPem'>,
  timestamp = timestampOf(new Date()),
): string {
  const data = `${systemUserToken}.${timestamp}`;
  return `${data}.${createSign('SHA256').update(data, 'utf8').sign(privateKeyPem, 'base64')}`;
}

/** Section 3.2. `changes` replaces fields of the body. */
export function authenticate(sandbox: RunningSandbox, changes: object = {}): Promise<Reply> {
  const app = sandbox.app();
  return fetchUrl('POST', `${sandbox.login}/Login/api/PartnerSystemUser/Authenticate`, {
    body: {
      SignedSystemToken: signedToken(app),
      ApplicationToken: app.clientSecret,
      ContextIdentifier: 'Sandbox',
      ReturnTokenType: 'JWT',
      ...changes,
    },
  });
}

/** Signs in as the system user: the ticket. */
export async function ticketOf(sandbox: RunningSandbox): Promise<string> {
  return String(claimsOf(textIn(await authenticate(sandbox), 'Token'))[claim('ticket')]);
}

/** Section 2.2 with the sandbox's own consent; the parameters of `changes` replace, undefined ones are left out. */
export function authorize(
  sandbox: RunningSandbox,
  changes: Readonly<Record<string, string | undefined>> = {},
  path = 'common',
): Promise<Reply> {
  const parameters = {
    response_type: 'code',
    client_id: sandbox.app().clientId,
    redirect_uri: redirectUri,
    scope: 'openid',
    state: 'st&ate',
    login_hint: sandbox.ordinary.username,
    sandbox_consent: 'yes',
    ...changes,
  };
  return fetchUrl('GET', `${sandbox.login}/login/${path}/oauth/authorize?${formOf(parameters)}`);
}

/** The parameters that a redirect brings back. */
export function broughtBack(reply: Reply): Readonly<Record<string, string>> {
  return Object.fromEntries(new URL(String(reply.headers.location)).searchParams);
}

export async function codeOf(
  sandbox: RunningSandbox,
  changes: Readonly<Record<string, string | undefined>> = {},
): Promise<string> {
  return String(broughtBack(await authorize(sandbox, changes)).code);
}

/** Sections 2.3 and 2.4, as a form body with client and secret. */
export function tokens(
  sandbox: RunningSandbox,
  changes: Readonly<Record<string, string | undefined>>,
): Promise<Reply> {
  const { clientId, clientSecret } = sandbox.app();
  const parameters = {
    client_id: clientId,
    client_secret: clientSecret,
    redirect_uri: redirectUri,
    ...changes,
  };
  return fetchUrl('POST', `${sandbox.login}/login/common/oauth/tokens`, {
    body: formOf(parameters),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
}

/** A whole sign-in: the answer of the token endpoint. */
export async function signIn(
  sandbox: RunningSandbox,
  changes: Readonly<Record<string, string | undefined>> = {},
): Promise<Reply> {
  const code = await codeOf(sandbox, changes);
  return tokens(sandbox, { grant_type: 'authorization_code', code });
}

export function formOf(parameters: Readonly<Record<string, string | undefined>>): string {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined) form.set(name, value);
  return form.toString();
}

export function textIn({ json }: Reply, name: string): string {
  const value = typeof json === 'object' && json !== null ? Object.entries(json) : [];
  return String(value.find(([key]) => key === name)?.[1]);
}

export function headerOf(jwt: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(jwt.split('.')[0] ?? '', 'base64url').toString());
}

export function claimsOf(jwt: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString());
}

/** True when the key of the JWKS that the header names has signed the token. */
export async function isGenuine(sandbox: RunningSandbox, jwt: string): Promise<boolean> {
  const { json } = await fetchUrl('GET', `${sandbox.login}/login/.well-known/jwks`);
  const { keys } = json as { readonly keys: readonly (JsonWebKey & { readonly kid: string })[] };
  const key = keys.find(({ kid }) => kid === headerOf(jwt).x5t);
  if (!key) return false;
  const [header, payload, signature = ''] = jwt.split('.');
  return verify(
    'sha256',
    Buffer.from(`${header}.${payload}`),
    createPublicKey({ key, format: 'jwk' }),
    Buffer.from(signature, 'base64url'),
  );
}

export function whoAmI(
  url: string,
  authorization: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Reply> {
  return fetchUrl('GET', `${url}/api/v1/User/currentPrincipal`, { headers: { authorization, ...headers } });
}
