import { describe, expect, it, test } from 'vitest';
import { company } from '../../src/datatypes/company.ts';
import type { UdefType } from '../../src/datatypes/field.ts';
import { datatypes } from '../../src/datatypes/index.ts';
import { message } from '../../src/datatypes/message.ts';
import { person } from '../../src/datatypes/person.ts';
import { ticket } from '../../src/datatypes/ticket.ts';
import {
  customPattern,
  defaultFieldNames,
  type FieldNames,
  isCustomColumn,
  keyField,
  keyName,
  type UdefShape,
  udefFields,
} from '../../src/datatypes/udef.ts';

function shape(type: UdefType, parts: Partial<UdefShape> = {}): UdefShape {
  return { type, label: 'Label', length: 0, list: null, ...parts };
}

const ownPrefix: FieldNames = { ...defaultFieldNames, progIdPrefix: 'X:' };
/** Keys of requests and messages in extra fields, as a profile may ask for. */
const inExtraFields: FieldNames = {
  ...defaultFieldNames,
  keyFields: { Ticket: 'x_key', Message: 'x_message_key' },
};

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
  [company, 'x_text01', false],
  [ticket, 'x_text01', true],
  [message, 'x_Text_01', true],
  [ticket, 'x_', false],
  [ticket, 'X_text01', false],
  [ticket, 'x_text-01', false],
  [ticket, 'ax_text01', false],
  [ticket, 'TickUserText01', false],
  [ticket, 'TickUserKey01', false],
] as const)('on $name, %s is a column beyond the catalogue: %s', (datatype, column, expected) => {
  expect(isCustomColumn(datatype, column)).toBe(expected);
  expect(new RegExp(customPattern(datatype)).test(column)).toBe(expected);
});

test.each(
  datatypes.filter(({ custom }) => custom.kind === 'udef').map(datatype => [datatype.name, datatype]),
)('%s has more-page columns with a prefix of its own, and none of another', (_, datatype) => {
  const column = `${datatype.keyField.slice(0, 4)}UserText01`;
  expect(datatypes.filter(each => isCustomColumn(each, column))).toEqual([datatype]);
});

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
  const { fields, problems } = udefFields(company, ['Name', 'CompUserText01'], layout, ownPrefix);
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
  const [field] = udefFields(company, [column], null, defaultFieldNames).fields;
  expect([field?.kind, field?.length]).toEqual([kind, length]);
});

describe('the user key', () => {
  it.each([
    ['ShortText', 39, 39],
    ['ShortText', 20, 20],
    ['LongText', 199, 39],
  ] as const)('in a %s of %i holds %i characters', (type, length, expected) => {
    const layout = new Map([['Siteshop:PersUserKey01', shape(type, { length })]]);
    const [field] = udefFields(person, ['PersUserKey01'], layout, defaultFieldNames).fields;
    expect(field).toMatchObject({ kind: 'key', length: expected, needed: true });
  });

  it('must be a text', () => {
    const layout = new Map([['Siteshop:PersUserKey01', shape('Number')]]);
    const { fields, problems } = udefFields(person, ['PersUserKey01'], layout, defaultFieldNames);
    expect(fields).toEqual([]);
    expect(problems).toMatchObject([{ column: 'PersUserKey01', code: 'not-a-key' }]);
  });
});

test('a Prog ID that SuperOffice lacks is told, with its near miss', () => {
  const layout = new Map([['siteshop:CompUserText01', shape('ShortText')]]);
  expect(
    udefFields(company, ['CompUserText01', 'CompUserText02'], layout, defaultFieldNames).problems,
  ).toEqual([
    {
      column: 'CompUserText01',
      progId: 'Siteshop:CompUserText01',
      code: 'missing',
      nearest: 'siteshop:CompUserText01',
    },
    { column: 'CompUserText02', progId: 'Siteshop:CompUserText02', code: 'missing', nearest: null },
  ]);
});

describe('extra fields of requests and messages', () => {
  test.each<[UdefType, number, object]>([
    ['Number', 0, { kind: 'integer' }],
    ['Decimal', 0, { kind: 'decimal' }],
    ['Checkbox', 0, { kind: 'boolean' }],
    ['UnlimitedDate', 0, { kind: 'date' }],
    ['DateTime', 0, { kind: 'datetime' }],
    ['ShortText', 255, { kind: 'text', length: 255 }],
    ['LongText', 0, { kind: 'text' }],
  ])('type %s of length %i becomes a field', (type, length, expected) => {
    const layout = new Map([['x_note', shape(type, { length })]]);
    const { fields, problems } = udefFields(ticket, ['Title', 'x_note'], layout, defaultFieldNames);
    expect(problems).toEqual([]);
    expect(fields).toEqual([
      {
        name: 'x_note',
        ...expected,
        meaning: 'Extra field "Label" (x_note).',
        slot: { at: 'custom', progId: 'x_note', udefType: type, column: 'extra/x_note' },
      },
    ]);
  });

  it('have a column of their own on messages, and no prefix of Prog IDs', () => {
    const layout = new Map([['x_note', shape('ShortText', { length: 255, label: '' })]]);
    const [field] = udefFields(message, ['x_note'], layout, ownPrefix).fields;
    expect(field).toMatchObject({
      meaning: 'Extra field x_note.',
      slot: { progId: 'x_note', column: 'ticketMessageExtra/x_note' },
    });
  });

  it('are texts offline, whatever they are called', () => {
    const [field] = udefFields(ticket, ['x_Num01'], null, defaultFieldNames).fields;
    expect([field?.kind, field?.length]).toEqual(['text', 199]);
  });

  it('that SuperOffice lacks are told, with their near miss', () => {
    const layout = new Map([['x_Note', shape('ShortText')]]);
    expect(udefFields(ticket, ['x_note', 'x_other'], layout, defaultFieldNames)).toEqual({
      fields: [],
      problems: [
        { column: 'x_note', progId: 'x_note', code: 'missing', nearest: 'x_Note' },
        { column: 'x_other', progId: 'x_other', code: 'missing', nearest: null },
      ],
    });
  });
});

describe('the user key of requests and messages', () => {
  test.each([
    [ticket, 'TickUserKey01', 'ticket'],
    [message, 'MessUserKey01', 'ej_message'],
  ] as const)('$name: a foreign key, which needs no field in SuperOffice', (datatype, column, table) => {
    for (const layout of [null, new Map<string, UdefShape>()]) {
      const { fields, problems } = udefFields(datatype, [column], layout, defaultFieldNames);
      expect(problems).toEqual([]);
      expect(fields).toMatchObject([
        { name: column, kind: 'key', length: 39, needed: true, slot: { at: 'foreignKey', table } },
      ]);
    }
    expect(keyName(datatype, defaultFieldNames)).toBeNull();
  });

  test.each([
    [ticket, 'TickUserKey01', 'x_key', 'extra/x_key'],
    [message, 'MessUserKey01', 'x_message_key', 'ticketMessageExtra/x_message_key'],
  ] as const)('$name: an extra field where the profile names one', (datatype, column, progId, archive) => {
    const layout = new Map([[progId, shape('ShortText', { length: 255 })]]);
    const { fields, problems } = udefFields(datatype, [column], layout, inExtraFields);
    expect(problems).toEqual([]);
    const slot = { at: 'custom', progId, udefType: 'ShortText', column: archive };
    expect(fields).toMatchObject([{ name: column, kind: 'key', length: 39, needed: true, slot }]);
    expect(keyField(datatype, inExtraFields)).toMatchObject({ kind: 'key', length: 39, slot });
    expect(keyName(datatype, inExtraFields)).toBe(progId);
  });

  it('must have a field that is there and is a text', () => {
    const number = new Map([['x_key', shape('Number')]]);
    expect(udefFields(ticket, ['TickUserKey01'], number, inExtraFields).problems).toEqual([
      { column: 'TickUserKey01', progId: 'x_key', code: 'not-a-key', nearest: null },
    ]);
    expect(udefFields(ticket, ['TickUserKey01'], new Map(), inExtraFields).problems).toEqual([
      { column: 'TickUserKey01', progId: 'x_key', code: 'missing', nearest: null },
    ]);
  });

  it('is no relation of a message file: there the key of the request is the parent', () => {
    expect(udefFields(message, ['TickUserKey01'], null, inExtraFields)).toEqual({ fields: [], problems: [] });
  });
});
