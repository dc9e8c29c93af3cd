import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Office, openOffice } from '../office.ts';

let office: Office;

beforeAll(async () => {
  office = await openOffice({
    timeZone: 'Europe/Oslo',
    searches: {
      Kept: {
        datatype: 'Company',
        fields: ['Name', { Year: 'year(CreatedDate)' }, { Land: "'NO'" }],
        where: 'Name<>"Hidden";Name<>"SuperOffice demo"',
      },
      Columns: {
        provider: 'SimpleContact',
        entities: 'contact',
        key: 'contactId',
        fields: ['name', { cat: 'category' }],
        order: 'NAME desc',
      },
    },
  });
});

afterAll(() => office.close());

const export_ = (datatype: string, field: string, ...where: readonly string[]): Promise<string[]> =>
  office.rows(
    'export',
    '--datatype',
    datatype,
    '--fields',
    field,
    ...where.flatMap(text => ['--where', text]),
  );

const custom = (key: string) => ({ CustomFields: { 'Siteshop:CompUserKey01': key } });

describe('a limit', () => {
  test('asks for no more rows than are wanted where SuperOffice decides alone', async () => {
    await office.tenant.company({ Name: 'Limited', ...custom('limit-1') });
    await office.tenant.company({ Name: 'Limited', ...custom('limit-2') });
    office.asked();
    expect(
      await office.rows(
        'export',
        '--datatype',
        'Company',
        '--fields',
        'Name',
        '--where',
        'CompUserKey01=limit-1',
        '--limit',
        '1',
      ),
    ).toEqual(['Limited']);
    expect(office.asked().map(({ path, query }) => [path, query.get('$top')])).toEqual([
      ['/v1/Archive/SimpleContact', '1'],
    ]);
  });

  test('reads on where SuperOffice took for the same what is not', async () => {
    // Its database does not mind letter case, which counts in keys.
    await office.tenant.company({ Name: 'First', ...custom('case-1') });
    await office.tenant.company({ Name: 'Second', ...custom('CASE-1') });
    office.asked();
    expect(
      await office.rows(
        'export',
        '--datatype',
        'Company',
        '--fields',
        'Name',
        '--where',
        'CompUserKey01=CASE-1',
        '--limit',
        '1',
      ),
    ).toEqual(['Second']);
    expect(office.asked().map(({ query }) => query.get('$top'))[0]).toBe('1');
  });
});

describe('lists', () => {
  test('several items of one name, and deleted ones, are all meant', async () => {
    const add = async (Name: string): Promise<number> =>
      Number(
        (await office.tenant.json('POST', '/v1/List/Category/Items', { Name, Tooltip: '', Deleted: false }))
          .Id,
      );
    const [plain, foreign] = [await add('Twin'), await add('US:"Twin";NO:"Tvilling"')];
    for (const Id of [plain, foreign]) await office.tenant.company({ Name: `Twin ${Id}`, Category: { Id } });
    const item = await office.tenant.json('GET', `/v1/List/Category/Items/${plain}`);
    await office.tenant.json('PUT', `/v1/List/Category/Items/${plain}`, { ...item, Deleted: true });
    expect(await export_('Company', 'Name', 'Category=twin')).toEqual([`Twin ${plain}`, `Twin ${foreign}`]);
    expect(await export_('Company', 'Name', 'Category=tvilling')).toEqual([`Twin ${foreign}`]);
    expect(await export_('Company', 'Name', 'Name>=Twin;Name<Twio;Category<>Twin')).toEqual([]);
  });

  test('= has an interest, <> has it not, and "" has none', async () => {
    const Interests = [1, 2].map(Id => ({ Id, Selected: true }));
    await office.tenant.company({ Name: 'Interested', Interests });
    await office.tenant.company({ Name: 'Not interested' });
    const where = ['Name>=Interested', 'Name<=Not interested'];
    expect(await export_('Company', 'Name', 'Interests=newsletter')).toEqual(['Interested']);
    expect(await export_('Company', 'Name', 'Interests=Newsletter', 'Interests=Julekort')).toEqual([
      'Interested',
    ]);
    expect(await export_('Company', 'Name', 'Interests=Newsletter', 'Interests<>Julekort')).toEqual([]);
    expect(await export_('Company', 'Name', ...where, 'Interests<>Newsletter')).not.toContain('Interested');
    expect(await export_('Company', 'Name', ...where, 'Interests=""')).toContain('Not interested');
  });
});

test('a full name means everybody who has it, those too who have left', async () => {
  // Anders Dyre has the number 2. His namesake is the retired Bjørn, who is called so from now on.
  const { value } = await office.tenant.json(
    'GET',
    '/v1/User?$select=associateDbId,personId,fullName&$top=50',
  );
  const bjorn = (value as { fullName: string; personId: number }[]).find(({ fullName }) =>
    fullName.startsWith('Bjørn'),
  );
  const person = await office.tenant.json('GET', `/v1/Person/${bjorn?.personId}`);
  await office.tenant.json('PUT', `/v1/Person/${bjorn?.personId}`, {
    ...person,
    Firstname: 'Anders',
    Lastname: 'Dyre',
  });
  for (const AssociateId of [2, 8])
    await office.tenant.project({ Name: `Of ${AssociateId}`, Associate: { AssociateId } });
  expect(await export_('Project', 'Name', 'AssociateFullName=anders dyre')).toEqual(['Of 2', 'Of 8']);
  expect(await export_('Project', 'Name', 'AssociateName=BJORNH')).toEqual(['Of 8']);
  expect(await export_('Project', 'AssociateFullName', 'AssociateName=BJORNH')).toEqual(['BJORNH']);
});

describe('relations', () => {
  test('a key that does not exist has no rows, and nothing is asked beyond the look-up', async () => {
    office.asked();
    expect(await export_('Person', 'Firstname', "CompUserKey01=nobody's")).toEqual([]);
    expect(office.asked().map(({ query }) => query.get('$filter'))).toEqual([
      expect.stringContaining("contactUdef/Siteshop:CompUserKey01 in ('nobody\\'s')"),
    ]);
  });

  test('a key with a backslash is compared here', async () => {
    const ContactId = await office.tenant.company(custom('A\\B'));
    await office.tenant.person({ Firstname: 'Backslash', Contact: { ContactId } });
    expect(await export_('Person', 'Firstname', 'CompUserKey01=A\\B')).toEqual(['Backslash']);
    expect(await export_('Person', 'Firstname', 'CompUserKey01=a\\b')).toEqual([]);
    expect(await export_('Company', 'CompUserKey01', 'CompUserKey01=A\\B')).toEqual(['A\\B']);
  });
});

describe('moments', () => {
  test('an appointment is found by its own day, whatever day it is shown on', async () => {
    const make = (StartDate: string, ActiveDate: string) =>
      office.tenant.json('POST', '/v1/Appointment', { StartDate, ActiveDate, Description: StartDate });
    await make('2024-12-31T23:30:00', '2025-06-01T08:00:00');
    await make('2025-01-01T00:00:00', '2025-01-01T00:00:00');
    expect(await export_('Appointment', 'StartDate', 'StartDate=2024-12-31')).toEqual(['2024-12-31 23:30']);
    expect(await export_('Appointment', 'StartDate', 'year(StartDate)=2024')).toEqual(['2024-12-31 23:30']);
    expect(await export_('Appointment', 'StartDate', 'StartDate>2024-12-31 23:30')).toEqual([
      '2025-01-01 00:00',
    ]);
    expect(await export_('Appointment', 'StartDate', 'StartDate>2024-12-31')).toEqual(['2025-01-01 00:00']);
    expect(await export_('Appointment', 'StartDate', 'StartDate>=2024-12-31 23:30')).toHaveLength(2);
    // An offset is worked out in the configured zone.
    expect(await export_('Appointment', 'StartDate', 'StartDate=2024-12-31T22:30:00Z')).toEqual([
      '2024-12-31 23:30',
    ]);
    expect(await export_('Appointment', 'StartDate', 'time(StartDate)>=9:00')).toEqual(['2024-12-31 23:30']);
    expect(await export_('Appointment', 'StartDate', 'date(StartDate)<=2024-12-31')).toEqual([
      '2024-12-31 23:30',
    ]);
  });
});

test('of each kind: empty fields satisfy <> alone, and =""', async () => {
  const all = (await export_('Company', 'SuperOfficeId')).length;
  for (const field of [
    'OrgNo',
    'Business',
    'AssociateName',
    'UpdatedDate',
    'Interests',
    'Phone2',
    'CompUserDate01',
    'year(UpdatedDate)',
  ]) {
    const filled = await export_('Company', 'SuperOfficeId', `${field}<>""`);
    const empty = await export_('Company', 'SuperOfficeId', `${field}=""`);
    expect([field, filled.length + empty.length]).toEqual([field, all]);
    const [value, wrong] = field.includes('Date') ? ['1999-01-02', '1999'] : ['IT', 'x'];
    const other = field.startsWith('year')
      ? wrong
      : field === 'AssociateName'
        ? 'KARIN'
        : field === 'Interests'
          ? 'Messe'
          : value;
    expect(await export_('Company', 'SuperOfficeId', `${field}=""`, `${field}<>${other}`)).toEqual(empty);
    expect(await export_('Company', 'SuperOfficeId', `${field}=""`, `${field}=${other}`)).toEqual([]);
  }
});

describe('a search', () => {
  test('always has its own criteria, and its columns can be named', async () => {
    await office.tenant.company({ Name: 'Hidden' });
    await office.tenant.company({ Name: 'Shown' });
    const year = new Date().getUTCFullYear();
    expect(
      await office.rows(
        'export',
        '--search',
        'Kept',
        '--where',
        'Name>=Hidden;Name<=Shown',
        '--where',
        `Year=${year}`,
      ),
    ).toContain(`Shown ${year} NO`);
    expect(await office.rows('export', '--search', 'Kept', '--where', 'Name=Hidden')).toEqual([]);
    expect(await office.rows('export', '--search', 'Kept', '--where', `Year<>${year}`)).toEqual([]);
    expect(
      await office.rows('export', '--search', 'Kept', '--where', 'Land=no', '--where', 'Name=Shown'),
    ).toHaveLength(1);
  });

  test('of an archive has its columns, in any letter case', async () => {
    await office.tenant.company({ Name: 'Arkiv', Category: { Id: 1 } });
    expect(await office.rows('export', '--search', 'Columns', '--where', 'Name=arkiv')).toEqual([
      'Arkiv Customer',
    ]);
    expect(await office.rows('export', '--search', 'Columns', '--where', 'cat=customer;name=Arkiv')).toEqual([
      'Arkiv Customer',
    ]);
    expect(await office.rows('export', '--search', 'Columns', '--where', 'contactId=1')).toEqual([
      'SuperOffice demo ',
    ]);
  });
});
