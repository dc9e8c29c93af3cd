import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningSandbox, startSandbox } from '../../src/sandbox/server.ts';
import { matchAssociate } from '../../src/superoffice/associates.ts';
import { connect } from '../../src/superoffice/connect.ts';
import { matchCountry } from '../../src/superoffice/countries.ts';
import { isOneOf, isOneOfNumbers } from '../../src/superoffice/filter.ts';
import type { Match } from '../../src/superoffice/match.ts';
import { basicCredentials } from '../../src/superoffice/sign-in/credentials.ts';
import type { SuperOffice } from '../../src/superoffice/superoffice.ts';

let sandbox: RunningSandbox;
let superoffice: SuperOffice;
const notes: string[] = [];

function sign(username: string, password: string): Promise<SuperOffice> {
  return connect({
    credentials: basicCredentials(sandbox.url, username, password),
    rate: 0,
    concurrency: 8,
    env: {},
    note: text => notes.push(text),
    signal: new AbortController().signal,
  });
}

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, data: null, latency: 0, seed: 'demo' });
  superoffice = await sign(sandbox.username, sandbox.password);
});

afterAll(async () => {
  await superoffice?.close();
  await sandbox?.close();
});

const only = <T>(match: Match<T>): T | null => (match.kind === 'one' ? match.item : null);

const keyColumn = 'contactUdef/Siteshop:CompUserKey01';
const columns = ['contactId', 'name', 'department', 'category', 'associateId', 'countryId', keyColumn];

test('signs in as the system user, and not with a wrong password', async () => {
  expect(superoffice.tenant).toBe('Sandbox');
  expect((await superoffice.principal()).isSystemUser).toBe(true);
  const ordinary = await sign(sandbox.ordinary.username, sandbox.ordinary.password);
  expect((await ordinary.principal()).isSystemUser).toBe(false);
  await ordinary.close();
  await expect(sign(sandbox.username, 'wrong')).rejects.toMatchObject({ code: 'sign-in' });
});

test('creates companies, finds them by key (GET and POST), changes one', async () => {
  const category = (await superoffice.list('Category')).items.find(item => !item.deleted);
  const norway = only(matchCountry(await superoffice.countries(), 'Norway'));
  const anders = only(matchAssociate(await superoffice.associates(), 'andersdyre', false));
  expect(category && norway && anders).toBeTruthy();
  const keys = Array.from({ length: 120 }, (_, i) => `E2E-${i}-O'Hara & Søn`);
  const saved = await Promise.all(
    keys.map(key =>
      superoffice.create('Contact', {
        Name: `Company ${key}`,
        Department: 'Oslo',
        Category: { Id: category?.id },
        Country: { CountryId: norway?.id },
        Associate: { AssociateId: anders?.id },
        CustomFields: { 'Siteshop:CompUserKey01': key },
      }),
    ),
  );
  const ids = saved.map(({ id }) => id);
  expect(new Set(ids).size).toBe(keys.length);

  const query = { provider: 'SimpleContact', entities: 'contact', columns, orderBy: 'contactId' };
  const before = superoffice.requests.total;
  const few = await superoffice.archive({ ...query, filter: isOneOf(keyColumn, keys.slice(0, 3)) });
  const many = await superoffice.archive({ ...query, filter: isOneOf(keyColumn, keys) });
  expect(superoffice.requests.total - before).toBe(2);
  expect(few.map(row => row.primaryKey)).toEqual(ids.slice(0, 3).toSorted((a, b) => a - b));
  expect(new Map(many.map(row => [row.primaryKey, row.cells.get(keyColumn)?.display]))).toEqual(
    new Map(ids.toSorted((a, b) => a - b).map(id => [id, keys[ids.indexOf(id)]])),
  );
  const cells = few[0]?.cells;
  expect(cells?.get('category')?.raw).toBe(category?.id);
  expect(cells?.get('associateId')?.raw).toBe(anders?.id);
  expect(Number(cells?.get('countryId')?.raw)).toBe(norway?.id);

  const [id = 0] = ids;
  await superoffice.patch('Contact', id, [
    { op: 'replace', path: '/Department', value: "Bergen 'Vest'" },
    { op: 'replace', path: '/CustomFields', value: { 'Siteshop:CompUserKey01': 'E2E-changed' } },
  ]);
  const [changed] = await superoffice.archive({ ...query, filter: isOneOfNumbers('contactId', [id]) });
  expect(changed?.cells.get('department')?.display).toBe("Bergen 'Vest'");
  expect(changed?.cells.get(keyColumn)?.display).toBe('E2E-changed');
  expect(changed?.cells.get('name')?.display).toBe(`Company ${keys[0]}`);
});

test('reads all pages of more rows than one page holds', async () => {
  const name = 'Paging';
  await Promise.all(Array.from({ length: 1_205 }, () => superoffice.create('Contact', { Name: name })));
  const rows = await superoffice.archive({
    provider: 'SimpleContact',
    entities: 'contact',
    columns: ['contactId', 'name'],
    filter: `name is '${name}'`,
    orderBy: 'contactId',
  });
  expect(new Set(rows.map(row => row.primaryKey)).size).toBe(1_205);
});

test('adds list values under concurrency, once', async () => {
  for (const name of ['Business', 'contint']) {
    const list = await superoffice.list(name);
    const before = superoffice.requests.write;
    const added = await Promise.all(Array.from({ length: 10 }, () => list.add('Wholesale & more')));
    expect(new Set(added.map(item => item.id)).size).toBe(1);
    expect(superoffice.requests.write - before).toBe(1);
    const fresh = await sign(sandbox.username, sandbox.password);
    expect((await fresh.list(name)).find('Wholesale & more')?.id).toBe(added[0]?.id);
    await fresh.close();
  }
});

test('un-deletes a list value instead of adding a second one', async () => {
  const { id } = await (await superoffice.list('Position')).add('Beekeeper');
  const authorization = `Basic ${Buffer.from(`${sandbox.username}:${sandbox.password}`).toString('base64')}`;
  const removed = await fetch(`${sandbox.url}/api/v1/List/Position/Items/${id}`, {
    method: 'DELETE',
    headers: { authorization },
  });
  expect(removed.status).toBe(204);
  const fresh = await sign(sandbox.username, sandbox.password);
  const list = await fresh.list('Position');
  expect(list.find('Beekeeper')).toBeNull();
  expect((await list.add('Beekeeper')).id).toBe(id);
  await fresh.close();
  const again = await sign(sandbox.username, sandbox.password);
  expect((await again.list('Position')).find('Beekeeper')).toMatchObject({ id, deleted: false });
  await again.close();
});

test('ticks interests', async () => {
  const list = await superoffice.list('contint');
  const ids = list.items
    .filter(item => !item.deleted)
    .slice(0, 2)
    .map(item => item.id);
  const { id: contact } = await superoffice.create('Contact', { Name: 'Interested' });
  await superoffice.updateInterests('Contact', contact, { enable: ids, disable: [] });
  const rows = await superoffice.archive({
    provider: 'dynamic',
    columns: ['contactinterest.contactinterest_id', 'contactinterest.cinterest_idx'],
    filter: isOneOfNumbers('contactinterest.contact_id', [contact]),
    orderBy: 'contactinterest.contactinterest_id',
  });
  expect(rows.map(row => row.cells.get('contactinterest.cinterest_idx')?.raw).toSorted()).toEqual(
    ids.toSorted(),
  );
});

test('knows the more-page fields and finds their lists', async () => {
  const udefs = await superoffice.udefs('Contact');
  expect(udefs.get('Siteshop:CompUserKey01')).toMatchObject({ type: 'ShortText', length: 39, indexed: true });
  const withList = [...udefs.values()].find(field => field.list !== null);
  expect(withList).toBeDefined();
  expect((await superoffice.list(withList?.list ?? '')).items.length).toBeGreaterThan(0);
});

test('a record that is not there is the row’s matter', async () => {
  const operations = [{ op: 'replace', path: '/Name', value: 'x' }] as const;
  await expect(superoffice.patch('Contact', 99_999_999, operations)).rejects.toMatchObject({
    status: 404,
    scope: 'row',
    lost: false,
  });
  expect(notes).toEqual([]);
});
