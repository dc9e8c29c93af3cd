import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { datatypes } from '../../src/datatypes/index.ts';
import { parseExpression } from '../../src/export/expression/parse.ts';
import { readCriteria, understood } from '../../src/export/where/criteria.ts';
import { operators, parseCriteria } from '../../src/export/where/parse.ts';
import { patience, tries } from './tries.ts';

const place = { shown: '--where', code: 'usage' } as const;
const fields = datatypes.flatMap(({ fields }) => fields);
const find = (name: string) => {
  const field = fields.find(one => one.name === name);
  return field ? { field } : { field: null, why: 'there is no such field.' };
};

const pieces = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      'Name',
      'CreatedDate',
      'year(',
      ')',
      '(',
      '=',
      '<>',
      '>=',
      '<',
      '>',
      '!',
      ';',
      '\\',
      '\\;',
      '\\\\',
      '"',
      "'",
      '""',
      "''",
      ' ',
      '\t',
      '\n',
      '2017',
      'Oslo',
      'æ',
      '😀',
      '\ud83d',
      '\0',
      '__proto__',
      'constructor',
      '[',
      ']',
    ),
  },
  fc.string({ unit: 'binary', maxLength: 6 }),
);
const soup = fc.array(pieces, { maxLength: 25, size: 'max' }).map(all => all.join(''));

describe('where', () => {
  test('any text is criteria or a refusal', { timeout: patience }, () => {
    fc.assert(
      fc.property(soup, text => {
        try {
          for (const criterion of readCriteria([text], place)) {
            expect(operators).toContain(criterion.operator);
            expect(text).toContain(criterion.text);
            understood(criterion, left => parseExpression(left, find));
          }
        } catch (error) {
          // A field that is not there has its advice in the message.
          expect(error).toMatchObject({
            name: 'SicError',
            code: 'usage',
            message: expect.stringMatching(/^--where: ./s),
          });
        }
      }),
      { numRuns: tries(2000) },
    );
  });

  test('what is quoted as it is told to be comes back', { timeout: patience }, () => {
    const value = fc.oneof(soup, fc.string({ unit: 'binary' }));
    const quote = fc.constantFrom('"', "'");
    const criterion = fc.tuple(
      fc.constantFrom('Name', 'year(CreatedDate)', 'Navn på kunde'),
      fc.constantFrom(...operators),
      value,
      quote,
    );
    fc.assert(
      fc.property(fc.array(criterion, { minLength: 1, maxLength: 4 }), all => {
        const text = all
          .map(
            ([left, operator, value, quote]) =>
              left + operator + quote + value.replaceAll(quote, quote + quote) + quote,
          )
          .join(' ; ');
        const read = parseCriteria(text);
        expect(
          Array.isArray(read) ? read.map(({ left, operator, value }) => [left, operator, value]) : read,
        ).toEqual(all.map(([left, operator, value]) => [left, operator, value]));
      }),
      { numRuns: tries(1000) },
    );
  });

  test.each([
    ';',
    '\\',
    '"',
    "'",
    '=',
    '<',
    'a',
    ' ',
    '; ',
    ';a',
    'a ',
    '\\;',
    '""',
    "=';",
    'a=1;',
    'x(',
    '😀',
  ])('a hundred thousand characters of %j', { timeout: patience }, piece => {
    for (const before of ['', 'Name=', 'Name="', 'Name=;', 'year('])
      for (const behind of ['', '"', ';', ' ', '=', ')'])
        try {
          const text = before + piece.repeat(100_000 / piece.length) + behind;
          for (const criterion of readCriteria([text], place))
            understood(criterion, left => parseExpression(left, find));
        } catch (error) {
          expect(error).toMatchObject({ name: 'SicError', code: 'usage' });
        }
  });
});
