import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Cell } from '../../src/formats/record.ts';
import { canonical } from '../../src/mapping/canonical.ts';
import { createMapper } from '../../src/mapping/map-row.ts';
import { mapping, plan } from './support.ts';

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
