import { expect, test } from 'vitest';
import { array, type Json } from '../sandbox/entities/tenant.ts';
import { counted, openPractice, type Practice } from './practice.ts';

const everyCompanyField = [
  'CompUserKey01;Name;Department;OrgNo;Number1;PostalAddress1;PostalCity;StreetAddress1;StreetCity;CountryName;Phone1;Phone2;Fax1;Email1;Url1;Category;Business;AssociateName;Interests;Description;Stop;NoMailing;CompUserText01;CompUserNum01;CompUserDec01;CompUserCheck01;CompUserDate01;CompUserList01',
  'C-1;Fjordbygg AS;Måløy;914207338;K-77;Storgata 12;Ålesund;Kaia 1;Ålesund;Norway;11;22;44;a@fjordbygg.example;https://fjordbygg.example/;Grossistkjede;Industri;INGRIDSOL;Messe;Ring først;TRUE;TRUE;Kai 4;12;2,5;TRUE;2026-02-28;Express',
];
const everyPersonField = [
  'PersUserKey01;CompUserKey01;Firstname;MiddleName;Lastname;Mrmrs;Salutation;Title;Position;BirthDate;StreetAddress1;StreetCity;CountryName;UsePersonAddress;Phone1;MobilePhone1;Email1;Url1;Interests;Description;Retired;NoMailing;PersUserText01;PersUserList01',
  'P-1;C-2;Kari;Maria;Nordmann;Fru;Dr.;Innkjøper;Innkjøpssjef;1980-02-29;Skogstien 12;Lillehammer;Norway;TRUE;11;22;kari@fjordbygg.example;kari.example;Golf;Ring etter kl. 10;FALSE;TRUE;Kai 4;Express',
];

test('company: what was empty is empty again, and what was there is there again, to the last property', async () => {
  const { tenant, file, run, undo } = await openPractice();
  const id = await tenant.company({
    OrgNr: '1',
    Phones: [
      { Value: '99', Description: 'Sentralbord' },
      { Value: '98', Description: 'Vakt' },
      { Value: '97', Description: 'Lager' },
    ],
    Address: { Street: { Address1: 'Gamleveien 1', Zipcode: '6000' } },
    CustomFields: { 'Siteshop:CompUserKey01': 'C-1', 'Siteshop:CompUserText02': 'urørt' },
  });
  const before = await plainly(tenant, `/v1/Contact/${id}`);
  await file('companies.csv', everyCompanyField);
  expect(counted(await run('import', 'companies.csv'))).toEqual({ read: 1, updated: 1 });
  expect(await plainly(tenant, `/v1/Contact/${id}`)).not.toEqual(before);
  const undone = await undo('last', '--yes');
  expect(undone).toMatchObject({ exitCode: 0, rows: [], error: null });
  // Values that were added to lists stay there, and are named.
  expect(undone.listValues).toContainEqual({ list: 'Category', name: 'Grossistkjede' });
  expect(await plainly(tenant, `/v1/Contact/${id}`)).toEqual(before);
});

test('person: the same, and back in the company that it came from', async () => {
  const { tenant, file, run, undo } = await openPractice();
  await file('companies.csv', ['CompUserKey01;Name', 'C-1;Fjordbygg AS', 'C-2;Møllevang ApS']);
  await file('few.csv', ['PersUserKey01;CompUserKey01;Lastname', 'P-1;C-1;Hansen']);
  await run('import', 'companies.csv');
  await run('import', 'few.csv', '--datatype', 'Person');
  const [person] = await idsOf(tenant, 'Person', 'P-1');
  const before = await plainly(tenant, `/v1/Person/${person}`);
  await file('persons.csv', everyPersonField);
  expect(counted(await run('import', 'persons.csv'))).toEqual({ read: 1, updated: 1 });
  const plan = await undo('last');
  expect(plan.rows[0]?.changes).toContainEqual({ field: 'CompUserKey01', from: 'C-2', to: 'C-1' });
  expect(await undo('last', '--yes')).toMatchObject({ exitCode: 0, rows: [] });
  expect(await plainly(tenant, `/v1/Person/${person}`)).toEqual(before);
});

test('what a user changed meanwhile is left and told, the rest goes back', async () => {
  const { tenant, file, run, undo } = await openPractice();
  await file('companies.csv', [
    'CompUserKey01;Name;Department;Phone1;Interests',
    'C-1;Fjordbygg AS;Måløy;11;Messe',
    'C-2;Møllevang ApS;Aarhus;21;Messe',
  ]);
  await run('import', 'companies.csv');
  await file('companies.csv', [
    'CompUserKey01;Name;Department;Phone1;Interests',
    'C-1;Fjordbygg Norge AS;Florø;12;Golf',
    'C-2;Møllevang Danmark ApS;Aarhus;21;Messe',
  ]);
  await run('import', 'companies.csv');
  const [one] = await idsOf(tenant, 'Contact', 'C-1');
  const [two] = await idsOf(tenant, 'Contact', 'C-2');
  await tenant.json('PATCH', `/v1/Contact/${one}`, [
    { op: 'replace', path: '/Department', value: 'Bergen' },
    { op: 'add', path: '/Phones/-', value: { Value: '33', Description: 'Vakt' } },
  ]);
  await tenant.json('PATCH', `/v1/Contact/${two}`, [{ op: 'replace', path: '/Name', value: 'Møllen' }]);

  const undone = await undo('last', '--yes');
  expect(undone.exitCode).toBe(1);
  expect(counted(undone)).toEqual({ records: 2, partly: 1, left: 1 });
  // In which order records are written side by side is a matter of luck.
  expect(undone.rows.toSorted((a, b) => (a.key < b.key ? -1 : 1))).toMatchObject([
    {
      key: 'C-1',
      status: 'partly',
      changes: [
        { field: 'Name', from: 'Fjordbygg Norge AS', to: 'Fjordbygg AS' },
        { field: 'Interests', from: 'Golf|Trade fair', to: 'Trade fair' },
        { field: 'Phone1', from: '12', to: '11' },
      ],
      problems: [{ field: 'Department', value: 'Bergen', code: 'changed-since' }],
    },
    { key: 'C-2', status: 'left', problems: [{ field: 'Name', value: 'Møllen', code: 'changed-since' }] },
  ]);
  const company = await tenant.json('GET', `/v1/Contact/${one}`);
  expect(company).toMatchObject({ Name: 'Fjordbygg AS', Department: 'Bergen' });
  expect(company.Phones).toMatchObject([{ Value: '11' }, { Value: '33', Description: 'Vakt' }]);
});

test('values that follow from each other go back together or not at all', async () => {
  const { tenant, file, run, undo } = await openPractice();
  await file('sales.csv', ['SaleUserKey01;Heading;Amount;EarningPercent', 'S-1;Kran;1000;50']);
  await run('import', 'sales.csv');
  await file('sales.csv', ['SaleUserKey01;Heading;Amount;EarningPercent', 'S-1;Truck;2000;25']);
  await run('import', 'sales.csv');
  const [id] = await idsOf(tenant, 'Sale', 'S-1');
  await tenant.json('PATCH', `/v1/Sale/${id}`, [{ op: 'replace', path: '/EarningPercent', value: 30 }]);
  const { rows } = await undo('last', '--yes');
  expect(rows[0]?.changes).toEqual([{ field: 'Heading', from: 'Truck', to: 'Kran' }]);
  expect(rows[0]?.problems.map(({ code }) => code)).toContain('belongs-together');
  expect((await tenant.json('GET', `/v1/Sale/${id}`)).Amount).toBe(2000);
});

test('the next import looks at the rows again; an undo can itself be undone', async () => {
  const { file, run, undo, everything, runs } = await openPractice();
  const companies = (name: string) => file('companies.csv', ['CompUserKey01;Name', `C-1;${name}`, 'C-2;B']);
  await companies('A');
  await run('import', 'companies.csv');
  await companies('A2');
  await run('import', 'companies.csv');
  const written = await everything('Company');
  const first = await undo('last', '--yes');
  expect(counted(first)).toEqual({ records: 1, restored: 1 });
  // C-2 was not written by that run: it stays accepted.
  expect(counted(await run('validate', 'companies.csv'))).toEqual({ read: 2, updated: 1, unchanged: 1 });

  expect(await runs()).toContain(first.run);
  const second = await undo(first.run, '--yes');
  expect(counted(second)).toEqual({ records: 1, restored: 1 });
  expect(await everything('Company')).toEqual(written);
  expect(counted(await run('import', 'companies.csv'))).toEqual({ read: 2, unchanged: 1, current: 1 });
});

test('a record that is gone, and a parent that is gone', async () => {
  const { tenant, file, run, undo } = await openPractice();
  await file('companies.csv', ['CompUserKey01;Name', 'C-1;A', 'C-2;B', 'C-3;C']);
  await file('persons.csv', ['PersUserKey01;CompUserKey01;Lastname', 'P-1;C-1;Nordmann', 'P-2;C-3;Hansen']);
  await run('import', 'companies.csv', 'persons.csv');
  await file('persons.csv', ['PersUserKey01;CompUserKey01;Lastname', 'P-1;C-2;Nordmann', 'P-2;C-3;Olsen']);
  await run('import', 'persons.csv');
  await tenant.call('DELETE', `/v1/Contact/${(await idsOf(tenant, 'Contact', 'C-1'))[0]}`);
  await tenant.call('DELETE', `/v1/Person/${(await idsOf(tenant, 'Person', 'P-2'))[0]}`);
  const undone = await undo('last', '--yes');
  expect(counted(undone)).toEqual({ records: 2, left: 1, gone: 1 });
  expect(undone.rows.flatMap(row => row.problems.map(({ code }) => code)).sort()).toEqual([
    'parent-gone',
    'record-gone',
  ]);
});

/** An entity as it is, but for who changed it last and when. */
async function plainly(tenant: Practice['tenant'], path: string): Promise<Json> {
  const {
    UpdatedDate: _date,
    UpdatedBy: _by,
    FieldProperties: _rights,
    ...rest
  } = await tenant.json('GET', path);
  return rest;
}

/** Asked in another way than the client's: OData. */
async function idsOf(
  tenant: Practice['tenant'],
  entity: 'Contact' | 'Person' | 'Sale',
  key: string,
): Promise<number[]> {
  const [prefix, word] =
    entity === 'Contact' ? ['contact', 'Comp'] : [entity.toLowerCase(), entity.slice(0, 4)];
  const query = new URLSearchParams({
    $select: `${prefix}Id`,
    $filter: `${prefix}Udef/Siteshop:${word}UserKey01 eq '${key}'`,
  });
  const answer = await tenant.json('GET', `/v1/${entity}?${query}`);
  return array(answer.value).map(row => Number(row.PrimaryKey));
}
