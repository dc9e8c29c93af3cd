import { generateKeyPairSync } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { privateTexts } from '../../../src/state/private-texts.ts';
import { forgetSignIn } from '../../../src/superoffice/sign-in/text-cache.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { refusal } from '../../support/refusal.ts';
import { type Script, startServer } from '../scripted-server.ts';
import { filesIn, loginAt, online, signedIn, systemUser } from './online.ts';

const hour = 3_600_000;

async function authorizationOf(opened: Awaited<ReturnType<typeof systemUser>>): Promise<string> {
  return (await opened.credentials.headers()).authorization ?? '';
}

describe('signing in', () => {
  test.each(['privateKeyXml', 'privateKeyPem'] as const)('with %s', async form => {
    const sandbox = await online();
    const { credentials } = await systemUser(sandbox, { privateKey: async () => sandbox.app()[form] });
    const superoffice = await signedIn(credentials);
    expect(superoffice.tenant).toBe('Sandbox');
    expect((await superoffice.principal()).isSystemUser).toBe(true);
    expect(await credentials.headers()).toEqual({
      authorization: expect.stringMatching(/^SOTicket 7T:/),
      'so-apptoken': sandbox.app().clientSecret,
    });
  });

  test('the ticket serves the next run, and no other credentials', async () => {
    const sandbox = await online();
    const first = await systemUser(sandbox);
    const ticket = await authorizationOf(first);
    const { folder } = first;
    expect(await authorizationOf(await systemUser(sandbox, { folder }))).toBe(ticket);
    const files = await filesIn(folder);
    expect(files.get('ticket.json')?.mode).toBe('600');
    const app = sandbox.app();
    for (const { text } of files.values())
      for (const secret of [app.clientSecret, app.systemUserToken]) expect(text).not.toContain(secret);
    for (const changes of [
      { clientId: 'another' },
      { privateKey: async () => app.privateKeyPem },
      { tenant: 'SANDBOX' },
    ]) {
      const other = await systemUser(sandbox, { folder, ...changes });
      expect(await authorizationOf(other)).not.toBe(ticket);
      // What the others left is not for the first either.
      expect(await authorizationOf(await systemUser(sandbox, { folder }))).not.toBe(ticket);
    }
    const wrong = await systemUser(sandbox, { folder, clientSecret: async () => 'another-secret' });
    expect((await refusal(wrong.credentials.headers())).code).toBe('sign-in');
  });

  test('what is kept can be forgotten', async () => {
    const sandbox = await online();
    const { credentials, folder } = await systemUser(sandbox);
    await signedIn(credentials);
    expect([...(await filesIn(folder)).keys()].sort()).toEqual(['tenant-state.json', 'ticket.json']);
    await forgetSignIn(privateTexts(folder));
    expect((await filesIn(folder)).size).toBe(0);
  });

  test.each<[string, number, boolean]>([
    ['five hours after its last use', 5 * hour, true],
    ['six hours after its last use', 6 * hour, false],
    ['before it was got: a clock was set back', -hour, false],
  ])('a ticket %s', async (_name, later, same) => {
    const sandbox = await online({ openPoints: { timestampTolerance: 1e6 } });
    const first = await systemUser(sandbox);
    const ticket = await authorizationOf(first);
    const { folder } = first;
    const now = () => Date.now() + later;
    const second = await systemUser(sandbox, { folder, now });
    if (same) expect(await authorizationOf(second)).toBe(ticket);
    // It asks for a new one, and is told of the clock.
    else expect((await refusal(second.credentials.headers())).message).toContain('clock');
  });

  test('its life slides: a run that goes on writes down that it is used', async () => {
    const sandbox = await online();
    const clock = { now: Date.now() };
    const now = () => clock.now;
    const first = await systemUser(sandbox, { now });
    const { folder } = first;
    const ticket = await authorizationOf(first);
    for (let hours = 1; hours <= 9; hours += 4) {
      clock.now += 4 * hour;
      expect(await authorizationOf(first)).toBe(ticket);
    }
    expect(await authorizationOf(await systemUser(sandbox, { folder, now }))).toBe(ticket);
  });

  test('many who ask at once share one sign-in', async () => {
    const sandbox = await online();
    const { credentials } = await systemUser(sandbox);
    const all = await Promise.all(Array.from({ length: 5 }, () => credentials.headers()));
    expect(new Set(all.map(({ authorization }) => authorization)).size).toBe(1);
  });

  test('a cache that cannot be written costs a note, not the sign-in', async () => {
    const sandbox = await online();
    const file = path.join(await temporaryFolder(), 'in-the-way');
    await writeFile(file, '');
    const { credentials, notes } = await systemUser(sandbox, { cache: privateTexts(file) });
    expect((await credentials.headers()).authorization).toMatch(/^SOTicket /);
    expect(notes.join('\n')).toContain('The next run has to sign in anew');
  });
});

const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const strangerPem = stranger.export({ type: 'pkcs8', format: 'pem' }).toString();

describe('refused', () => {
  test.each<[string, Parameters<typeof systemUser>[1], string, string]>([
    [
      'wrong key',
      { privateKey: async () => strangerPem },
      'InvalidSignature',
      'does not belong to the application',
    ],
    ['wrong secret', { clientSecret: async () => 'wr0ng-secret' }, 'client secret', '"clientSecret"'],
    ['wrong tenant', { tenant: 'Cust404' }, "no tenant 'Cust404'", '"environment"'],
    [
      'wrong token',
      { systemUserToken: async () => 'App-wr0ngtoken' },
      'system user token',
      '"systemUserToken"',
    ],
  ])('%s', async (_name, changes, says, advises) => {
    for (const systemUserRefusalStatus of [200, 401, 500]) {
      const sandbox = await online({ openPoints: { systemUserRefusalStatus } });
      const { credentials } = await systemUser(sandbox, changes);
      const error = await refusal(credentials.headers());
      expect(error.code).toBe('sign-in');
      expect(error.message).toContain(says);
      expect(error.hint).toContain(advises);
      const said = `${error.message}${error.hint}${error.detail}`;
      for (const secret of ['wr0ng', sandbox.app().clientSecret, sandbox.app().systemUserToken])
        expect(said).not.toContain(secret);
    }
  });

  test('consent taken back', async () => {
    const sandbox = await online();
    const { credentials } = await systemUser(sandbox);
    const superoffice = await signedIn(credentials);
    sandbox.revokeConsent();
    await expect(superoffice.countries()).rejects.toMatchObject({
      status: 401,
      hint: expect.stringContaining('approve the application'),
    });
  });

  test.each([-10, 10])('a clock that is %i minutes off', async minutes => {
    const sandbox = await online();
    const { credentials } = await systemUser(sandbox, { now: () => Date.now() + minutes * 60_000 });
    const error = await refusal(credentials.headers());
    expect(error.code).toBe('sign-in');
    expect(error.message).toMatch(/^This machine's clock is 10 minutes (behind|ahead of) the clock of 127/);
    expect(error.hint).toContain('set the clock');
  });

  test.each<[string, string]>([
    ['a line break', 'two\nlines'],
    ['letters that no header may have', 'sécret'],
  ])('a secret with %s', async (_name, text) => {
    const sandbox = await online();
    const { credentials } = await systemUser(sandbox, { clientSecret: async () => text });
    const error = await refusal(credentials.headers());
    expect(error).toMatchObject({ code: 'config' });
    expect(error.message).toContain('"clientSecret"');
    expect(error.message).not.toContain(text);
  });

  test('an unreadable key is told before anything is sent', async () => {
    const server = await startServer(() => ({}));
    onTestFinished(server.close);
    const sandbox = await online();
    const { http } = loginAt(`http://127.0.0.1:${server.port}`);
    const { credentials } = await systemUser(sandbox, { http, privateKey: async () => 'nonsense' });
    expect((await refusal(credentials.headers())).message).toContain('neither PEM nor .NET XML');
    expect(server.log).toEqual([]);
  });
});

/** A login host in front of the sandbox's own that changes its answers on the way. */
async function inBetween(change: (answer: Record<string, unknown>) => object) {
  const sandbox = await online();
  const answers = new Map<string, unknown>();
  const signed = await systemUser(sandbox);
  await signed.credentials.headers();
  const script: Script = request => ({ body: answers.get(request.path) });
  const server = await startServer(script);
  onTestFinished(server.close);
  const keys = await fetch(`${sandbox.login}/login/.well-known/jwks`);
  answers.set('/login/.well-known/jwks', await keys.json());
  answers.set(
    '/Login/api/PartnerSystemUser/Authenticate',
    change({ IsSuccessful: true, ErrorMessage: null }),
  );
  const { http } = loginAt(`http://127.0.0.1:${server.port}`);
  return systemUser(sandbox, { http });
}

const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');

test.each<[string, (answer: object) => object, string]>([
  [
    'a forged token',
    answer => ({ ...answer, Token: `${encode({ alg: 'RS256' })}.${encode({ iss: 'SuperOffice AS' })}.AAAA` }),
    'none of the published keys has signed it',
  ],
  ['an unsigned token', answer => ({ ...answer, Token: `${encode({ alg: 'none' })}.e30.` }), '"none"'],
  ['success without a token', answer => answer, 'gave no reason'],
  ['something else', () => ({ hello: 'world' }), 'gave no reason'],
])('%s is refused', async (_name, change, says) => {
  const { credentials } = await inBetween(change);
  const error = await refusal(credentials.headers());
  expect(error.code).toBe('sign-in');
  expect(error.message).toContain(says);
});

describe('while a run is at work', () => {
  test('an expired ticket is renewed once for all requests, and each is sent again', async () => {
    const sandbox = await online({ seed: 'demo' });
    const { credentials, folder } = await systemUser(sandbox);
    const superoffice = await signedIn(credentials);
    const before = await credentials.headers();
    sandbox.expireTickets();
    const created = await Promise.all(
      ['A', 'B', 'C', 'D'].map(Name => superoffice.create('Contact', { Name })),
    );
    expect(created).toHaveLength(4);
    const after = await credentials.headers();
    expect(after.authorization).not.toBe(before.authorization);
    // Each of the four was refused once and taken once.
    expect(superoffice.requests).toMatchObject({ write: 8, retried: 4 });
    // The next run begins with the new one.
    const next = await systemUser(sandbox, { folder });
    expect((await next.credentials.headers()).authorization).toBe(after.authorization);
  });

  // With 0 the kept address is out of date at once, as it is in a run that takes longer than it holds.
  test.each([1800, 0])('a tenant that moves is followed (its state holds for %i s)', async state => {
    const sandbox = await online({ lifetimes: { state } });
    const { credentials } = await systemUser(sandbox);
    const superoffice = await signedIn(credentials);
    await sandbox.moveApi();
    await superoffice.create('Contact', { Name: 'Moved' });
    expect(superoffice.requests).toMatchObject({ write: 2, retried: 1 });
    await superoffice.create('Contact', { Name: 'Moved' });
    expect(superoffice.requests).toMatchObject({ write: 3, retried: 1 });
  });

  test('a tenant that closes says so instead of being tried for minutes', async () => {
    const sandbox = await online();
    const { credentials } = await systemUser(sandbox);
    const superoffice = await signedIn(credentials);
    sandbox.setState('OfflineMaintenance');
    await expect(superoffice.countries()).rejects.toMatchObject({
      message: expect.stringContaining('The tenant Sandbox is closed for maintenance'),
      scope: 'tenant',
    });
    expect(superoffice.requests.retried).toBe(0);
  });

  test('a tenant that is closed when a run begins, although a kept address says otherwise', async () => {
    const sandbox = await online();
    const first = await systemUser(sandbox);
    await first.credentials.root();
    await first.credentials.headers();
    sandbox.setState('Suspended');
    const { credentials } = await systemUser(sandbox, { folder: first.folder });
    const error = await refusal(signedIn(credentials));
    expect(error).toMatchObject({ code: 'config' });
    expect(error.message).toContain('is suspended');
  });
});
