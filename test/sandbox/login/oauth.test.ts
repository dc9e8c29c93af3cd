import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningSandbox, startSandbox } from '../../../src/sandbox/server.ts';
import { basic, fetchUrl } from '../server/talk.ts';
import {
  authenticate,
  authorize,
  broughtBack,
  claim,
  claimsOf,
  codeOf,
  formOf,
  headerOf,
  isGenuine,
  redirectUri,
  signIn,
  textIn,
  tokens,
  verifier,
  whoAmI,
} from './application.ts';

let sandbox: RunningSandbox;
let now = new Date('2026-08-01T12:05:30Z');
const challenge = createHash('sha256').update(verifier).digest('base64url');
const s256 = { code_challenge: challenge, code_challenge_method: 'S256' };
const exchange = (changes: Readonly<Record<string, string | undefined>>) =>
  tokens(sandbox, { grant_type: 'authorization_code', ...changes });

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, data: null, latency: 0, seed: 'demo', clock: () => now });
});
afterAll(() => sandbox.close());

it('describes itself', async () => {
  const root = `${sandbox.login}/login`;
  const { json } = await fetchUrl('GET', `${root}/.well-known/openid-configuration`);
  expect(json).toMatchObject({
    issuer: sandbox.login,
    authorization_endpoint: `${root}/common/oauth/authorize`,
    token_endpoint: `${root}/common/oauth/tokens`,
    jwks_uri: `${root}/.well-known/jwks`,
    grant_types_supported: ['implicit', 'authorization_code', 'refresh_token'],
  });
  const { json: jwks } = await fetchUrl('GET', `${root}/.well-known/jwks`);
  const key = { kty: 'RSA', use: 'sig', e: 'AQAB', n: expect.any(String) };
  expect(jwks).toEqual({ keys: [{ ...key, kid: expect.any(String), x5t: expect.any(String) }] });
  expect((await fetchUrl('GET', `${root}/nowhere`)).status).toBe(404);
  expect((await fetchUrl('GET', `${root}/api/nowhere`)).status).toBe(404);
});

describe('a whole sign-in', () => {
  it('ends with tokens that open the API and say who signed in', async () => {
    const reply = await signIn(sandbox, { nonce: 'n-1' });
    expect(reply.status).toBe(200);
    expect(reply.json).toEqual({
      token_type: 'Bearer',
      access_token: expect.stringMatching(/^8A:Sandbox\.[A-Za-z0-9+/]+==$/),
      expires_in: 3600,
      refresh_token: expect.stringMatching(/^[\w-]{64}$/),
      id_token: expect.any(String),
    });
    expect(reply.headers['cache-control']).toBe('no-store');
    const bearer = `Bearer ${textIn(reply, 'access_token')}`;
    expect((await whoAmI(sandbox.url, bearer)).json).toMatchObject({ Associate: 'ANDERSDYRE' });

    const idToken = textIn(reply, 'id_token');
    const seconds = Math.floor(now.getTime() / 1000);
    expect(headerOf(idToken)).not.toHaveProperty('kid');
    expect(await isGenuine(sandbox, idToken)).toBe(true);
    const [header = '', payload = '', signature = ''] = idToken.split('.');
    expect(await isGenuine(sandbox, `${header}.${payload.slice(0, -2)}AA.${signature}`)).toBe(false);
    const claims = claimsOf(idToken);
    expect(claims).toMatchObject({
      iss: sandbox.login,
      aud: sandbox.app().clientId,
      nonce: 'n-1',
      iat: String(seconds),
      nbf: seconds - 60,
      exp: seconds + 300,
      [claim('ctx')]: 'Sandbox',
      [claim('upn')]: 'anders.dyre@superoffice.demo.invalid',
      [claim('company_name')]: 'SuperOffice demo',
      [claim('is_administrator')]: 'False',
    });
    expect(claims).not.toHaveProperty([claim('system_token')]);
  });

  it('tells an administrator the system user token', async () => {
    const claims = claimsOf(textIn(await signIn(sandbox, { login_hint: 'sic' }), 'id_token'));
    expect(claims).toMatchObject({
      [claim('is_administrator')]: 'True',
      [claim('system_token')]: sandbox.app().systemUserToken,
    });
    expect(claims).not.toHaveProperty('nonce');
  });

  it('takes the parameters of the exchange on the query string, and the secret in a Basic header', async () => {
    const { clientId, clientSecret } = sandbox.app();
    const query = formOf({
      grant_type: 'authorization_code',
      code: await codeOf(sandbox),
      redirect_uri: redirectUri,
    });
    const reply = await fetchUrl('POST', `${sandbox.login}/login/Sandbox/oauth/tokens?${query}`, {
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        authorization: basic(clientId, clientSecret),
      },
    });
    expect(reply.json).toHaveProperty('access_token');
  });
});

describe('the page', () => {
  it('offers the users of the sandbox and sends back what they answer', async () => {
    const shown = await authorize(sandbox, { sandbox_consent: undefined });
    expect(shown.headers['content-type']).toContain('text/html');
    expect(shown.text).toContain('<option value="ANDERSDYRE" selected>');
    expect(shown.text).toContain('<option value="SIC">');
    expect(shown.text).not.toContain('KARIN');
    expect(shown.text).not.toContain('<script');

    const query = formOf({
      response_type: 'code',
      client_id: sandbox.app().clientId,
      redirect_uri: redirectUri,
      scope: 'openid',
      state: 's',
    });
    const press = (body: string) =>
      fetchUrl('POST', `${sandbox.login}/login/common/oauth/authorize?${query}`, {
        body,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      });
    const { code, state } = broughtBack(await press('user=ANDERSDYRE&consent=yes'));
    expect(state).toBe('s');
    expect((await exchange({ code })).json).toHaveProperty('refresh_token');
    expect(broughtBack(await press('user=ANDERSDYRE&consent=no'))).toMatchObject({
      error: 'access_denied',
      state: 's',
    });
    expect(broughtBack(await press('user=KARIN&consent=yes'))).toMatchObject({ error: 'access_denied' });
  });

  it('knows a user by the SuperID too', async () => {
    const reply = await authorize(sandbox, { login_hint: 'Anders.Dyre@superoffice.demo.invalid' });
    expect(broughtBack(reply)).toEqual({ code: expect.any(String), state: 'st&ate' });
  });
});

describe('response modes', () => {
  it('query is the usual one', async () => {
    const reply = await authorize(sandbox, { response_mode: 'query' });
    expect(reply.status).toBe(302);
    expect(reply.headers.location).toMatch(/^http:\/\/127\.0\.0\.1:7890\?code=[0-9A-F]+&state=st%26ate$/);
  });

  it('fragment', async () => {
    const { headers } = await authorize(sandbox, { response_mode: 'fragment', state: undefined });
    expect(headers.location).toMatch(/^http:\/\/127\.0\.0\.1:7890#code=[0-9A-F]+$/);
  });

  it('form_post', async () => {
    const { status, text } = await authorize(sandbox, { response_mode: 'form_post', state: '"><b>' });
    expect(status).toBe(200);
    expect(text).toContain('<form method="post" action="http://127.0.0.1:7890">');
    expect(text).toMatch(/name="code" value="[0-9A-F]+"/);
    expect(text).toContain('name="state" value="&quot;&gt;&lt;b&gt;"');
  });
});

describe('authorizations that go nowhere', () => {
  it.each([
    ['no client', { client_id: undefined }, 'common', 'client_id'],
    ['another client', { client_id: 'x<y' }, 'common', 'x&lt;y'],
    ['a path', { redirect_uri: 'http://127.0.0.1:7890/callback' }, 'common', 'InvalidRedirectUrl'],
    ['a slash', { redirect_uri: 'http://127.0.0.1:7890/' }, 'common', 'InvalidRedirectUrl'],
    ['localhost', { redirect_uri: 'http://localhost:7890' }, 'common', 'InvalidRedirectUrl'],
    ['a short port', { redirect_uri: 'http://127.0.0.1:789' }, 'common', 'InvalidRedirectUrl'],
    ['https', { redirect_uri: 'https://127.0.0.1:7890' }, 'common', 'InvalidRedirectUrl'],
    ['another tenant in the path', {}, 'Cust12345', 'no tenant &#39;Cust12345&#39;'],
    ['another tenant by acr_values', { acr_values: 'tenant:Cust1' }, 'common', 'no tenant &#39;Cust1&#39;'],
  ])('stay on a page: %s', async (_, changes, path, words) => {
    const reply = await authorize(sandbox, changes, path);
    expect(reply.status).toBe(400);
    expect(reply.headers.location).toBeUndefined();
    expect(reply.text).toContain(words);
  });

  it.each([
    ['response_type', { response_type: 'id_token' }, 'unsupported_response_type'],
    ['response_mode', { response_mode: 'web_message' }, 'invalid_request'],
    ['scope', { scope: 'profile' }, 'invalid_scope'],
    ['a short challenge', { code_challenge: 'short' }, 'invalid_request'],
    ['the method', { ...s256, code_challenge_method: 'SHA256' }, 'invalid_request'],
    ['an unknown user', { login_hint: 'nobody' }, 'access_denied'],
    ['no consent', { sandbox_consent: 'no' }, 'access_denied'],
  ])('are told to the application: %s', async (_, changes, error) => {
    expect(broughtBack(await authorize(sandbox, changes))).toEqual({
      error,
      error_description: expect.any(String),
      state: 'st&ate',
    });
  });

  it.each([
    ['the own tenant in the path', {}, 'sandbox'],
    ['the own tenant by acr_values', { acr_values: 'tenant:Sandbox' }, 'common'],
  ])('%s is right', async (_, changes, path) => {
    expect(broughtBack(await authorize(sandbox, changes, path))).toHaveProperty('code');
  });
});

describe('PKCE', () => {
  it.each([
    ['S256', s256],
    ['plain', { code_challenge: verifier, code_challenge_method: 'plain' }],
    ['plain when nothing is said', { code_challenge: verifier }],
  ])('takes the verifier instead of the secret: %s', async (_, changes) => {
    const code = await codeOf(sandbox, changes);
    const reply = await exchange({ code, code_verifier: verifier, client_secret: undefined });
    expect(reply.status).toBe(200);
    const renewed = await tokens(sandbox, {
      grant_type: 'refresh_token',
      refresh_token: textIn(reply, 'refresh_token'),
      client_secret: undefined,
    });
    expect(renewed.json).toHaveProperty('access_token');
  });

  it.each([
    ['another verifier', s256, { code_verifier: verifier.replace('a', 'b') }],
    ['no verifier', s256, {}],
    ['the challenge itself', s256, { code_verifier: challenge }],
    ['a hash where the method was left out', { code_challenge: challenge }, { code_verifier: verifier }],
  ])('refuses %s, although the secret is right', async (_, changes, sent) => {
    const reply = await exchange({ code: await codeOf(sandbox, changes), ...sent });
    expect(reply.status).toBe(400);
    expect(reply.json).toMatchObject({ error: 'invalid_grant' });
  });

  it('does not do without the secret where that is set', async () => {
    const strict = await startSandbox({
      port: 0,
      data: null,
      latency: 0,
      seed: 'empty',
      openPoints: { secretOptionalWithPkce: false },
    });
    const sent = { grant_type: 'authorization_code', code_verifier: verifier };
    const without = { ...sent, code: await codeOf(strict, s256), client_secret: undefined };
    expect((await tokens(strict, without)).json).toMatchObject({ error: 'invalid_client' });
    expect((await tokens(strict, { ...sent, code: await codeOf(strict, s256) })).status).toBe(200);
    await strict.close();
  });
});

describe('exchanges that are refused', () => {
  it.each([
    ['an unknown code', { code: 'ABC' }, 400, 'invalid_grant'],
    ['another redirect_uri', { redirect_uri: 'http://127.0.0.1:7891' }, 400, 'invalid_grant'],
    ['no redirect_uri', { redirect_uri: undefined }, 400, 'invalid_grant'],
    ['a wrong secret', { client_secret: 'wrong' }, 401, 'invalid_client'],
    ['no secret', { client_secret: undefined }, 401, 'invalid_client'],
    ['another client', { client_id: 'other' }, 401, 'invalid_client'],
    ['another grant', { grant_type: 'client_credentials' }, 400, 'unsupported_grant_type'],
    ['a password', { grant_type: 'password' }, 400, 'unsupported_grant_type'],
    ['no grant', { grant_type: undefined }, 400, 'unsupported_grant_type'],
    ['an unknown refresh token', { grant_type: 'refresh_token', refresh_token: 'x' }, 400, 'invalid_grant'],
  ])('%s', async (_, changes, status, error) => {
    const reply = await exchange({ code: await codeOf(sandbox), ...changes });
    expect(reply.status).toBe(status);
    expect(reply.json).toEqual({ error, error_description: expect.any(String) });
  });

  it('a code that was used, also by a failed exchange', async () => {
    const code = await codeOf(sandbox);
    expect((await exchange({ code })).status).toBe(200);
    expect((await exchange({ code })).json).toMatchObject({ error: 'invalid_grant' });
    const other = await codeOf(sandbox, s256);
    expect((await exchange({ code: other })).status).toBe(400);
    expect((await exchange({ code: other, code_verifier: verifier })).status).toBe(400);
  });

  it('a code of ten minutes ago', async () => {
    const start = now;
    const [early, late] = [await codeOf(sandbox), await codeOf(sandbox)];
    now = new Date(start.getTime() + 599_000);
    expect((await exchange({ code: early })).status).toBe(200);
    now = new Date(start.getTime() + 600_000);
    expect((await exchange({ code: late })).json).toMatchObject({ error: 'invalid_grant' });
    now = start;
  });
});

describe('refreshing and revoking', () => {
  const refresh = (token: string) =>
    tokens(sandbox, { grant_type: 'refresh_token', refresh_token: token, redirect_uri: undefined });

  it('gives a new access token for the same refresh token, again and again', async () => {
    const token = textIn(await signIn(sandbox), 'refresh_token');
    const [first, second] = [await refresh(token), await refresh(token)];
    expect(first.json).toEqual({
      token_type: 'Bearer',
      access_token: expect.any(String),
      expires_in: 3600,
      id_token: expect.any(String),
    });
    expect(textIn(second, 'access_token')).not.toBe(textIn(first, 'access_token'));
    for (const reply of [first, second])
      expect((await whoAmI(sandbox.url, `Bearer ${textIn(reply, 'access_token')}`)).status).toBe(200);
  });

  it('ends an access token an hour after its issue, however often it was used', async () => {
    const start = now;
    const bearer = `Bearer ${textIn(await signIn(sandbox), 'access_token')}`;
    now = new Date(start.getTime() + 3_599_000);
    expect((await whoAmI(sandbox.url, bearer)).status).toBe(200);
    now = new Date(start.getTime() + 3_600_000);
    const late = await whoAmI(sandbox.url, bearer);
    expect(late.status).toBe(401);
    expect(late.json).toMatchObject({ ErrorType: 'SoSessionException' });
    now = start;
  });

  it('ends access tokens and refresh tokens when it is told to', async () => {
    const reply = await signIn(sandbox);
    const bearer = `Bearer ${textIn(reply, 'access_token')}`;
    const token = textIn(reply, 'refresh_token');
    sandbox.expireAccessTokens();
    expect((await whoAmI(sandbox.url, bearer)).status).toBe(401);
    expect((await refresh(token)).status).toBe(200);
    sandbox.revokeRefreshTokens();
    expect((await refresh(token)).json).toMatchObject({ error: 'invalid_grant' });
    expect((await signIn(sandbox)).status).toBe(200);
  });

  it('takes everything back with the consent, until an administrator gives it anew', async () => {
    const own = await startSandbox({ port: 0, data: null, latency: 0, seed: 'empty' });
    const reply = await signIn(own);
    const revoked = own.app().systemUserToken;
    own.revokeConsent();
    expect((await whoAmI(own.url, `Bearer ${textIn(reply, 'access_token')}`)).status).toBe(401);
    const token = textIn(reply, 'refresh_token');
    expect((await tokens(own, { grant_type: 'refresh_token', refresh_token: token })).json).toMatchObject({
      error: 'invalid_grant',
    });
    await signIn(own);
    expect((await authenticate(own)).json).toMatchObject({ IsSuccessful: false });
    const claims = claimsOf(textIn(await signIn(own, { login_hint: own.username }), 'id_token'));
    expect(claims[claim('system_token')]).toBe(own.app().systemUserToken);
    expect(own.app().systemUserToken).not.toBe(revoked);
    expect((await authenticate(own)).json).toMatchObject({ IsSuccessful: true });
    await own.close();
  });

  it('says how long tokens hold, and how it refuses, as it is set', async () => {
    const own = await startSandbox({
      port: 0,
      data: null,
      latency: 0,
      seed: 'empty',
      lifetimes: { accessToken: 5 },
      openPoints: { tokenRefusalStatus: 403, authorizeErrors: 'page' },
    });
    expect((await signIn(own)).json).toMatchObject({ expires_in: 5 });
    expect((await tokens(own, { grant_type: 'x' })).status).toBe(403);
    const page = await authorize(own, { scope: 'profile' });
    expect([page.status, page.headers.location]).toEqual([400, undefined]);
    expect(page.text).toContain('invalid_scope');
    await own.close();
  });
});
