import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Tenant } from '../entities/tenant.ts';
import { call, refused, result, upsert } from './agent.ts';

let tenant: Tenant;
beforeAll(async () => {
  tenant = await Tenant.start();
});
afterAll(() => tenant.close());

const columns = ['contact_id', 'name', 'country_id', 'business_idx', 'category_idx'];
const required = ['[I:1]', '[I:1]', '[I:1]'];
const companies = { TableName: 'contact', Columns: columns, Keys: ['contact_id'] };
const never = '0001-01-01T00:00:00';

describe('Upsert by primary key', () => {
  test('updates what differs, leaves the rest alone, adds rows with key 0', async () => {
    const [a, b] = [await tenant.company({ Name: 'A', OrgNr: 'NO 1' }), await tenant.company({ Name: 'B' })];
    const ids = [`${a}`, `[I:${b}]`, '0'];
    const Data = ids.map((id, index) => [id, ['A2', 'B', 'C'][index], ...required]);
    await upsert(tenant, { ...companies, Data: [[`${b}`, 'B', ...required]] });
    const before = await tenant.json('GET', `/v1/Contact/${b}`);
    expect(await upsert(tenant, { ...companies, Data })).toMatchObject({
      Success: true,
      Inserts: 1,
      Updates: 1,
      Deletes: 0,
      RowStatus: [
        { PrimaryKey: a, Action: 'Updated', RowKeys: [`${a}`] },
        { PrimaryKey: b, Action: 'NoUpdateNeeded', RowKeys: [`[I:${b}]`] },
        { PrimaryKey: b + 1, Action: 'Inserted', RowKeys: ['0'] },
      ],
    });
    const changed = await tenant.json('GET', `/v1/Contact/${a}`);
    expect(changed).toMatchObject({ Name: 'A2', OrgNr: 'NO 1', UpdatedBy: { Name: 'SIC' } });
    expect(changed.UpdatedDate).not.toBe(never);
    expect(await tenant.json('GET', `/v1/Contact/${b}`)).toEqual(before);
    const added = await tenant.json('GET', `/v1/Contact/${b + 1}`);
    // Nothing that a save does: no number, no owner.
    expect(added).toMatchObject({ Name: 'C', Number2: '', Associate: null, UpdatedDate: never });
    expect(added.CreatedDate).not.toBe(never);
  });

  test('a row whose key nobody has is added under it', async () => {
    const id = await tenant.company();
    const { RowStatus } = await upsert(tenant, {
      ...companies,
      Data: [[`${id + 50}`, 'Ghost', ...required]],
    });
    expect(RowStatus).toMatchObject([{ PrimaryKey: id + 50, Action: 'Inserted' }]);
  });

  test('the sale of an existing company, and its archive', async () => {
    const sale = await tenant.sale({ Heading: 'Order', Amount: 5 });
    await upsert(tenant, {
      TableName: 'Sale',
      Columns: [
        'sale_id',
        'heading',
        'amount',
        'saledate',
        ...['associate_id', 'group_idx', 'contact_id', 'probability_idx', 'appointment_id', 'project_id'],
      ],
      Keys: ['sale_id'],
      Data: [[`${sale}`, 'Order 2', '[F:7.25]', '[D:12/31/2026]', '1', '1', '0', '1', '0', '0']],
    });
    expect(await tenant.json('GET', `/v1/Sale/${sale}`)).toMatchObject({
      Heading: 'Order 2',
      Amount: 7.25,
      Saledate: '2026-12-31T00:00:00',
    });
    const query = new URLSearchParams({ $select: 'heading,date', $filter: `saleId = ${sale}` });
    const archive = await tenant.json('GET', `/v1/Sale?${query}`);
    expect(archive.value).toMatchObject([
      { heading: 'Order 2', date: expect.stringContaining('2026-12-31') },
    ]);
  });
});

test('requests and documents, as far as their columns are documented', async () => {
  const { TicketId } = await tenant.json('POST', '/v1/Ticket', { Title: 'Lamp blinks' });
  const codes = ['status', 'ticket_status', 'priority', 'category', 'read_status', 'ticket_type'];
  const ticket = { TableName: 'ticket', Columns: ['id', 'title', ...codes], Keys: ['id'] };
  const Data = [[`${TicketId}`, 'Lamp is out', '1', '1', '1', '1', '1', '1']];
  expect(await upsert(tenant, { ...ticket, Data })).toMatchObject({ Updates: 1 });
  expect(await tenant.json('GET', `/v1/Ticket/${TicketId}`)).toMatchObject({ Title: 'Lamp is out' });
  const { DocumentId } = await tenant.json('POST', '/v1/Document', { Header: 'Offer' });
  await upsert(tenant, {
    TableName: 'document',
    Columns: ['document_id', 'application_id', 'name', 'contentSetCount', 'header'],
    Keys: ['document_id'],
    Data: [[`${DocumentId}`, '0', 'offer.txt', '0', 'Offer 2']],
  });
  expect(await tenant.json('GET', `/v1/Document/${DocumentId}`)).toMatchObject({ Header: 'Offer 2' });
});

describe('Upsert by other columns', () => {
  const byKey = { TableName: 'contact', Columns: ['dbi_key', ...columns.slice(1)], Keys: ['dbi_key'] };

  test('adds, finds again, and refuses what two rows have', async () => {
    const Data = ['K-1', 'K-2', 'K-1'].map(key => [key, `Name of ${key}`, ...required]);
    const { Inserts, RowStatus } = await upsert(tenant, { ...byKey, Data });
    expect(Inserts).toBe(2);
    expect(RowStatus?.map(({ Action, RowKeys }) => [Action, ...RowKeys])).toEqual([
      ['Inserted', 'K-1'],
      ['NoUpdateNeeded', 'K-1'],
      ['Inserted', 'K-2'],
    ]);
    const again = await upsert(tenant, { ...byKey, Data: [['k-1', 'Other', ...required]] });
    expect(again).toMatchObject({
      Inserts: 0,
      Updates: 1,
      RowStatus: [{ PrimaryKey: RowStatus?.[0]?.PrimaryKey }],
    });
    await result(tenant, 'Insert', { ...byKey, Data: [['K-2', 'Twin', ...required]] });
    expect(await refused(tenant, { ...byKey, Data: [['K-2', 'X', ...required]] })).toBe(
      'Data[0]: 2 rows have the same dbi_key K-2',
    );
  });
});

describe('Insert', () => {
  test('tells no keys, takes a given one, and stops at one that is taken', async () => {
    const id = (await tenant.company()) + 100;
    const insert = { TableName: 'contact', Columns: columns, Data: [[`${id}`, 'Given', ...required]] };
    expect(await result(tenant, 'Insert', insert)).toMatchObject({ Inserts: 1, RowStatus: null });
    expect(await tenant.json('GET', `/v1/Contact/${id}`)).toMatchObject({ Name: 'Given' });
    expect((await call(tenant, 'Insert', insert)).status).toBe(500);
    const without = { ...insert, Columns: columns.slice(1), Data: [['Assigned', ...required]] };
    expect(await result(tenant, 'Insert', without)).toMatchObject({ Inserts: 1 });
    expect(await tenant.json('GET', `/v1/Contact/${id + 1}`)).toMatchObject({ Name: 'Assigned' });
  });
});

test('rows before a bad one stay written, those behind it do not', async () => {
  const ids = [await tenant.company(), await tenant.company(), await tenant.company()];
  const names = ['First', 'x'.repeat(220), 'Third'];
  const Data = ids.map((id, index) => [`${id}`, names[index], ...required]);
  expect(await refused(tenant, { ...companies, Data })).toMatch(
    /^Data\[1\]: column name: .* the column holds 219$/,
  );
  const found = await Promise.all(ids.map(id => tenant.json('GET', `/v1/Contact/${id}?$select=Name`)));
  expect(found.map(({ Name }) => Name)).toEqual(['First', 'Acme', 'Acme']);
});

describe('Delete', () => {
  test('marks companies and persons, takes other rows away, passes over what is not there', async () => {
    const person = await tenant.person();
    expect(
      await result(tenant, 'Delete', { TableName: 'person', IDs: [person, person, 999_999] }),
    ).toMatchObject({
      Success: true,
      Deletes: 1,
    });
    expect((await tenant.call('GET', `/v1/Person/${person}`)).status).toBe(404);
    const revived = await upsert(tenant, {
      TableName: 'person',
      Columns: ['person_id', 'deleted', 'contact_id', 'rank', 'firstname', ...columns.slice(2)],
      Keys: ['person_id'],
      Data: [[`${person}`, '0', '0', '1', 'Ada', ...required]],
    });
    expect(revived).toMatchObject({ Updates: 1 });
    const project = await tenant.project();
    expect(await result(tenant, 'Delete', { TableName: 'project', IDs: [project] })).toMatchObject({
      Deletes: 1,
    });
    expect((await tenant.call('GET', `/v1/Project/${project}`)).status).toBe(404);
  });
});

describe('NomatchAction', () => {
  const Keys = ['owner_id', 'atype_idx'];
  const addresses = { TableName: 'address', Columns: [...Keys, 'zipcode'], Keys };

  test.each(['ZeroColumns', 'DeleteRow'])('%s reaches every other row of the table', async NomatchAction => {
    const [kept, other] = [await tenant.company(), await tenant.company()];
    const Data = [kept, other].map(id => [`${id}`, '[I:2]', '0150']);
    await upsert(tenant, { ...addresses, Data });
    const { Deletes, RowStatus } = await upsert(tenant, {
      ...addresses,
      Data: Data.slice(0, 1),
      NomatchAction,
    });
    expect(Deletes).toBeGreaterThan(0);
    expect(RowStatus).toContainEqual(
      expect.objectContaining({
        Action: NomatchAction === 'DeleteRow' ? 'Deleted' : 'ColumnsZeroed',
        RowKeys: [`${other}`, '2'],
      }),
    );
    const zipcode = { Address: { Street: { Zipcode: '0150' } } };
    expect(await tenant.json('GET', `/v1/Contact/${kept}`)).toMatchObject(zipcode);
    expect(await tenant.json('GET', `/v1/Contact/${other}`)).not.toMatchObject(zipcode);
  });

  test.each([null, 'Nothing', ''])('%s is refused', async NomatchAction => {
    const Data = [['1', '[I:2]', '0150']];
    expect(await refused(tenant, { ...addresses, Data, NomatchAction })).toContain('NomatchAction');
  });
});
