import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTenant, type Tenant } from '../support/tenant.ts';
import { csv, desk, makeCompanies, upsertsIn } from './bulk-practice.ts';

let tenant: Tenant;
beforeAll(async () => {
  tenant = await startTenant();
});
afterAll(() => tenant.close());

const rowsOf = (prefix: string, count: number, more: (n: number) => Record<string, string>) =>
  csv(
    Array.from({ length: count }, (_, index) => ({
      CompUserKey01: `${prefix}-${index + 1}`,
      ...more(index + 1),
    })),
  );

test('a big file: at most 3 requests for 100 updated rows, with the look at all of them before', {
  timeout: 60_000,
}, async () => {
  const { place, proxy, imports } = await desk(tenant);
  const count = 6_000;
  await makeCompanies(tenant, 'COST', count);
  const file = rowsOf('COST', count, n => ({
    Department: `North ${n}`,
    StreetCity: 'Lyngby',
    Phone1: `+45 ${n}`,
    Email1: `post${n}@fjord.example`,
    CompUserText01: `text ${n}`,
    CompUserText04: `long ${n}`,
  }));
  await place.write('companies.csv', file);
  // More than 5,000 changed rows: without the flag the import stops before the first of them.
  const stopped = await imports('companies.csv', [], 6);
  expect(stopped.counts.updated).toBe(0);
  expect(upsertsIn(proxy)).toEqual([]);
  const before = proxy.seen.length;
  const done = await imports('companies.csv', ['--max-changes', '6000']);
  expect(done.counts).toMatchObject({ read: count, updated: count });
  expect(done.bulkRows).toBe(count);
  const requests = proxy.seen.length - before;
  expect(done.requests.total).toBe(requests);
  expect(requests / count).toBeLessThanOrEqual(0.03);
  for (const { Data } of upsertsIn(proxy)) expect(Data).toHaveLength(500);
  const again = await imports('companies.csv', ['--full']);
  expect(again.counts).toMatchObject({ current: count });
});

test.each(['auto', 'bulk'])(
  '%s: one changed row among thousands waits for no others',
  {
    timeout: 30_000,
  },
  async strategy => {
    const { place, imports } = await desk(tenant);
    const count = 3_000;
    const prefix = `ONE${strategy}`;
    await makeCompanies(tenant, prefix, count);
    const department = (changed: number) => (n: number) => ({
      Department: n === changed ? 'South' : 'North',
    });
    await place.write('companies.csv', rowsOf(prefix, count, department(0)));
    await imports('companies.csv', ['--max-changes', '100%']);
    for (const changed of [3, 1_700]) {
      await place.write('companies.csv', rowsOf(prefix, count, department(changed)));
      const { counts } = await imports('companies.csv', [
        '--full',
        '--strategy',
        strategy,
        '--max-changes',
        '100%',
      ]);
      expect(counts).toMatchObject({ read: count, current: count - (changed === 3 ? 1 : 2) });
    }
  },
);

test('auto: mass operations from 100 updates on, whatever else is in the file', {
  timeout: 30_000,
}, async () => {
  const { place, proxy, imports } = await desk(tenant);
  await makeCompanies(tenant, 'AUTO', 250);
  await place.write(
    'companies.csv',
    rowsOf('AUTO', 99, n => ({ Department: `North ${n}` })),
  );
  const few = await imports('companies.csv');
  expect(few.counts).toMatchObject({ updated: 99 });
  expect(few.bulkRows).toBe(0);
  expect(upsertsIn(proxy)).toEqual([]);
  await place.write(
    'companies.csv',
    rowsOf('AUTO', 199, n => ({ Department: `North ${n}` })),
  );
  const many = await imports('companies.csv');
  expect(many.counts).toMatchObject({ unchanged: 99, updated: 100 });
  expect(many.bulkRows).toBe(100);
  expect(upsertsIn(proxy).map(({ TableName, Data }) => [TableName, Data.length])).toEqual([['contact', 100]]);
  await place.write(
    'companies.csv',
    rowsOf('AUTO', 199, n => ({ Department: `South ${n}` })),
  );
  const one = await imports('companies.csv', ['--strategy', 'entity', '--full']);
  expect(one.counts).toMatchObject({ updated: 199 });
  expect(one.bulkRows).toBe(0);
});
