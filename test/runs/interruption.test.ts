import { rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { documentOf } from '../support/document.ts';
import { failOnce, refusalOf, requests } from '../support/faults.ts';
import { type FaultyProxy, type Seen, startFaultyProxy } from '../support/faulty-proxy.ts';
import { runSic, startSic } from '../support/program.ts';
import { startTenant, type Tenant } from '../support/tenant.ts';
import { companyFile, eachOnce, hurriedWorkplace, keys, workplace } from '../support/workplace.ts';

const rows = 500;
const argv = ['import', 'companies.csv', '--json'];

let tenant: Tenant;
beforeAll(async () => {
  tenant = await startTenant('--latency', '15');
});
afterAll(() => tenant.close());

function created(proxy: FaultyProxy): string[] {
  const bodies = proxy.seen.filter(one => one.kind === 'create').map(one => JSON.parse(one.body));
  return bodies.map(body => body.CustomFields['Siteshop:CompUserKey01']);
}

const nthCreate = (turn: number) => (one: Seen) => one.kind === 'create' && one.turn === turn;

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s in the middle: %d, and the next run does the rest', async (signal, code) => {
  const proxy = await startFaultyProxy(tenant.url);
  const place = await workplace(tenant, proxy.url);
  await place.write('companies.csv', companyFile(signal, rows));

  const first = startSic(argv, place);
  await proxy.saw(nthCreate(60));
  first.child.kill(signal);
  const stopped = await first.ended;
  expect(stopped.code).toBe(code);
  const half = documentOf(stopped);
  expect(half.error).toMatchObject({ code: 'interrupted' });
  expect(stopped.stderr).toContain('Stopping cleanly');
  expect(half.counts.created).toBeGreaterThanOrEqual(60 - 4);
  expect(half.counts.notReached).toBeGreaterThan(0);
  expect(half.counts.created + half.counts.notReached).toBe(half.counts.read);
  // What was in flight was waited for, so its fate is known.
  expect(created(proxy)).toHaveLength(half.counts.created);

  const full = documentOf(await runSic(argv, place));
  expect(full.exitCode).toBe(0);
  expect(full.counts).toMatchObject({
    read: rows,
    unchanged: half.counts.created,
    created: rows - half.counts.created,
  });
  expect(await tenant.companies(signal)).toEqual(eachOnce(signal, rows));
  expect(created(proxy).sort()).toEqual(keys(signal, rows));
});

test('kill -9 in the middle: the next run does the rest', async () => {
  const proxy = await startFaultyProxy(tenant.url);
  const place = await hurriedWorkplace(tenant, proxy.url);
  await place.write('companies.csv', companyFile('KILL', rows));

  const first = startSic(argv, place);
  await proxy.saw(nthCreate(60));
  first.child.kill('SIGKILL');
  expect(await first.ended).toMatchObject({ code: null, signal: 'SIGKILL', stdout: '' });

  const second = await runSic(argv, place);
  expect(second.code).toBe(0);
  const { counts } = documentOf(second);
  // What the journal says was done counts as accepted; of the few that were under way, SuperOffice is asked.
  expect(counts.unchanged).toBeGreaterThanOrEqual(48);
  expect(counts.current).toBeLessThanOrEqual(12);
  expect(counts.unchanged + counts.current + counts.created).toBe(rows);
  expect(await tenant.companies('KILL')).toEqual(eachOnce('KILL', rows));
  expect(created(proxy).sort()).toEqual(keys('KILL', rows));

  const third = documentOf(await runSic(argv, place));
  expect(third.counts.unchanged).toBe(rows);
  expect(third.requests.write).toBe(0);
});

test.each([
  ['its journal', false],
  ['nothing, when somebody removed the run', true],
] as const)('kill -9, and the file has its old values again: told by %s', async (_, removed) => {
  const prefix = removed ? 'GONE' : 'BACK';
  const proxy = await startFaultyProxy(tenant.url);
  const place = await hurriedWorkplace(tenant, proxy.url);
  const old = companyFile(prefix, rows);
  await place.write('companies.csv', old);
  expect((await runSic(argv, place)).code).toBe(0);

  await place.write('companies.csv', old.replaceAll(';Company', ';Firm'));
  const killed = startSic(argv, place);
  await proxy.saw(one => one.kind === 'update' && one.turn === 60);
  killed.child.kill('SIGKILL');
  await killed.ended;
  if (removed) await rm(path.join(place.cwd, '.sic', 'test', 'runs'), { recursive: true });

  await place.write('companies.csv', old);
  const planned = documentOf(await runSic(['validate', 'companies.csv', '--json'], place));
  const back = documentOf(await runSic(argv, place));
  expect(back.counts.updated).toBeGreaterThanOrEqual(56);
  expect(back.counts).toEqual(planned.counts);
  const full = documentOf(await runSic(['validate', 'companies.csv', '--full', '--json'], place));
  expect(full.counts).toMatchObject({ read: rows, current: rows });
  expect(documentOf(await runSic(argv, place)).counts).toMatchObject({ read: rows, unchanged: rows });
});

test('kill -9, twice: what a user changed since is still seen, and nothing else', async () => {
  const proxy = await startFaultyProxy(tenant.url);
  const place = await hurriedWorkplace(tenant, proxy.url);
  const first = companyFile('EDIT', rows);
  const killedAt = async (kind: Seen['kind'], turn: number): Promise<void> => {
    const killed = startSic(argv, place);
    await proxy.saw(one => one.kind === kind && one.turn === turn);
    killed.child.kill('SIGKILL');
    await killed.ended;
  };
  await place.write('companies.csv', first);
  await killedAt('create', 60);
  expect((await runSic(argv, place)).code).toBe(0);
  await place.write('companies.csv', first.replaceAll(';Company', ';Firm'));
  await killedAt('update', 60);

  const column = 'contactUdef/Siteshop:CompUserKey01';
  const query = new URLSearchParams({ $select: 'contactId,name', $filter: `${column} eq 'EDIT-0010'` });
  const found = await tenant.ask<{ value: { contactId: number; name: string }[] }>(
    'GET',
    `/v1/Contact?${query}`,
  );
  const [company] = found.value;
  expect(company?.name).toBe('Firm EDIT-0010');
  await tenant.ask('PATCH', `/v1/Contact/${company?.contactId}`, [
    { op: 'replace', path: '/Name', value: 'By hand' },
  ]);

  await place.write('companies.csv', first.replaceAll(';Company', ';House'));
  const last = documentOf(await runSic([...argv, '--on-conflict', 'report'], place));
  expect(last.counts).toMatchObject({ read: rows, updated: rows - 1, conflict: 1 });
  expect(last.rows).toMatchObject([{ key: 'EDIT-0010', problems: [{ code: 'user-edit', field: 'Name' }] }]);
});

test('SIGTERM between two requests of one record: told as what it is, and the next run does the rest', async () => {
  const proxy = await startFaultyProxy(tenant.url);
  const place = await hurriedWorkplace(tenant, proxy.url);
  await place.write('companies.csv', 'CompUserKey01;Name;Interests\nTWO-1;Company;Newsletter\n');
  expect((await runSic(argv, place)).code).toBe(0);
  await place.write('companies.csv', 'CompUserKey01;Name;Interests\nTWO-1;Firm;Trade fair\n');

  const running = startSic(argv, place);
  proxy.hold(async one => {
    if (one.kind !== 'update') return;
    running.child.kill('SIGTERM');
    await running.said(/Stopping cleanly/);
  });
  const stopped = documentOf(await running.ended);
  expect(stopped).toMatchObject({ exitCode: 143, counts: { read: 1, failed: 1 } });
  expect(stopped.rows[0]?.problems[0]).toMatchObject({
    code: 'unfinished',
    message: expect.stringMatching(
      /^The company is in SuperOffice \(id \d+\), but not all that belongs to it: /,
    ),
    tip: expect.stringContaining('The next run does the rest.'),
  });

  const next = documentOf(await runSic(argv, place));
  expect(next).toMatchObject({ exitCode: 0, counts: { read: 1, updated: 1 }, requests: { write: 1 } });
});

test('SIGTERM when a record that was left without its key has just got it: told, and the next run does the rest', async () => {
  const proxy = await startFaultyProxy(tenant.url);
  const place = await hurriedWorkplace(tenant, proxy.url);
  const run = ['import', 'tickets.csv', '--json'];
  await place.write('tickets.csv', 'TickUserKey01;Title\nKEY-1;It does not work\n');
  failOnce(proxy, 'PUT', /\/Key$/, refusalOf(500, 'SoException', 'Not today'));
  expect(documentOf(await runSic(run, place)).counts).toMatchObject({ failed: 1 });

  const running = startSic(run, place);
  proxy.hold(async ({ method }) => {
    if (method !== 'PUT') return;
    running.child.kill('SIGTERM');
    await running.said(/Stopping cleanly/);
  });
  const stopped = documentOf(await running.ended);
  expect(stopped).toMatchObject({ exitCode: 143, counts: { read: 1, failed: 1 } });
  expect(stopped.rows[0]?.problems).toMatchObject([
    { code: 'unfinished', message: expect.stringContaining('has its key now') },
  ]);

  const next = documentOf(await runSic(run, place));
  expect(next).toMatchObject({ exitCode: 0, counts: { read: 1, current: 1 }, requests: { write: 0 } });
  expect(requests(proxy, 'POST', '/v1/Ticket')).toHaveLength(1);
});
