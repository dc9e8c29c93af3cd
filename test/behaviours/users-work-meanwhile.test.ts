import { expect, test } from 'vitest';
import { array, at, type Tenant } from '../sandbox/entities/tenant.ts';
import { counted, openDesk } from './desk.ts';

const companyKey = 'Siteshop:CompUserKey01';
const personKey = 'Siteshop:PersUserKey01';
/** Of the demo seed: the company that owns the licence, and the person behind the user ANDERSDYRE. */
const ownerCompany = 1;
const andersDyre = 1;

test('a user’s edit in SuperOffice is seen by --full, and only by --full', async () => {
  const { tenant, file, run } = await openDesk();
  await file('companies.csv', ['CompUserKey01;Name;OrgNo', 'C-1;Fjordbygg AS;914207338']);
  await run('import', 'companies.csv');
  const id = await companyIdOf('C-1', tenant);
  await tenant.json('PATCH', `/v1/Contact/${id}`, [
    { op: 'replace', path: '/Name', value: 'Fjordbygg Norge AS' },
  ]);

  expect(counted(await run('validate', 'companies.csv'))).toEqual({ read: 1, unchanged: 1 });
  const full = await run('validate', 'companies.csv', '--full');
  expect(full.rows[0]?.changes).toEqual([{ field: 'Name', from: 'Fjordbygg Norge AS', to: 'Fjordbygg AS' }]);
  const written = await run('import', 'companies.csv', '--full');
  expect(counted(written)).toEqual({ read: 1, updated: 1 });
  expect((await tenant.json('GET', `/v1/Contact/${id}`)).Name).toBe('Fjordbygg AS');
});

test('several records with one key: rejected with their ids, never the first', async () => {
  const { tenant, file, run } = await openDesk();
  const CustomFields = { [companyKey]: 'C-1' };
  const first = await tenant.company({ CustomFields });
  const second = await tenant.company({ CustomFields });
  await file('companies.csv', ['CompUserKey01;Name', 'C-1;Fjordbygg AS']);
  await file('persons.csv', ['PersUserKey01;CompUserKey01;Lastname', 'P-1;C-1;Nordmann']);

  const answer = await run('import', 'companies.csv', 'persons.csv');
  expect(counted(answer)).toEqual({ read: 2, rejected: 2 });
  expect(answer.exitCode).toBe(1);
  expect(answer.rows.map(row => row.problems[0]?.code)).toEqual(['key-ambiguous', 'parent-ambiguous']);
  for (const row of answer.rows) expect(row.problems[0]?.message).toContain(`(ids ${first}, ${second})`);
  expect(answer.requests.write).toBe(0);
});

test('a key that differs in letter case only is another record', async () => {
  const { tenant, file, run } = await openDesk();
  const id = await tenant.company({ CustomFields: { [companyKey]: 'c-1' } });
  await file('companies.csv', ['CompUserKey01;Name', 'C-1;Fjordbygg AS']);
  expect(counted(await run('import', 'companies.csv'))).toEqual({ read: 1, created: 1 });
  expect((await tenant.json('GET', `/v1/Contact/${id}`)).Name).toBe('Acme');
});

test('a company that a user deleted is made anew by --full, and its persons say why they cannot come', async () => {
  const { tenant, file, run } = await openDesk();
  await file('companies.csv', ['CompUserKey01;Name', 'C-1;Fjordbygg AS']);
  await file('persons.csv', ['PersUserKey01;CompUserKey01;Lastname', 'P-1;C-1;Nordmann']);
  await run('import', 'companies.csv');
  const deleted = await companyIdOf('C-1', tenant);
  expect((await tenant.call('DELETE', `/v1/Contact/${deleted}`)).status).toBe(204);

  const orphan = await run('import', 'companies.csv', 'persons.csv');
  expect(counted(orphan)).toEqual({ read: 2, unchanged: 1, rejected: 1 });
  expect(orphan.rows[0]?.problems).toMatchObject([
    {
      code: 'parent-not-found',
      message: 'SuperOffice no longer has the company "C-1", although companies.csv, line 2 is unchanged.',
      tip: expect.stringContaining('--full'),
    },
  ]);
  expect(counted(await run('import', 'companies.csv', 'persons.csv', '--full'))).toEqual({
    read: 2,
    created: 2,
  });
  expect(await companyIdOf('C-1', tenant)).not.toBe(deleted);
});

test('a retired person is found by key and not made a second time', async () => {
  const { tenant, file, run } = await openDesk();
  await file('companies.csv', ['CompUserKey01;Name', 'C-1;Fjordbygg AS']);
  await file('persons.csv', ['PersUserKey01;CompUserKey01;Lastname;Title', 'P-1;C-1;Nordmann;Selger']);
  await run('import', 'companies.csv', 'persons.csv');
  await file('persons.csv', [
    'PersUserKey01;CompUserKey01;Lastname;Title;Retired',
    'P-1;C-1;Nordmann;Selger;TRUE',
  ]);
  expect(counted(await run('import', 'persons.csv'))).toEqual({ read: 1, updated: 1 });
  await file('persons.csv', ['PersUserKey01;CompUserKey01;Lastname;Title', 'P-1;C-1;Nordmann;Pensjonist']);
  const answer = await run('validate', 'persons.csv', '--full');
  expect(counted(answer)).toEqual({ read: 1, updated: 1 });
  expect(answer.rows[0]?.changes).toEqual([{ field: 'Title', from: 'Selger', to: 'Pensjonist' }]);
  expect(counted(await run('import', 'persons.csv'))).toEqual({ read: 1, updated: 1 });
  expect(await run('validate', 'persons.csv', '--full')).toMatchObject({ counts: { current: 1 } });
  expect(await idsOf('Person', `personUdef/${personKey}`, 'P-1', tenant)).toHaveLength(1);
});

test('changing a phone keeps its description and the other phones', async () => {
  const { tenant, file, run } = await openDesk();
  const id = await tenant.company({
    CustomFields: { [companyKey]: 'C-1' },
    Phones: [
      { Value: '11', Description: 'Sentralbord' },
      { Value: '22', Description: 'Vakt' },
    ],
    Emails: [{ Value: 'a@fjordbygg.example', Description: 'Kontor' }],
  });
  await file('companies.csv', ['CompUserKey01;Phone1', 'C-1;33']);
  expect(counted(await run('import', 'companies.csv'))).toEqual({ read: 1, updated: 1 });
  const { Phones, Emails } = await tenant.json('GET', `/v1/Contact/${id}`);
  expect(Phones).toMatchObject([
    { Value: '33', Description: 'Sentralbord' },
    { Value: '22', Description: 'Vakt' },
  ]);
  expect(Emails).toMatchObject([{ Value: 'a@fjordbygg.example', Description: 'Kontor' }]);
});

test('emptying the first phone moves the second up, and stays at rest then', async () => {
  const { tenant, file, run } = await openDesk({ mappings: [{ match: '*.csv', empty: 'clear' }] });
  const id = await tenant.company({
    CustomFields: { [companyKey]: 'C-1' },
    Phones: [{ Value: '11' }, { Value: '22', Description: 'Vakt' }],
  });
  await file('companies.csv', ['CompUserKey01;Phone1;Phone2', 'C-1;;22']);
  expect(counted(await run('import', 'companies.csv'))).toEqual({ read: 1, updated: 1 });
  expect((await tenant.json('GET', `/v1/Contact/${id}`)).Phones).toMatchObject([
    { Value: '22', Description: 'Vakt' },
  ]);
  expect(counted(await run('import', 'companies.csv', '--full'))).toEqual({ read: 1, current: 1 });
});

test('a phone that moved up is not lost when another one comes', async () => {
  const { tenant, file, run } = await openDesk({ mappings: [{ match: '*.csv', empty: 'clear' }] });
  const id = await tenant.company({
    CustomFields: { [companyKey]: 'C-1' },
    Phones: [{ Value: '22', Description: 'Vakt' }],
  });
  await file('companies.csv', ['CompUserKey01;Phone1;Phone2;Phone3', 'C-1;;22;44']);
  expect(counted(await run('import', 'companies.csv'))).toEqual({ read: 1, updated: 1 });
  expect((await tenant.json('GET', `/v1/Contact/${id}`)).Phones).toMatchObject([
    { Value: '22', Description: 'Vakt' },
    { Value: '44' },
  ]);
  expect(counted(await run('import', 'companies.csv', '--full'))).toEqual({ read: 1, current: 1 });
});

test('the company that owns the licence is not renamed; its other fields may change', async () => {
  const { tenant, file, run } = await openDesk();
  await tenant.json('PATCH', `/v1/Contact/${ownerCompany}`, [
    { op: 'replace', path: '/CustomFields', value: { [companyKey]: 'OWN' } },
  ]);
  await file('companies.csv', ['CompUserKey01;Name', 'OWN;Nytt navn AS']);
  const answer = await run('import', 'companies.csv');
  expect(counted(answer)).toEqual({ read: 1, rejected: 1 });
  expect(answer.rows[0]?.problems[0]?.code).toBe('owner-company');
  await file('companies.csv', ['CompUserKey01;Name;OrgNo', 'OWN;SuperOffice demo;914207338']);
  expect(counted(await run('import', 'companies.csv'))).toEqual({ read: 1, updated: 1 });
});

test('a person who is a user is not moved to another company', async () => {
  const { tenant, file, run } = await openDesk();
  await tenant.company({ CustomFields: { [companyKey]: 'C-1' } });
  await tenant.json('PATCH', `/v1/Person/${andersDyre}`, [
    { op: 'replace', path: '/CustomFields', value: { [personKey]: 'P-1' } },
  ]);
  await file('persons.csv', ['PersUserKey01;CompUserKey01;Title', 'P-1;C-1;Sjef']);
  const answer = await run('import', 'persons.csv');
  expect(counted(answer)).toEqual({ read: 1, rejected: 1 });
  expect(answer.rows[0]?.problems[0]?.code).toBe('person-is-user');
  expect(answer.rows[0]?.problems[0]?.message).toContain('ANDERSDYRE');
});

test('a list value that was deleted in SuperOffice stays on its records, and comes back when a file names it', async () => {
  const { tenant, file, run } = await openDesk();
  await file('companies.csv', ['CompUserKey01;Name;Category', 'C-1;Fjordbygg AS;Partner']);
  await run('import', 'companies.csv');
  const items = array((await tenant.call('GET', '/v1/List/Category/Items')).json);
  const partner = items.find(item => String(item.Name).includes('Partner'));
  await tenant.call('DELETE', `/v1/List/Category/Items/${partner?.Id}`);
  await file('companies.csv', [
    'CompUserKey01;Name;Category',
    'C-1;Fjordbygg AS;Partner',
    'C-2;Møllevang ApS;Partner',
  ]);
  const answer = await run('import', 'companies.csv', '--full');
  expect(answer.added).toEqual([{ list: 'Category', name: 'Partner' }]);
  expect(counted(await run('validate', 'companies.csv', '--full'))).toEqual({ read: 2, current: 2 });
});

test('an update leaves alone what the file does not speak of', async () => {
  const { tenant, file, run } = await openDesk();
  const id = await tenant.company({
    OrgNr: '1',
    CustomFields: {
      [companyKey]: 'C-1',
      'Siteshop:CompUserText01': 'Kai 4',
      'Siteshop:CompUserNum01': '[I:5]',
    },
    Address: { Street: { Address1: 'Kaia 1', City: 'Ålesund' }, Postal: { Address1: 'Boks 7' } },
  });
  const before = await tenant.json('GET', `/v1/Contact/${id}`);
  await file('companies.csv', ['CompUserKey01;StreetCity;CompUserNum01', 'C-1;Molde;6']);
  expect(counted(await run('import', 'companies.csv'))).toEqual({ read: 1, updated: 1 });
  const after = await tenant.json('GET', `/v1/Contact/${id}`);
  expect(at(after, 'Address', 'Street')).toMatchObject({ Address1: 'Kaia 1', City: 'Molde' });
  expect(at(after, 'Address', 'Postal')).toEqual(at(before, 'Address', 'Postal'));
  expect(at(after, 'CustomFields', 'Siteshop:CompUserText01')).toBe('Kai 4');
  expect([after.Name, after.OrgNr]).toEqual([before.Name, before.OrgNr]);
});

/** The one company with this key. */
async function companyIdOf(key: string, tenant: Tenant): Promise<number> {
  const [id, ...others] = await idsOf('Contact', `contactUdef/${companyKey}`, key, tenant);
  expect(others).toEqual([]);
  return id ?? 0;
}

/** Asked in another way than the client's: OData. */
async function idsOf(
  entity: 'Contact' | 'Person',
  column: string,
  key: string,
  tenant: Tenant,
): Promise<number[]> {
  const query = new URLSearchParams({
    $select: `${entity.toLowerCase()}Id`,
    $filter: `${column} eq '${key}'`,
    ...(entity === 'Person' ? { $entities: 'person,retiredPerson' } : {}),
  });
  const answer = await tenant.json('GET', `/v1/${entity}?${query}`);
  return array(answer.value).map(row => Number(row.PrimaryKey));
}
