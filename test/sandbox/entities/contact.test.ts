import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import expectedNames from './carrier-properties.json' with { type: 'json' };
import { array, at, object, Tenant, values } from './tenant.ts';

let tenant: Tenant;

beforeAll(async () => {
  tenant = await Tenant.start();
});

afterAll(async () => {
  await tenant.close();
});

const noDate = '0001-01-01T00:00:00';

test('the carrier has exactly the properties of the specs', async () => {
  const contactId = await tenant.company({
    Phones: [{ Value: '1' }],
    SupportPerson: null,
    Address: { Street: { City: 'Oslo' } },
  });
  await tenant.json('POST', '/v1/Person', { Firstname: 'Ada', Contact: { ContactId: contactId } });
  const entity = await tenant.json('GET', `/v1/Contact/${contactId}`);
  expect(Object.keys(entity)).toEqual(expectedNames.ContactEntityWithLinks);
  const nested: [carrier: keyof typeof expectedNames, value: unknown][] = [
    ['Associate', entity.Associate],
    ['Business', entity.Business],
    ['Category', entity.Category],
    ['Country', entity.Country],
    ['Address', entity.Address],
    ['StructuredAddress', at(entity, 'Address', 'Street')],
    ['LocalizedField', at(entity, 'Address', 'LocalizedAddress', 0, 0)],
    ['EntityElement', at(entity, 'Phones', 0)],
    ['SelectableMDOListItem', at(entity, 'Interests', 0)],
    ['TicketPriority', entity.TicketPriority],
    ['Person', at(entity, 'Persons', 0)],
    ['Contact', await tenant.json('GET', `/v1/Contact/${contactId}/Simple`)],
  ];
  for (const [carrier, value] of nested)
    expect([carrier, Object.keys(object(value)).sort()]).toEqual([
      carrier,
      [...expectedNames[carrier]].sort(),
    ]);
});

describe('create', () => {
  test('default: owner, first list items, allocated number, nothing saved', async () => {
    const entity = await tenant.json('GET', '/v1/Contact/default');
    expect(entity).toMatchObject({
      ContactId: 0,
      Name: '',
      CreatedDate: noDate,
      UpdatedDate: noDate,
      Associate: { Name: 'SIC' },
      Business: { Id: 1 },
      Category: { Id: 1 },
      Country: { CountryId: 578 },
    });
    expect(entity.Number2).toMatch(/^\d{5}$/);
    expect(array(entity.Interests).length).toBeGreaterThan(0);
    expect(entity).not.toHaveProperty('_Links');
  });

  test('a body lies over the defaults, its names in any case', async () => {
    const body = {
      name: 'Nord',
      department: 'Oslo',
      ORGNR: '123',
      category: { id: 2 },
      phones: [{ value: '+47 22' }],
    };
    const entity = await tenant.json('POST', '/v1/Contact/', body);
    expect(entity).toMatchObject({ Name: 'Nord', Department: 'Oslo', OrgNr: '123', Category: { Id: 2 } });
    expect(entity.Business).toMatchObject({ Id: 1 });
    expect(at(entity, 'Phones', 0)).toMatchObject({ Value: '+47 22', StrippedValue: '+4722' });
    expect(entity.CreatedDate).toMatch(/^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d$/);
    expect(entity.UpdatedDate).toBe(noDate);
    expect(entity.UpdatedBy).toBeNull();
    expect(entity._Links).toMatchObject({
      Self: `${tenant.sandbox.url}/api/v1/Contact/${entity.ContactId}`,
      'Category.List': `${tenant.sandbox.url}/api/v1/MDOList/category`,
    });
  });

  test('everything an importer sets comes back', async () => {
    const body = {
      Name: 'Alt AS',
      Number1: 'C1',
      Number2: 'N2',
      Description: 'A note\nof two lines',
      Xstop: true,
      NoMailing: true,
      Source: 7,
      Kananame: 'k',
      DbiKey: 'erp-1',
      Domains: ['alt.no', 'alt.dk'],
      Country: { CountryId: 208 },
      Associate: { AssociateId: 2 },
      Faxes: [{ Value: '99' }],
      Emails: [{ Value: 'a@alt.no', Description: 'Main' }, { Value: ' ' }, { Value: 'b@alt.no' }],
      Urls: [{ Value: 'https://alt.no' }],
      Address: { Postal: { Address1: 'Box 9', City: 'Lyngby', Zipcode: '2800', County: 'H', State: 'S' } },
      Interests: [{ Id: 1, Selected: true }],
    };
    const { ContactId } = await tenant.json('POST', '/v1/Contact', body);
    const entity = await tenant.json('GET', `/v1/Contact/${ContactId}`);
    expect(entity).toMatchObject({
      ...body,
      Emails: [{ Value: 'a@alt.no', Description: 'Main' }, { Value: 'b@alt.no' }],
      Interests: [
        { Id: 1, Selected: true },
        { Id: 2, Selected: false },
        { Id: 3, Selected: false },
      ],
      ActiveInterests: 1,
      Associate: { AssociateId: 2, Name: 'ANDERSDYRE', FullName: 'Anders Dyre' },
    });
    expect(entity.GroupId).toBe(at(entity, 'Associate', 'GroupIdx'));
  });

  test('an id in the body saves that record and keeps the rest', async () => {
    const id = await tenant.company({ Department: 'Oslo' });
    const saved = await tenant.json('POST', '/v1/Contact', { ContactId: id, Name: 'New name' });
    expect(saved).toMatchObject({ ContactId: id, Name: 'New name', Department: 'Oslo' });
    const missing = await tenant.call('POST', '/v1/Contact', { body: { ContactId: 99_999, Name: 'x' } });
    expect(missing.status).toBe(404);
  });

  test.each([
    ['a name too long', { Name: 'x'.repeat(220) }, ['Name', '220', '219']],
    [
      'a postal code too long',
      { Address: { Street: { Zipcode: '123456789012' } } },
      ['Address.Street.Zipcode', '11'],
    ],
    ['a phone too long', { Phones: [{ Value: '1'.repeat(240) }] }, ['Phones[0].Value', '239']],
    ['a note too long', { Description: 'x'.repeat(2048) }, ['Description', '2047']],
    ['unknown country', { Country: { CountryId: 9999 } }, ['Country', '9999']],
    ['unknown owner', { Associate: { AssociateId: 77 } }, ['Associate', '77']],
    ['a word for a flag', { Xstop: 'perhaps' }, ['Xstop', 'perhaps']],
    ['a word for a number', { Source: 'web' }, ['Source', 'web']],
  ])('refused and not created: %s', async (_name, body, words) => {
    const before = await tenant.json('GET', '/v1/Contact/default');
    const reply = await tenant.call('POST', '/v1/Contact', { body: { Name: 'Acme', ...body } });
    expect(reply.status).toBe(400);
    for (const word of words) expect(object(reply.json).ErrorMessage).toContain(word);
    expect((await tenant.json('GET', '/v1/Contact/default')).Number2).toBe(before.Number2);
  });

  test('without a body', async () => {
    expect((await tenant.call('POST', '/v1/Contact')).status).toBe(400);
  });
});

describe('read', () => {
  test('an id that does not exist, in the words of the documents', async () => {
    const reply = await tenant.call('GET', '/v1/Contact/99999');
    expect(reply.status).toBe(404);
    expect(reply.json).toMatchObject({
      Error: true,
      ErrorType: 'SoNotFoundException',
      ErrorMessage: 'Contact id 99999 not found',
    });
  });

  test('$select leaves the other properties null', async () => {
    const id = await tenant.company({ Department: 'Oslo' });
    const entity = await tenant.json('GET', `/v1/Contact/${id}?$select=name, ContactId`);
    expect(Object.keys(entity)).toEqual(expectedNames.ContactEntityWithLinks);
    expect(Object.entries(entity).filter(([, value]) => value !== null)).toEqual([
      ['ContactId', id],
      ['Name', 'Acme'],
    ]);
  });

  test.each(['POST', 'PUT', 'PATCH'])('$select on %s', async method => {
    const id = await tenant.company();
    const path = method === 'POST' ? '/v1/Contact' : `/v1/Contact/${id}`;
    const entity = await tenant.json(method, `${path}?$select=Name`, { Name: 'x' });
    expect(Object.entries(entity).filter(([, value]) => value !== null)).toEqual([['Name', 'x']]);
  });

  test('texts in the language asked for, raw without', async () => {
    const id = await tenant.company({ Category: { Id: 1 } });
    const read = async (headers: Record<string, string>): Promise<unknown> =>
      at((await tenant.call('GET', `/v1/Contact/${id}`, { headers })).json, 'Category', 'Value');
    expect(await read({})).toContain('US:"Customer"');
    expect(await read({ 'accept-language': 'en' })).toBe('Customer');
    expect(await read({ 'accept-language': 'da' })).toBe('Kunde');
  });

  test('stamps carry an offset when it is asked for', async () => {
    const id = await tenant.company();
    const headers = { 'so-timezone': 'UTC, includeTZOffset' };
    const entity = object((await tenant.call('GET', `/v1/Contact/${id}`, { headers })).json);
    expect(entity.CreatedDate).toMatch(/Z$/);
    expect(entity.UpdatedDate).toBe(`${noDate}Z`);
  });

  test('FieldProperties tell lengths, types and what is mandatory', async () => {
    const { FieldProperties } = await tenant.json('GET', '/v1/Contact/default');
    expect(FieldProperties).toMatchObject({
      Name: { FieldRight: { Mask: 'Update, UIHintMandatory' }, FieldType: 'System.String', FieldLength: 219 },
      Department: { FieldRight: { Mask: 'Update' }, FieldLength: 219 },
      'CustomFields.Siteshop:CompUserKey01': { FieldType: 'ShortText', FieldLength: 39 },
      'UserDefinedFields.Siteshop:CompUserKey01': { FieldType: 'ShortText' },
    });
  });
});

describe('PUT', () => {
  test('a whole entity goes back and forth without a change', async () => {
    const id = await tenant.company({
      Phones: [{ Value: '1' }],
      Description: 'note',
      Address: { Street: { City: 'Oslo' } },
      CustomFields: { 'Siteshop:CompUserDate01': '[D:05/31/1999]', 'Siteshop:CompUserCheck01': '[I:1]' },
    });
    const entity = await tenant.json('GET', `/v1/Contact/${id}`);
    expect(await tenant.json('PUT', `/v1/Contact/${id}`, entity)).toEqual(entity);
  });

  test('a changed block wins over old localized lines, changed localized lines win over the block', async () => {
    const id = await tenant.company({ Address: { Street: { Address1: 'Gade 1', City: 'Lyngby' } } });
    const entity = await tenant.json('GET', `/v1/Contact/${id}`);
    const text = JSON.stringify(entity);
    const street = { ...object(at(entity, 'Address', 'Street')), City: 'Odense' };
    const one = await tenant.json('PUT', `/v1/Contact/${id}`, {
      ...entity,
      Address: { ...object(entity.Address), Street: street },
    });
    expect(at(one, 'Address', 'Street', 'City')).toBe('Odense');
    const localized = JSON.parse(
      text.replaceAll('"Name":"StreetCity","Value":"Lyngby"', '"Name":"StreetCity","Value":"Herlev"'),
    );
    const two = await tenant.json('PUT', `/v1/Contact/${id}`, localized);
    expect(at(two, 'Address', 'Street')).toMatchObject({ City: 'Herlev', Address1: 'Gade 1' });
  });

  test('what the body leaves out is emptied', async () => {
    const id = await tenant.company({ Department: 'Oslo', Phones: [{ Value: '1' }], Xstop: true });
    const entity = await tenant.json('PUT', `/v1/Contact/${id}`, { Name: 'Acme' });
    expect(entity).toMatchObject({ Name: 'Acme', Department: '', Phones: [], Xstop: false });
  });

  test('without a body 400, without the record 404', async () => {
    const id = await tenant.company();
    expect((await tenant.call('PUT', `/v1/Contact/${id}`)).status).toBe(400);
    expect((await tenant.call('PUT', '/v1/Contact/99999', { body: { Name: 'x' } })).status).toBe(404);
  });
});

test('DELETE hides the record', async () => {
  const id = await tenant.company();
  expect(await tenant.call('DELETE', `/v1/Contact/${id}`)).toMatchObject({ status: 204, text: '' });
  expect((await tenant.call('GET', `/v1/Contact/${id}`)).status).toBe(404);
  expect((await tenant.call('DELETE', `/v1/Contact/${id}`)).status).toBe(404);
  const person = { Firstname: 'Ada', Contact: { ContactId: id } };
  expect((await tenant.call('POST', '/v1/Person', { body: person })).status).toBe(400);
});

test('Validate tells every field that is wrong and saves nothing', async () => {
  const body = { Name: '', Department: 'x'.repeat(220), Category: { Id: 999 }, CustomFields: { Nix: '1' } };
  const messages = await tenant.json('POST', '/v1/Contact/Validate', body);
  expect(Object.keys(messages).sort()).toEqual(['Category', 'CustomFields', 'Department', 'Name']);
  expect(await tenant.json('POST', '/v1/Contact/Validate', { Name: 'Good' })).toEqual({});
});

test('Duplicates finds companies by name, and department when asked', async () => {
  const id = await tenant.company({ Name: 'Twin & Søn', Department: 'A' });
  const other = await tenant.company({ Name: 'twin & søn', Department: 'B' });
  const found = async (query: string): Promise<unknown[]> => {
    const reply = await tenant.call(
      'GET',
      `/v1/Contact/Duplicates/${encodeURIComponent('Twin & Søn')}${query}`,
    );
    return array(reply.json).map(entry => entry.SoPrimaryKey);
  };
  expect(await found('')).toEqual([id, other]);
  expect(await found('?department=b')).toEqual([other]);
});

test('phones keep their order through a rewrite', async () => {
  const id = await tenant.company({ Phones: [{ Value: '1' }, { Value: '2' }, { Value: '3' }] });
  const body = [{ op: 'replace', path: '/Phones', value: [{ Value: '3' }, { Value: '1' }] }];
  const entity = await tenant.json('PATCH', `/v1/Contact/${id}`, body);
  expect(values(entity.Phones)).toEqual(['3', '1']);
});
