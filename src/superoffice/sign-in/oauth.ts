import { SicError } from '../../problems/sic-error.ts';
import { isObject, type JsonObject, numberOf, textOf } from '../json.ts';
import { secretMask } from '../secret-mask.ts';
import { publishedKeys } from './jwks.ts';
import { type Claims, superOfficeClaim, verifyJwt } from './jwt.ts';
import type { LoginAnswer, LoginHttp } from './login-http.ts';

/** An application as it is registered, and the tenant it is used for. */
export interface OAuthClient {
  readonly http: LoginHttp;
  readonly tenant: string;
  readonly clientId: string;
  /** null: a native application without one. Sent where there is one, since SuperOffice's pages disagree (reading.md, 2.1). */
  readonly clientSecret: string | null;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** What to run to sign in (again): `sic login --profile me`. */
  readonly loginCommand: string;
}

/** Tokens of a person who signed in, checked. */
export interface OAuthTokens {
  readonly accessToken: string;
  /** When it should be replaced, milliseconds since 1970: a minute before its end, or after half of a very short life. */
  readonly renewAt: number;
  /** When it ends, milliseconds since 1970. */
  readonly endsAt: number;
  /** null: the answer had none, so the old one stays (reading.md, section 2.4). */
  readonly refreshToken: string | null;
  /** Who signed in: their SuperID user name or mail address; '' when the token does not say. */
  readonly user: string;
  /** null: the token does not say. */
  readonly isAdministrator: boolean | null;
  /** Opens the application's system user; only administrators are given it (reading.md, section 2.5). A secret. */
  readonly systemUserToken: string | null;
}

export interface AuthorizeRequest {
  readonly redirectUri: string;
  readonly state: string;
  readonly nonce: string;
  /** S256 of the verifier. */
  readonly challenge: string;
}

/** Where the browser goes to sign in (reading.md, section 2.2). */
export function authorizeUrl({ http, tenant, clientId }: OAuthClient, request: AuthorizeRequest): string {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: request.redirectUri,
    scope: 'openid',
    state: request.state,
    nonce: request.nonce,
    code_challenge: request.challenge,
    code_challenge_method: 'S256',
    acr_values: `tenant:${tenant}`,
  });
  return `${http.login.root}/login/common/oauth/authorize?${query}`;
}

export interface CodeExchange {
  readonly code: string;
  readonly redirectUri: string;
  readonly verifier: string;
  readonly nonce: string;
}

/** Trades the code of a sign-in for tokens, once. Throws SicError 'sign-in' or 'unreachable'. */
export async function exchangeCode(client: OAuthClient, exchange: CodeExchange): Promise<OAuthTokens> {
  const { code, redirectUri, verifier, nonce } = exchange;
  const answer = await askForTokens(client, false, {
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirectUri,
    code_verifier: verifier,
  });
  const mask = maskOf(client, code, verifier);
  const tokens = isObject(answer.json) ? answer.json : {};
  if (answer.status !== 200 || textOf(tokens, 'access_token') === '')
    throw codeRefused(client, errorOf(tokens, answer.status, mask));
  if (textOf(tokens, 'id_token') === '') throw incomplete(client, 'an id_token');
  if (textOf(tokens, 'refresh_token') === '') throw incomplete(client, 'a refresh token');
  return tokensOf(client, tokens, answer, nonce);
}

/** Trades a refresh token for a new access token. Throws SicError 'sign-in' when it was revoked, or 'unreachable'. */
export async function refreshTokens(client: OAuthClient, refreshToken: string): Promise<OAuthTokens> {
  const answer = await askForTokens(client, true, {
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
  });
  const tokens = isObject(answer.json) ? answer.json : {};
  if (answer.status !== 200 || textOf(tokens, 'access_token') === '')
    throw refreshRefused(client, errorOf(tokens, answer.status, maskOf(client, refreshToken)));
  return tokensOf(client, tokens, answer, null);
}

/** As a form in the body: in the address, secrets would end up in logs (reading.md, section 2.3). */
function askForTokens(
  { http, clientId, clientSecret }: OAuthClient,
  repeatable: boolean,
  fields: Readonly<Record<string, string>>,
): Promise<LoginAnswer> {
  const secret = clientSecret === null ? {} : { client_secret: clientSecret };
  return http.ask({
    method: 'POST',
    path: '/login/common/oauth/tokens',
    form: { ...fields, client_id: clientId, ...secret },
    repeatable,
  });
}

async function tokensOf(
  client: OAuthClient,
  tokens: JsonObject,
  answer: LoginAnswer,
  nonce: string | null,
): Promise<OAuthTokens> {
  const accessToken = textOf(tokens, 'access_token');
  // It goes into a header, where a line break would end it.
  if (!/^[\x21-\x7e]+$/.test(accessToken)) throw incomplete(client, 'an access token that can be used');
  const idToken = textOf(tokens, 'id_token');
  const claims = idToken === '' ? {} : await checkIdToken(client, idToken, answer, nonce);
  const life = lifeOf(numberOf(tokens, 'expires_in'));
  const administrator = superOfficeClaim(claims, 'is_administrator').toLowerCase();
  return {
    accessToken,
    renewAt: client.now() + Math.max(life - 60_000, life / 2),
    endsAt: client.now() + life,
    refreshToken: textOf(tokens, 'refresh_token') || null,
    user: superOfficeClaim(claims, 'upn') || superOfficeClaim(claims, 'email'),
    isAdministrator: administrator === '' ? null : administrator === 'true',
    systemUserToken: superOfficeClaim(claims, 'system_token') || null,
  };
}

/** Milliseconds for which a token of so many seconds lives. */
function lifeOf(seconds: number): number {
  return (seconds > 0 ? seconds : 3600) * 1000;
}

async function checkIdToken(
  { http, tenant, clientId, now, loginCommand }: OAuthClient,
  idToken: string,
  answer: LoginAnswer,
  nonce: string | null,
): Promise<Claims> {
  const { login } = http;
  const claims = await verifyJwt(idToken, publishedKeys(http), {
    issuer: login.root,
    audience: () => clientId,
    nonce,
    clocks: { local: now(), server: answer.date },
    host: login.host,
  });
  const context = superOfficeClaim(claims, 'ctx');
  if (context.toLowerCase() !== tenant.toLowerCase())
    throw new SicError(
      'sign-in',
      `The sign-in was to the tenant "${context}", but the profile is for ${tenant}.`,
      {
        hint: `Run ${loginCommand} and choose ${tenant} in the browser, or correct "tenant" of the profile.`,
      },
    );
  return claims;
}

/** What a refusal says (RFC 6749, section 5.2; how SuperOffice words it is not documented). */
interface Refused {
  readonly error: string;
  /** One sentence, secrets blanked out; '' when there is none. */
  readonly words: string;
}

function errorOf(json: JsonObject, status: number, mask: (text: string) => string): Refused {
  const error = textOf(json, 'error');
  const said = textOf(json, 'error_description') || textOf(json, 'ErrorMessage') || textOf(json, 'Message');
  const words = mask([error, said].filter(part => part !== '').join(': ') || `it answered ${status}`);
  return { error, words: words.replace(/\s+/g, ' ').trim().slice(0, 500).replace(/\.$/, '') };
}

function maskOf({ clientSecret }: OAuthClient, ...secrets: readonly string[]): (text: string) => string {
  return secretMask([...secrets, ...(clientSecret === null ? [] : [clientSecret])]);
}

function codeRefused({ http, loginCommand }: OAuthClient, { error, words }: Refused): SicError {
  return new SicError('sign-in', `${http.login.host} did not complete the sign-in: ${words}.`, {
    hint: isAboutClient(error)
      ? clientAdvice
      : `Run ${loginCommand} again: a sign-in that is not completed within ten minutes is void.`,
  });
}

function refreshRefused({ http, tenant, loginCommand }: OAuthClient, { error, words }: Refused): SicError {
  if (isAboutClient(error))
    return new SicError('sign-in', `${http.login.host} does not accept the application: ${words}.`, {
      hint: clientAdvice,
    });
  return new SicError(
    'sign-in',
    `The sign-in to ${tenant} is no longer valid: it was revoked or has expired (${words}).`,
    { hint: `Sign in again: ${loginCommand}` },
  );
}

function isAboutClient(error: string): boolean {
  return error === 'invalid_client' || error === 'unauthorized_client';
}

const clientAdvice =
  'Check "clientId" and "clientSecret" of the profile: each environment has its own, and a native application has no secret.';

function incomplete({ http, loginCommand }: OAuthClient, what: string): SicError {
  return new SicError('sign-in', `${http.login.host} completed the sign-in without ${what}.`, {
    hint: `Run ${loginCommand} again; if it stays so, check the settings of the application in the Developer Portal.`,
  });
}
