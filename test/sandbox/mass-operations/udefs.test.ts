import { afterAll, beforeAll, expect, test } from 'vitest';
import { Tenant } from '../entities/tenant.ts';
import { refused, result, upsert } from './agent.ts';

let tenant: Tenant;
beforeAll(async () => {
  tenant = await Tenant.start();
});
afterAll(() => tenant.close());

const field = (name: string) => `Siteshop:CompUser${name}`;
const small = { TableName: 'udcontactSmall', Keys: ['contact_id'] };

test('every type by its Prog ID: a missing row is made and linked, and the company counts as unchanged', async () => {
  const id = await tenant.company();
  const before = await tenant.json('GET', `/v1/Contact/${id}`);
  const cells = {
    Key01: 'K-1',
    Num01: '[I:7]',
    Dec01: '[F:1.5]',
    Check01: '1',
    Date01: '[D:05/31/2020]',
    Date02: '[DT:01/02/1850 00:00:00]',
    List01: '1',
  };
  const request = {
    ...small,
    Columns: ['contact_id', ...Object.keys(cells).map(field)],
    Data: [[`${id}`, ...Object.values(cells)]],
  };
  expect(await upsert(tenant, request)).toMatchObject({
    Inserts: 1,
    RowStatus: [{ Action: 'Inserted', RowKeys: [`${id}`] }],
  });
  const after = await tenant.json('GET', `/v1/Contact/${id}`);
  expect(after).toMatchObject({
    UpdatedDate: before.UpdatedDate,
    CustomFields: {
      [field('Key01')]: 'K-1',
      [field('Num01')]: '[I:7]',
      [field('Dec01')]: '[F:1.5]',
      [field('Check01')]: '[I:1]',
      [field('Date01')]: '[DT:05/31/2020 00:00:00.0000000]',
      [field('Date02')]: '[DT:01/02/1850 00:00:00.0000000]',
      [field('List01')]: '[I:1]',
    },
  });
  const query = new URLSearchParams({
    $select: 'contactId',
    $filter: `contactUdef/${field('Key01')} = 'k-1'`,
  });
  expect((await tenant.json('GET', `/v1/Contact?${query}`)).value).toMatchObject([{ contactId: id }]);
  expect(await upsert(tenant, request)).toMatchObject({ RowStatus: [{ Action: 'NoUpdateNeeded' }] });
});

test('a row that REST made is found, by its columns too, and values are emptied', async () => {
  const id = await tenant.company({
    CustomFields: {
      [field('Num01')]: '[I:7]',
      [field('Date01')]: '[D:05/31/2020]',
      [field('Text01')]: 'kept',
    },
  });
  const Columns = ['contact_id', field('Num01'), field('Date01')];
  expect(
    await upsert(tenant, { ...small, Columns, Data: [[`${id}`, '[I:0]', '[D:01/01/0001]']] }),
  ).toMatchObject({ Inserts: 0, Updates: 1 });
  const empty = await tenant.json('GET', `/v1/Contact/${await tenant.company()}`);
  const read = await tenant.json('GET', `/v1/Contact/${id}`);
  expect(read.CustomFields).toEqual({
    ...(empty.CustomFields as object),
    [field('Text01')]: 'kept',
    [`${field('Text01')}:org`]: 'kept',
  });
  const raw = { ...small, Columns: ['contact_id', 'long60'], Data: [[`${id}`, '5']] };
  expect(await upsert(tenant, raw)).toMatchObject({ Updates: 1 });
});

test('long texts lie in the large table', async () => {
  const id = await tenant.company();
  const Columns = ['contact_id', field('Text04')];
  const Data = [[`${id}`, 'x'.repeat(199)]];
  await upsert(tenant, { ...small, TableName: 'udcontactlarge', Columns, Data });
  expect(await tenant.json('GET', `/v1/Contact/${id}`)).toMatchObject({
    CustomFields: { [field('Text04')]: 'x'.repeat(199) },
  });
  expect(await refused(tenant, { ...small, Columns, Data })).toContain("'udcontactlarge'");
});

test('fields of other entities', async () => {
  const sale = await tenant.sale();
  await upsert(tenant, {
    TableName: 'udsalesmall',
    Columns: ['sale_id', 'Siteshop:SaleUserNum01'],
    Keys: ['sale_id'],
    Data: [[`${sale}`, '[I:4]']],
  });
  expect(await tenant.json('GET', `/v1/Sale/${sale}`)).toMatchObject({
    CustomFields: { 'Siteshop:SaleUserNum01': '[I:4]' },
  });
});

test.each([
  ['a text that is too long', ['contact_id', field('Text01')], ['x'.repeat(40)], 'the column holds 39'],
  ['a Prog ID in other letters', ['contact_id', field('text01')], ['x'], 'has no column'],
  ['a number in words', ['contact_id', field('Num01')], ['seven'], 'is not a whole number'],
  ['a bare date', ['contact_id', field('Date01')], ['05/31/2020'], 'is not an encoded date'],
  ['a date that Date cannot hold', ['contact_id', field('Date01')], ['[D:05/31/1850]'], 'must lie between'],
  ['the same column twice', ['contact_id', field('Num01'), field('Num01')], ['1', '1'], 'named twice'],
])('%s is refused', async (_, Columns, cells, words) => {
  const id = await tenant.company();
  expect(await refused(tenant, { ...small, Columns, Data: [[`${id}`, ...cells]] })).toContain(words);
});

test('another key, another action, an owner that is not there', async () => {
  const Columns = ['contact_id', field('Num01')];
  const Data = [['999999', '1']];
  expect(await refused(tenant, { ...small, Columns, Data })).toContain(
    'There is no contact with contact_id 999999',
  );
  expect(await refused(tenant, { ...small, Columns, Data, NomatchAction: 'DeleteRow' })).toContain(
    'NoChange only',
  );
  expect(await refused(tenant, { ...small, Columns, Data, Keys: [field('Num01')] })).toContain(
    'contact_id alone',
  );
  const reversed = { ...small, Columns: [...Columns].reverse(), Data: [['1', '999999']] };
  expect(await refused(tenant, reversed)).toContain('must be the first column');
});

test('a row that was deleted is made anew, by REST too', async () => {
  const id = await tenant.company({ CustomFields: { [field('Num01')]: '[I:7]' } });
  const request = { ...small, Columns: ['contact_id', field('Num02')], Data: [[`${id}`, '[I:3]']] };
  const { RowStatus } = await upsert(tenant, request);
  await result(tenant, 'Delete', { TableName: 'udcontactsmall', IDs: [RowStatus?.[0]?.PrimaryKey] });
  const patch = { CustomFields: { [field('Num01')]: '[I:9]' } };
  expect(await tenant.json('PATCH', `/v1/Contact/${id}`, patch)).toMatchObject(patch);
});
