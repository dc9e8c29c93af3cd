import { describe, expect, test } from 'vitest';
import { slimRows } from '../../../src/sandbox/archive/answers/slim.ts';
import { type Asked, ask, keys, smallDatabase } from './small-database.ts';

const source = smallDatabase();
const writing = { keyOf: (name: string) => name, zone: '' } as const;
const slim = (provider: string, asked: Asked, language: string | null = null) =>
  slimRows(ask(source, provider, asked), { ...source, language }, writing);

describe('SimpleContact', () => {
  test.each([
    ['name', 'Owl'],
    ['nameDepartment', 'Owl, Aarhus'],
    ['code', 'CODE1'],
    ['number', '1001'],
    ['category', 'NO:"Kunde";US:"Customer"'],
    ['companyCategoryRank', 1],
    ['country', 'US:"Denmark"'],
    ['countryId', 208],
    ['associateId', 'AD'],
    ['registeredBy', 'AD'],
    ['registeredByFullName', 'Anna M Dyre'],
    ['registeredDate', '2026-01-31T08:00:00'],
    ['updatedDate', '0001-01-01T00:00:00'],
    ['updatedBy', ''],
    ['stop', false],
    ['orgnr', ''],
    ['mainContact', 'Anna M Dyre'],
    ['contactInterestIds', 'Wine, Chess'],
    ['hasInterests', true],
    ['contactPhone/formattedNumber', '111'],
    ['contactFax/formattedNumber', '333'],
    ['phone/description', 'first'],
    ['email/emailAddress', 'owl@example.com'],
    ['url/URLAddress', 'https://owl.example'],
    ['postAddress/line1', 'Box 9'],
    ['streetAddress/zip', '8200'],
    ['contactAssociate/fullName', 'Anna M Dyre'],
    ['contactSupportPerson/lastName', "L'Oréal"],
    ['contactAssociate/associateDbId', 1],
    ['contactAssociate/isActive', true],
    ['contactUdef/Siteshop:Key', 'C-12'],
    ['contactUdef/Siteshop:Note', 'long'],
    ['contactUdef/Siteshop:Num', 10],
    ['contactUdef/Siteshop:Dec', 1.5],
    ['contactUdef/Siteshop:Check', true],
    ['contactUdef/Siteshop:Date', '2026-03-01T00:00:00'],
    ['contactUdef/Siteshop:Any', '1969-06-19T00:00:00'],
    ['contactUdef/Siteshop:List', 'Blue'],
  ])('%s', (column, value) => {
    expect(slim('SimpleContact', { select: column, filter: 'contactId = 1' })).toEqual([
      { PrimaryKey: '1', EntityName: 'contact', [column]: value },
    ]);
  });

  test('lists are translated for a language', () => {
    expect(slim('SimpleContact', { select: 'category', filter: 'contactId = 1' }, 'en')[0]?.category).toBe(
      'Customer',
    );
  });

  test('soft-deleted companies are hidden, from an index too', () => {
    expect(keys(ask(source, 'SimpleContact'))).toEqual([1, 2, 3]);
    expect(keys(ask(source, 'SimpleContact', { filter: "contactUdef/Siteshop:Key = 'C-14'" }))).toEqual([]);
    expect(keys(ask(source, 'FindContact', { filter: 'contactId = 4' }))).toEqual([]);
  });

  test('without $select a default set comes, by the names of the documents', () => {
    expect(Object.keys(slim('SimpleContact', { top: 1 })[0] ?? {})).toContain('contactId');
  });

  test('an index finds a key in any spelling, also after it changed', () => {
    const wanted = "contactUdef/Siteshop:Key in ('c-12','C-13','nobody')";
    expect(keys(ask(source, 'SimpleContact', { filter: wanted }))).toEqual([1, 2]);
    source.database.table('udcontactsmall').update(2, { string01: 'x-13' });
    expect(keys(ask(source, 'SimpleContact', { filter: wanted }))).toEqual([1]);
    expect(keys(ask(source, 'SimpleContact', { filter: "contactUdef/Siteshop:Key = 'X-13'" }))).toEqual([2]);
    source.database.table('udcontactsmall').update(2, { string01: 'c-13' });
  });

  test.each([
    ['name desc', [1, 2, 3]],
    ['name', [3, 2, 1]],
    ['category,contactId desc', [3, 1, 2]],
    ['contactUdef/Siteshop:Num desc,contactId', [1, 3, 2]],
    ['registeredDate asc', [3, 1, 2]],
    ['contactId desc', [3, 2, 1]],
  ])('sorts by %s', (order, sorted) => {
    expect(keys(ask(source, 'SimpleContact', { order }))).toEqual(sorted);
  });

  test.each([
    ['contactPhone/formattedNumber', 'cannot be used to sort by'],
    ['name sideways', 'is no sort order'],
    ['nothing', "Column 'nothing' does not exist"],
  ])('refuses to sort by %s', (order, message) => {
    expect(() => ask(source, 'SimpleContact', { order })).toThrow(message);
  });

  test('pages by skip and by key give every row once', () => {
    expect(keys(ask(source, 'SimpleContact', { skip: 1, top: 1 }))).toEqual([2]);
    expect(
      keys(ask(source, 'SimpleContact', { filter: 'contactId gt 1', order: 'contactId', top: 1 })),
    ).toEqual([2]);
    expect(keys(ask(source, 'SimpleContact', { filter: 'contactId gt 3', order: 'contactId' }))).toEqual([]);
    expect(keys(ask(source, 'SimpleContact', { top: 0 }))).toEqual([]);
  });
});

describe('persons', () => {
  test.each([
    ['fullName', 'Anna M Dyre'],
    ['fullNameWithContact', 'Anna M Dyre (Owl, Aarhus)'],
    ['birthdate', '1980-02-03T00:00:00'],
    ['email/emailAddress', 'anna@example.com'],
    ['personMobilePhone/formattedNumber', '444'],
    ['personInfo/infoText', 'likes tea'],
    ['personContact/name', 'Owl'],
    ['personContact/code', 'CODE1'],
    ['personUdef/Siteshop:PersonKey', 'P-1'],
    ['personContact/contactUdef/Siteshop:Key', 'C-12'],
  ])('%s', (column, value) => {
    expect(slim('SimplePerson', { select: column, filter: 'personId = 1' })[0]?.[column]).toBe(value);
  });

  test('finds persons by the key of their company', () => {
    const filter = "personContact/contactUdef/Siteshop:Key in ('C-12')";
    expect(keys(ask(source, 'SimplePerson', { filter }))).toEqual([1, 3]);
    expect(() => ask(source, 'Person', { filter })).toThrow('does not exist');
  });

  test('former employees are an entity of Person', () => {
    expect(keys(ask(source, 'Person'))).toEqual([1, 2, 3]);
    expect(keys(ask(source, 'Person', { entities: ['person'] }))).toEqual([1, 2]);
    expect(slim('Person', { filter: 'retired set true' })[0]?.EntityName).toBe('retiredPerson');
    expect(() => ask(source, 'Person', { entities: ['people'] })).toThrow("no entity 'people'");
  });

  test('a quote inside a text is escaped by a backslash', () => {
    expect(keys(ask(source, 'Person', { filter: "lastName contains 'L\\'Oréal'" }))).toEqual([2]);
  });
});

describe('users', () => {
  test('all of them', () => {
    const select =
      'associateDbId,assocName,fullName,personId,contactId,userName,personEmail,ejUserId,usergroup,isActive';
    expect(slim('AllUsers', { select, entities: ['all'] })[0]).toEqual({
      PrimaryKey: '1',
      EntityName: 'associate',
      associateDbId: 1,
      assocName: 'AD',
      fullName: 'Anna M Dyre',
      personId: 1,
      contactId: 1,
      userName: 'ad@example.com',
      personEmail: 'anna@example.com',
      ejUserId: 9,
      usergroup: 'Sales',
      isActive: true,
    });
    expect(keys(ask(source, 'AllUsers', { filter: 'associateDbId gt 0' }))).toEqual([1, 2]);
    expect(keys(ask(source, 'AllUsers', { filter: 'assocName eq 2' }))).toEqual([2]);
    expect(() => ask(source, 'AllUsers', { filter: "assocName eq 'AD'" })).toThrow('a number was expected');
  });

  test('internal ones only', () => {
    expect(keys(ask(source, 'InternalUsers'))).toEqual([1]);
    expect(keys(ask(source, 'InternalUsers', { entities: ['potential', 'loggedOnWin', 'expired'] }))).toEqual(
      [],
    );
  });
});
