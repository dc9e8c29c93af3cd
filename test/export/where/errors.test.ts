import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Answer } from '../../support/answer.ts';
import { type Office, openOffice } from '../office.ts';

let office: Office;

beforeAll(async () => {
  office = await openOffice({
    searches: {
      Years: {
        datatype: 'Company',
        fields: ['CompUserKey01', 'Name', { CreatedYear: 'year(CreatedDate)' }, { 'Kunde nr': 'Number2' }],
        where: 'Name<>"Hidden";Stop=FALSE',
        criteria: ['CreatedYear', 'upper(Name)', 'Kunde nr'],
        order: 'CreatedYear desc,Name',
      },
      Closed: { datatype: 'Company', fields: ['Name'], criteria: [] },
      BadWhere: { datatype: 'Company', fields: ['Name'], where: ['Nmae=A'] },
      BadValue: { datatype: 'Company', fields: ['Name'], where: 'Category=Custmer' },
      BadOrder: { datatype: 'Company', fields: ['Name'], order: 'Nmae' },
      BadField: { datatype: 'Company', fields: ['Nmae'] },
      BadCriteria: { datatype: 'Company', fields: ['Name'], criteria: ['Nmae'] },
      Files: { datatype: 'Message', fields: ['AttachmentNames'] },
      Archive: {
        provider: 'SimpleContact',
        key: 'contactId',
        fields: ['name', 'category', 'registeredDate'],
      },
    },
  });
});

afterAll(() => office.close());

function told({ exitCode, error }: Answer & { readonly error?: unknown }): string {
  const { message, hint } = error as { message: string; hint: string | null };
  return [exitCode, message, hint].filter(part => part !== null).join(' ');
}

describe('a criterion of the command line', () => {
  test.each([
    [
      'Company',
      'Nmae=A',
      '2 --where: "Nmae=A" names "Nmae": Company has no such field. Did you mean "Name"?',
    ],
    [
      'Company',
      'Name=A;Nmae=B',
      '2 --where: "Nmae=B" names "Nmae": Company has no such field. Did you mean "Name"? A ; that belongs to a value is written \\; or the value stands in quotes.',
    ],
    ['Company', 'name=A', 'Its exact spelling is "Name".'],
    ['Company', 'Firstname=A', 'names "Firstname": Company has no such field. It is a column of Person.'],
    ['Company', 'IntegrationID=1', 'it is the same in every row, and no row can be told by it.'],
    ['Company', 'CompUserText99=1', 'SuperOffice has no field "Siteshop:CompUserText99" on Contact.'],
    ['Company', 'yeer(CreatedDate)=1', 'there is no function "yeer". Did you mean year(CreatedDate)?'],
    ['Company', 'year(Name)=1', 'year cannot be taken of Name: it takes a date.'],
    ['Sale', 'Cost=5', 'SuperOffice does not keep it. Cost only tells an import what to do.'],
    ['Document', 'Content=5', 'files do not fit into a row. --with-files saves them to a folder.'],
    [
      'Message',
      'AttachmentNames=a.txt',
      'it is known once the files are saved, and no row can be told by it.',
    ],
    [
      'Company',
      'Stop>TRUE',
      '"Stop>TRUE": Stop has no order, so > means nothing. Write = or <> in place of >.',
    ],
    ['Company', 'Category<A', 'Category has no order, so < means nothing.'],
    ['Company', 'Stop=ja', '"Stop=ja": "ja" is neither TRUE nor FALSE. Write TRUE or FALSE.'],
    ['Company', 'Name>""', 'nothing is > an empty value. Write Name<>"" for those that are filled in.'],
    ['Sale', 'Amount=""', 'Amount is never empty in SuperOffice. Write Amount=0.'],
    ['Company', 'Stop<>""', 'Stop is never empty in SuperOffice. Write Stop<>FALSE.'],
    ['Sale', 'Amount=1 000', '"1 000" is not a number.'],
    [
      'Company',
      'CreatedDate=2024',
      '"2024" is not a date. Write year(CreatedDate) in place of CreatedDate for a year, or a day: 2024-01-31 or 20240131.',
    ],
    ['Company', 'CreatedDate=31.12.2024', '"31.12.2024" is not a date. Write it as 2024-01-31 or 20240131.'],
    ['Company', 'CreatedDate=2023-02-29', '"2023-02-29" is a day that does not exist.'],
    [
      'Company',
      'CreatedDate>2024-01-31 14:30',
      'CreatedDate is a day, and "2024-01-31 14:30" has a time. Write the day alone: 2024-01-31.',
    ],
    [
      'Ticket',
      'Deadline=i morgen',
      '"i morgen" is no date and time. Write it as 2024-01-31 or 20240131, with or without a time such as 14:30 behind it.',
    ],
    ['Ticket', 'Deadline>2024-01-31T14:30Z', 'has an offset, but the config does not say'],
    ['Ticket', 'time(Deadline)>25:00', '"25:00" is no time of the day. Write hours and minutes: 14:30.'],
    ['Sale', 'Status=Won', '"Won" is none of the words this field knows. Write Open, Sold, Lost or Stalled.'],
    ['Company', 'Category=Custmer', '"Custmer" is not in the list. Did you mean "Customer"?'],
    ['Company', 'Interests=A|B', '"A|B" is not in the list. Write one value for each criterion.'],
    ['Company', 'CountryName=Norwai', '"Norwai" is no country in SuperOffice. Did you mean "Norway"?'],
    ['Company', 'AssociateName=ANDERSDYR', 'is no user in SuperOffice. Did you mean "ANDERSDYRE"?'],
  ])('%s: %s', async (datatype, where, wanted) => {
    const answer = await office.run(
      'export',
      '--datatype',
      datatype,
      '--fields',
      'SuperOfficeId',
      '--where',
      where,
    );
    expect(told(answer)).toContain(wanted);
    expect(told(answer)).toMatch(/^2 --where: "/);
  });
});

describe('a search', () => {
  test.each([
    [['Yaers'], '2 There is no search "Yaers". Did you mean "Years"? Known are: Years, Closed,'],
    [
      ['Years', '--where', 'Name=A'],
      '2 --where: "Name=A" names "Name", which the search does not allow. Allowed are CreatedYear, upper(Name), Kunde nr.',
    ],
    [['Years', '--where', 'CreatedYer=2024'], 'Did you mean "CreatedYear"?'],
    [['Closed', '--where', 'Name=A'], 'Its "criteria" in the config are empty: nothing may be asked of it.'],
    [
      ['Years', '--order', 'CreatedYaer'],
      '2 --order names "CreatedYaer": there is no such field. Did you mean "CreatedYear"?',
    ],
    [['Years', '--order', 'Name down'], 'Behind a field only asc or desc may stand: "CreatedDate desc"'],
    [['Years', '--order', 'Name,'], '2 --order: a field to sort by is missing.'],
    [
      ['BadWhere'],
      '2 searches.BadWhere.where: "Nmae=A" names "Nmae": Company has no such field. Did you mean "Name"?',
    ],
    [
      ['BadValue'],
      '2 searches.BadValue.where: "Category=Custmer": "Custmer" is not in the list. Did you mean "Customer"?',
    ],
    [['BadOrder'], '2 searches.BadOrder.order names "Nmae": Company has no such field. Did you mean "Name"?'],
    [
      ['BadField'],
      '2 searches.BadField.fields names "Nmae": Company has no such field. Did you mean "Name"?',
    ],
    [['Files', '--order', 'AttachmentNames'], 'AttachmentNames'],
    [
      ['Archive', '--where', 'nmae=A'],
      `SuperOffice's archive SimpleContact has no such column. Did you mean "name"?`,
    ],
  ])('%s', async (argv, wanted) => {
    expect(told(await office.run('export', '--search', ...argv))).toContain(wanted);
  });

  test('allows what its criteria name, however the function is written', async () => {
    for (const where of ['CreatedYear>=2000', 'Upper( Name )=X', 'Kunde nr<>""', 'CreatedYear>1;Kunde nr=5'])
      expect(await office.run('export', '--search', 'Years', '--where', where)).toMatchObject({
        exitCode: 0,
      });
  });
});

test('sic searches tells of criteria that are no fields', async () => {
  expect(JSON.stringify(await office.run('searches'))).toContain(
    'searches.BadCriteria.criteria names \\"Nmae\\"',
  );
});
