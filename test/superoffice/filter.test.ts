import { describe, expect, test } from 'vitest';
import {
  and,
  canFilter,
  equalsNumber,
  equalsText,
  isKeyList,
  isOneOf,
  isOneOfNumbers,
  quote,
} from '../../src/superoffice/filter.ts';

test.each([
  ['Owl', "'Owl'"],
  ["Bob's", "'Bob\\'s'"],
  ["''", "'\\'\\''"],
  ['Å & Ø (x), "y"', `'Å & Ø (x), "y"'`],
  ['', "''"],
])('quote(%j) is %s', (value, quoted) => {
  expect(quote(value)).toBe(quoted);
});

test.each([
  ['a\\b', false],
  ['a\nb', false],
  ["a'b", true],
  ['æøå 漢', true],
])('canFilter(%j) is %s', (value, can) => {
  expect(canFilter(value)).toBe(can);
});

test('a value that cannot be expressed is refused instead of matching something else', () => {
  expect(() => isOneOf('name', ['ok', 'a\\b'])).toThrow('a\\\\b');
  expect(() => isOneOf('name', [])).toThrow();
  expect(() => isOneOfNumbers('id', [Number.NaN])).toThrow();
});

test.each([
  [
    isOneOf('contactUdef/Siteshop:CompUserKey01', ['1001', "L'1"]),
    "contactUdef/Siteshop:CompUserKey01 in ('1001','L\\'1')",
  ],
  [isOneOfNumbers('contactId', [5, 6]), 'contactId in (5,6)'],
  [equalsText('name', '7'), "name is '7'"],
  [equalsNumber('retired', 0), 'retired eq 0'],
  [and('a in (1)', '', "b is 'x or y'"), "a in (1) and b is 'x or y'"],
  [and('a eq 1 or b eq 2', 'c gt 0'), '(a eq 1 or b eq 2) and c gt 0'],
  [and('', ''), ''],
])('%s', (filter, expected) => {
  expect(filter).toBe(expected);
});

describe('isKeyList', () => {
  test.each([
    ["key in ('a','b')", true],
    ["key in ('a or b','c')", true],
    ['phone.owner_id in (1,2) and phone.ptype_idx in (1)', true],
    ['key in (1) or name is 2', false],
    ['contactId gt 5', false],
    ['', false],
  ])('%j → %s', (filter, expected) => {
    expect(isKeyList(filter)).toBe(expected);
  });
});
