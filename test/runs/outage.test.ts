import { afterAll, beforeAll, expect, test } from 'vitest';
import { documentOf } from '../support/document.ts';
import { startFaultyProxy } from '../support/faulty-proxy.ts';
import { runSic, startSic } from '../support/program.ts';
import { startTenant, type Tenant } from '../support/tenant.ts';
import { companyFile, eachOnce, workplace } from '../support/workplace.ts';

let tenant: Tenant;
beforeAll(async () => {
  tenant = await startTenant();
});
afterAll(() => tenant.close());

// At the pace of a real tenant, where hundreds of rows wait for their turn: six tries with doubling waits, 16 s at most.
test('SuperOffice goes away in the middle: 4 after finite waits, and the next run does the rest', async () => {
  const rows = 300;
  const proxy = await startFaultyProxy(tenant.url);
  const place = await workplace(tenant, proxy.url, { profile: { rate: 10 } });
  await place.write('companies.csv', companyFile('GONE', rows));

  const first = startSic(['import', 'companies.csv', '--json'], place);
  await proxy.saw(one => one.kind === 'create' && one.turn === 5);
  proxy.goAway();
  const ended = await first.ended;
  const half = documentOf(ended);
  expect(ended.code).toBe(4);
  expect(half.error).toMatchObject({ code: 'unreachable' });
  expect(half.error?.message).toContain('nobody is listening');
  expect(half.counts.notReached).toBeGreaterThan(rows - 20);
  expect(half.counts.failed).toBe(0);
  // Not every row that waits may knock for itself.
  expect(half.requests.retried).toBeLessThanOrEqual(4 * 6);
  expect(ended.stderr).toMatch(/waiting \d+\.\d s, then try 2 of 6/);

  await proxy.comeBack();
  const rest = documentOf(await runSic(['import', 'companies.csv', '--json', '--rate', '0'], place));
  expect(rest.exitCode).toBe(0);
  expect(rest.counts).toMatchObject({ read: rows, unchanged: half.counts.created });
  expect(await tenant.companies('GONE')).toEqual(eachOnce('GONE', rows));
  const created = proxy.seen.filter(one => one.kind === 'create').map(one => one.body);
  expect(new Set(created).size).toBe(rows);
}, 60_000);
