import { describe, expect, it, test } from 'vitest';
import { toBoolean } from '../../src/mapping/convert/boolean.ts';
import type { Conversion } from '../../src/mapping/convert/conversion.ts';
import { inShortRange, toDate } from '../../src/mapping/convert/date.ts';
import { compileDatePattern } from '../../src/mapping/convert/date-pattern.ts';
import { toNames } from '../../src/mapping/convert/list.ts';
import { toDecimal, toInteger } from '../../src/mapping/convert/number.ts';
import { toKey, toName, toText } from '../../src/mapping/convert/text.ts';
import { refusal } from './support.ts';

/** The value, or the code of the fault. */
function outcome<T>(conversion: Conversion<T>): T | string {
  return conversion.ok ? conversion.value : conversion.code;
}

test.each([
  ['TRUE', true],
  ['true', true],
  ['False', false],
  ['1', 'not-a-boolean'],
  ['yes', 'not-a-boolean'],
  ['ja', 'not-a-boolean'],
  ['T', 'not-a-boolean'],
])('boolean %s is %s', (cell, expected) => expect(outcome(toBoolean(cell))).toBe(expected));

test.each([
  ['42', 42],
  ['0005', 5],
  ['-7', -7],
  ['+5', 5],
  ['-0', 0],
  ['2147483647', 2147483647],
  ['-2147483648', -2147483648],
  ['2147483648', 'integer-out-of-range'],
  ['-2147483649', 'integer-out-of-range'],
  ['1.000', 'not-an-integer'],
  ['5,0', 'not-an-integer'],
  ['1 000', 'not-an-integer'],
  ['1e3', 'not-an-integer'],
  ['0x10', 'not-an-integer'],
  ['5-', 'not-an-integer'],
  ['٥', 'not-an-integer'],
])('integer %s is %s', (cell, expected) => expect(outcome(toInteger(cell))).toBe(expected));

test.each([
  ['83,5', null, 83.5],
  ['83.5', null, 83.5],
  ['1.234', null, 1.234],
  ['-0,25', null, -0.25],
  ['.5', null, 0.5],
  ['42', ',', 42],
  ['1,50', ',', 1.5],
  ['1.50', ',', 'not-a-decimal'],
  ['1,50', '.', 'not-a-decimal'],
  ['1.234,56', null, 'not-a-decimal'],
  ['1,234.56', '.', 'not-a-decimal'],
  ['1 234', null, 'not-a-decimal'],
  ['1\u00a0234', null, 'not-a-decimal'],
  ["1'234", null, 'not-a-decimal'],
  ['5,', null, 'not-a-decimal'],
  [',', null, 'not-a-decimal'],
  ['-', null, 'not-a-decimal'],
  ['1e3', null, 'not-a-decimal'],
  ['0x10', null, 'not-a-decimal'],
  ['83,5 %', null, 'not-a-decimal'],
  ['Infinity', null, 'not-a-decimal'],
  ['9'.repeat(400), null, 'not-a-decimal'],
] as const)('decimal %s with mark %s is %s', (cell, mark, expected) =>
  expect(outcome(toDecimal(cell, mark))).toBe(expected),
);

describe('date', () => {
  test.each([
    ['2024-02-29', [], '2024-02-29'],
    ['2024-01-31 23:59', [], '2024-01-31'],
    ['2024-01-31 23:59:59.123', [], '2024-01-31'],
    ['2024-01-31T00:30:00+02:00', [], '2024-01-31'],
    ['2024-01-31T23:30:00Z', [], '2024-01-31'],
    ['20240131', [], '2024-01-31'],
    ['31-01-2024', ['dd-MM-yyyy'], '2024-01-31'],
    ['31-01-2024 08:15', ['dd-MM-yyyy'], '2024-01-31'],
    ['31-01-2024 08:15', ['DD-MM-YYYY HH:mm'], '2024-01-31'],
    ['1.2.24', ['d.M.yy'], '2024-02-01'],
    ['1.2.69', ['d.M.yy'], '1969-02-01'],
    ['01/02/2024', ['MM/dd/yyyy'], '2024-01-02'],
    ['2024-01-31', ['dd-MM-yyyy'], '2024-01-31'],
    ['31.01.2024', ['dd-MM-yyyy', 'dd.MM.yyyy'], '2024-01-31'],
    ['31x01x2024', ['dd.MM.yyyy'], 'not-a-date'],
    ['31-02-2024', ['dd-MM-yyyy'], 'not-a-date'],
    ['2023-02-29', [], 'not-a-date'],
    ['1900-02-29', [], 'not-a-date'],
    ['2024-13-01', [], 'not-a-date'],
    ['2024-00-10', [], 'not-a-date'],
    ['0001-01-01', [], 'not-a-date'],
    ['31-01-2024', [], 'not-a-date'],
    ['1-2-2024', ['dd-MM-yyyy'], 'not-a-date'],
    ['2024-1-31', [], 'not-a-date'],
    ['2024-01-31 later', [], 'not-a-date'],
    ['45322', [], 'not-a-date'],
  ])('%s with patterns %j is %s', (cell, patterns, expected) =>
    expect(outcome(toDate(cell, patterns.map(compileDatePattern)))).toBe(expected),
  );

  it('tells which forms are understood', () => {
    const bare = toDate('31-01-2024', []);
    expect(bare).toMatchObject({
      message: '"31-01-2024" is not a date.',
      tip: expect.stringContaining('"dates"'),
    });
    const configured = toDate('31/01/2024', [compileDatePattern('dd-MM-yyyy')]);
    expect(configured).toMatchObject({ tip: 'Write it as dd-MM-yyyy, 2024-01-31 or 20240131.' });
  });

  it('says how an impossible day was read', () => {
    expect(toDate('31-02-2024', [compileDatePattern('dd-MM-yyyy')])).toMatchObject({
      message: '"31-02-2024" is a day that does not exist.',
      tip: expect.stringContaining('day 31, month 2, year 2024'),
    });
  });

  test.each([
    ['1970-01-02', '1970-01-02'],
    ['1970-01-01', 'date-out-of-range'],
    ['2038-01-19', '2038-01-19'],
    ['1969-12-31', 'date-out-of-range'],
    ['2038-01-20', 'date-out-of-range'],
  ])('%s in a short date field is %s', (day, expected) => expect(outcome(inShortRange(day))).toBe(expected));

  test.each([
    ['dd-MM', 'one year'],
    ['dd-mm-yyyy', 'one month'],
    ['dd-MM-yyyy yy', 'one year'],
    ['dd-MMM-yyyy', '"MMM"'],
    ['', 'one year'],
  ])('pattern %j is refused: %s', (pattern, why) => {
    const error = refusal(() => compileDatePattern(pattern));
    expect(error.code).toBe('config');
    expect(error.message).toContain(why);
  });
});

test.each([
  ['Golf|Wine', ['Golf', 'Wine']],
  [' Golf | Wine |', ['Golf', 'Wine']],
  ['Golf|Golf|golf', ['Golf', 'golf']],
  ['|', []],
])('names in %j are %j', (cell, expected) => expect(toNames(cell)).toEqual(expected));

describe('text', () => {
  test.each([
    ['Ærø Bådebyggeri', 39, 'Ærø Bådebyggeri'],
    ['one\r\ntwo\rthree', 39, 'one\ntwo\nthree'],
    ['a\tb', 39, 'a\tb'],
    ['12345', 5, '12345'],
    ['123456', 5, 'too-long'],
    ['😀😀😀', 5, 'too-long'],
    ['x'.repeat(5000), undefined, 'x'.repeat(5000)],
    ['bell\u0007', 39, 'control-character'],
    ['\u0093quoted\u0094', 39, 'control-character'],
  ])('%j within %s is %j', (cell, length, expected) => expect(outcome(toText(cell, length))).toBe(expected));

  it('says how long a text is and how long it may be', () => {
    const { message } = toText('123456', 5) as { message: string };
    expect(message).toContain('6 characters');
    expect(message).toContain('5 is the most');
  });

  it('shows no control character to a terminal', () => {
    expect(toText('\u001b[31mred', 39)).toMatchObject({ message: expect.not.stringContaining('\u001b') });
  });

  test.each([
    ['C-1', 'C-1'],
    ['k'.repeat(39), 'k'.repeat(39)],
    ['k'.repeat(40), 'key-too-long'],
    ['a\nb', 'control-character'],
  ])('key %j is %j', (cell, expected) => expect(outcome(toKey(cell, 39))).toBe(expected));

  it('takes no line break in a name', () => expect(outcome(toName('Den\nmark'))).toBe('control-character'));
});
