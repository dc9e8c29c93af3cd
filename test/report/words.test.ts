import { expect, test } from 'vitest';
import { shellWord } from '../../src/problems/shell-word.ts';
import { count, cut, duration, number, quote, wrap } from '../../src/report/words.ts';

test.each([
  [0, '0'],
  [999, '999'],
  [1000, '1,000'],
  [1234567, '1,234,567'],
])('number %d', (value, text) => expect(number(value)).toBe(text));

test.each([
  [49, 'under 0.1 s'],
  [50, '0.1 s'],
  [400, '0.4 s'],
  [9949, '9.9 s'],
  [9960, '10 s'],
  [59_600, '1 min'],
  [185_000, '3 min 5 s'],
  [7_800_000, '2 h 10 min'],
])('duration %d', (value, text) => expect(duration(value)).toBe(text));

test('count', () => {
  expect(count(1, 'row')).toBe('1 row');
  expect(count(0, 'row')).toBe('0 rows');
  expect(count(2, 'entry', 'entries')).toBe('2 entries');
});

test('cut counts characters, not code units', () => {
  expect(cut('abcdef', 4)).toBe('abc…');
  expect(cut('🙂🙂🙂', 3)).toBe('🙂🙂🙂');
  expect(quote('a\r\nb\tc', 20)).toBe('"a⏎b·c"');
});

test.each([
  ['a.csv', 'a.csv'],
  ['my file.csv', '"my file.csv"'],
  ['$HOME', '"\\$HOME"'],
])('shellWord %s', (word, text) => expect(shellWord(word)).toBe(text));

test('wrap breaks at spaces and keeps long words whole', () => {
  expect(wrap('  one two three', 9, '    ')).toEqual(['  one two', '    three']);
  expect(wrap('in /a/very/long/path.csv, here', 10, '')).toEqual(['in', '/a/very/long/path.csv,', 'here']);
  expect(wrap('one two', Number.POSITIVE_INFINITY, '')).toEqual(['one two']);
  expect(wrap('  "a  b"', 3, '')).toEqual(['  "a', ' b"']);
});
