import { describe, expect, it, test } from 'vitest';
import { company } from '../../src/datatypes/company.ts';
import type { UdefType } from '../../src/datatypes/field.ts';
import { person } from '../../src/datatypes/person.ts';
import { isUdefColumn, type UdefShape, udefFields } from '../../src/datatypes/udef.ts';

function shape(type: UdefType, parts: Partial<UdefShape> = {}): UdefShape {
  return { type, label: 'Label', length: 0, list: null, ...parts };
}

test.each([
  [company, 'CompUserText01', true],
  [company, 'CompUserKey01', true],
  [company, 'CompUserSomething99', true],
  [company, 'CompUserText1', false],
  [company, 'CompUserText001', false],
  [company, 'CompUsertext01', false],
  [company, 'CompUser01', false],
  [company, 'XCompUserText01', false],
  [company, 'PersUserText01', false],
  [person, 'CompUserKey01', false],
  [person, 'PersUserText01', true],
])('on $name, %s is a more-page column: %s', (datatype, column, expected) =>
  expect(isUdefColumn(datatype, column)).toBe(expected),
);

test.each<[UdefType, string | null, number, object]>([
  ['Number', null, 0, { kind: 'integer' }],
  ['Decimal', null, 0, { kind: 'decimal' }],
  ['Checkbox', null, 0, { kind: 'boolean' }],
  ['Date', null, 0, { kind: 'date' }],
  ['UnlimitedDate', null, 0, { kind: 'date' }],
  ['ShortText', null, 39, { kind: 'text', length: 39 }],
  ['LongText', null, 199, { kind: 'text', length: 199 }],
  ['List', 'udlist12', 0, { kind: 'list', list: 'udlist12', missing: 'add' }],
  ['List', 'business', 0, { kind: 'list', list: 'business', missing: 'add' }],
  ['List', 'country', 0, { kind: 'list', list: 'country', missing: 'reject' }],
])('type %s (list %s) becomes a field, whatever its name says', (type, list, length, expected) => {
  const layout = new Map([['X:CompUserText01', shape(type, { list, length })]]);
  const { fields, problems } = udefFields(company, ['Name', 'CompUserText01'], layout, 'X:');
  expect(problems).toEqual([]);
  expect(fields).toEqual([
    {
      name: 'CompUserText01',
      ...expected,
      meaning: 'More-page field "Label" (X:CompUserText01).',
      slot: {
        at: 'custom',
        progId: 'X:CompUserText01',
        udefType: type,
        column: 'contactUdef/X:CompUserText01',
      },
    },
  ]);
});

test.each([
  ['CompUserKey02', 'text', 39],
  ['CompUserText01', 'text', 199],
  ['CompUserNum01', 'integer', undefined],
  ['CompUserDec01', 'decimal', undefined],
  ['CompUserCheck01', 'boolean', undefined],
  ['CompUserDate01', 'date', undefined],
  ['CompUserList01', 'text', 199],
])('offline, %s is taken as %s', (column, kind, length) => {
  const [field] = udefFields(company, [column], null, 'Siteshop:').fields;
  expect([field?.kind, field?.length]).toEqual([kind, length]);
});

describe('the user key', () => {
  it.each([
    ['ShortText', 39, 39],
    ['ShortText', 20, 20],
    ['LongText', 199, 39],
  ] as const)('in a %s of %i holds %i characters', (type, length, expected) => {
    const layout = new Map([['Siteshop:PersUserKey01', shape(type, { length })]]);
    const [field] = udefFields(person, ['PersUserKey01'], layout, 'Siteshop:').fields;
    expect(field).toMatchObject({ kind: 'key', length: expected, needed: true });
  });

  it('must be a text', () => {
    const layout = new Map([['Siteshop:PersUserKey01', shape('Number')]]);
    const { fields, problems } = udefFields(person, ['PersUserKey01'], layout, 'Siteshop:');
    expect(fields).toEqual([]);
    expect(problems).toMatchObject([{ column: 'PersUserKey01', code: 'not-a-key' }]);
  });
});

test('a Prog ID that SuperOffice lacks is told, with its near miss', () => {
  const layout = new Map([['siteshop:CompUserText01', shape('ShortText')]]);
  expect(udefFields(company, ['CompUserText01', 'CompUserText02'], layout, 'Siteshop:').problems).toEqual([
    {
      column: 'CompUserText01',
      progId: 'Siteshop:CompUserText01',
      code: 'missing',
      nearest: 'siteshop:CompUserText01',
    },
    { column: 'CompUserText02', progId: 'Siteshop:CompUserText02', code: 'missing', nearest: null },
  ]);
});
