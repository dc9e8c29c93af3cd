import { afterAll, beforeAll, expect, test } from 'vitest';
import { documentOf } from '../support/document.ts';
import { failOnce, requests } from '../support/faults.ts';
import { startFaultyProxy } from '../support/faulty-proxy.ts';
import { runSic } from '../support/program.ts';
import { startTenant, type Tenant } from '../support/tenant.ts';
import { workplace } from '../support/workplace.ts';

let tenant: Tenant;
beforeAll(async () => {
  tenant = await startTenant('--latency', '5');
});
afterAll(() => tenant.close());

/** A list whose values an import adds: how a row names one, and where SuperOffice keeps them. */
const lists = [
  {
    list: 'tags',
    path: '/v1/List/Tags/Items',
    file: 'tickets.csv',
    // Letter case does not count among tags.
    spellings: (value: string) => [value, value.toUpperCase(), value.toLowerCase()],
    rows: (prefix: string, count: number, valueAt: (row: number) => string) =>
      `TickUserKey01;Title;AddTags\n${lines(prefix, count, valueAt)}`,
  },
  {
    list: 'categories',
    path: '/v1/List/Category/Items',
    file: 'companies.csv',
    spellings: (value: string) => [value],
    rows: (prefix: string, count: number, valueAt: (row: number) => string) =>
      `CompUserKey01;Name;Category\n${lines(prefix, count, valueAt)}`,
  },
];

function lines(prefix: string, count: number, valueAt: (row: number) => string): string {
  return Array.from(
    { length: count },
    (_, row) => `${prefix}-${row};Row ${prefix} ${row};${valueAt(row)}\n`,
  ).join('');
}

async function namesLike(path: string, value: string): Promise<string[]> {
  const items = await tenant.ask<{ Name: string }[]>('GET', path);
  return items.map(({ Name }) => Name).filter(name => name.toLowerCase() === value.toLowerCase());
}

test.each(lists)('$list: many rows of several chunks name the same new value', async one => {
  const proxy = await startFaultyProxy(tenant.url);
  const place = await workplace(tenant, proxy.url);
  const value = `Brand new ${one.list}`;
  const spelled = one.spellings(value);
  await place.write(
    one.file,
    one.rows(`MANY-${one.list}`, 250, row => spelled[row % spelled.length] ?? value),
  );
  const { counts, exitCode } = documentOf(
    await runSic(['import', one.file, '--json', '--concurrency', '16'], place),
  );
  expect(exitCode).toBe(0);
  expect(counts).toMatchObject({ created: 250 });
  expect(await namesLike(one.path, value)).toHaveLength(1);
  expect(requests(proxy, 'POST', /\/v1\/List\/.*\/Items$/)).toHaveLength(1);
});

test.each(lists)('$list: the answer to a new value is lost', async one => {
  const proxy = await startFaultyProxy(tenant.url);
  const place = await workplace(tenant, proxy.url);
  const value = `Lost ${one.list}`;
  await place.write(
    one.file,
    one.rows(`LOST-${one.list}`, 3, () => value),
  );
  failOnce(proxy, 'POST', /\/v1\/List\/.*\/Items$/, 'lose-answer');
  const { counts } = documentOf(await runSic(['import', one.file, '--json'], place));
  expect(counts).toMatchObject({ created: 3 });
  expect(await namesLike(one.path, value)).toHaveLength(1);
});

test.each(lists)('$list: two programs add the same values at the same time', async one => {
  const values = Array.from({ length: 20 }, (_, index) => `Both ${one.list} ${index}`);
  const runs = ['A', 'B'].map(async who => {
    const place = await workplace(tenant);
    const spell = (value: string) => one.spellings(value)[who === 'A' ? 0 : 1] ?? value;
    await place.write(
      one.file,
      one.rows(`${who}-${one.list}`, 60, row => spell(values[row % values.length] ?? '')),
    );
    return documentOf(await runSic(['import', one.file, '--json'], place));
  });
  for (const { counts } of await Promise.all(runs)) expect(counts).toMatchObject({ created: 60 });
  for (const value of values) expect(await namesLike(one.path, value)).toHaveLength(1);
});
