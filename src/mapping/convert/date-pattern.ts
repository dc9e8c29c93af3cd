import { SicError } from '../../problems/sic-error.ts';

/** What a pattern read, not yet checked against the calendar. */
export interface PatternMatch {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** Digits as they were read; an hour alone or no time at all leaves the rest undefined. */
  readonly hour?: string | undefined;
  readonly minute?: string | undefined;
  readonly second?: string | undefined;
  /** `Z` or `+01:00`, where one was written. */
  readonly offset?: string | undefined;
}

/** A configured date form, ready for use. */
export interface DatePattern {
  /** As it stands in the config: `dd-MM-yyyy`. */
  readonly text: string;
  /** Null when the cell has another form. */
  match(cell: string): PatternMatch | null;
}

/** Each token as a regular expression; the one-letter forms take one digit or two. */
const tokens: ReadonlyMap<string, string> = new Map([
  ['yyyy', String.raw`(?<year>\d{4})`],
  ['yy', String.raw`(?<year>\d{2})`],
  ['MM', String.raw`(?<month>\d{2})`],
  ['M', String.raw`(?<month>\d{1,2})`],
  ['dd', String.raw`(?<day>\d{2})`],
  ['d', String.raw`(?<day>\d{1,2})`],
  ['HH', String.raw`(?<hour>\d{2})`],
  ['H', String.raw`(?<hour>\d{1,2})`],
  ['mm', String.raw`(?<minute>\d{2})`],
  ['ss', String.raw`(?<second>\d{2})`],
]);

/** A time may follow the date, unless the pattern spells one out itself. */
const anyTime = String.raw`(?:[T ](?<hour>\d{1,2})[:.](?<minute>\d{2})(?:[:.](?<second>\d{2})(?:[.,]\d{1,9})?)?)?`;

/**
 * Makes a matcher of `dd-MM-yyyy`, `d.M.yy`, `MM/dd/yyyy HH:mm` and the like. `D` and `Y` may be written for `d` and
 * `y`. Two-digit years are 1969 to 2068.
 * @throws SicError `config` when the pattern has unknown letters, or not exactly one day, month and year
 */
export function compileDatePattern(text: string): DatePattern {
  const pieces: readonly string[] =
    text
      .replaceAll('D', 'd')
      .replaceAll('Y', 'y')
      .match(/([A-Za-z])\1*|[^A-Za-z]+/g) ?? [];
  const source = pieces.map(piece => (/^[A-Za-z]/.test(piece) ? token(piece, text) : escaped(piece)));
  const count = (part: string): number => source.filter(piece => piece.startsWith(`(?<${part}>`)).length;
  for (const part of ['year', 'month', 'day'])
    if (count(part) !== 1) throw badPattern(text, `it must have one ${part}`);
  for (const part of ['hour', 'minute', 'second'])
    if (count(part) > 1) throw badPattern(text, `it has more than one ${part}`);
  const hasTime = pieces.some(piece => /^[Hms]/.test(piece));
  const expression = new RegExp(`^${source.join('')}${hasTime ? '' : anyTime}$`);
  const shortYear = pieces.includes('yy');
  return {
    text,
    match(cell) {
      const groups = expression.exec(cell)?.groups;
      if (!groups) return null;
      const year = Number(groups.year);
      return {
        year: shortYear ? year + (year < 69 ? 2000 : 1900) : year,
        month: Number(groups.month),
        day: Number(groups.day),
        hour: groups.hour,
        minute: groups.minute,
        second: groups.second,
      };
    },
  };
}

function token(piece: string, text: string): string {
  const expression = tokens.get(piece);
  if (expression === undefined) throw badPattern(text, `"${piece}" is no part of a date`);
  return expression;
}

function badPattern(text: string, why: string): SicError {
  return new SicError('config', `The date pattern "${text}" cannot be used: ${why}.`, {
    hint: 'Patterns are made of yyyy or yy, MM or M, dd or d, and if wanted HH, mm, ss: "dd-MM-yyyy", "d.M.yy".',
  });
}

const daysOfMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/**
 * `YYYY-MM-DD`, or null when there is no such day. Years before 1000 are none either: they are how other systems
 * write "no date" (0001-01-01).
 */
export function day(match: PatternMatch): string | null {
  const { year, month, day } = match;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const last = month === 2 && leap ? 29 : (daysOfMonth[month - 1] ?? 0);
  if (year < 1000 || day < 1 || day > last) return null;
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

function escaped(literal: string): string {
  return literal.replace(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
}
