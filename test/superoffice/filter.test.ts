import { describe, expect, test } from 'vitest';
import {
  and,
  associateIsNoneOf,
  associateIsOneOf,
  beforeMoment,
  betweenDays,
  betweenNumbers,
  canFilter,
  dayAfter,
  dayBefore,
  equalsNumber,
  equalsText,
  greaterThan,
  hasOneOf,
  isFlag,
  isKeyList,
  isNoneOfList,
  isNotNull,
  isOneOf,
  isOneOfList,
  isOneOfNumbers,
  lessThan,
  notBefore,
  or,
  quote,
  unequalNumber,
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
  [greaterThan('id', -1), 'id gt -1'],
  [lessThan('amount', 12.5), 'amount lt 12.5'],
  [unequalNumber('id', 0), 'id ne 0'],
  [betweenNumbers('amount', -1.5, 2), 'amount between (-1.5,2)'],
  [isNotNull('orgnr'), 'orgnr isNotNull'],
  [isFlag('stop', true), 'stop set true'],
  [isFlag('stop', false), 'stop set false'],
  [dayAfter('date', '2024-02-29'), "date after '2024-02-29'"],
  [dayBefore('date', '1999-12-31'), "date before '1999-12-31'"],
  [betweenDays('date', '2026-01-01', '2026-01-31'), "date dateBetween ('2026-01-01','2026-01-31')"],
  [notBefore('date', '2026-01-31T08:00:00'), "date afterTime '2026-01-31T08:00:00'"],
  [beforeMoment('date', '2026-01-31T23:59:59'), "date beforeTime '2026-01-31T23:59:59'"],
  [isOneOfList('category', [3, 6]), 'category oneOf (3,6)'],
  [isNoneOfList('category', [3]), 'category notOneOf (3)'],
  [associateIsOneOf('associateId', [1, 6]), 'associateId associateIsOneOf (1,6)'],
  [associateIsNoneOf('associateId', [6]), 'associateId associateIsNotOneOf (6)'],
  [hasOneOf('tags', [1, 2]), 'tags intArrayOneOf (1,2)'],
  [or("a is 'x'", 'b eq 2 and c eq 3'), "a is 'x' or b eq 2 and c eq 3"],
  [or('a eq 1'), 'a eq 1'],
  [and(or('a eq 1', 'b eq 2'), 'c gt 0'), '(a eq 1 or b eq 2) and c gt 0'],
])('%s', (filter, expected) => {
  expect(filter).toBe(expected);
});

test.each([
  ['no number', () => lessThan('id', Number.NaN)],
  ['an endless one', () => betweenNumbers('id', 0, Number.POSITIVE_INFINITY)],
  ['one in exponent form', () => greaterThan('amount', 1e21)],
  ['a small one in exponent form', () => equalsNumber('amount', 1e-7)],
  ['a day of no calendar', () => dayAfter('date', '2026-02-29')],
  ['a day that is no day', () => dayBefore('date', '31.01.2026')],
  ['a day with a time', () => dayAfter('date', '2026-01-31T00:00:00')],
  ['a last day of no calendar', () => betweenDays('date', '2026-01-01', '2026-06-31')],
  ['a moment without a time', () => beforeMoment('date', '2026-01-31')],
  ['a moment with a zone', () => beforeMoment('date', '2026-01-31T08:00:00Z')],
  ['24 o’clock', () => notBefore('date', '2026-01-31T24:00:00')],
  ['no items', () => isOneOfList('category', [])],
  ['none of no items', () => isNoneOfList('category', [])],
  ['no users', () => associateIsOneOf('associateId', [])],
  ['none of no users', () => associateIsNoneOf('associateId', [])],
  ['no tags', () => hasOneOf('tags', [])],
  ['an or of nothing', () => or()],
  ['an or with everything', () => or('a eq 1', '')],
])('%s is refused', (_, build) => {
  expect(build).toThrow();
});

describe('isKeyList', () => {
  test.each([
    ["key in ('a','b')", true],
    ["key in ('a or b','c')", true],
    ['phone.owner_id in (1,2) and phone.ptype_idx in (1)', true],
    ['key in (1) or name is 2', false],
    ['contactId gt 5', false],
    ['category oneOf (1,2)', false],
    ['', false],
  ])('%j → %s', (filter, expected) => {
    expect(isKeyList(filter)).toBe(expected);
  });
});
