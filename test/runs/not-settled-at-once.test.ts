import { afterAll, beforeAll, expect, test } from 'vitest';
import { documentOf } from '../support/document.ts';
import { type Fault, startFaultyProxy } from '../support/faulty-proxy.ts';
import { runSic } from '../support/program.ts';
import { startTenant, type Tenant } from '../support/tenant.ts';
import { companyFile, eachOnce, workplace } from '../support/workplace.ts';

let tenant: Tenant;
beforeAll(async () => {
  tenant = await startTenant();
});
afterAll(() => tenant.close());

// Takes as long as the look-ups of a lost create wait: twelve seconds.
test('creates that never reached SuperOffice are looked up in vain, and then sent again once', async () => {
  const rows = 20;
  const proxy = await startFaultyProxy(tenant.url);
  const place = await workplace(tenant, proxy.url);
  await place.write('companies.csv', companyFile('AGAIN', rows));
  const page = '<!doctype html><html><head><title>Gateway</title></head><body>busy</body></html>';
  const faults: Readonly<Record<number, Fault>> = {
    5: 'cut',
    7: { status: 200, headers: { 'content-type': 'text/html' }, body: page },
    9: { status: 504, body: '' },
  };
  proxy.script(one => (one.kind === 'create' ? (faults[one.turn] ?? null) : null));

  const { counts, exitCode } = documentOf(await runSic(['import', 'companies.csv', '--json'], place));
  expect(exitCode).toBe(0);
  expect(counts).toMatchObject({ read: rows, created: rows });
  expect(proxy.seen.filter(one => one.kind === 'create')).toHaveLength(rows + 3);
  expect(await tenant.companies('AGAIN')).toEqual(eachOnce('AGAIN', rows));
});
