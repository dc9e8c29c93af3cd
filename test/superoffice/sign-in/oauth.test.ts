import { describe, expect, test } from 'vitest';
import type { RunningSandbox } from '../../../src/sandbox/server.ts';
import { privateTexts } from '../../../src/state/private-texts.ts';
import { signInWithBrowser } from '../../../src/superoffice/sign-in/browser-sign-in.ts';
import {
  authorizeUrl,
  exchangeCode,
  type OAuthClient,
  type OAuthTokens,
  refreshTokens,
} from '../../../src/superoffice/sign-in/oauth.ts';
import { oauthCredentials } from '../../../src/superoffice/sign-in/oauth-credentials.ts';
import { challengeOf, createPkce } from '../../../src/superoffice/sign-in/pkce.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { refusal } from '../../support/refusal.ts';
import { virtualTiming } from '../virtual-timing.ts';
import { loginAt, online, signedIn } from './online.ts';

function clientOf(sandbox: RunningSandbox, changes: Partial<OAuthClient> = {}): OAuthClient {
  return {
    http: loginAt(sandbox.login).http,
    tenant: sandbox.tenant,
    clientId: sandbox.app().clientId,
    clientSecret: null,
    now: Date.now,
    loginCommand: 'sic login --profile me',
    ...changes,
  };
}

/** A person at the sign-in page: who they are, and what they answer. */
interface Person {
  readonly name: string;
  readonly consents?: boolean;
  /** What becomes of the address before the browser follows it. */
  readonly follow?: (address: URL) => void;
}

/** Plays the browser: follows the address, answers the page, comes back to this machine. */
function browse(address: string, { name, consents = true, follow = () => {} }: Person): Promise<Response> {
  const url = new URL(address);
  url.searchParams.set('login_hint', name);
  url.searchParams.set('sandbox_consent', consents ? 'yes' : 'no');
  follow(url);
  return fetch(url);
}

async function signIn(client: OAuthClient, person: Person): Promise<OAuthTokens> {
  const visits: Promise<Response>[] = [];
  try {
    return await signInWithBrowser({
      client,
      port: 0,
      timeout: 60_000,
      timing: virtualTiming(),
      signal: new AbortController().signal,
      visit: address => visits.push(browse(address, person)),
    });
  } finally {
    await Promise.all(visits);
  }
}

describe('signing in with a browser', () => {
  test.each([false, true])('as a person (client secret: %s)', async withSecret => {
    const sandbox = await online({ openPoints: { secretOptionalWithPkce: !withSecret } });
    const { clientSecret } = sandbox.app();
    const client = clientOf(sandbox, { clientSecret: withSecret ? clientSecret : null });
    const tokens = await signIn(client, { name: sandbox.ordinary.username });
    expect(tokens.accessToken).toMatch(/^8A:Sandbox\./);
    expect(tokens.refreshToken).toBeTruthy();
    expect(tokens.user).toBe(sandbox.ordinary.username);
    expect(tokens.renewAt - Date.now()).toBeGreaterThan(3_500_000);
  });

  test('the address says all that it has to, and the challenge is that of the verifier', async () => {
    const sandbox = await online();
    const { verifier, challenge } = createPkce();
    const request = { redirectUri: 'http://127.0.0.1:7890', state: 's', nonce: 'n', challenge };
    const address = new URL(authorizeUrl(clientOf(sandbox), request));
    expect(`${address.origin}${address.pathname}`).toBe(`${sandbox.login}/login/common/oauth/authorize`);
    expect(Object.fromEntries(address.searchParams)).toEqual({
      response_type: 'code',
      client_id: sandbox.app().clientId,
      redirect_uri: 'http://127.0.0.1:7890',
      scope: 'openid',
      state: 's',
      nonce: 'n',
      code_challenge: challenge,
      code_challenge_method: 'S256',
      acr_values: 'tenant:Sandbox',
    });
    expect(verifier).toMatch(/^[A-Za-z0-9._~-]{43,128}$/);
    // RFC 7636, appendix B
    expect(challengeOf('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk')).toBe(
      'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    );
  });

  test.each<[string, Partial<Person>, string]>([
    [
      'the person says no',
      { consents: false },
      'refused in the browser (access_denied: The user did not consent.)',
    ],
    [
      'the state is lost on the way',
      { follow: url => url.searchParams.set('state', 'another') },
      'another sign-in than the one that was started here',
    ],
    [
      'another nonce is signed',
      { follow: url => url.searchParams.set('nonce', 'another') },
      'it belongs to another sign-in (its nonce is not the one that was sent)',
    ],
    [
      'no nonce is signed',
      { follow: url => url.searchParams.delete('nonce') },
      'it belongs to another sign-in (its nonce is not the one that was sent)',
    ],
    [
      'the code was meant for somebody else',
      { follow: url => url.searchParams.set('code_challenge', challengeOf('x'.repeat(43))) },
      'did not complete the sign-in: invalid_grant',
    ],
  ])('%s', async (_name, person, says) => {
    const sandbox = await online();
    const error = await refusal(signIn(clientOf(sandbox), { name: sandbox.ordinary.username, ...person }));
    expect(error.code).toBe('sign-in');
    expect(error.message).toContain(says);
    expect(error.hint).toBeTruthy();
  });

  test('a form_post is taken as well', async () => {
    const sandbox = await online();
    const name = sandbox.ordinary.username;
    const visits: Promise<unknown>[] = [];
    const tokens = await signInWithBrowser({
      client: clientOf(sandbox),
      port: 0,
      timeout: 60_000,
      timing: virtualTiming(),
      signal: new AbortController().signal,
      visit: address => {
        const withForm = { name, follow: (url: URL) => url.searchParams.set('response_mode', 'form_post') };
        visits.push(browse(address, withForm).then(sendForm));
      },
    });
    await Promise.all(visits);
    expect(tokens.user).toBe(name);
  });

  test.each<[string, Partial<OAuthClient>, string]>([
    ['a wrong client secret', { clientSecret: 'wr0ng-secret' }, 'invalid_client'],
    ['a clock that is off', { now: () => Date.now() - 600_000 }, 'clock is 10 minutes behind'],
  ])('%s', async (_name, changes, says) => {
    const sandbox = await online();
    const client = clientOf(sandbox, changes);
    const error = await refusal(signIn(client, { name: sandbox.ordinary.username }));
    expect(error.code).toBe('sign-in');
    expect(error.message).toContain(says);
    expect(`${error.message}${error.hint}`).not.toContain('wr0ng-secret');
  });

  test('a code serves once', async () => {
    const sandbox = await online();
    const client = clientOf(sandbox);
    const exchange = {
      code: 'never-given-out',
      redirectUri: 'http://127.0.0.1:7890',
      verifier: 'v',
      nonce: 'n',
    };
    const error = await refusal(exchangeCode(client, exchange));
    expect(error.message).not.toContain('never-given-out');
    expect(error.hint).toContain('within ten minutes');
  });
});

/** Sends the form that a page of response_mode=form_post holds, as the script in it does in a browser. */
async function sendForm(page: Response): Promise<Response> {
  const html = await page.text();
  const action = /<form[^>]*action="([^"]+)"/i.exec(html)?.[1] ?? '';
  const fields = new URLSearchParams();
  for (const [input] of html.matchAll(/<input[^>]*>/gi))
    fields.set(/name="([^"]*)"/i.exec(input)?.[1] ?? '', /value="([^"]*)"/i.exec(input)?.[1] ?? '');
  return fetch(action, { method: 'POST', body: fields });
}

async function personOf(sandbox: RunningSandbox, changes: Partial<OAuthClient> = {}) {
  const { refreshToken } = await signIn(clientOf(sandbox), { name: sandbox.ordinary.username });
  const kept: string[] = [];
  const cache = privateTexts(await temporaryFolder());
  const credentials = oauthCredentials({
    client: clientOf(sandbox, changes),
    refreshToken: async () => refreshToken,
    keepRefreshToken: async token => {
      kept.push(token);
    },
    cache,
    note: () => {},
  });
  return { credentials, refreshToken, kept, cache };
}

describe('working as a person', () => {
  test('the refresh token opens the API, run after run', async () => {
    const sandbox = await online();
    const { credentials, refreshToken, kept } = await personOf(sandbox);
    const superoffice = await signedIn(credentials);
    expect((await superoffice.principal()).isSystemUser).toBe(false);
    expect((await credentials.headers()).authorization).toMatch(/^Bearer 8A:Sandbox\./);
    expect(kept).toEqual([]);
    expect(credentials.secrets()).toContain(refreshToken);
    const again = await refreshTokens(clientOf(sandbox), refreshToken ?? '');
    expect(again.refreshToken).toBeNull();
  });

  test('an access token that ended is renewed once for all requests', async () => {
    const sandbox = await online();
    const { credentials } = await personOf(sandbox);
    const superoffice = await signedIn(credentials);
    sandbox.expireAccessTokens();
    await Promise.all(['A', 'B', 'C'].map(Name => superoffice.create('Contact', { Name })));
    expect(superoffice.requests).toMatchObject({ write: 6, retried: 3 });
  });

  test.each([3600, 100])(
    'and is renewed before its end, so that no request is sent in vain (%i s)',
    async life => {
      const sandbox = await online({ lifetimes: { accessToken: life } });
      const began = Date.now();
      const clock = { ahead: 0 };
      const now = () => Date.now() + clock.ahead;
      const { credentials } = await personOf(sandbox, { now });
      const first = await credentials.headers();
      const taken = Date.now() - began;
      clock.ahead = Math.min(life * 500, life * 1000 - 60_000) - taken - 2_000;
      expect(await credentials.headers()).toBe(first);
      clock.ahead = Math.max(life * 500, life * 1000 - 60_000) + 1_000;
      if (life === 100) expect(await credentials.headers()).not.toBe(first);
      // An hour is more than a clock may be off, so the attempt to renew finds that out.
      else expect((await refusal(credentials.headers())).message).toContain('clock');
    },
  );

  test.each(['revokeRefreshTokens', 'revokeConsent'] as const)('%s: sign in again', async revoke => {
    for (const tokenRefusalStatus of [400, 401, 403]) {
      const sandbox = await online({ openPoints: { tokenRefusalStatus } });
      const { credentials, refreshToken } = await personOf(sandbox);
      sandbox[revoke]();
      const error = await refusal(credentials.headers());
      expect(error.code).toBe('sign-in');
      expect(error.message).toContain('The sign-in to Sandbox is no longer valid');
      expect(error.hint).toBe('Sign in again: sic login --profile me');
      expect(`${error.message}${error.detail}`).not.toContain(refreshToken);
    }
  });

  test('nobody has signed in', async () => {
    const sandbox = await online();
    const credentials = oauthCredentials({
      client: clientOf(sandbox),
      refreshToken: async () => null,
      keepRefreshToken: async () => {},
      cache: privateTexts(await temporaryFolder()),
      note: () => {},
    });
    const error = await refusal(credentials.headers());
    expect(error).toMatchObject({
      code: 'sign-in',
      message: 'Nobody is signed in to Sandbox on this machine.',
    });
    expect(error.hint).toContain('sic login --profile me');
  });
});
