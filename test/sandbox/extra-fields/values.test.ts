import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ExtraField, ExtraFieldType } from '../../../src/sandbox/extra-fields/definitions.ts';
import { decodeExtra, encodeExtra } from '../../../src/sandbox/extra-fields/values.ts';

function field(type: ExtraFieldType): ExtraField {
  return { name: 'x_any', type, label: '', description: '', isIndexed: false, rank: 1 };
}

describe('what is read from a text, and how it is shown again', () => {
  test.each<[ExtraFieldType, string, string | number | null, string]>([
    ['ShortText', 'abc', 'abc', 'abc'],
    ['ShortText', '[I:1]', '[I:1]', '[I:1]'],
    ['LongText', 'a\nb', 'a\nb', 'a\nb'],
    ['ShortText', '', null, ''],
    ['Integer', '[I:42]', 42, '[I:42]'],
    ['Integer', '-7', -7, '[I:-7]'],
    ['Integer', '', null, '[I:0]'],
    ['Checkbox', '[I:1]', 1, '[I:1]'],
    ['Checkbox', 'True', 1, '[I:1]'],
    ['Checkbox', 'false', 0, '[I:0]'],
    ['Decimal', '[F:2.5001]', 2.5001, '[F:2.5001]'],
    ['Decimal', '2', 2, '[F:2]'],
    ['Decimal', '[F:1e-7]', 1e-7, '[F:0.0000001]'],
    ['Date', '[D:06/19/2019]', '2019-06-19T00:00:00', '[D:06/19/2019]'],
    ['Date', '[DT:06/19/2019 14:35:56.00000]', '2019-06-19T00:00:00', '[D:06/19/2019]'],
    ['Date', '2019-06-19', '2019-06-19T00:00:00', '[D:06/19/2019]'],
    ['Date', '', null, '[D:01/01/0001 00:00:00.0000000]'],
    ['Date', '[D:01/01/0001 00:00:00.0000000]', null, '[D:01/01/0001 00:00:00.0000000]'],
    ['DateTime', '[DT:06/19/2019 14:35:56.00000]', '2019-06-19T14:35:56', '[DT:06/19/2019 14:35:56.0000000]'],
  ])('%s %s', (type, sent, stored, shown) => {
    expect(decodeExtra(field(type), sent)).toBe(stored);
    expect(encodeExtra(field(type), stored)).toBe(shown);
  });
});

describe('what no field of the type can hold', () => {
  test.each<[ExtraFieldType, string]>([
    ['Integer', '[F:1.5]'],
    ['Integer', 'many'],
    ['Integer', '[I:2147483648]'],
    ['Checkbox', '[I:2]'],
    ['Checkbox', 'yes'],
    ['Decimal', '1,5'],
    ['Decimal', '[D:06/19/2019]'],
    ['Date', '[D:19.06.2019]'],
    ['Date', '[D:02/30/2019]'],
    ['Date', '[I:3]'],
    ['ShortText', 'x'.repeat(256)],
  ])('%s %s', (type, text) => {
    expect(() => decodeExtra(field(type), text)).toThrow(/x_any/);
  });
});

test('what is shown of any value is read as that value', () => {
  const values: Record<Exclude<ExtraFieldType, 'ShortText' | 'LongText'>, fc.Arbitrary<string | number>> = {
    Integer: fc.integer(),
    Checkbox: fc.constantFrom(0, 1),
    Decimal: fc
      .tuple(fc.integer(), fc.integer({ min: 0, max: 9 }))
      .map(([digits, scale]) => digits / 10 ** scale),
    Date: day().map(iso => `${iso.slice(0, 10)}T00:00:00`),
    DateTime: day(),
  };
  for (const [type, arbitrary] of Object.entries(values) as [ExtraFieldType, fc.Arbitrary<string | number>][])
    fc.assert(
      fc.property(arbitrary, value => {
        expect(decodeExtra(field(type), encodeExtra(field(type), value))).toBe(value);
      }),
    );
});

function day(): fc.Arbitrary<string> {
  const bounds = {
    min: new Date('0001-01-02T00:00:00Z'),
    max: new Date('9999-12-31T23:59:59Z'),
    noInvalidDate: true,
  };
  return fc.date(bounds).map(date => date.toISOString().slice(0, 19));
}
