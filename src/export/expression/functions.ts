import { type Held, nothingHeld } from '../../records/value.ts';
import type { ValueType } from './expression.ts';

/** Makes a value of that of a field. Of an empty field nothing is made. */
export interface ExportFunction {
  readonly takes: readonly ValueType[];
  readonly gives: ValueType;
  /** @param text as a file would say it. @param value as SuperOffice means it */
  readonly apply: (text: string, value: Held['value']) => string | number;
  /** The types it takes, in words. */
  readonly takesWhat: string;
}

const dates: readonly ValueType[] = ['day', 'moment'];

function ofDate(apply: (moment: string) => number): ExportFunction {
  return { takes: dates, takesWhat: 'a date', gives: 'number', apply: (_, moment) => apply(String(moment)) };
}

function ofText(gives: ValueType, apply: (text: string) => string | number): ExportFunction {
  return { takes: ['text', 'key', 'choice', 'item', 'items'], takesWhat: 'a text', gives, apply };
}

const month = (moment: string): number => Number(moment.slice(5, 7));

/** By name, as a search and a criterion write them: `year(CreatedDate)`. */
export const exportFunctions: Readonly<Record<string, ExportFunction>> = {
  year: ofDate(moment => Number(moment.slice(0, 4))),
  quarter: ofDate(moment => Math.ceil(month(moment) / 3)),
  month: ofDate(month),
  week: ofDate(isoWeek), // ISO 8601, 1 to 53
  day: ofDate(moment => Number(moment.slice(8, 10))),
  weekday: ofDate(isoWeekday), // 1 (Monday) to 7
  date: {
    takes: dates,
    takesWhat: 'a date',
    gives: 'day',
    apply: (_, moment) => String(moment).slice(0, 10),
  },
  time: {
    takes: ['moment'],
    takesWhat: 'a date with a time',
    gives: 'text',
    apply: (_, moment) => String(moment).slice(11, 16),
  },
  upper: ofText('text', text => text.toUpperCase()),
  lower: ofText('text', text => text.toLowerCase()),
  length: ofText('number', text => [...text].length),
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
