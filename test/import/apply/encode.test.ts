import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Field } from '../../../src/datatypes/field.ts';
import { encodeCustomField } from '../../../src/import/apply/encode.ts';

const decimal: Field = {
  name: 'CompUserDec01',
  kind: 'decimal',
  meaning: 'Decimal 01.',
  slot: {
    at: 'custom',
    progId: 'Siteshop:CompUserDec01',
    udefType: 'Decimal',
    column: 'contactUdef/Siteshop:CompUserDec01',
  },
};

describe('decimals of custom fields', () => {
  it.each<[number | null, string]>([
    [null, '[F:0]'],
    [0, '[F:0]'],
    [12.5, '[F:12.5]'],
    [-0.25, '[F:-0.25]'],
    [1e-7, '[F:0.0000001]'],
    [-1.25e-7, '[F:-0.000000125]'],
    [1e21, '[F:1000000000000000000000]'],
    [-1.5e22, '[F:-15000000000000000000000]'],
  ])('%s is %s', (value, text) => {
    expect(encodeCustomField(decimal, value)).toBe(text);
  });

  it('have no exponent, and lose no digit', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), value => {
        const [, digits = ''] = /^\[F:(-?\d+(?:\.\d+)?)\]$/.exec(encodeCustomField(decimal, value)) ?? [];
        expect(Number(digits)).toBe(value === 0 ? 0 : value);
      }),
    );
  });
});
