import { expect, test } from 'vitest';
import { excerpt } from '../../../src/formats/json/excerpt.ts';

test.each([
  ['hello', 1, '"ello"'],
  ['{"a":1}\nnext', 1, '"a":1}'],
  ['x'.repeat(30), 0, `"${'x'.repeat(24)}…"`],
  [`${'x'.repeat(23)}😀 and more`, 0, `"${'x'.repeat(23)}…"`],
])('evidence out of %j from %i on is %s', (text, offset, expected) => {
  expect(excerpt(text, offset)).toBe(expected);
});
