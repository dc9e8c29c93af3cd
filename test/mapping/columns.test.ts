import { describe, expect, it, test } from 'vitest';
import { appointment } from '../../src/datatypes/appointment.ts';
import { message } from '../../src/datatypes/message.ts';
import { person } from '../../src/datatypes/person.ts';
import { ticket } from '../../src/datatypes/ticket.ts';
import { defaultFieldNames, type UdefShape } from '../../src/datatypes/udef.ts';
import type { ColumnSource } from '../../src/mapping/columns.ts';
import { describePlan } from '../../src/mapping/plan.ts';
import { mapping, plan, refusal, to } from './support.ts';

const text: UdefShape = { type: 'ShortText', label: 'Key', length: 39, list: null };
const layout = new Map<string, UdefShape>([
  ['Siteshop:CompUserKey01', text],
  ['Siteshop:CompUserText01', { ...text, label: 'Kundetype', length: 20 }],
  ['Siteshop:compusertext02', text],
]);

const inExtraFields = {
  ...defaultFieldNames,
  keyFields: { Ticket: 'x_key', Message: null },
};

describe('a good header', () => {
  it('finds the field of every column, in file order', () => {
    const { columns, fields, ignored, integrity, warnings } = plan([
      'Name',
      'CompUserKey01',
      'CVR',
      'PostalZip',
    ]);
    expect(columns.map(({ column, field }) => [column, field.name])).toEqual([
      ['Name', 'Name'],
      ['CompUserKey01', 'CompUserKey01'],
      ['CVR', 'OrgNo'],
      ['PostalZip', 'PostalZipcode'],
    ]);
    expect(fields.map(({ name }) => name)).toEqual(['Name', 'CompUserKey01', 'OrgNo', 'PostalZipcode']);
    expect([ignored, integrity, warnings]).toEqual([[], null, []]);
  });

  it('takes the type of a more-page column from SuperOffice', () => {
    const { fields } = plan(['CompUserKey01', 'CompUserText01'], { layout });
    expect(fields.map(({ kind, length }) => [kind, length])).toEqual([
      ['key', 39],
      ['text', 20],
    ]);
  });

  it('takes a parent key as relation and keeps our-contact columns apart', () => {
    const { fields } = plan(['PersUserKey01', 'CompUserKey01', 'AssociateName', 'AssociateFullName'], {
      datatype: person,
    });
    expect(fields.map(({ kind }) => kind)).toEqual(['key', 'relation', 'associate', 'associate']);
    expect(fields[2]?.slot).toBe(fields[3]?.slot);
  });

  it('has the key of the request as parent in a file of messages, as key in a file of requests', () => {
    const messages = plan(['MessUserKey01', 'TickUserKey01'], { datatype: message });
    expect(messages.fields.map(({ kind, slot }) => [kind, slot.at])).toEqual([
      ['key', 'foreignKey'],
      ['relation', 'reference'],
    ]);
    const parts = { datatype: ticket, fieldNames: inExtraFields, layout: new Map([['x_key', text]]) };
    const [key] = plan(['TickUserKey01'], parts).fields;
    expect([key?.kind, key?.slot.at]).toEqual(['key', 'custom']);
  });

  it('does not need the company in a file that only updates persons', () => {
    expect(plan(['PersUserKey01', 'Title'], { datatype: person }).columns).toHaveLength(2);
  });

  it('renames, ignores, adds constants', () => {
    const { columns, constants, ignored, fields } = plan(['Kundenr', 'Navn', 'Note'], {
      mapping: mapping({
        columns: new Map([
          ['Kundenr', to('CompUserKey01')],
          ['Navn', to('Name', { empty: 'clear' })],
          ['Note', to(null)],
        ]),
        constants: new Map<string, string | boolean>([
          ['Category', 'Customer'],
          ['Stop', false],
        ]),
      }),
    });
    expect(columns.map(({ field, empty }) => [field.name, empty])).toEqual([
      ['CompUserKey01', 'keep'],
      ['Name', 'clear'],
    ]);
    expect([...constants].map(([field, value]) => [field.name, value])).toEqual([
      ['Category', 'Customer'],
      ['Stop', false],
    ]);
    expect(ignored).toEqual(['Note']);
    expect(fields).toHaveLength(4);
  });

  it('passes over the columns of a reject file, also when an IntegrationID is wanted', () => {
    const reject = ['SicCode', 'SicField', 'SicValue', 'SicPlace', 'SicMessage', 'SicTip'];
    const { columns, ignored, integrity } = plan(
      ['IntegrationId', 'CompUserKey01', 'integrationidcheck', ...reject],
      { integrationId: '17PS01010001' },
    );
    expect(columns).toHaveLength(1);
    expect(ignored).toEqual([]);
    expect(integrity).toEqual({
      idColumn: 'IntegrationId',
      checkColumn: 'integrationidcheck',
      expected: '17PS01010001',
    });
  });

  it('ignores unknown columns when told to, and says when only the letter case is wrong', () => {
    const { ignored, warnings } = plan(['CompUserKey01', 'Foo', 'name', 'CreatedDate', 'CompUserText09'], {
      mapping: mapping({ unknownColumns: 'ignore' }),
      layout,
    });
    expect(ignored).toEqual(['Foo', 'name', 'CreatedDate', 'CompUserText09']);
    expect(warnings.map(({ code, field }) => [code, field])).toEqual([['column-ignored', 'name']]);
  });

  it('ignores a column that merely looks like the key, as long as the key is there', () => {
    const parts = { mapping: mapping({ unknownColumns: 'ignore' }) };
    expect(plan(['CompUserKey01', 'CompUserKey1'], parts).ignored).toEqual(['CompUserKey1']);
    expect(refusal(() => plan(['CompUserKey1'], parts)).message).toContain('Did you mean "CompUserKey01"?');
  });

  it('warns of a mapped column that the file lacks', () => {
    const { warnings } = plan(['CompUserKey01', 'navn'], {
      mapping: mapping({
        columns: new Map([
          ['Navn', to('Name')],
          ['By', to('PostalCity')],
        ]),
        unknownColumns: 'ignore',
      }),
    });
    expect(warnings.map(({ code, field, tip }) => [code, field, tip])).toEqual([
      ['mapped-column-absent', 'Navn', expect.stringContaining('"navn"')],
      ['mapped-column-absent', 'By', expect.stringContaining('Nothing is written')],
    ]);
  });

  it('needs no order of columns, and none at all, where records have only those they need', () => {
    const parts = { fixed: false, integrationId: 'A' };
    const { integrity } = plan(['IntegrationIdCheck', 'CompUserKey01', 'IntegrationId', 'Name'], parts);
    expect(integrity).toEqual({
      idColumn: 'IntegrationId',
      checkColumn: 'IntegrationIdCheck',
      expected: 'A',
    });
    expect(plan([], parts)).toMatchObject({ columns: [], integrity: null });
    expect(refusal(() => plan(['CompUserKey01'], parts)).detail?.split('\n')).toEqual([
      'No record has an IntegrationID.',
      'No record has an IntegrationIDCheck.',
    ]);
  });

  it('without a configured id uses both control columns wherever they are, and a lone one not at all', () => {
    expect(plan(['CompUserKey01', 'INTEGRATIONID', 'IntegrationIDcheck']).integrity).toEqual({
      idColumn: 'INTEGRATIONID',
      checkColumn: 'IntegrationIDcheck',
      expected: null,
    });
    expect(plan(['IntegrationID', 'CompUserKey01']).integrity).toBeNull();
  });
});

const key = 'CompUserKey01';
test.each<[string, readonly string[], Partial<ColumnSource>, string, string]>([
  ['unknown, near', [key, 'Nmae'], {}, 'Did you mean "Name"?', 'sic fields Company'],
  [
    'unknown, far',
    [key, 'Zzzzzzzzz'],
    {},
    'Column "Zzzzzzzzz" cannot be imported: Company has no such column.',
    'unknownColumns',
  ],
  ['letter case', [key, 'name'], {}, 'Its exact spelling is "Name".', 'letter case'],
  ['letter case of an alias', [key, 'cvr'], {}, 'Its exact spelling is "CVR".', 'letter case'],
  ['letter case of the key', ['compuserkey01'], {}, 'Its exact spelling is "CompUserKey01".', 'letter case'],
  ['letter case of a more-page column', [key, 'compusertext01'], {}, '"CompUserText01"', 'letter case'],
  ['blank around a name', [key, 'Name '], {}, 'Its exact spelling is "Name".', 'letter case'],
  ['column of another datatype', [key, 'Firstname'], {}, 'It is a column of Person.', ''],
  ['more-page column of another datatype', [key, 'PersUserText01'], {}, 'It is a column of Person.', ''],
  ['extra field of requests', [key, 'x_note'], {}, 'It is a column of Ticket.', ''],
  [
    'more-page column of requests, which have none',
    ['TickUserKey01', 'TickUserText01'],
    { datatype: ticket },
    'Ticket has no such column.',
    'sic fields Ticket',
  ],
  [
    'extra field missing',
    ['TickUserKey01', 'x_note'],
    { datatype: ticket, layout: new Map([['x_Note', text]]) },
    'no extra field "x_note" of a type that sic can write on Ticket. It has "x_Note": the letter case differs.',
    'Make an extra field of that name in SuperOffice',
  ],
  [
    'extra field of the key missing',
    ['TickUserKey01'],
    { datatype: ticket, layout: new Map(), fieldNames: inExtraFields },
    'no extra field "x_key"',
    'take "ticketKey" out of the profile',
  ],
  [
    'extra field of the key a number',
    ['TickUserKey01'],
    {
      datatype: ticket,
      layout: new Map([['x_key', { ...text, type: 'Number' as const }]]),
      fieldNames: inExtraFields,
    },
    'the extra field "x_key" of a type that sic can write is no text field in SuperOffice.',
    'short text, indexed',
  ],
  ['no key of a message', ['TickUserKey01'], { datatype: message }, 'Column MessUserKey01 is missing', ''],
  [
    'constant that is no choice',
    ['AppoUserKey01'],
    { datatype: appointment, mapping: mapping({ constants: new Map([['Private', 'Secret']]) }) },
    '"Secret" is none of the words this field knows. Write Public, PrivateUser or PrivateGroup.',
    '',
  ],
  ['read-only', [key, 'SuperOfficeId'], {}, 'SuperOffice fills it in itself.', 'Take the column out'],
  ['same column twice', [key, 'Name', 'Name'], {}, 'Columns "Name" and "Name" both go to Name.', 'Keep one'],
  ['field and alias', [key, 'OrgNo', 'CVR'], {}, 'Columns "OrgNo" and "CVR" both go to OrgNo.', 'Keep one'],
  ['no key', ['Name'], {}, 'Column CompUserKey01 is missing', 'CompUserKey01'],
  ['no key of a person', [key, 'Lastname'], { datatype: person }, 'Column PersUserKey01 is missing', ''],
  ['one column with separators', [`${key};Name`], {}, 'Did you mean "CompUserKey01"?', 'single column'],
  [
    'Prog ID missing',
    [key, 'CompUserText09'],
    { layout },
    'no more-page field with the Prog ID "Siteshop:CompUserText09"',
    'sic fields Company',
  ],
  [
    'Prog ID in another letter case',
    [key, 'CompUserText02'],
    { layout },
    'It has "Siteshop:compusertext02"',
    '',
  ],
  [
    'Prog ID of the key missing',
    [key],
    { layout: new Map(), mapping: mapping({ unknownColumns: 'ignore' }) },
    '"Siteshop:CompUserKey01"',
    'short text, length 39, indexed',
  ],
  [
    'key field is a number',
    [key],
    { layout: new Map([['Siteshop:CompUserKey01', { ...text, type: 'Number' as const }]]) },
    'no text field',
    'short text',
  ],
  [
    'mapping to nowhere',
    [key, 'Navn'],
    { mapping: mapping({ columns: new Map([['Navn', to('Nane')]]), unknownColumns: 'ignore' }) },
    'The mapping sends column "Navn" to "Nane"',
    'Correct the mapping',
  ],
  [
    'mapping to a missing Prog ID',
    [key, 'T'],
    { layout, mapping: mapping({ columns: new Map([['T', to('CompUserText09')]]) }) },
    '"Siteshop:CompUserText09"',
    'Give the field that Prog ID',
  ],
  [
    'mapping and column to one field',
    [key, 'Navn', 'Name'],
    { mapping: mapping({ columns: new Map([['Navn', to('Name')]]) }) },
    'Columns "Navn" and "Name" both go to Name.',
    '',
  ],
  [
    'constant of no field',
    [key],
    { mapping: mapping({ constants: new Map([['Categry', 'x']]) }) },
    'constant "Categry" cannot be used: Company has no such column. Did you mean "Category"?',
    '',
  ],
  [
    'constant beside a column',
    [key, 'Category'],
    { mapping: mapping({ constants: new Map([['Category', 'x']]) }) },
    '"Category" goes to Category too',
    '',
  ],
  [
    'constant key',
    [key],
    { mapping: mapping({ constants: new Map([[key, 'x']]) }) },
    'every record needs a key of its own',
    '',
  ],
  [
    'constant of the wrong type',
    [key],
    { mapping: mapping({ constants: new Map([['Stop', 'ja']]) }) },
    '"ja" is neither TRUE nor FALSE.',
    '',
  ],
  ['empty constant', [key], { mapping: mapping({ constants: new Map([['Name', '']]) }) }, 'it is empty', ''],
  [
    'IntegrationID not first',
    [key, 'IntegrationID', 'IntegrationIDCheck'],
    { integrationId: 'A' },
    'The first column must be IntegrationID, but it is "CompUserKey01".',
    'begins with IntegrationID',
  ],
  [
    'IntegrationIDCheck not last',
    ['IntegrationID', 'IntegrationIDCheck', key],
    { integrationId: 'A' },
    'The last column must be IntegrationIDCheck, but it is "CompUserKey01".',
    '',
  ],
  [
    'IntegrationID twice',
    ['IntegrationID', key, 'IntegrationId', 'IntegrationIDCheck'],
    {},
    'more than once',
    '',
  ],
])('refuses the file: %s', (_, columns, parts, message, hint) => {
  const error = refusal(() => plan(columns, parts));
  expect(error.code).toBe('file');
  expect(`${error.message}\n${error.detail ?? ''}`).toContain(message);
  expect(error.message).toContain('companies.csv');
  expect(error.hint).toContain(hint);
});

it('tells all faults of a header at once', () => {
  const error = refusal(() => plan(['Nmae', 'department', 'CVR', 'OrgNo'], { integrationId: 'A' }));
  expect(error.message).toBe('companies.csv: the header has 6 faults.');
  expect(error.detail?.split('\n')).toHaveLength(6);
});

it('does not miss a key that is there with a wrong spelling', () => {
  expect(refusal(() => plan(['Compuserkey01', 'Name'])).detail).toBeNull();
});

describe('the description for the fingerprint', () => {
  const base = describePlan(plan([key, 'Name']));
  it('is stable, also between offline and online', () => {
    expect(describePlan(plan([key, 'Name']))).toBe(base);
    expect(describePlan(plan([key, 'Name'], { layout }))).toBe(base);
  });
  it.each<[string, readonly string[], Partial<ColumnSource>]>([
    ['another column', [key, 'Department'], {}],
    ['a date form', [key, 'Name'], { mapping: mapping({ dates: ['dd-MM-yyyy'] }) }],
    ['a decimal mark', [key, 'Name'], { mapping: mapping({ decimal: ',' }) }],
    ['a constant', [key, 'Name'], { mapping: mapping({ constants: new Map([['Category', 'x']]) }) }],
    ['the time zone', [key, 'Name'], { timeZone: 'Europe/Oslo' }],
    ['the meaning of empty', [key, 'Name'], { mapping: mapping({ empty: 'clear' }) }],
    [
      'a value table',
      [key, 'Name'],
      { mapping: mapping({ columns: new Map([['Name', to('Name', { values: new Map([['a', 'b']]) })]]) }) },
    ],
  ])('changes with %s', (_, columns, parts) => expect(describePlan(plan(columns, parts))).not.toBe(base));
});
