import { describe, expect, test } from 'vitest';
import { parseFilter } from '../../../src/sandbox/archive/filter/parser.ts';
import type { Filter } from '../../../src/sandbox/archive/filter/syntax.ts';

/** `(a eq 1 and b eq 2)`: the tree with its groups shown. */
function show(filter: Filter | null): string {
  if (filter === null) return '';
  if (filter.kind !== 'condition') return `(${filter.branches.map(show).join(` ${filter.kind} `)})`;
  const values = filter.values.map(({ kind, text }) => (kind === 'text' ? `'${text}'` : text));
  return [filter.column, filter.operator, ...values].join(' ');
}

describe('filter grammar', () => {
  test.each([
    ['nothing', '  ', ''],
    ['and binds tighter than or', 'a = 1 or b = 2 and c = 3', '(a = 1 or (b = 2 and c = 3))'],
    ['keywords in any case', 'a = 1 AND b = 2 Or c = 3', '((a = 1 and b = 2) or c = 3)'],
    ['parentheses', '(a = 1 or b = 2) and c = 3', '((a = 1 or b = 2) and c = 3)'],
    ['nested parentheses', '((a = 1))', 'a = 1'],
    ['a list', "a in ('x','y')", "a in 'x' 'y'"],
    ['a list without a space', 'a oneOf(1, 2)', 'a oneOf 1 2'],
    ['backslash escapes a quote', "a is 'Bob\\'s'", "a is 'Bob's'"],
    ['backslash escapes a backslash', "a is 'C:\\\\'", "a is 'C:\\'"],
    ['backslash before others stands for itself', "a is 'C:\\x'", "a is 'C:\\x'"],
    ['keywords inside a text', "a is 'x or y'", "a is 'x or y'"],
    ['negative and decimal numbers', 'a between (-1.5, 2)', 'a between -1.5 2'],
    ['numbers keep their text', 'a eq 0005', 'a eq 0005'],
    ['signs without spaces', 'a>=1', 'a >= 1'],
    ['true and false', 'a set TRUE', 'a set true'],
    ['no value', 'a isNull and b today', '(a isNull and b today)'],
    ['two bare values', 'a thisPeriod 1 3', 'a thisPeriod 1 3'],
    ['a udef column', "contactUdef/Siteshop:Key in ('1')", "contactUdef/Siteshop:Key in '1'"],
    ['encoded values', 'a in ([I:10],[A:3,4])', 'a in 10 3 4'],
    ['an encoded date', 'a date [D:11/30/2011]', "a date '2011-11-30T00:00:00'"],
    ['a right join', 'person.(email->person_id).rank = 1', 'person.(email->person_id).rank = 1'],
    ['an explicit target', 'text.owner_id[contact].name is 1', 'text.owner_id[contact].name is 1'],
    ['startswith', "startswith(a, 'x')", "a begins 'x'"],
    ['endswith', "endswith(a,'x')", "a endswith() 'x'"],
    ['substringof, text first', "substringof('x', a)", "a contains 'x'"],
    ['substringof, column first', "substringof(a, 'x')", "a contains 'x'"],
    ['a period function', "thisAndNext(a, 2, 'weeks')", "a thisAndNext() 2 'weeks'"],
    ['a column named like a function', 'this = 1', 'this = 1'],
  ])('%s', (_, filter, tree) => {
    expect(show(parseFilter(filter))).toBe(tree);
  });

  test.each([
    ['doubled quote', "a is 'Bob''s'", /A quote inside a text is written/],
    ['open text', "a is 'Bob", /no closing quote/],
    ['escaped end', "a is 'Bob\\'", /no closing quote/],
    ['missing parenthesis', '(a = 1', /Expected '\)' at the end/],
    ['surplus parenthesis', 'a = 1)', /Expected 'and', 'or' or the end at position 6/],
    ['nothing after and', 'a = 1 and', /Expected a column name at the end/],
    ['no operator', 'a', /Expected an operator after 'a'/],
    ['value first', "'x' = a", /Expected a column name at position 1/],
    ['open list', 'a in (1', /Expected ',' or '\)' at the end/],
    ['strange character', 'a ~ 1', /Unexpected character '~' at position 3/],
    ['Prog ID with a dash', "contactUdef/function-1 = 'x'", /Unexpected character '-'|Expected an operator/],
    ['not in the grammar', 'not a = 1', /Expected/],
  ])('refuses %s', (_, filter, message) => {
    expect(() => parseFilter(filter)).toThrow(message);
    expect(() => parseFilter(filter)).toThrow(expect.objectContaining({ status: 400 }));
  });

  test('refuses endless nesting instead of exhausting the stack', () => {
    expect(() => parseFilter('('.repeat(100_000))).toThrow(/open parentheses/);
  });
});
