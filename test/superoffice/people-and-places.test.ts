import { describe, expect, test } from 'vitest';
import { matchAssociate } from '../../src/superoffice/associates.ts';
import { matchCountry, toCountries } from '../../src/superoffice/countries.ts';
import type { Match } from '../../src/superoffice/match.ts';
import type { Associate } from '../../src/superoffice/superoffice.ts';

const associate = (id: number, name: string, fullName: string, more: Partial<Associate> = {}): Associate => ({
  id,
  name,
  fullName,
  userName: `${name.toLowerCase()}@example.com`,
  email: `mail.${name.toLowerCase()}@example.com`,
  personId: id + 100,
  contactId: 1,
  active: true,
  ...more,
});

const onlyId = (match: Match<{ readonly id: number }>): number | null =>
  match.kind === 'one' ? match.item.id : null;

const people = [
  associate(1, 'ANDERSDYRE', 'Anders Dyre'),
  associate(2, 'anna', 'Anna Berg'),
  associate(3, 'ANNA', 'Anna Holm'),
  associate(4, 'OLD', 'Kari Nordmann', { active: false }),
  associate(5, 'KN', 'Kari Nordmann'),
  associate(6, 'T1', 'Twin'),
  associate(7, 'T2', 'Twin'),
  associate(8, 'Anders Dyre', 'Somebody Else'),
  associate(9, 'GONE', 'Retired Only', { active: false }),
  associate(10, 'NONAME', '', { userName: '', email: '' }),
];

describe('associates', () => {
  test.each<[string, boolean, number | null]>([
    ['ANDERSDYRE', false, 1],
    ['andersdyre', false, 1],
    ['andersdyre@EXAMPLE.com', false, 1],
    ['mail.andersdyre@example.com', false, 1],
    ['Anders Dyre', false, 8],
    ['Anders Dyre', true, 1],
    ['anders  dyre ', true, 1],
    ['ANDERSDYRE', true, 1],
    ['anna', false, 2],
    ['ANNA', false, 3],
    ['Anna', false, null],
    ['Kari Nordmann', true, 5],
    ['Retired Only', true, 9],
    ['Twin', true, null],
    ['nobody', false, null],
    ['', false, null],
    ['', true, null],
  ])('%j (full name column: %j) is %j', (text, preferFullName, id) => {
    expect(onlyId(matchAssociate(people, text, preferFullName))).toBe(id);
  });

  test('ambiguity is told', () => {
    expect(matchAssociate(people, 'twin', true)).toEqual({ kind: 'several', items: [people[5], people[6]] });
    expect(matchAssociate(people, 'nobody', true)).toEqual({ kind: 'none' });
  });
});

describe('countries', () => {
  const country = (id: number, name: string, english: string, iso2: string, iso3: string, zip: string) => ({
    CountryId: id,
    Name: name,
    EnglishName: english,
    TwoLetterISOCountry: iso2,
    ThreeLetterISOCountry: iso3,
    ZipPrefix: zip,
    Deleted: false,
  });
  const countries = toCountries([
    country(578, 'NO:"Norge";US:"Norway"', 'Norway', 'NO', 'NOR', 'N-'),
    country(208, 'Danmark', 'Denmark', 'DK', 'DNK', 'DK-'),
    country(246, 'Suomi', 'Finland', 'FI', 'FIN', 'FIN-'),
    country(250, 'Frankrike', 'France', 'FR', 'FRA', 'F-'),
    country(744, 'Svalbard', 'Svalbard', 'SJ', 'SJM', 'N-'),
    country(1, 'no', 'Nowhere', 'XX', 'XXX', ''),
    { ...country(2, 'Jugoslavia', 'Yugoslavia', 'YU', 'YUG', 'YU-'), Deleted: true },
  ]);

  test('are read without the deleted ones', () => {
    expect(countries[0]).toEqual({
      id: 578,
      name: 'Norway',
      englishName: 'Norway',
      zipPrefix: 'N-',
      iso2: 'NO',
      iso3: 'NOR',
      names: ['Norge', 'Norway'],
    });
    expect(countries).toHaveLength(6);
  });

  test.each<[string, number | null]>([
    ['Norge', 578],
    ['Norway', 578],
    [' denmark', 208],
    ['DANMARK', 208],
    ['DK', 208],
    ['dk-', 208],
    ['dnk', 208],
    ['F', 250],
    ['FIN-', 246],
    ['NO', 578],
    ['no', 1],
    ['N', null],
    ['Yugoslavia', null],
    ['Atlantis', null],
    ['', null],
    ['-', null],
  ])('%j is %j', (text, id) => {
    expect(onlyId(matchCountry(countries, text))).toBe(id);
  });

  test('a postal prefix of two countries is ambiguous', () => {
    expect(matchCountry(countries, 'N')).toMatchObject({
      kind: 'several',
      items: [{ id: 578 }, { id: 744 }],
    });
  });
});
