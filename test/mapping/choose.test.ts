import { describe, expect, test } from 'vitest';
import { chooseDatatype, chooseMapping, namesDatatype } from '../../src/mapping/choose.ts';
import { matchesGlob } from '../../src/mapping/glob.ts';
import { mapping, refusal } from './support.ts';

test.each([
  ['kunder*.csv', 'kunder_2024.csv', true],
  ['kunder*.csv', 'Kunder.CSV', true],
  ['kunder*.csv', 'kunder.xml', false],
  ['k?nder.csv', 'kunder.csv', true],
  ['k?nder.csv', 'knder.csv', false],
  ['*', '', true],
  ['', '', true],
  ['', 'a', false],
  ['a*b*c', 'aXbYbZc', true],
  ['a*b*c', 'aXbYbZ', false],
  ['a.b', 'aXb', false],
  ['[a].csv', '[a].csv', true],
  ['*a*a*a*a*a*a*a*a*b', 'a'.repeat(200), false],
])('glob %j on %j: %s', (pattern, name, expected) => expect(matchesGlob(pattern, name)).toBe(expected));

test('the first mapping that fits the base name applies', () => {
  const [persons, kunder, all] = [mapping({ match: 'p*' }), mapping({ match: 'kunder*.csv' }), mapping()];
  expect(chooseMapping([persons, kunder, all], 'path/kunder1.csv')).toBe(kunder);
  expect(chooseMapping([persons, kunder, all], String.raw`C:\p\kunder1.csv`)).toBe(kunder);
  expect(chooseMapping([persons, kunder, all], 'pkunder/other.csv')).toBe(all);
  expect(chooseMapping([persons, kunder], 'other.csv')).toBeNull();
  expect(chooseMapping([], 'other.csv')).toBeNull();
});

test.each(['kunder.rejected.csv', 'kunder.rejected-2.csv', 'in/kunder.rejected.csv'])(
  'the reject file %s goes by the name of its input too',
  file => {
    const [rejects, kunder] = [mapping({ match: 'x*.csv' }), mapping({ match: 'kunder.csv' })];
    expect(chooseMapping([rejects, kunder], file)).toBe(kunder);
    expect(chooseMapping([kunder], 'kunder.rejected.old.csv')).toBeNull();
  },
);

test.each([
  ['Company.csv', null, null, 'Company'],
  ['in/17PS01010001_companies_001.csv', null, null, 'Company'],
  ['Persons 2024-01-31.csv', null, null, 'Person'],
  ['company.persons/PERSON.csv', null, null, 'Person'],
  ['company-companies.csv', null, null, 'Company'],
  ['contact_person.csv', null, null, 'Person'],
  ['projects.csv', null, null, 'Project'],
  ['2026 Sales.csv', null, null, 'Sale'],
  ['appointments.xml', null, null, 'Appointment'],
  ['documents/document.json', null, null, 'Document'],
  ['requests.csv', null, null, 'Ticket'],
  ['tickets.rejected.csv', null, null, 'Ticket'],
  ['messages.ndjson', null, null, 'Message'],
  ['TicketMessages.csv', null, null, 'Message'],
  ['company.csv', 'person', null, 'Person'],
  ['company.csv', null, 'Person', 'Person'],
  ['company.csv', 'Company', 'Person', 'Company'],
  ['-', 'Person', null, 'Person'],
])('%s with --datatype %s and mapping %s holds %s', (file, requested, mapped, expected) => {
  const chosen = chooseDatatype(
    file,
    requested,
    mapped === null ? mapping() : mapping({ datatype: mapped }),
    null,
  );
  expect(chosen.name).toBe(expected);
});

test.each([
  [
    'kunder.csv',
    null,
    null,
    'usage',
    'Nothing tells what kunder.csv holds',
    '--datatype Company, Person, Project, Sale, Appointment, Document, Ticket, or Message',
  ],
  [
    'ticket_messages.csv',
    null,
    null,
    'usage',
    'Ticket and Message',
    '--datatype Ticket or --datatype Message',
  ],
  ['companies2024.csv', null, null, 'usage', 'Nothing tells', '--datatype'],
  ['-', null, null, 'usage', 'standard input', '--datatype'],
  [
    'company_person.csv',
    null,
    null,
    'usage',
    'Company and Person',
    '--datatype Company or --datatype Person',
  ],
  ['Contacts.csv', null, null, 'usage', 'companies or people', '--datatype Company or --datatype Person'],
  ['company.csv', 'Contact', null, 'usage', 'companies or people', 'Company or Person'],
  ['company.csv', 'Compnay', null, 'usage', '"Compnay"', 'Did you mean Company?'],
  ['company.csv', 'zzz', null, 'usage', '"zzz"', 'Company, Person, Project, Sale,'],
  ['company.csv', null, 'Persn', 'config', '"Persn"', 'Did you mean Person?'],
] as const)(
  '%s with --datatype %s and mapping %s is refused',
  (file, requested, mapped, code, message, hint) => {
    const error = refusal(() =>
      chooseDatatype(file, requested, mapped === null ? null : mapping({ datatype: mapped }), null),
    );
    expect(error.code).toBe(code);
    expect(error.message).toContain(message);
    expect(error.hint).toContain(hint);
  },
);

describe('what the content says', () => {
  const said = (
    file: string,
    content: string,
    requested: string | null = null,
    mapped: string | null = null,
  ) => chooseDatatype(file, requested, mapped === null ? null : mapping({ datatype: mapped }), content);

  test.each([
    ['export.xml', 'Company', 'Company'],
    ['export.json', 'Companies', 'Company'],
    ['-', 'company', 'Company'],
    ['company.xml', 'Company', 'Company'],
    ['TicketMessages.json', 'Message', 'Message'],
    // A name of two datatypes tells nothing against either of them.
    ['company_person.json', 'Person', 'Person'],
  ])('of %s is %s: it holds %s', (file, content, expected) =>
    expect(said(file, content).name).toBe(expected),
  );

  test.each([
    ['persons.xml', 'Company', 'Person', 'Company'],
    ['company_person.json', 'Sale', 'Company and Person', 'Sale'],
  ])('of %s is %s, but its name says otherwise', (file, content, named, holds) => {
    const error = refusal(() => said(file, content));
    expect(error.code).toBe('file');
    expect(error.message).toBe(`The name of ${file} tells ${named}, but it holds ${holds}.`);
    expect(error.hint).toContain(`--datatype ${holds}`);
  });

  test.each([
    [
      'export.xml',
      'Contact',
      'The content of export.xml says "Contact", which may mean',
      'Say Company or Person',
    ],
    ['-', 'contacts', 'The content of standard input says "contacts"', 'Say Company or Person'],
    ['export.json', 'Compnay', 'The content of export.json says "Compnay"', 'Did you mean Company?'],
    ['company.json', 'value', 'says "value", which is no datatype', 'The datatypes are Company, Person,'],
  ])('of %s is %s: refused with advice', (file, content, message, hint) => {
    const error = refusal(() => said(file, content));
    expect(error.code).toBe('file');
    expect(error.message).toContain(message);
    expect(error.hint).toContain(hint);
  });

  test('counts less than what the command line or the mapping says', () => {
    expect(said('export.xml', 'Contact', 'Person').name).toBe('Person');
    expect(said('export.xml', 'Company', null, 'Sale').name).toBe('Sale');
    expect(said('persons.xml', 'Company', 'Company').name).toBe('Company');
  });
});

test.each([
  ['companies.csv', true],
  ['in/17PS_Sale_1.xml', true],
  ['company_person.csv', true],
  ['sales/invoice.xml', false],
  ['contact.csv', false],
])('the words of %s tell a datatype: %s', (file, expected) => expect(namesDatatype(file)).toBe(expected));
