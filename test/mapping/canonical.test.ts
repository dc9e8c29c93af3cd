import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { appointment } from '../../src/datatypes/appointment.ts';
import { company } from '../../src/datatypes/company.ts';
import type { Datatype } from '../../src/datatypes/datatype.ts';
import type { Field } from '../../src/datatypes/field.ts';
import { ticket } from '../../src/datatypes/ticket.ts';
import type { Cell } from '../../src/formats/record.ts';
import type { RowFile, RowFiles } from '../../src/formats/row-file.ts';
import { createCanonical } from '../../src/mapping/canonical.ts';
import { createMapper } from '../../src/mapping/map-row.ts';
import type { Row, Value } from '../../src/mapping/row.ts';
import { mapping, plan } from './support.ts';

function canonical(row: Row): string {
  return createCanonical([...row.values.keys()])(row);
}

function canonicalOf(cells: readonly (readonly [string, Cell])[]): string {
  const mapper = createMapper(
    plan(
      cells.map(([column]) => column),
      { mapping: mapping({ dates: ['dd-MM-yyyy'] }) },
    ),
  );
  return canonical(mapper(new Map(cells)));
}

const names = ['CompUserKey01', 'Name', 'Department', 'Phone1', 'Description', 'CompUserText01', 'Interests'];

test('column order does not matter', () => {
  const rowAndOrder = fc.tuple(
    fc.array(fc.string({ minLength: 1 }), { minLength: names.length, maxLength: names.length }),
    fc.shuffledSubarray(names, { minLength: names.length }),
  );
  fc.assert(
    fc.property(rowAndOrder, ([cells, order]) => {
      const byName = new Map(names.map((name, index) => [name, cells[index] ?? '']));
      const pairs = (columns: readonly string[]) =>
        columns.map(name => [name, byName.get(name) ?? ''] as const);
      expect(canonicalOf(pairs(order))).toBe(canonicalOf(pairs(names)));
    }),
  );
});

const fields = company.fields;
const value = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.array(fc.string()),
);
function file(checksum: string, name = 'a.pdf'): RowFile {
  return { name, size: 1, checksum, open: () => expect.unreachable('the checksum is known') };
}

const found = fc.array(fc.tuple(fc.string(), fc.array(fc.string().map(checksum => file(checksum)))));
const row = fc.record({
  values: fc.array(fc.tuple(fc.constantFrom(...fields), value)).map(values => new Map<Field, Value>(values)),
  files: fc.option(
    fc.record({
      found: found.map(columns => new Map(columns)),
      missing: fc.array(fc.tuple(fc.string(), fc.array(fc.string()))).map(columns => new Map(columns)),
      lookedIn: fc.constant('in .'),
    }),
    { nil: undefined },
  ),
});

test('the text is the one that memories were made with', () => {
  const canonical = createCanonical(fields);
  fc.assert(
    fc.property(row, ({ values, files }) => {
      const entries = [...values]
        .map(([{ name }, value]) => [name, Array.isArray(value) ? value.toSorted() : value] as const)
        .toSorted(([a], [b]) => (a < b ? -1 : 1));
      const checksums = [...(files?.found ?? [])].map(([column, all]) => [
        column,
        all.map(({ checksum }) => checksum),
      ]);
      const plain = files ? [entries, checksums, [...files.missing]] : entries;
      expect(canonical({ key: '', problems: [], values, ...(files && { files }) })).toBe(
        JSON.stringify(plain),
      );
    }),
  );
});

const key = ['CompUserKey01', '1'] as const;
test.each([
  ['number', 'CompUserNum01', '5', '+0005'],
  ['decimal', 'CompUserDec01', '1,50', '1.5'],
  ['decimal from JSON', 'CompUserDec01', '1,50', 1.5],
  ['date', 'CompUserDate01', '2024-01-31', '31-01-2024'],
  ['boolean', 'Stop', 'TRUE', 'true'],
  ['line end', 'Description', 'a\r\nb', 'a\nb'],
  ['outer blanks', 'Name', ' a', 'a '],
  ['order of names', 'Interests', 'Golf|Wine', 'Wine | Golf'],
])('the spelling of a %s does not matter', (_, column, one, other) => {
  expect(canonicalOf([key, [column, one]])).toBe(canonicalOf([key, [column, other]]));
});

test.each([
  ['Name', 'a', 'A'],
  ['Name', 'a', ''],
  ['Department', '', null],
  ['Interests', 'Golf', 'Golf|Wine'],
])('%s %j differs from %j', (column, one, other) => {
  expect(canonicalOf([key, [column, one]])).not.toBe(canonicalOf([key, [column, other]]));
});

test('the same value in another column differs', () => {
  expect(canonicalOf([key, ['Name', 'a']])).not.toBe(canonicalOf([key, ['Department', 'a']]));
});

test('the spelling of a time, a choice and a list of tags does not matter', () => {
  const of = (datatype: Datatype, cells: Readonly<Record<string, Cell>>): string => {
    const parts = { datatype, timeZone: 'Europe/Oslo', mapping: mapping({ dates: ['dd-MM-yyyy'] }) };
    return canonical(createMapper(plan(Object.keys(cells), parts))(new Map(Object.entries(cells))));
  };
  expect(of(appointment, { AppoUserKey01: '1', StartDate: '2026-01-31T13:30Z', Completed: true })).toBe(
    of(appointment, { AppoUserKey01: '1', StartDate: '31-01-2026 14.30', Completed: 'completed' }),
  );
  expect(of(ticket, { TickUserKey01: '1', AddTags: 'a, b' })).toBe(
    of(ticket, { TickUserKey01: '1', AddTags: 'b,a,b' }),
  );
});

describe('the files of a row', () => {
  const row = createMapper(plan(['CompUserKey01']))(new Map([key]));
  const files = (parts: Partial<RowFiles>): string =>
    canonical({ ...row, files: { found: new Map(), missing: new Map(), lookedIn: 'in .', ...parts } });
  const base = files({ found: new Map([['Name', [file('a')]]]) });

  test.each<[string, Partial<RowFiles>]>([
    ['other bytes', { found: new Map([['Name', [file('b')]]]) }],
    ['one more', { found: new Map([['Name', [file('a'), file('b')]]]) }],
    ['another column', { found: new Map([['Content', [file('a')]]]) }],
    ['a file that is not there', { missing: new Map([['Name', ['a.pdf']]]) }],
    ['none', {}],
  ])('count: %s', (_, parts) => expect(files(parts)).not.toBe(base));

  test('count by their bytes, wherever they lie', () => {
    expect(files({ found: new Map([['Name', [file('a')]]]), lookedIn: 'in documents' })).toBe(base);
    expect(canonical(row)).not.toBe(files({}));
  });
});
