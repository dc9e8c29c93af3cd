import { describe, expect, it } from 'vitest';
import { checkShift } from '../../src/mapping/shifted-row.ts';

describe('a row of a reject file', () => {
  it.each(['line 12', '', ' line 7 '])('is in place when SicPlace holds "%s"', place => {
    expect(checkShift(new Map([['SicPlace', place]]))).toBeNull();
  });

  it.each(['ragged-row', '16 cells, but the header has 17', 'line twelve'])(
    'is shifted when SicPlace holds "%s"',
    place => {
      expect(checkShift(new Map([['SicPlace', place]]))).toMatchObject({ code: 'ragged-row', value: place });
    },
  );
});
