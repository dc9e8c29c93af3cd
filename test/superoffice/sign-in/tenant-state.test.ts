import { chmod, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { TenantState } from '../../../src/sandbox/server.ts';
import { privateTexts } from '../../../src/state/private-texts.ts';
import { type TenantQuestion, tenantRoot } from '../../../src/superoffice/sign-in/tenant-state.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { refusal } from '../../support/refusal.ts';
import { type ScriptedAnswer, startServer } from '../scripted-server.ts';
import { filesIn, loginAt, online } from './online.ts';

const start = Date.UTC(2026, 1, 23, 9);

const running = {
  ContextIdentifier: 'Cust12345',
  Endpoint: 'https://online2.superoffice.com/Cust12345',
  State: 'Running',
  IsRunning: true,
  ValidUntil: '2026-02-23T09:52:01.9342965Z',
  Api: 'https://online2.superoffice.com/Cust12345/api',
  Version: 'Release_11.10_2026.02.24-02',
};

/** Asks a login host that gives these answers in turn, the last one for ever. */
async function asking(...answers: readonly ScriptedAnswer[]) {
  const server = await startServer((_request, turn) => answers[Math.min(turn, answers.length) - 1] ?? {});
  onTestFinished(server.close);
  const folder = await temporaryFolder();
  const clock = { now: start };
  const question: TenantQuestion = {
    http: loginAt(`http://127.0.0.1:${server.port}`).http,
    tenant: 'Cust12345',
    cache: privateTexts(folder),
    now: () => clock.now,
  };
  return { server, folder, clock, question };
}

describe('where a tenant is', () => {
  test('is asked once until ValidUntil, also by the next run', async () => {
    const { server, clock, question, folder } = await asking({ body: running });
    expect(await tenantRoot(question)).toBe('https://online2.superoffice.com/Cust12345');
    expect(await tenantRoot({ ...question, cache: privateTexts(folder) })).toContain('online2');
    expect(server.log.map(({ method, path: asked }) => `${method} ${asked}`)).toEqual([
      'GET /api/state/Cust12345',
    ]);
    expect(server.log[0]?.headers.accept).toBe('application/json');
    clock.now = Date.parse(running.ValidUntil) - 1;
    await tenantRoot(question);
    expect(server.log).toHaveLength(1);
    clock.now = Date.parse(running.ValidUntil);
    await tenantRoot(question);
    expect(server.log).toHaveLength(2);
  });

  test('fresh asks at once and keeps what it hears', async () => {
    const moved = { ...running, Api: 'https://app.superoffice.com:443/Cust12345/api/' };
    const { question, server } = await asking({ body: running }, { body: moved });
    await tenantRoot(question);
    expect(await tenantRoot(question, true)).toBe('https://app.superoffice.com:443/Cust12345');
    expect(await tenantRoot(question)).toBe('https://app.superoffice.com:443/Cust12345');
    expect(server.log).toHaveLength(2);
  });

  test('another tenant, another login host and a damaged file are not answered from what is kept', async () => {
    const { question, server, folder } = await asking({ body: running });
    await tenantRoot(question);
    await tenantRoot({ ...question, tenant: 'Cust2' });
    expect(server.log).toHaveLength(2);
    await writeFile(path.join(folder, 'tenant-state.json'), '{"tenant":');
    await tenantRoot(question);
    expect(server.log).toHaveLength(3);
    const other = await asking({ body: { ...running, Api: 'https://sod2.superoffice.com/Cust12345/api' } });
    expect(await tenantRoot({ ...question, http: other.question.http })).toContain('sod2');
  });

  test.each<[string, object, number]>([
    ['years ahead: a day at most', { ValidUntil: '2036-01-01T00:00:00Z' }, 24 * 3_600_000],
    ['no time at all: not kept', { ValidUntil: 'soon' }, 0],
  ])('ValidUntil is %s', async (_name, change, kept) => {
    const { question, server, clock } = await asking({ body: { ...running, ...change } });
    await tenantRoot(question);
    clock.now = start + kept;
    await tenantRoot(question);
    expect(server.log).toHaveLength(2);
  });

  test.each([
    { State: 2 },
    { State: 'OnlineMaintenance' },
    { State: 'Running', IsRunning: undefined },
    { State: 5, IsRunning: undefined },
  ])('usable: %j', async change => {
    const { question } = await asking({ body: { ...running, ...change } });
    expect(await tenantRoot(question)).toContain('Cust12345');
  });
});

const closed: readonly [TenantState, 'unreachable' | 'config', RegExp][] = [
  ['Unknown', 'unreachable', /does not know.*incident/],
  ['Provisioning', 'unreachable', /is being set up/],
  ['Deleted', 'config', /has been deleted/],
  ['Suspended', 'config', /is suspended: its subscription has ended/],
  ['OfflineMaintenance', 'unreachable', /is closed for maintenance/],
  ['ProvisioningFailed', 'config', /could not be set up/],
  ['Deleting', 'config', /is being deleted/],
  ['DeleteFailed', 'config', /out of service/],
  ['MigrationPending', 'config', /waits for its move/],
];

describe('a tenant that is closed', () => {
  test.each(closed)('%s: %s', async (state, code, says) => {
    const sandbox = await online({ state });
    const { question, folder } = await asking({ body: running });
    await tenantRoot(question);
    const { http } = loginAt(sandbox.login);
    const error = await refusal(tenantRoot({ ...question, http, tenant: 'Sandbox' }));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(says);
    expect(error.message).toMatch(/^The tenant Sandbox /);
    expect(error.message).toContain(`(${state})`);
    expect(error.hint).toBeTruthy();
    expect([...(await filesIn(folder)).keys()]).not.toContain('tenant-state.json');
  });

  test('a state that nobody has heard of', async () => {
    const { question } = await asking({ body: { ...running, State: 'Frozen', IsRunning: false } });
    expect(await refusal(tenantRoot(question))).toMatchObject({
      code: 'unreachable',
      message: 'The tenant Cust12345 is not running (its state is "Frozen").',
    });
  });
});

test.each(['not-found', 'unknown-state'] as const)(
  'a tenant that does not exist (%s)',
  async unknownTenant => {
    const sandbox = await online({ openPoints: { unknownTenant } });
    const { question } = await asking({ body: running });
    const { http } = loginAt(sandbox.login);
    const error = await refusal(tenantRoot({ ...question, http, tenant: 'Cust404' }));
    expect(error.code).toBe(unknownTenant === 'not-found' ? 'config' : 'unreachable');
    expect(error.message).toContain('Cust404');
    expect(error.hint).toContain('"tenant"');
    expect(error.hint).toContain('"environment"');
  },
);

test('what is kept is for its owner alone; what others can read is not believed', async () => {
  const { question, folder, server } = await asking({ body: running });
  await tenantRoot(question);
  expect((await filesIn(folder)).get('tenant-state.json')?.mode).toBe('600');
  await chmod(path.join(folder, 'tenant-state.json'), 0o644);
  await tenantRoot(question);
  expect(server.log).toHaveLength(2);
  expect((await filesIn(folder)).get('tenant-state.json')?.mode).toBe('600');
});
