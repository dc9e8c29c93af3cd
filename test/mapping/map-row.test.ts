import { describe, expect, it, test } from 'vitest';
import { person } from '../../src/datatypes/person.ts';
import type { UdefShape } from '../../src/datatypes/udef.ts';
import type { Cell } from '../../src/formats/record.ts';
import type { ColumnSource } from '../../src/mapping/columns.ts';
import { mappingCodes } from '../../src/mapping/convert/conversion.ts';
import { createMapper } from '../../src/mapping/map-row.ts';
import type { Row } from '../../src/mapping/row.ts';
import { mapping, plan, to } from './support.ts';

const noText = { label: '', length: 0, list: null };
const layout = new Map<string, UdefShape>([
  ['Siteshop:CompUserKey01', { type: 'ShortText', label: '', length: 39, list: null }],
  ['Siteshop:CompUserNum01', { ...noText, type: 'Number' }],
  ['Siteshop:CompUserDec01', { ...noText, type: 'Decimal' }],
  ['Siteshop:CompUserDate01', { ...noText, type: 'Date' }],
]);

function map(cells: Readonly<Record<string, Cell>>, parts: Partial<ColumnSource> = {}): Row {
  return createMapper(plan(Object.keys(cells), { layout, ...parts }))(new Map(Object.entries(cells)));
}

function values(row: Row): unknown {
  return Object.fromEntries([...row.values].map(([field, value]) => [field.name, value]));
}

const clearing = { mapping: mapping({ empty: 'clear' }) };

describe('a good row', () => {
  it('is typed by its fields', () => {
    const row = map({
      CompUserKey01: ' 0005 ',
      Name: '  "Ørsted" A/S\u00a0',
      Stop: 'true',
      CompUserNum01: '42',
      CompUserDec01: '150,49',
      CompUserDate01: '2024-01-31',
      Category: ' Customer ',
      Interests: 'Golf| Wine',
      CountryName: 'DK',
    });
    expect(row.problems).toEqual([]);
    expect(row.key).toBe('0005');
    expect(values(row)).toEqual({
      CompUserKey01: '0005',
      Name: '"Ørsted" A/S',
      Stop: true,
      CompUserNum01: 42,
      CompUserDec01: 150.49,
      CompUserDate01: '2024-01-31',
      Category: 'Customer',
      Interests: ['Golf', 'Wine'],
      CountryName: 'DK',
    });
  });

  it('takes JSON types, whatever the decimal mark of texts', () => {
    const row = map(
      { CompUserKey01: 4280, Stop: true, CompUserNum01: 42, CompUserDec01: 1.5, Phone1: 12345678 },
      { mapping: mapping({ decimal: ',' }) },
    );
    expect(row.problems).toEqual([]);
    expect(values(row)).toEqual({
      CompUserKey01: '4280',
      Stop: true,
      CompUserNum01: 42,
      CompUserDec01: 1.5,
      Phone1: '12345678',
    });
  });

  it('gets constants, and values through their table', () => {
    const table = new Map([
      ['DK', 'Denmark'],
      ['', 'Norway'],
    ]);
    const parts = {
      mapping: mapping({
        columns: new Map([['Land', to('CountryName', { values: table })]]),
        constants: new Map([['Category', 'Customer']]),
      }),
    };
    expect(values(map({ CompUserKey01: '1', Land: ' DK ' }, parts))).toEqual({
      CompUserKey01: '1',
      CountryName: 'Denmark',
      Category: 'Customer',
    });
    expect(values(map({ CompUserKey01: '1', Land: 'SE' }, parts))).toMatchObject({ CountryName: 'SE' });
    expect(values(map({ CompUserKey01: '1', Land: ' ' }, parts))).toMatchObject({ CountryName: 'Norway' });
  });
});

describe('an empty cell', () => {
  it('keeps what SuperOffice has', () => {
    expect(values(map({ CompUserKey01: '1', Department: ' ', Stop: '' }))).toEqual({ CompUserKey01: '1' });
  });
  it('clears where the mapping says so, and never an interest', () => {
    expect(values(map({ CompUserKey01: '1', Department: ' ', Interests: '' }, clearing))).toEqual({
      CompUserKey01: '1',
      Department: null,
    });
  });
  it('obeys its column before its file', () => {
    const columns = new Map([['Department', to('Department', { empty: 'keep' })]]);
    const row = map(
      { CompUserKey01: '1', Department: '' },
      { mapping: mapping({ empty: 'clear', columns }) },
    );
    expect(values(row)).toEqual({ CompUserKey01: '1' });
  });
  it('differs from JSON null, which clears, and from no cell at all, which keeps', () => {
    expect(values(map({ CompUserKey01: '1', Department: null }))).toEqual({
      CompUserKey01: '1',
      Department: null,
    });
    const mapper = createMapper(plan(['CompUserKey01', 'Department'], clearing));
    expect(values(mapper(new Map([['CompUserKey01', '1']])))).toEqual({ CompUserKey01: '1' });
  });
  it('and a cell of mere bars name no interest', () => {
    expect(values(map({ CompUserKey01: '1', Interests: ' | ' }))).toEqual({ CompUserKey01: '1' });
  });
});

const faulty: readonly [
  string,
  Readonly<Record<string, Cell>>,
  Partial<ColumnSource>,
  string | null,
  string | null,
][] = [
  ['blank-key', { CompUserKey01: '  ' }, {}, 'CompUserKey01', '  '],
  ['blank-key', { CompUserKey01: null }, clearing, 'CompUserKey01', null],
  ['key-too-long', { CompUserKey01: 'k'.repeat(40) }, {}, 'CompUserKey01', 'k'.repeat(40)],
  ['damaged-key', { CompUserKey01: '1,5E+10' }, {}, 'CompUserKey01', '1,5E+10'],
  [
    'blank-relation',
    { PersUserKey01: '1', CompUserKey01: '' },
    { datatype: person, layout: null },
    'CompUserKey01',
    '',
  ],
  ['cannot-clear', { CompUserKey01: '1', Name: '' }, clearing, 'Name', ''],
  ['cannot-clear', { CompUserKey01: '1', Name: null }, {}, 'Name', null],
  ['too-long', { CompUserKey01: '1', PostalZipcode: '123456789012' }, {}, 'PostalZipcode', '123456789012'],
  ['control-character', { CompUserKey01: '1', Name: 'a\u0000b' }, {}, 'Name', 'a\u0000b'],
  ['control-character', { CompUserKey01: '1', Category: 'a\nb' }, {}, 'Category', 'a\nb'],
  ['not-an-integer', { CompUserKey01: '1', CompUserNum01: 1.5 }, {}, 'CompUserNum01', '1.5'],
  [
    'integer-out-of-range',
    { CompUserKey01: '1', CompUserNum01: '3000000000' },
    {},
    'CompUserNum01',
    '3000000000',
  ],
  ['not-a-decimal', { CompUserKey01: '1', CompUserDec01: '1.234,5' }, {}, 'CompUserDec01', '1.234,5'],
  ['not-a-boolean', { CompUserKey01: '1', Stop: 1 }, {}, 'Stop', '1'],
  [
    'not-a-date',
    { CompUserKey01: '1', CompUserDate01: '31-02-2024' },
    { mapping: mapping({ dates: ['dd-MM-yyyy'] }) },
    'CompUserDate01',
    '31-02-2024',
  ],
  [
    'date-out-of-range',
    { CompUserKey01: '1', CompUserDate01: '2050-01-01' },
    {},
    'CompUserDate01',
    '2050-01-01',
  ],
  [
    'integration-id',
    { IntegrationID: 'B', CompUserKey01: '1', IntegrationIDCheck: 'B' },
    { integrationId: 'A' },
    'IntegrationID',
    'B',
  ],
  [
    'integration-id',
    { IntegrationID: '', CompUserKey01: '1', IntegrationIDCheck: 'A' },
    { integrationId: 'A' },
    'IntegrationID',
    null,
  ],
  [
    'integration-id',
    { IntegrationID: 'A', CompUserKey01: '1', IntegrationIDCheck: '' },
    { integrationId: 'A' },
    'IntegrationIDCheck',
    null,
  ],
  [
    'integration-id',
    { IntegrationID: 'A', CompUserKey01: '1', IntegrationIDCheck: 'x' },
    {},
    'IntegrationIDCheck',
    'x',
  ],
];

test.each(faulty)('%s: %j', (code, cells, parts, field, value) => {
  const { problems } = map(cells, parts);
  expect(problems.map(problem => [problem.code, problem.field, problem.value])).toEqual([
    [code, field, value],
  ]);
  for (const { message, tip } of problems) {
    expect(message).toMatch(/^\S.*\.$/s);
    expect(tip).toMatch(/^\S.*\.$/s);
  }
});

test('every problem code of mapping is tried above', () => {
  expect(new Set(faulty.map(([code]) => code))).toEqual(new Set(mappingCodes));
});

test('a row tells all its problems at once and keeps what is good', () => {
  const row = map({ CompUserKey01: '', Name: 'Good', Stop: 'ja', CompUserNum01: 'x' });
  expect(row.problems.map(({ code }) => code)).toEqual(['blank-key', 'not-a-boolean', 'not-an-integer']);
  expect(row.key).toBe('');
  expect(values(row)).toEqual({ Name: 'Good' });
});

test('a renamed column is named as the file knows it too', () => {
  const columns = new Map([['Spærret', to('Stop')]]);
  const row = map({ CompUserKey01: '1', Spærret: 'ja' }, { mapping: mapping({ columns }) });
  expect(row.problems[0]).toMatchObject({
    field: 'Stop',
    message: '"ja" is neither TRUE nor FALSE (column "Spærret").',
  });
});

test('matching control columns let the row in', () => {
  const cells = { IntegrationID: ' 17PS ', CompUserKey01: '1', IntegrationIDCheck: '17PS' };
  expect(map(cells, { integrationId: '17PS' }).problems).toEqual([]);
  expect(map(cells).problems).toEqual([]);
});
