import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RunningSandbox, type SandboxOptions, startSandbox } from '../../../src/sandbox/server.ts';
import { basic, caller, fetchUrl } from '../server/talk.ts';
import {
  authenticate,
  authorize,
  broughtBack,
  codeOf,
  isGenuine,
  signIn,
  textIn,
  ticketOf,
  tokens,
  whoAmI,
} from './application.ts';

const plain: SandboxOptions = { port: 0, data: null, latency: 0, seed: 'empty' };
const now = new Date('2026-08-01T12:05:30.250Z');

describe('the state of the tenant', () => {
  let sandbox: RunningSandbox;
  const state = (name = 'Sandbox') => fetchUrl('GET', `${sandbox.login}/api/state/${name}`);

  beforeEach(async () => {
    sandbox = await startSandbox({ ...plain, state: 'OnlineMaintenance', clock: () => now });
  });
  afterEach(() => sandbox.close());

  it('is told whole', async () => {
    expect((await state('SANDBOX')).json).toEqual({
      ContextIdentifier: 'Sandbox',
      Endpoint: sandbox.url,
      State: 'OnlineMaintenance',
      IsRunning: true,
      ValidUntil: '2026-08-01T12:35:30.250Z',
      Api: `${sandbox.url}/api`,
      Version: expect.stringMatching(/^Release_/),
    });
  });

  it.each([
    ['Running', true],
    ['OnlineMaintenance', true],
    ['OfflineMaintenance', false],
    ['Suspended', false],
    ['Deleted', false],
    ['Unknown', false],
    ['Provisioning', false],
    ['MigrationPending', false],
  ] as const)('%s: the API runs is %s', async (name, isRunning) => {
    sandbox.setState(name);
    expect((await state()).json).toMatchObject({ State: name, IsRunning: isRunning });
    const reply = await caller(sandbox)('GET', '/v1/User/currentPrincipal');
    expect(reply.status).toBe(isRunning ? 200 : 503);
    if (isRunning) return;
    expect(reply.headers['content-type']).toContain('text/html');
    expect(reply.text).toContain(name);
    expect((await fetchUrl('GET', `${sandbox.url}/api`)).status).toBe(503);
    sandbox.setState('Running');
    expect((await caller(sandbox)('GET', '/v1/User/currentPrincipal')).status).toBe(200);
  });

  it('is 404 for a tenant that is not there, or Unknown where that is set', async () => {
    expect((await state('Cust12345')).status).toBe(404);
    const other = await startSandbox({
      ...plain,
      state: 'OfflineMaintenance',
      openPoints: { unknownTenant: 'unknown-state', stoppedStatus: 502 },
      lifetimes: { state: 1 },
    });
    const { json } = await fetchUrl('GET', `${other.login}/api/state/Cust12345`);
    expect(json).toMatchObject({ ContextIdentifier: 'Cust12345', State: 'Unknown', IsRunning: false });
    const { status } = await caller(other)('GET', '/v1/User/currentPrincipal');
    expect(status).toBe(502);
    await other.close();
  });
});

it('signs in whatever the state is, and only while the tenant runs where that is set', async () => {
  const grant = { grant_type: 'authorization_code' };
  const outcomes = async (signInNeedsRunning: boolean) => {
    const sandbox = await startSandbox({ ...plain, openPoints: { signInNeedsRunning } });
    const code = await codeOf(sandbox);
    sandbox.setState('Suspended');
    const outcome = {
      system: (await authenticate(sandbox)).json,
      authorized: broughtBack(await authorize(sandbox)),
      exchanged: (await tokens(sandbox, { ...grant, code })).json,
    };
    await sandbox.close();
    return outcome;
  };
  expect(await outcomes(false)).toMatchObject({
    system: { IsSuccessful: true },
    authorized: { code: expect.any(String) },
    exchanged: { token_type: 'Bearer' },
  });
  expect(await outcomes(true)).toMatchObject({
    system: { IsSuccessful: false, ErrorMessage: expect.stringContaining('Suspended') },
    authorized: { error: 'temporarily_unavailable' },
    exchanged: { error: 'invalid_request' },
  });
});

it('moves the API away: the old door says 421, the state tells the new one, sessions go on', async () => {
  const sandbox = await startSandbox(plain);
  const authorization = `SOTicket ${await ticketOf(sandbox)}`;
  const withSecret = { 'so-apptoken': sandbox.app().clientSecret };
  const places = [sandbox.url, await sandbox.moveApi(), await sandbox.moveApi()];
  expect(new Set(places).size).toBe(3);
  const now = places[2] ?? '';
  for (const url of places) {
    const reply = await whoAmI(url, authorization, withSecret);
    expect(reply.status).toBe(url === now ? 200 : 421);
    expect((await fetchUrl('GET', `${url}/api`)).status).toBe(url === now ? 200 : 421);
  }
  const { json } = await fetchUrl('GET', `${sandbox.login}/api/state/Sandbox`);
  expect(json).toMatchObject({ Endpoint: now, Api: `${now}/api` });
  const { json: versions } = await fetchUrl('GET', `${now}/api`, { headers: { accept: 'application/json' } });
  expect(versions).toMatchObject({ v1: `${now}/api/v1/` });

  expect((await authenticate(sandbox)).json).toMatchObject({ IsSuccessful: true });
  expect((await fetchUrl('GET', `${new URL(now).origin}/login/.well-known/jwks`)).status).toBe(404);
  await sandbox.close();
  for (const url of places) await expect(fetchUrl('GET', `${url}/api`)).rejects.toThrow();
});

describe('a data file', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sic-login-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('keeps the application, the keys and refresh tokens; tickets and access tokens end', async () => {
    const options = { ...plain, data: join(folder, 'crm.ndjson') };
    const first = await startSandbox(options);
    const app = { ...first.app() };
    const reply = await signIn(first);
    const idToken = textIn(reply, 'id_token');
    await first.close();

    const second = await startSandbox(options);
    expect({ ...second.app() }).toEqual(app);
    expect(await isGenuine(second, idToken)).toBe(true);
    expect((await whoAmI(second.url, `Bearer ${textIn(reply, 'access_token')}`)).status).toBe(401);
    const refresh = { grant_type: 'refresh_token', refresh_token: textIn(reply, 'refresh_token') };
    const renewed = await tokens(second, refresh);
    expect((await whoAmI(second.url, `Bearer ${textIn(renewed, 'access_token')}`)).status).toBe(200);
    second.revokeConsent();
    await second.close();

    const third = await startSandbox(options);
    expect((await tokens(third, refresh)).json).toMatchObject({ error: 'invalid_grant' });
    expect((await authenticate(third)).json).toMatchObject({ IsSuccessful: false });
    await third.close();
  });

  it('is unlike that of another sandbox', async () => {
    const [one, two] = [await startSandbox(plain), await startSandbox(plain)];
    for (const name of ['clientId', 'clientSecret', 'systemUserToken', 'privateKeyPem'] as const)
      expect(one.app()[name]).not.toBe(two.app()[name]);
    expect(one.app().systemUserToken).toMatch(/^Sandbox App-\w{10}$/);
    await Promise.all([one.close(), two.close()]);
  });
});

it('still lets passwords in, as onsite', async () => {
  const sandbox = await startSandbox(plain);
  const reply = await whoAmI(sandbox.url, basic(sandbox.username, sandbox.password));
  expect(reply.json).toMatchObject({ Associate: 'SIC' });
  await sandbox.close();
});
