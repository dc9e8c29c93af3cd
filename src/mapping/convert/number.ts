import { type Conversion, fault, shown } from './conversion.ts';

/** SuperOffice's whole numbers are 32-bit (writing.md, section 3). */
const smallest = -2_147_483_648;
const largest = 2_147_483_647;

/**
 * Digits with an optional sign; leading zeros carry nothing. `1.000` and `5,0` are refused, since a mark in a whole
 * number may be a thousands separator; so are `1e3` and `0x10`.
 */
export function toInteger(cell: string): Conversion<number> {
  if (!/^[+-]?\d+$/.test(cell))
    return fault(
      'not-an-integer',
      `${shown(cell)} is not a whole number.`,
      'Write digits only, with a minus in front if needed: no decimals, spaces or thousands separators.',
    );
  const value = Number(cell);
  if (value < smallest || value > largest)
    return fault(
      'integer-out-of-range',
      `${shown(cell)} is outside what SuperOffice can hold.`,
      `Whole numbers go from ${smallest} to ${largest}.`,
    );
  return { ok: true, value: withoutMinusZero(value) };
}

/**
 * Digits with at most one decimal mark, comma or dot: `83,5`, `-0.25`, `.5`. When `mark` is set the other one is
 * refused. Two marks, spaces, exponents and currency signs are refused.
 */
export function toDecimal(cell: string, mark: ',' | '.' | null): Conversion<number> {
  const parts = /^([+-]?)(\d*)(?:([.,])(\d+))?$/.exec(cell);
  const [, sign = '', whole = '', found, decimals = ''] = parts ?? [];
  if (parts === null || whole + decimals === '')
    return fault(
      'not-a-decimal',
      `${shown(cell)} is not a number.`,
      `Write digits with ${marksInWords(mark)}, such as ${example(mark)}: no thousands separators, units or exponents.`,
    );
  if (mark !== null && found !== undefined && found !== mark)
    return fault(
      'not-a-decimal',
      `${shown(cell)} has a "${found}", but the decimal mark of this file is "${mark}".`,
      `Write it as ${example(mark)}, without thousands separators, or change "decimal" in the config.`,
    );
  const value = Number(`${sign}${whole || '0'}.${decimals || '0'}`);
  if (!Number.isFinite(value))
    return fault('not-a-decimal', `${shown(cell)} is too large.`, 'Write a number with fewer digits.');
  return { ok: true, value: withoutMinusZero(value) };
}

function marksInWords(mark: ',' | '.' | null): string {
  if (mark === null) return 'a comma or a dot as the decimal mark';
  return mark === ',' ? 'a comma as the decimal mark' : 'a dot as the decimal mark';
}

function example(mark: ',' | '.' | null): string {
  return mark === '.' ? '1234.5' : '1234,5';
}

function withoutMinusZero(value: number): number {
  return value === 0 ? 0 : value;
}
