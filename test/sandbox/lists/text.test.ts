import { describe, expect, test } from 'vitest';
import { translate, variantsOf } from '../../../src/sandbox/lists/text.ts';

const raw = 'NO:"Leverandør";US:"Supplier";DA:"Leverandør";SW:"Leverantör"';

describe('translate', () => {
  test.each([
    [raw, null, raw],
    [raw, 'en', 'Supplier'],
    [raw, 'en-GB', 'Supplier'],
    [raw, 'nb', 'Leverandør'],
    [raw, 'no', 'Leverandør'],
    [raw, 'nn-NO', 'Leverandør'],
    [raw, 'sv', 'Leverantör'],
    [raw, 'DA', 'Leverandør'],
    [raw, 'fi', 'Supplier'],
    [raw, 'xx', 'Supplier'],
    ['NO:"Kunde"; US:"Customer"; ', 'en', 'Customer'],
    ['NO:"Kunde";US:"Customer";', 'en', 'Customer'],
    ['NO:"Kunde"US:"Customer"', 'en', 'Customer'],
    ['NO:"Kunde";DA:"Kunde (dk)"', 'en', 'Kunde'],
    ['Plain', 'en', 'Plain'],
    ['Nr:"5" and more', 'en', 'Nr:"5" and more'],
    ['US:"A" and more', 'en', 'US:"A" and more'],
    ['', 'en', ''],
  ])('%s in %s is %s', (value, language, expected) => {
    expect(translate(value, language)).toBe(expected);
  });
});

test('variantsOf tells every language, and null for a plain text', () => {
  expect([...(variantsOf('GE:"Großhändler"; US:"Wholesaler"') ?? [])]).toEqual([
    ['GE', 'Großhändler'],
    ['US', 'Wholesaler'],
  ]);
  expect(variantsOf('AS: Bergen')).toBeNull();
});
