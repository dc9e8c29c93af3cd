import { type Conversion, fault, shown } from './conversion.ts';
import { type DatePattern, day, type PatternMatch } from './date-pattern.ts';

/**
 * SuperOffice keeps these dates as seconds since 1970 in 32 bits (reading.md, section 14.2). The first day would be 0
 * seconds, which is how it keeps "no date".
 */
const shortDateRange = { from: '1970-01-02', to: '2038-01-19' } as const;

const time = String.raw`(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?(?: ?(Z|[+-]\d{2}:?\d{2}))?)?`;
const isoDay = new RegExp(`^(\\d{4})-(\\d{2})-(\\d{2})${time}$`, 'i');
const packedDay = /^(\d{4})(\d{2})(\d{2})$/;

/**
 * The day that is written there, as `YYYY-MM-DD`. A time and an offset are read over: the day never passes through a
 * time zone, so it cannot move. The configured patterns are tried first; without them only `YYYY-MM-DD` (with or
 * without a time) and `YYYYMMDD` are understood, since the order of day and month is never guessed.
 */
export function toDate(cell: string, patterns: readonly DatePattern[]): Conversion<string> {
  let impossible: PatternMatch | null = null;
  for (const match of readings(cell, patterns)) {
    const value = day(match);
    if (value !== null) return { ok: true, value };
    impossible ??= match;
  }
  if (impossible)
    return fault(
      'not-a-date',
      `${shown(cell)} is a day that does not exist.`,
      `Read as day ${impossible.day}, month ${impossible.month}, year ${impossible.year}: correct it, or leave the cell empty.`,
    );
  return fault('not-a-date', `${shown(cell)} is not a date.`, `Write it as ${forms(patterns)}.`);
}

/** Refuses days that a SuperOffice field of type Date cannot hold. */
export function inShortRange(value: string): Conversion<string> {
  if (value >= shortDateRange.from && value <= shortDateRange.to) return { ok: true, value };
  return fault(
    'date-out-of-range',
    `${value} is outside what this field can hold.`,
    `It holds days from ${shortDateRange.from} to ${shortDateRange.to}. Make it an unlimited date in SuperOffice for others.`,
  );
}

/** Every way to read a cell as a date, the configured patterns first. */
export function* readings(cell: string, patterns: readonly DatePattern[]): Generator<PatternMatch> {
  for (const pattern of patterns) {
    const match = pattern.match(cell);
    if (match) yield match;
  }
  const iso = isoDay.exec(cell) ?? packedDay.exec(cell);
  if (iso)
    yield {
      year: Number(iso[1]),
      month: Number(iso[2]),
      day: Number(iso[3]),
      hour: iso[4],
      minute: iso[5],
      second: iso[6],
      offset: iso[7],
    };
}

/** The forms a date may have, for advice. */
export function forms(patterns: readonly DatePattern[]): string {
  if (patterns.length === 0)
    return '2024-01-31 or 20240131; other forms need "dates" in the config, such as "dd-MM-yyyy"';
  return `${patterns.map(pattern => pattern.text).join(', ')}, 2024-01-31 or 20240131`;
}
