import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import expectedNames from './carrier-properties.json' with { type: 'json' };
import { array, at, Tenant, values } from './tenant.ts';

let tenant: Tenant;

beforeAll(async () => {
  tenant = await Tenant.start();
});

afterAll(async () => {
  await tenant.close();
});

test('the carrier has exactly the properties of the specs', async () => {
  const id = await tenant.person();
  expect(Object.keys(await tenant.json('GET', `/v1/Person/${id}`))).toEqual(
    expectedNames.PersonEntityWithLinks,
  );
  expect(Object.keys(await tenant.json('GET', `/v1/Person/${id}/Simple`))).toEqual(expectedNames.Person);
});

test('everything an importer sets comes back', async () => {
  const body = {
    Contact: { ContactId: await tenant.company({ Name: 'Nord' }) },
    Firstname: 'Åse',
    MiddleName: 'van',
    Lastname: 'Ørsted',
    Mrmrs: 'Ms.',
    Title: 'Owner',
    Salutation: 'Dr.',
    Position: { Id: 1 },
    BirthDate: '1999-05-13T00:00:00',
    Description: 'note',
    Country: { CountryId: 752 },
    UsePersonAddress: true,
    NoMailing: true,
    Retired: true,
    PersonNumber: 'P-1',
    DbiKey: 'erp',
    Emails: [{ Value: 'a@b.no', Description: 'Work' }],
    ChatEmails: [{ Value: 'chat@b.no' }],
    InternetPhones: [{ Value: 'voip' }],
    OfficePhones: [{ Value: '1' }],
    MobilePhones: [{ Value: '2' }, { Value: '3' }],
    PrivatePhones: [{ Value: '4' }],
    OtherPhones: [{ Value: '5' }],
    Faxes: [{ Value: '6' }],
    Urls: [{ Value: 'https://b.no' }],
    Interests: [{ Id: 1, Selected: true }],
    Address: { Street: { AtypeIdx: 'PersonPrivateAddress', Address1: 'Gate 1', City: 'Oslo' }, Postal: null },
  };
  const { PersonId } = await tenant.json('POST', '/v1/Person', body);
  const entity = await tenant.json('GET', `/v1/Person/${PersonId}`);
  const { Interests, ...rest } = body;
  expect(entity).toMatchObject({ ...rest, FullName: 'Åse van Ørsted', ActiveInterests: Interests.length });
});

test('default: a person that is not saved has no e-mail of anybody else', async () => {
  await tenant.company({
    Name: 'Nord',
    Emails: [{ Value: 'post@nord.no' }],
    Urls: [{ Value: 'https://nord.no' }],
  });
  expect(await tenant.json('GET', '/v1/Person/default')).toMatchObject({ Emails: [], Urls: [] });
});

describe('belongs to a company', () => {
  test.each([
    ['none', {}],
    ['null', { Contact: null }],
    ['id 0', { Contact: { ContactId: 0 } }],
    ['one that does not exist', { Contact: { ContactId: 99_999 } }],
  ])('refused: %s', async (_name, body) => {
    const reply = await tenant.call('POST', '/v1/Person', { body: { Firstname: 'Ada', ...body } });
    expect(reply.status).toBe(400);
    expect(reply.json).toMatchObject({ ErrorMessage: expect.stringContaining('Contact') });
  });

  test('Associate, Business, Category and the default country are the company’s', async () => {
    const ContactId = await tenant.company({
      Associate: { AssociateId: 2 },
      Business: { Id: 2 },
      Category: { Id: 2 },
      Country: { CountryId: 208 },
    });
    const body = {
      Firstname: 'Ada',
      Contact: { ContactId },
      Category: { Id: 3 },
      Associate: { AssociateId: 1 },
    };
    const person = await tenant.json('POST', '/v1/Person', body);
    expect(person).toMatchObject({
      Associate: { AssociateId: 2 },
      Business: { Id: 2 },
      Category: { Id: 2 },
      Country: { CountryId: 208 },
    });
    await tenant.json('PATCH', `/v1/Contact/${ContactId}`, { Category: { Id: 3 } });
    const after = await tenant.json('GET', `/v1/Person/${person.PersonId}`);
    expect(after).toMatchObject({ Category: { Id: 3 }, UpdatedDate: '0001-01-01T00:00:00' });
    expect(at(after, 'FieldProperties', 'Category', 'FieldRight', 'Mask')).toBe('Read');
  });

  test('the company lists its persons by rank, without deleted ones', async () => {
    const Contact = { ContactId: await tenant.company() };
    const ids: unknown[] = [];
    for (const Firstname of ['One', 'Two', 'Three'])
      ids.push((await tenant.json('POST', '/v1/Person', { Firstname, Contact })).PersonId);
    await tenant.call('DELETE', `/v1/Person/${ids[1]}`);
    const { Persons } = await tenant.json('GET', `/v1/Contact/${Contact.ContactId}`);
    expect(array(Persons).map(person => [person.Firstname, person.Rank])).toEqual([
      ['One', 1],
      ['Three', 3],
    ]);
  });

  test('MoveTo changes the employer and needs its date', async () => {
    const id = await tenant.person();
    const target = await tenant.company({ Category: { Id: 3 } });
    expect((await tenant.call('POST', `/v1/Person/${id}/MoveTo/${target}`)).status).toBe(400);
    const path = (company: number): string =>
      `/v1/Person/${id}/MoveTo/${company}?moveAfterDate=2026-01-01T00:00:00`;
    expect((await tenant.call('POST', path(99_999))).status).toBe(404);
    expect((await tenant.call('POST', path(target))).status).toBe(204);
    const person = await tenant.json('GET', `/v1/Person/${id}`);
    expect(person).toMatchObject({ Contact: { ContactId: target }, Category: { Id: 3 } });
    expect(person.UpdatedDate).not.toBe('0001-01-01T00:00:00');
  });

  test('patching Contact moves too', async () => {
    const id = await tenant.person();
    const target = await tenant.company();
    const body = [{ op: 'replace', path: '/Contact', value: { ContactId: target } }];
    expect(at(await tenant.json('PATCH', `/v1/Person/${id}`, body), 'Contact', 'ContactId')).toBe(target);
  });
});

test.each([
  ['1999-05-13T00:00:00', '1999-05-13T00:00:00'],
  ['1999-05-13T00:00:00Z', '1999-05-13T00:00:00'],
  ['0001-01-01T00:00:00', '0001-01-01T00:00:00'],
  ['0002-02-29T00:00:00', '0002-02-29T00:00:00'],
  [null, '0001-01-01T00:00:00'],
])('BirthDate %s', async (sent, expected) => {
  const id = await tenant.person({ BirthDate: '1980-01-01' });
  const entity = await tenant.json('PATCH', `/v1/Person/${id}`, [
    { op: 'replace', path: '/BirthDate', value: sent },
  ]);
  expect(entity.BirthDate).toBe(expected);
});

test('a company and a person with the same id keep their numbers apart', async () => {
  const personId = await tenant.person({
    MobilePhones: [{ Value: 'mobile' }],
    Address: { Street: { City: 'Oslo' } },
  });
  let companyId = 0;
  while (companyId < personId) companyId = await tenant.company({ Phones: [{ Value: 'company' }] });
  const company = await tenant.json('GET', `/v1/Contact/${personId}`);
  const person = await tenant.json('GET', `/v1/Person/${personId}`);
  expect(values(person.MobilePhones)).toEqual(['mobile']);
  expect(values(person.OfficePhones)).toEqual([]);
  expect(at(company, 'Address', 'Street', 'City')).toBe('');
  expect(at(person, 'Address', 'Street', 'City')).toBe('Oslo');
});

test('a colleague is an associate', async () => {
  const users = (await tenant.call('GET', '/v1/Contact/1')).json;
  const anders = array(at(users, 'Persons')).find(person => person.Firstname === 'Anders');
  expect(await tenant.json('GET', `/v1/Person/${anders?.PersonId}`)).toMatchObject({
    IsAssociate: true,
    CorrespondingAssociate: { Name: 'ANDERSDYRE' },
  });
});
