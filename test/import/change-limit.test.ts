import { expect, test } from 'vitest';
import { isTooMany } from '../../src/import/change-limit.ts';

const share = (percent: number) => ({ kind: 'share', percent }) as const;
const number = (most: number) => ({ kind: 'number', most }) as const;

test.each([
  // More than 5,000 and more than half.
  [null, 5000, 5000, 0, false],
  [null, 5001, 10_002, 0, false],
  [null, 5001, 10_001, 0, true],
  [share(100), 9000, 9000, 0, false],
  [share(10), 10, 100, 0, false],
  [share(10), 11, 100, 0, true],
  // A share is of each file, a number of the run.
  [share(10), 10, 100, 500, false],
  [number(500), 500, 900, 0, false],
  [number(500), 1, 9, 500, true],
])('%o: %i of %i, after %i: %s', (limit, updates, named, before, expected) => {
  expect(isTooMany(limit, { updates, named, before })).toBe(expected);
});
