import { describe, expect, test } from 'vitest';
import { slimRows } from '../../../src/sandbox/archive/answers/slim.ts';
import { type Asked, ask, smallDatabase } from './small-database.ts';

const source = smallDatabase();
const writing = { keyOf: (name: string) => name, zone: '' } as const;
const slim = (asked: Asked, language: string | null = null) =>
  slimRows(ask({ ...source, language }, 'dynamic', asked), { ...source, language }, writing);
const values = (asked: Asked & { select: string }) => slim(asked).map(row => row[asked.select]);

describe('dynamic', () => {
  test('outer joins, with the names as asked', () => {
    const select = 'contact.name,contact.category_idx,contact.category_idx.name';
    expect(slim({ select, filter: 'contact.contact_id in (1,3)' }, 'en')).toEqual([
      {
        PrimaryKey: '1',
        EntityName: 'contact',
        'contact.name': 'Owl',
        'contact.category_idx': 1,
        'contact.category_idx.name': 'Customer',
      },
      {
        PrimaryKey: '3',
        EntityName: 'contact',
        'contact.name': '1',
        'contact.category_idx': 0,
        'contact.category_idx.name': '',
      },
    ]);
  });

  test.each<[string, Asked & { select: string }, unknown[]]>([
    ['inner join drops rows', { select: 'contact:category_idx.rank' }, [1, 2, 1]],
    ['right join multiplies rows', { select: 'contact.(contactinterest->contact_id).cinterest_idx' }, [2, 3]],
    [
      'emails of a person',
      { select: 'person.(email->person_id).email_address' },
      ['late@example.com', 'anna@example.com'],
    ],
    [
      'a filter on a right join',
      { select: 'person.lastname', filter: "person.(email->person_id).email_address is 'LATE@example.com'" },
      ['Dyre'],
    ],
    ['notes', { select: 'person.text_id.text', filter: 'person.person_id = 1' }, ['likes tea']],
    [
      'udef positions',
      { select: 'contact.userdef_id.string01', filter: "contact.userdef_id.string01 in ('c-12')" },
      ['C-12'],
    ],
    [
      'an explicit target',
      { select: 'phone.owner_id[contact].name', filter: "phone.phone = '333'" },
      ['Owl'],
    ],
    ['names in any case', { select: 'CONTACT.OrgNR', filter: 'contact.CONTACT_ID = 2' }, ['DK2']],
    [
      'two joins',
      { select: 'associate.person_id.contact_id.name', filter: "associate.name eq 'ad'" },
      ['Owl'],
    ],
    ['next id', { select: 'sequence.next_id', filter: "sequence.tablename = 'contact'" }, [5]],
    ['list definitions', { select: 'udlistdefinition.name' }, ['Colours']],
    [
      'dates as ISO',
      { select: 'contact.updated', filter: 'contact.contact_id = 1' },
      ['0001-01-01T00:00:00'],
    ],
    ['sorting', { select: 'contact.name', order: 'contact.contact_id desc', top: 2 }, ['Owl', '1']],
    ['keyset paging', { select: 'contact.contact_id', filter: 'contact.contact_id gt 1', top: 2 }, [2, 3]],
  ])('%s', (_, asked, expected) => {
    expect(values(asked)).toEqual(expected);
  });

  test.each([
    ['contact', 'is no column of the dynamic provider'],
    ['nowhere.name', "knows no table 'nowhere'"],
    ['contact.nothing', "table 'contact' has no 'nothing'"],
    ['contact.name.name', 'points to no table'],
    ['contact.name,person.lastname', "does not start at table 'contact'"],
    ['associate.password', "has no 'password'"],
  ])('refuses %s', (select, message) => {
    expect(() => slim({ select })).toThrow(message);
  });

  test('refuses a query without columns', () => {
    expect(() => slim({})).toThrow('needs $select');
  });

  test('filter types follow the database column', () => {
    expect(() => slim({ select: 'contact.name', filter: "contact.contact_id is '1'" })).toThrow(
      "restriction type 'int'",
    );
    expect(() => slim({ select: 'contact.name', filter: "contact.name gt 'a'" })).toThrow(
      "restriction type 'string'",
    );
  });
});
