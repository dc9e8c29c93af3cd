import { afterAll, beforeAll, expect, test } from 'vitest';
import { array, at, Tenant, values } from '../entities/tenant.ts';
import { call, refused, result, rowsOf, upsert } from './agent.ts';

let tenant: Tenant;
beforeAll(async () => {
  tenant = await Tenant.start();
});
afterAll(() => tenant.close());

const updated = async (id: number) => (await tenant.json('GET', `/v1/Contact/${id}`)).UpdatedDate;

test('addresses: the rows of REST are found, new ones show, the company counts as unchanged', async () => {
  const id = await tenant.company({ Address: { Street: { Address1: 'Gate 1', Zipcode: '5003' } } });
  const before = await updated(id);
  const request = {
    TableName: 'address',
    Columns: ['owner_id', 'atype_idx', 'zipcode', 'city'],
    Keys: ['owner_id', 'atype_idx'],
    Data: [
      [`${id}`, '[I:2]', '5004', 'Bergen'],
      [`${id}`, '[I:1]', '0150', 'Oslo'],
    ],
  };
  expect(await upsert(tenant, request)).toMatchObject({ Inserts: 1, Updates: 1 });
  expect(await tenant.json('GET', `/v1/Contact/${id}`)).toMatchObject({
    Address: {
      Street: { Address1: 'Gate 1', Zipcode: '5004', City: 'Bergen' },
      Postal: { Zipcode: '0150', City: 'Oslo' },
    },
    UpdatedDate: before,
  });
  const query = new URLSearchParams({
    $select: 'streetAddress/city,postAddress/city',
    $filter: `contactId = ${id}`,
  });
  expect((await tenant.json('GET', `/v1/Contact?${query}`)).value).toMatchObject([
    { 'streetAddress/city': 'Bergen', 'postAddress/city': 'Oslo' },
  ]);
  const stamps = ['atype_idx', 'updatedCount', 'updated_associate_id', 'registered_associate_id'];
  const rows = await rowsOf(tenant, 'address', stamps, `address.owner_id = ${id}`);
  expect(rows).toEqual([
    [2, 1, 1, 0],
    [1, 0, 0, 1],
  ]);
  expect(await upsert(tenant, request)).toMatchObject({ Inserts: 0, Updates: 0 });
  expect(await rowsOf(tenant, 'address', stamps, `address.owner_id = ${id}`)).toEqual(rows);
  await tenant.json('PATCH', `/v1/Contact/${id}`, { Address: { Postal: { Zipcode: '0001', City: 'Oslo' } } });
  const { RowStatus } = await upsert(tenant, request);
  expect(RowStatus?.map(({ Action }) => Action)).toEqual(['NoUpdateNeeded', 'Updated']);
});

test('a person of the same number has addresses of its own, and a second one of a kind is refused', async () => {
  const person = await tenant.person({ Address: { Street: { City: 'Moss' } } });
  const company = { contact_id: person, name: 'Namesake' };
  const Columns = ['contact_id', 'name', 'country_id', 'business_idx', 'category_idx'];
  await upsert(tenant, {
    TableName: 'contact',
    Columns,
    Keys: ['contact_id'],
    Data: [[`${person}`, company.name, '1', '1', '1']],
  });
  const insert = {
    TableName: 'address',
    Columns: ['owner_id', 'atype_idx', 'zipcode', 'city'],
    Data: [[`${person}`, '[I:2]', '', 'Halden']],
  };
  await result(tenant, 'Insert', insert);
  expect(at(await tenant.json('GET', `/v1/Person/${person}`), 'Address', 'Street', 'City')).toBe('Moss');
  expect(at(await tenant.json('GET', `/v1/Contact/${person}`), 'Address', 'Street', 'City')).toBe('Halden');
  const twice = await call(tenant, 'Insert', insert);
  expect(twice).toMatchObject({ status: 500, json: { ErrorType: 'SoMassOperationException' } });
});

test('phones by owner, type and rank; their rows keep their ids when REST writes them', async () => {
  const id = await tenant.company({ Phones: [{ Value: '1 1' }, { Value: '2' }], Faxes: [{ Value: '9' }] });
  const ids = (filter: string) => rowsOf(tenant, 'phone', ['phone_id', 'rank', 'phone'], filter);
  const owner = `phone.owner_id = ${id}`;
  const kept = await ids(owner);
  const request = {
    TableName: 'phone',
    Columns: ['owner_id', 'ptype_idx', 'rank', 'phone', 'searchPhoneNumber'],
    Keys: ['owner_id', 'ptype_idx', 'rank'],
    Data: [
      [`${id}`, '[I:1]', '[I:2]', '2 2', '22'],
      [`${id}`, '[I:1]', '[I:3]', '3', '3'],
    ],
  };
  expect(await upsert(tenant, request)).toMatchObject({ Inserts: 1, Updates: 1 });
  const read = await tenant.json('GET', `/v1/Contact/${id}`);
  expect(values(read.Phones)).toEqual(['1 1', '2 2', '3']);
  expect(values(read.Faxes)).toEqual(['9']);
  await tenant.json('PATCH', `/v1/Contact/${id}`, { Phones: [{ Value: '7' }, { Value: '2 2' }] });
  const now = await ids(owner);
  expect(now).toEqual([[kept[0]?.[0], 1, '7'], [kept[1]?.[0], 2, '2 2'], kept[2]]);
  expect(await result(tenant, 'Delete', { TableName: 'phone', IDs: [kept[0]?.[0]] })).toMatchObject({
    Deletes: 1,
  });
  expect(values((await tenant.json('GET', `/v1/Contact/${id}`)).Phones)).toEqual(['2 2']);
});

test('e-mails and links of companies and persons', async () => {
  const person = await tenant.person({ Emails: [{ Value: 'a@x.no' }] });
  const company = await tenant.company({ Urls: [{ Value: 'x.no' }] });
  const before = await updated(company);
  const owners = ['contact_id', 'person_id', 'project_id', 'type', 'rank'];
  await upsert(tenant, {
    TableName: 'Email',
    Columns: [...owners, 'email_address', 'description'],
    Keys: ['contact_id', 'person_id', 'type', 'rank'],
    Data: [
      ['0', `${person}`, '0', '[I:0]', '[I:1]', 'b@x.no', ''],
      [`${company}`, '0', '0', '[I:0]', '[I:1]', 'info@x.no', 'Main'],
    ],
  });
  await upsert(tenant, {
    TableName: 'URL',
    Columns: [...owners, 'url_address', 'description'],
    Keys: ['contact_id', 'rank'],
    Data: [[`${company}`, '0', '0', '0', '1', 'y.no', '']],
  });
  expect(await tenant.json('GET', `/v1/Person/${person}`)).toMatchObject({ Emails: [{ Value: 'b@x.no' }] });
  expect(await tenant.json('GET', `/v1/Contact/${company}`)).toMatchObject({
    Emails: [{ Value: 'info@x.no', Description: 'Main' }],
    Urls: [{ Value: 'y.no' }],
    UpdatedDate: before,
  });
});

test('a note takes a row of table text and its link', async () => {
  const project = await tenant.project();
  const texts = { TableName: 'text', Columns: ['type', 'owner_id', 'text', 'updatedCount'] };
  const { RowStatus } = await upsert(tenant, {
    ...texts,
    Keys: ['type', 'owner_id'],
    Data: [['[I:6]', `[I:${project}]`, 'About it', '[I:0]']],
  });
  const link = RowStatus?.[0]?.PrimaryKey;
  await upsert(tenant, {
    TableName: 'project',
    Columns: ['project_id', 'type_idx', 'associate_id', 'text_id'],
    Keys: ['project_id'],
    Data: [[`${project}`, '1', '1', `[I:${link}]`]],
  });
  expect(await tenant.json('GET', `/v1/Project/${project}`)).toMatchObject({ Description: 'About it' });
});

test('interests and project members', async () => {
  const person = await tenant.person();
  const interest = { TableName: 'personinterest', Columns: ['person_id', 'pinterest_idx'] };
  const Data = [[`${person}`, '[I:1]']];
  await upsert(tenant, { ...interest, Keys: interest.Columns, Data });
  expect(await upsert(tenant, { ...interest, Keys: interest.Columns, Data })).toMatchObject({ Inserts: 0 });
  const read = await tenant.json('GET', `/v1/Person/${person}`);
  expect(array(read.Interests).filter(({ Selected }) => Selected)).toMatchObject([{ Id: 1 }]);
  // Counting is what a save does.
  expect(read.ActiveInterests).toBe(0);
  const project = await tenant.project();
  const members = {
    TableName: 'projectmember',
    Columns: ['project_id', 'person_id', 'contact_id', 'rank', 'event_participant_status'],
  };
  await result(tenant, 'Insert', { ...members, Data: [[`${project}`, `${person}`, '0', '1', '0']] });
  expect(await tenant.json('GET', `/v1/Project/${project}`)).toMatchObject({
    ProjectMembers: [{ PersonId: person }],
  });
});

test('two rows of the same rank are no key', async () => {
  const id = await tenant.company({ Phones: [{ Value: '1' }] });
  const Columns = ['owner_id', 'ptype_idx', 'rank', 'phone'];
  await result(tenant, 'Insert', { TableName: 'phone', Columns, Data: [[`${id}`, '1', '1', '2']] });
  const Keys = Columns.slice(0, 3);
  expect(
    await refused(tenant, { TableName: 'phone', Columns, Keys, Data: [[`${id}`, '1', '1', '3']] }),
  ).toContain('2 rows have the same');
});
