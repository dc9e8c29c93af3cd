import { afterAll, beforeAll, expect, test } from 'vitest';
import { documentOf } from '../support/document.ts';
import { startFaultyProxy } from '../support/faulty-proxy.ts';
import { type Ended, runSic, startSic } from '../support/program.ts';
import { startTenant, type Tenant } from '../support/tenant.ts';
import { companyFile, eachOnce, hurriedWorkplace } from '../support/workplace.ts';
import type { Undone } from './practice.ts';

const rows = 150;

let tenant: Tenant;
beforeAll(async () => {
  tenant = await startTenant('--latency', '10');
});
afterAll(() => tenant.close());

function undoneBy({ stdout, code, stderr }: Ended): Undone {
  expect(stdout, stderr).toMatch(/^\{.*\}\n$/s);
  const document: Undone = JSON.parse(stdout);
  expect(document.exitCode).toBe(code);
  return document;
}

/** A place where a run that changed some companies was killed, of a proxy that can be told to break things. */
async function changed(prefix: string, killAt: number | null) {
  const proxy = await startFaultyProxy(tenant.url);
  const place = await hurriedWorkplace(tenant, proxy.url);
  const old = companyFile(prefix, rows);
  await place.write('companies.csv', old);
  expect((await runSic(['import', 'companies.csv'], place)).code).toBe(0);
  await place.write('companies.csv', old.replaceAll(';Company', ';Firm'));
  const running = startSic(['import', 'companies.csv', '--json'], place);
  if (killAt !== null) {
    await proxy.saw(one => one.kind === 'update' && one.turn === killAt);
    running.child.kill('SIGKILL');
  }
  await running.ended;
  const asBefore = async () => {
    await place.write('old.csv', old);
    const answer = await runSic(['validate', 'old.csv', '--datatype', 'Company', '--full', '--json'], place);
    return documentOf(answer).counts;
  };
  const updates = () => proxy.seen.filter(one => one.kind === 'update').length;
  return { proxy, place, asBefore, updates };
}

test('a run that was killed is taken back as far as it got', async () => {
  const { place, asBefore } = await changed('KILLED', 40);
  expect((await asBefore()).updated).toBeGreaterThanOrEqual(36);
  const undone = undoneBy(await runSic(['undo', 'last', '--yes', '--json'], place));
  expect(undone).toMatchObject({ exitCode: 0, error: null });
  expect(undone.counts.restored).toBeGreaterThanOrEqual(36);
  expect(undone.counts.restored + undone.counts.asBefore).toBe(undone.counts.records);
  expect(await asBefore()).toMatchObject({ read: rows, current: rows });
  // The journal of the killed run says that rows were accepted; that is over.
  const next = documentOf(await runSic(['import', 'companies.csv', '--json'], place));
  expect(next.counts).toMatchObject({ read: rows, updated: rows });
});

test('companies that a killed run created are deleted', async () => {
  const proxy = await startFaultyProxy(tenant.url);
  const place = await hurriedWorkplace(tenant, proxy.url);
  await place.write('companies.csv', companyFile('HALF', rows));
  const running = startSic(['import', 'companies.csv'], place);
  await proxy.saw(one => one.kind === 'create' && one.turn === 40);
  running.child.kill('SIGKILL');
  await running.ended;
  const undone = undoneBy(await runSic(['undo', 'last', '--delete-created', '--yes', '--json'], place));
  const { deleted, left } = undone.counts;
  expect(deleted).toBeGreaterThanOrEqual(32);
  // Of those that were under way nobody knows whose they are: they are told, not deleted.
  expect(new Set(undone.rows.map(({ problems }) => problems[0]?.code))).toEqual(
    new Set(left > 0 ? ['perhaps-created'] : []),
  );
  expect((await tenant.companies('HALF')).size).toBe(left);
  expect((await runSic(['import', 'companies.csv'], place)).code).toBe(0);
  expect(await tenant.companies('HALF')).toEqual(eachOnce('HALF', rows));
});

test.each(['SIGINT', 'SIGKILL'] as const)(
  '%s in the middle of an undo: once more does the rest',
  async signal => {
    const { proxy, place, asBefore, updates } = await changed(`UNDO-${signal}`, null);
    const before = updates();
    const running = startSic(['undo', 'last', '--yes', '--json'], place);
    await proxy.saw(one => one.kind === 'update' && one.turn === before + 40);
    running.child.kill(signal);
    const ended = await running.ended;
    if (signal === 'SIGINT') {
      const half = undoneBy(ended);
      expect(half).toMatchObject({ exitCode: 130, error: { code: 'interrupted' } });
      expect(half.counts.restored + half.counts.notReached).toBe(rows);
      expect(half.counts.notReached).toBeGreaterThan(0);
    }
    const rest = undoneBy(await runSic(['undo', 'last', '--yes', '--json'], place));
    expect(rest).toMatchObject({ exitCode: 0 });
    expect(rest.counts.asBefore).toBeGreaterThanOrEqual(36);
    expect(rest.counts.restored + rest.counts.asBefore).toBe(rows);
    expect(await asBefore()).toMatchObject({ current: rows });
    expect(documentOf(await runSic(['import', 'companies.csv', '--json'], place)).counts.updated).toBe(rows);
  },
);

test('a sign-in that ends in the middle of an undo: 3; an undo while another run is at work: 5', async () => {
  const { proxy, place, updates } = await changed('AWAY', null);
  const before = updates();
  let release = () => {};
  const held = new Promise<void>(resolve => {
    release = resolve;
  });
  proxy.hold(one => (one.kind === 'update' && one.turn > before + 20 ? held : Promise.resolve()));
  const first = startSic(['undo', 'last', '--yes', '--json'], place);
  await proxy.saw(one => one.kind === 'update' && one.turn === before + 21);
  expect((await runSic(['undo', 'last', '--yes', '--json'], place)).code).toBe(5);
  proxy.script(one => (one.kind === 'update' ? { status: 401 } : null));
  release();
  const ended = undoneBy(await first.ended);
  expect(ended.exitCode).toBe(3);
  expect(ended.counts.notReached).toBeGreaterThan(0);
});
