import { expect, test } from 'vitest';
import { chooseDatatype, chooseMapping } from '../../src/mapping/choose.ts';
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

test.each([
  ['Company.csv', null, null, 'Company'],
  ['in/17PS01010001_companies_001.csv', null, null, 'Company'],
  ['Persons 2024-01-31.csv', null, null, 'Person'],
  ['company.persons/PERSON.csv', null, null, 'Person'],
  ['company-companies.csv', null, null, 'Company'],
  ['contact_person.csv', null, null, 'Person'],
  ['company.csv', 'person', null, 'Person'],
  ['company.csv', null, 'Person', 'Person'],
  ['company.csv', 'Company', 'Person', 'Company'],
  ['-', 'Person', null, 'Person'],
])('%s with --datatype %s and mapping %s holds %s', (file, requested, mapped, expected) => {
  const chosen = chooseDatatype(file, requested, mapped === null ? mapping() : mapping({ datatype: mapped }));
  expect(chosen.name).toBe(expected);
});

test.each([
  ['kunder.csv', null, null, 'usage', 'Nothing tells what kunder.csv holds', '--datatype Company or Person'],
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
  ['company.csv', 'zzz', null, 'usage', '"zzz"', 'Company and Person'],
  ['company.csv', null, 'Persn', 'config', '"Persn"', 'Did you mean Person?'],
] as const)(
  '%s with --datatype %s and mapping %s is refused',
  (file, requested, mapped, code, message, hint) => {
    const error = refusal(() =>
      chooseDatatype(file, requested, mapped === null ? null : mapping({ datatype: mapped })),
    );
    expect(error.code).toBe(code);
    expect(error.message).toContain(message);
    expect(error.hint).toContain(hint);
  },
);
