import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { documentOf } from '../support/document.ts';
import { isSuch, refusalOf, requests } from '../support/faults.ts';
import { runSic, startSic } from '../support/program.ts';
import { startTenant, type Tenant } from '../support/tenant.ts';
import { csv, type Desk, desk, isUpsert, makeCompanies, upsertsIn } from './bulk-practice.ts';

const count = 30;
const bulk = ['--strategy', 'bulk', '--rows'];

let tenant: Tenant;
beforeAll(async () => {
  tenant = await startTenant();
});
afterAll(() => tenant.close());

/** Companies that SuperOffice has, and a file that changes three tables of each: more-page fields, the address, the company. */
async function opened(prefix: string): Promise<Desk & { readonly ids: readonly number[] }> {
  const opened = await desk(tenant);
  const ids = await makeCompanies(tenant, prefix, count);
  const rows = ids.map((_, index) => ({
    CompUserKey01: `${prefix}-${index + 1}`,
    Department: `North ${index + 1}`,
    StreetCity: 'Lyngby',
    CompUserText01: `text ${index + 1}`,
  }));
  await opened.place.write('companies.csv', csv(rows));
  return { ...opened, ids };
}

interface Company {
  readonly Department: string;
  readonly Address: { readonly Street: { readonly City: string } };
  readonly CustomFields: Readonly<Record<string, string>>;
}

/** How many of the companies hold all of their row. */
async function written(ids: readonly number[]): Promise<number> {
  const companies = await Promise.all(ids.map(id => tenant.ask<Company>('GET', `/v1/Contact/${id}`)));
  return companies.filter(
    ({ Department, Address, CustomFields }, index) =>
      Department === `North ${index + 1}` &&
      Address.Street.City === 'Lyngby' &&
      CustomFields['Siteshop:CompUserText01'] === `text ${index + 1}`,
  ).length;
}

const toTable = (table: string) => (seen: Parameters<typeof isUpsert>[0]) =>
  isUpsert(seen) && JSON.parse(seen.body).TableName === table;

describe('an upsert that fails', () => {
  test('after a part of it was written: each row is told as what became of it', async () => {
    const { proxy, ids, imports } = await opened('PART');
    // As if SuperOffice gave up in the middle: only the first rows arrive.
    proxy.script(seen => {
      if (!toTable('address')(seen)) return null;
      const body = JSON.parse(seen.body);
      void tenant.ask('POST', seen.path, { ...body, Data: body.Data.slice(0, 10) });
      return refusalOf(500, 'SoMassOperationException', 'Data[10] was refused');
    });
    const { counts, bulkRows, rows } = await imports('companies.csv', bulk);
    expect(counts).toMatchObject({ read: count, updated: count });
    // None was known to be written, and those that lacked something were completed by themselves.
    expect(bulkRows).toBe(0);
    expect(rows.every(({ status }) => status === 'updated')).toBe(true);
    expect(requests(proxy, 'PATCH', /Contact/)).toHaveLength(count);
    expect(await written(ids)).toBe(count);
  });

  test('for a row that SuperOffice refuses on its own too: that row fails, the others are written', async () => {
    const { proxy, ids, imports } = await opened('POISON');
    const poisoned = `/v1/Contact/${ids[4]}`;
    const refused = refusalOf(400, 'SoValidationException', 'The department is not wanted');
    proxy.script(seen => (toTable('contact')(seen) || isSuch(seen, 'PATCH', poisoned) ? refused : null));
    const { counts, rows } = await imports('companies.csv', bulk, 1);
    expect(counts).toMatchObject({ updated: count - 1, failed: 1 });
    expect(rows.find(({ status }) => status === 'failed')).toMatchObject({
      key: 'POISON-5',
      problems: [{ code: 'superoffice-refused' }],
    });
    expect(await written(ids)).toBe(count - 1);
    proxy.script(() => null);
    const again = await imports('companies.csv', bulk);
    expect(again.counts).toMatchObject({ unchanged: count - 1, updated: 1 });
    expect(await written(ids)).toBe(count);
  });

  test('whose answer is lost each time, although SuperOffice does the work: nothing is sent by itself', async () => {
    const { proxy, ids, imports } = await opened('LOST');
    proxy.script(seen => (toTable('contact')(seen) ? 'lose-answer' : null));
    const { counts } = await imports('companies.csv', bulk);
    expect(counts).toMatchObject({ updated: count, unknown: 0 });
    expect(requests(proxy, 'PATCH', /./)).toEqual([]);
    expect(await written(ids)).toBe(count);
    expect((await imports('companies.csv', bulk)).counts).toMatchObject({ unchanged: count });
  });

  test('whose answer is lost once: it is sent again, the same', async () => {
    const { proxy, ids, imports } = await opened('ONCE');
    let lost = 0;
    proxy.script(seen => (toTable('contact')(seen) && lost++ === 0 ? 'lose-answer' : null));
    const { counts, bulkRows } = await imports('companies.csv', bulk);
    expect(counts).toMatchObject({ updated: count });
    expect(bulkRows).toBe(count);
    const bodies = upsertsIn(proxy).filter(({ TableName }) => TableName === 'contact');
    expect(bodies).toHaveLength(2);
    expect(bodies[0]).toEqual(bodies[1]);
    expect(await written(ids)).toBe(count);
  });

  test('and of which SuperOffice tells nothing: the rows are looked at', async () => {
    const { proxy, ids, imports } = await opened('MUTE');
    const mute = { Success: true, Message: '3 ms', Inserts: 0, Updates: 30, Deletes: 0, RowStatus: null };
    proxy.script(seen =>
      isUpsert(seen) ? { status: 200, body: JSON.stringify(mute), worked: false } : null,
    );
    const { counts, bulkRows } = await imports('companies.csv', bulk);
    expect(counts).toMatchObject({ updated: count });
    expect(bulkRows).toBe(0);
    expect(requests(proxy, 'PATCH', /Contact/)).toHaveLength(count);
    expect(await written(ids)).toBe(count);
  });

  test('because SuperOffice is gone: no row is told as updated, and the next run does the rest', async () => {
    const { proxy, ids, imports } = await opened('GONE');
    proxy.script(seen => {
      if (toTable('contact')(seen)) proxy.goAway();
      return null;
    });
    const { counts, error } = await imports('companies.csv', bulk, 4);
    expect(error?.code).toBe('unreachable');
    expect(counts).toMatchObject({ read: count, updated: 0, unknown: count });
    proxy.script(() => null);
    await proxy.comeBack();
    const again = await imports('companies.csv', bulk);
    expect(again.counts.updated + again.counts.current).toBe(count);
    expect(await written(ids)).toBe(count);
  });
});

test('kill -9 between two tables: the next run does the rest', async () => {
  const { place, proxy, ids, imports } = await opened('KILL');
  const running = startSic(['import', 'companies.csv', ...bulk], place);
  proxy.hold(async seen => {
    if (toTable('contact')(seen)) running.child.kill('SIGKILL');
  });
  await running.ended;
  await proxy.idle();
  proxy.hold(async () => {});
  const again = await imports('companies.csv', bulk);
  expect(again.counts.updated + again.counts.current).toBe(count);
  expect(again.counts.unchanged).toBe(0);
  expect(again.rows.flatMap(({ warnings }) => warnings)).toEqual([]);
  expect(await written(ids)).toBe(count);
  expect((await imports('companies.csv', bulk)).counts).toMatchObject({ unchanged: count });
});

test('SIGINT between two tables: nothing is told that is not known, and sic resume does the rest', async () => {
  const { place, proxy, ids } = await opened('INT');
  const running = startSic(['import', 'companies.csv', '--json', ...bulk], place);
  proxy.hold(async seen => {
    if (!toTable('address')(seen)) return;
    running.child.kill('SIGINT');
    await running.said(/Stopping/);
  });
  const stopped = documentOf(await running.ended);
  expect(stopped.exitCode).toBe(130);
  expect(stopped.counts.updated).toBe(0);
  proxy.hold(async () => {});
  const resumed = documentOf(await runSic(['resume', '--json'], place));
  expect(resumed.counts.updated + resumed.counts.current).toBe(count);
  expect(await written(ids)).toBe(count);
});

test('--max-requests: what was begun is finished, and no table is left out', async () => {
  const { proxy, ids, imports } = await opened('BRAKE');
  let updated = 0;
  for (let most = 4; updated < count; most++) {
    const { exitCode, counts } = await imports('companies.csv', [...bulk, '--max-requests', `${most}`], null);
    expect([0, 6]).toContain(exitCode);
    expect(counts.unknown + counts.failed).toBe(0);
    updated += counts.updated;
    expect(upsertsIn(proxy)).toHaveLength(updated > 0 ? 3 : 0);
    expect(await written(ids)).toBe(updated);
  }
});
