import { generateKeyPairSync } from 'node:crypto';
import { chmod, writeFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { selfSigned } from '../support/certificate.ts';
import {
  changingProxy,
  keychainOf,
  online,
  personAt,
  type SignInPlace,
  signInPlace,
} from '../support/signing-in.ts';

/** The exit code, and what the message and the advice say. */
interface Refused {
  readonly exitCode: number;
  readonly says: string;
  readonly advises: string;
}

async function expectRefused(
  { run, env }: SignInPlace,
  { exitCode, says, advises }: Refused,
  profile = 'job',
  changes: Readonly<Record<string, string>> = {},
): Promise<void> {
  for (const command of ['whoami', 'login']) {
    const ended = await run([command, '--profile', profile, '--json'], {
      env: { ...env, ...changes },
      keychain: keychainOf(),
    });
    expect(ended.exitCode, ended.stderr).toBe(exitCode);
    const { error } = JSON.parse(ended.stdout);
    expect(`${error.message}\n${error.detail ?? ''}`).toContain(says);
    expect(error.hint).toContain(advises);
    expect(ended.stderr).toContain(says);
  }
}

test.each<[string, Record<string, string>, string, string]>([
  [
    'a wrong client secret',
    { SIC_CLIENT_SECRET: 'wr0ng-secret' },
    'is not the client secret',
    '"clientSecret"',
  ],
  [
    'a token of another tenant',
    { SIC_SYSTEM_USER_TOKEN: 'Other-abc' },
    'does not belong to tenant',
    '"systemUserToken"',
  ],
])('%s', async (_name, changes, says, advises) => {
  await expectRefused(await signInPlace(await online()), { exitCode: 3, says, advises }, 'job', changes);
});

test('the key of another application', async () => {
  const place = await signInPlace(await online());
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  await writeFile(path.join(place.cwd, 'keys', 'job.pem'), pem, { mode: 0o600 });
  await expectRefused(place, {
    exitCode: 3,
    says: 'InvalidSignature',
    advises: 'The private key does not belong to the application',
  });
});

test('a key that others can read', async () => {
  const place = await signInPlace(await online());
  await chmod(path.join(place.cwd, 'keys', 'job.pem'), 0o640);
  await expectRefused(place, { exitCode: 2, says: 'can be read by other users', advises: 'chmod 600' });
});

test('a wrong password, and a ticket that has ended', async () => {
  const sandbox = await online();
  const place = await signInPlace(sandbox);
  const password = { SIC_PASSWORD: 'wr0ng-password' };
  const says = 'refused to sign in';
  await expectRefused(
    place,
    { exitCode: 3, says: `${says} "SIC"`, advises: 'AuthorizeWithUsername' },
    'box',
    password,
  );
  sandbox.expireTickets();
  await expectRefused(
    place,
    { exitCode: 3, says: `${says} the ticket`, advises: 'Get a new ticket' },
    'pass',
  );
});

test('a tenant that is not there', async () => {
  await expectRefused(await signInPlace(await online(), { tenant: { tenant: 'Cust404' } }), {
    exitCode: 2,
    says: 'knows no tenant "Cust404"',
    advises: 'Check "tenant"',
  });
});

test('consent that was taken back', async () => {
  const sandbox = await online();
  const place = await signInPlace(sandbox);
  sandbox.revokeConsent();
  await expectRefused(place, { exitCode: 3, says: 'Revoked', advises: 'approve the application (again)' });
});

test('a sign-in of a person that was revoked', async () => {
  const sandbox = await online();
  const { run } = await signInPlace(sandbox);
  const keychain = keychainOf();
  await run(['login', '--profile', 'me'], { ...personAt({ name: sandbox.ordinary.username }), keychain });
  sandbox.revokeRefreshTokens();
  const ended = await run(['whoami', '--profile', 'me'], { keychain });
  expect(ended.exitCode).toBe(3);
  expect(ended.stderr).toContain('The sign-in to Sandbox is no longer valid');
  expect(ended.stderr).toContain('→ Sign in again: sic login --profile me');
});

/** The second part of a token: what it claims. */
function claimsReplaced(body: string): string {
  const answer = JSON.parse(body);
  const [header, claims, signature] = String(answer.Token).split('.');
  const changed = JSON.parse(Buffer.from(claims ?? '', 'base64url').toString());
  changed['http://schemes.superoffice.net/identity/ticket'] = '7T:forged==';
  const forged = Buffer.from(JSON.stringify(changed)).toString('base64url');
  return JSON.stringify({ ...answer, Token: [header, forged, signature].join('.') });
}

test('a forged token: nothing is sent with it', async () => {
  const sandbox = await online();
  const login = await changingProxy(sandbox.login, ({ path: asked, body }) =>
    asked.endsWith('/Authenticate') ? { body: claimsReplaced(body) } : {},
  );
  await expectRefused(await signInPlace(sandbox, { tenant: { login } }), {
    exitCode: 3,
    says: 'cannot be trusted: none of the published keys has signed it',
    advises: 'whether a proxy stands in between',
  });
});

test('a token that has expired already', async () => {
  const late = () => new Date(Date.now() - 20 * 60_000);
  const sandbox = await online({ clock: late, openPoints: { timestampTolerance: 3600 } });
  await expectRefused(await signInPlace(sandbox), {
    exitCode: 3,
    says: 'expired at',
    advises: 'check the clock',
  });
});

test('a clock that is ten minutes off', async () => {
  const ahead = () => new Date(Date.now() + 10 * 60_000);
  const sandbox = await online({ clock: ahead });
  const login = await changingProxy(sandbox.login, () => ({ date: ahead().toUTCString() }));
  await expectRefused(await signInPlace(sandbox, { tenant: { login } }), {
    exitCode: 3,
    says: "This machine's clock is 10 minutes behind the clock of 127.0.0.1",
    advises: 'set the clock',
  });
});

test('a proxy that answers with a web page', async () => {
  const sandbox = await online();
  const login = await changingProxy(sandbox.login, () => ({
    type: 'text/html',
    body: '<html><head><title>Welcome to Hotel WiFi</title></head><body>Log in</body></html>',
  }));
  await expectRefused(await signInPlace(sandbox, { tenant: { login } }), {
    exitCode: 4,
    says: 'a web page titled “Welcome to Hotel WiFi” instead of data',
    advises: 'A proxy or firewall stands in between',
  });
});

test('a certificate that nobody vouches for', async () => {
  const server = createServer(selfSigned('localhost'), (_request, response) => response.end('{}'));
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const login = `https://localhost:${(server.address() as AddressInfo).port}`;
  await expectRefused(await signInPlace(await online(), { tenant: { login } }), {
    exitCode: 4,
    says: 'is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT)',
    advises: '"ca"',
  });
});
