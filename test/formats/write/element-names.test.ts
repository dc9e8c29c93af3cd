import fc from 'fast-check';
import { XMLValidator } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import { elementName, elementNames } from '../../../src/formats/write/element-names.ts';

describe('the name of an element', () => {
  test.each([
    ['CompUserKey01', 'CompUserKey01'],
    ['contactUdef/Siteshop:CompUserKey01', 'contactUdef_Siteshop_CompUserKey01'],
    ['person.contact', 'person.contact'],
    ['Ærø-Færge', 'Ærø-Færge'],
    ['日本', '日本'],
    ['Top 10', 'Top_10'],
    ['1st', '_1st'],
    ['.x', '_.x'],
    ['-x', '_-x'],
    ['\u0301x', '_\u0301x'],
    ['a×b', 'a_b'],
    ['a😀b', 'a_b'],
    ['a\ud83db', 'a_b'],
    ['<&>', '___'],
    ['😀', '_'],
    ['', '_'],
  ])('of %j is %j', (text, name) => {
    expect(elementName(text)).toBe(name);
  });

  test('is one for every parser', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        const name = elementName(text);
        expect(name).not.toContain(':');
        expect(elementName(name)).toBe(name);
        // The validator refuses U+0487, which the standard allows.
        expect(XMLValidator.validate(`<${name.replaceAll('\u0487', '_')}/>`)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('names that clash', () => {
  test.each([
    [
      ['a/b', 'a:b', 'a b'],
      ['a_b', 'a_b_2', 'a_b_3'],
    ],
    [
      ['a/b', 'a_b', 'a_b_2'],
      ['a_b_3', 'a_b', 'a_b_2'],
    ],
    [
      ['1', '_1', '2'],
      ['_1_2', '_1', '_2'],
    ],
    [
      ['Name', 'name'],
      ['Name', 'name'],
    ],
  ])('%j become %j', (columns, names) => {
    expect(elementNames(columns)).toEqual(names);
  });

  test('are all made distinct', () => {
    const column = fc.array(fc.constantFrom('a', '_', '/', ':', '1', '2', '_2'), { maxLength: 4 });
    fc.assert(
      fc.property(
        fc.uniqueArray(
          column.map(parts => parts.join('')),
          { maxLength: 12 },
        ),
        columns => {
          expect(new Set(elementNames(columns)).size).toBe(columns.length);
        },
      ),
    );
  });
});
