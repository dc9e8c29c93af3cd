import { type Held, nothingHeld } from '../../records/value.ts';
import type { ValueType } from './expression.ts';

/** Makes a value of that of a field. Of an empty field nothing is made. */
export interface ExportFunction {
  readonly takes: readonly ValueType[];
  readonly gives: ValueType;
  /** @param text as a file would say it. @param value as SuperOffice means it */
  readonly apply: (text: string, value: Held['value']) => string | number;
  /** For help: `year of a date`. */
  readonly meaning: string;
}

const dates: readonly ValueType[] = ['day', 'moment'];

function ofDate(meaning: string, apply: (moment: string) => number): ExportFunction {
  return { takes: dates, gives: 'number', apply: (_, moment) => apply(String(moment)), meaning };
}

function ofText(meaning: string, gives: ValueType, apply: (text: string) => string | number): ExportFunction {
  return { takes: ['text', 'key', 'choice', 'item', 'items'], gives, apply, meaning };
}

const month = (moment: string): number => Number(moment.slice(5, 7));

/** By name, as a search and a criterion write them: `year(CreatedDate)`. */
export const exportFunctions: Readonly<Record<string, ExportFunction>> = {
  year: ofDate('year of a date', moment => Number(moment.slice(0, 4))),
  quarter: ofDate('quarter, 1 to 4', moment => Math.ceil(month(moment) / 3)),
  month: ofDate('month, 1 to 12', month),
  week: ofDate('week by ISO 8601, 1 to 53', isoWeek),
  day: ofDate('day of the month', moment => Number(moment.slice(8, 10))),
  weekday: ofDate('day of the week, 1 (Monday) to 7', isoWeekday),
  date: {
    takes: dates,
    gives: 'day',
    apply: (_, moment) => String(moment).slice(0, 10),
    meaning: 'a moment without its time',
  },
  time: {
    takes: ['moment'],
    gives: 'text',
    apply: (_, moment) => String(moment).slice(11, 16),
    meaning: 'a moment without its day, 14:30',
  },
  upper: ofText('in capital letters', 'text', text => text.toUpperCase()),
  lower: ofText('in small letters', 'text', text => text.toLowerCase()),
  length: ofText('number of characters', 'number', text => [...text].length),
};

/** The function's value of a field's value. */
export function applied({ apply }: ExportFunction, { value, text }: Held): Held {
  if (text === null) return nothingHeld;
  const made = apply(text, value);
  return { value: made, text: String(made) };
}

function utc(moment: string): Date {
  return new Date(`${moment.slice(0, 10)}T00:00:00Z`);
}

function isoWeekday(moment: string): number {
  return utc(moment).getUTCDay() || 7;
}

/** The week of a day is that of its Thursday; the first of a year is the one with its first Thursday. */
function isoWeek(moment: string): number {
  const thursday = utc(moment);
  thursday.setUTCDate(thursday.getUTCDate() + 4 - isoWeekday(moment));
  const january = Date.UTC(thursday.getUTCFullYear(), 0, 1);
  return Math.floor((thursday.getTime() - january) / (7 * 86_400_000)) + 1;
}
