import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { documentOf } from '../support/document.ts';
import { startFaultyProxy } from '../support/faulty-proxy.ts';
import { runSic, startSic } from '../support/program.ts';
import { startTenant, type Tenant } from '../support/tenant.ts';
import { companyFile, eachOnce, workplace } from '../support/workplace.ts';

const argv = ['import', 'companies.csv', '--json'];

let tenant: Tenant;
beforeAll(async () => {
  tenant = await startTenant('--latency', '20');
});
afterAll(() => tenant.close());

test('a second run waits outside: 5, with who holds the lock since when; a killed holder is taken over', async () => {
  const proxy = await startFaultyProxy(tenant.url);
  const place = await workplace(tenant, proxy.url);
  await place.write('companies.csv', companyFile('LOCK', 200));
  const first = startSic(argv, place);
  await proxy.saw(one => one.kind === 'create');

  const before = proxy.seen.filter(one => one.kind === 'sign-in').length;
  const second = await runSic(argv, place);
  expect(second.code).toBe(5);
  const { error } = documentOf(second);
  expect(error?.code).toBe('locked');
  expect(error?.message).toContain(`process ${first.pid} on host`);
  expect(error?.message).toMatch(/since \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC/);
  expect(error?.message).toContain('sic import companies.csv');
  expect(proxy.seen.filter(one => one.kind === 'sign-in')).toHaveLength(before);
  // Looking is allowed meanwhile.
  expect((await runSic(['validate', 'companies.csv', '--json', '--limit', '1'], place)).code).toBe(0);

  first.child.kill('SIGKILL');
  await first.ended;
  const third = await runSic(argv, place);
  expect(third.code, third.stderr).toBe(0);
  expect(await tenant.companies('LOCK')).toEqual(eachOnce('LOCK', 200));
  expect([...(await place.state()).keys()].filter(name => name.includes('lock'))).toEqual([]);
});

test('the lock of another machine is respected, and the way out is told', async () => {
  const place = await workplace(tenant);
  await place.write('companies.csv', companyFile('FAR', 3));
  expect((await runSic(argv, place)).code).toBe(0);
  const holder = {
    id: '00000000-0000-4000-8000-000000000000',
    pid: 1,
    host: 'some-other-machine',
    since: '2026-01-01T00:00:00.000Z',
    command: 'sic import x.csv',
    start: null,
  };
  const lock = path.join(place.cwd, '.sic', 'test', 'lock');
  await writeFile(lock, `${JSON.stringify(holder)}\n`);
  const ended = await runSic(argv, place);
  expect(ended.code).toBe(5);
  expect(documentOf(ended).error?.hint).toContain(`remove ${lock}`);
});
