/**
 * A field's value as SuperOffice means it: texts and dates (`YYYY-MM-DD`) are strings, list items, associates,
 * countries and parents are ids, `lists` are id arrays. null is empty.
 */
export type PlainValue = string | number | boolean | readonly number[] | null;

/** What SuperOffice holds now. */
export interface Held {
  readonly value: PlainValue;
  /** As a file would say it; null = empty. */
  readonly text: string | null;
}

export const nothingHeld: Held = { value: null, text: null };

/** A moment as a person writes it: `2026-01-31 14:30`. */
export function momentText(moment: string): string {
  return moment.replace('T', ' ').replace(/:00$/, '');
}

/** Very small and very large numbers are `1e-7` in JavaScript; files and SuperOffice take digits and a dot alone. */
export function numberText(value: number): string {
  const [mantissa = '', exponent] = String(value).split('e');
  if (exponent === undefined) return mantissa;
  const sign = mantissa.startsWith('-') ? '-' : '';
  const digits = mantissa.replace(/[-.]/g, '');
  const shift = Number(exponent);
  return shift < 0
    ? `${sign}0.${'0'.repeat(-shift - 1)}${digits}`
    : `${sign}${digits.padEnd(shift + 1, '0')}`;
}
