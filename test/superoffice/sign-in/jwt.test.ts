import { createHmac, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { describe, expect, onTestFinished, test } from 'vitest';
import { publishedKeys } from '../../../src/superoffice/sign-in/jwks.ts';
import { type JwtTerms, superOfficeClaim, verifyJwt } from '../../../src/superoffice/sign-in/jwt.ts';
import { refusal } from '../../support/refusal.ts';
import { startServer } from '../scripted-server.ts';
import { loginAt } from './online.ts';

const now = Date.UTC(2026, 5, 1, 12);
const seconds = now / 1000;
const ours = generateKeyPairSync('rsa', { modulusLength: 2048 });
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ctx = 'http://schemes.superoffice.net/identity/ctx';

const good = {
  iss: 'https://online.superoffice.com',
  aud: 'client-1',
  nonce: 'n-1',
  // As text: so it is in the recorded samples.
  iat: String(seconds),
  nbf: seconds - 60,
  exp: seconds + 300,
  [ctx]: 'Cust12345',
};

const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');

function token(claims: object, header: object = { x5t: 'key-1' }, key: KeyObject = ours.privateKey): string {
  const signed = `${encode({ typ: 'JWT', alg: 'RS256', ...header })}.${encode(claims)}`;
  return `${signed}.${sign('sha256', Buffer.from(signed), key).toString('base64url')}`;
}

const terms: JwtTerms = {
  issuer: 'https://online.superoffice.com',
  audience: () => 'client-1',
  nonce: 'n-1',
  clocks: { local: now, server: now },
  host: 'online.superoffice.com',
};

/** The real reader of keys, on a server that publishes these. */
async function keysOf(...keys: readonly unknown[]) {
  const server = await startServer(() => ({ body: { keys } }));
  onTestFinished(server.close);
  return { keys: publishedKeys(loginAt(`http://127.0.0.1:${server.port}`).http), server };
}

const jwk = (key: KeyObject, more: object) => ({
  ...createPublicKey(key).export({ format: 'jwk' }),
  ...more,
});
const first = jwk(ours.privateKey, { kid: 'key-1', x5t: 'key-1', use: 'sig' });
const second = jwk(stranger.privateKey, { kid: 'key-2', use: 'sig' });

describe('a good token', () => {
  test.each<[string, string, readonly unknown[]]>([
    ['a key named by x5t', token(good), [second, first]],
    ['a key named by kid', token(good, { kid: 'key-1' }), [second, first]],
    ['no name: every key is tried', token(good, {}), [second, first]],
    ['an unknown name: every key is tried', token(good, { kid: 'new' }), [second, first]],
    ['keys of other kinds in the list', token(good), [{ kty: 'EC', crv: 'P-256' }, { kty: 'RSA' }, 5, first]],
  ])('%s', async (_name, text, published) => {
    const { keys } = await keysOf(...published);
    const claims = await verifyJwt(text, keys, terms);
    expect(superOfficeClaim(claims, 'ctx')).toBe('Cust12345');
    expect(superOfficeClaim(claims, 'absent')).toBe('');
  });

  test('the keys are read once for many tokens', async () => {
    const { keys, server } = await keysOf(first);
    await verifyJwt(token(good), keys, terms);
    await verifyJwt(token(good), keys, { ...terms, nonce: null });
    expect(server.log.map(({ path }) => path)).toEqual(['/login/.well-known/jwks']);
  });

  test.each<[string, object, number]>([
    ['ended four minutes ago', { exp: seconds - 240 }, now],
    ['begins in four minutes', { nbf: seconds + 240 }, now],
    ['several audiences', { aud: ['x', 'client-1'] }, now],
  ])('%s', async (_name, change, local) => {
    const { keys } = await keysOf(first);
    const clocks = { local, server: null };
    expect(await verifyJwt(token({ ...good, ...change }), keys, { ...terms, clocks })).toHaveProperty('iss');
  });
});

/** The signature of a token whose claims were replaced afterwards. */
function tampered(): string {
  const [header, , signature] = token(good).split('.');
  return `${header}.${encode({ ...good, [ctx]: 'Cust666' })}.${signature}`;
}

/** Signed with the published key as if it were a secret. */
function confused(): string {
  const signed = `${encode({ alg: 'HS256', x5t: 'key-1' })}.${encode(good)}`;
  const secret = ours.publicKey.export({ type: 'spki', format: 'pem' });
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

describe('a token that is refused', () => {
  test.each<[string, string, string]>([
    ['signed by a stranger', token(good, {}, stranger.privateKey), 'none of the published keys'],
    [
      'named after our key, signed by a stranger',
      token(good, { x5t: 'key-1' }, stranger.privateKey),
      'none of',
    ],
    ['changed afterwards', tampered(), 'none of the published keys'],
    ['alg none', `${encode({ alg: 'none' })}.${encode(good)}.`, '"none" instead of RS256'],
    ['alg HS256 with the public key', confused(), '"HS256" instead of RS256'],
    [
      'another issuer',
      token({ ...good, iss: 'https://evil.example.com' }),
      'issued by "https://evil.example.com"',
    ],
    ['another audience', token({ ...good, aud: 'client-2' }), 'another application'],
    ['no audience', token({ ...good, aud: undefined }), 'another application'],
    ['another nonce', token({ ...good, nonce: 'n-2' }), 'another sign-in'],
    ['no nonce', token({ ...good, nonce: undefined }), 'another sign-in'],
    ['expired', token({ ...good, exp: seconds - 301 }), 'expired at 2026-06-01T11:54:59Z'],
    ['without an end', token({ ...good, exp: undefined }), 'how long it is valid'],
    ['not yet valid', token({ ...good, nbf: seconds + 301 }), 'not valid before 2026-06-01T12:05:01Z'],
    ['no token at all', 'hello', 'no token'],
    ['four parts', `${token(good)}.x`, 'no token'],
  ])('%s', async (_name, text, says) => {
    const { keys } = await keysOf(first);
    const error = await refusal(verifyJwt(text, keys, terms));
    expect(error.code).toBe('sign-in');
    expect(error.message).toContain(says);
    expect(error.hint).toBeTruthy();
    expect(`${error.message}${error.hint}`).not.toContain(text);
  });

  test.each<[number, string]>([
    [-10, "This machine's clock is 10 minutes behind the clock of online.superoffice.com."],
    [10, "This machine's clock is 10 minutes ahead of the clock of online.superoffice.com."],
    [-60 * 24 * 30, "This machine's clock is 30 days behind"],
    [180, "This machine's clock is 3 hours ahead of"],
  ])('a clock that is %i minutes off is told, not the token', async (minutes, says) => {
    const { keys } = await keysOf(first);
    const clocks = { local: now + minutes * 60_000, server: now };
    const error = await refusal(verifyJwt(token(good), keys, { ...terms, clocks }));
    expect(error.code).toBe('sign-in');
    expect(error.message).toContain(says);
    expect(error.hint).toContain('set the clock');
  });

  test.each<[string, unknown]>([
    ['an empty list', { keys: [] }],
    ['something else', { hello: 'world' }],
  ])('keys that cannot be read (%s) are a matter of the host', async (_name, body) => {
    const server = await startServer(() => ({ body }));
    onTestFinished(server.close);
    const keys = publishedKeys(loginAt(`http://127.0.0.1:${server.port}`).http);
    const error = await refusal(verifyJwt(token(good), keys, terms));
    expect(error.code).toBe('unreachable');
    expect(error.message).toContain('does not publish the keys');
  });
});
