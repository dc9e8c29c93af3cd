import * as filter from '../../superoffice/filter.ts';
import type { Operator } from './parse.ts';
import { here, odd, type Pushed, wider } from './pushed.ts';

/** First and last day that satisfy; null: no end. */
interface Days {
  readonly first: string | null;
  readonly last: string | null;
}

/** null: no such range. */
export function daysOf(operator: Operator, day: string): Days | null {
  switch (operator) {
    case '=':
      return { first: day, last: day };
    case '<>':
      return null;
    case '>':
      return { first: shifted(day, 1), last: null };
    case '>=':
      return { first: day, last: null };
    case '<':
      return { first: null, last: shifted(day, -1) };
    case '<=':
      return { first: null, last: day };
  }
}

/** On the day of a moment there are moments before and behind it. */
export function momentOperator(operator: Operator): Operator {
  if (operator === '>') return '>=';
  return operator === '<' ? '<=' : operator;
}

export function pushYears(column: string, as: string, operator: Operator, number: number): Pushed {
  const year = (of: number): string => String(of).padStart(4, '0');
  const whole = Math.floor(number);
  if (number < 0 || number > 9999) return here('it is no year of a calendar');
  switch (operator) {
    case '=':
      return whole === number
        ? pushDays(column, as, { first: `${year(whole)}-01-01`, last: `${year(whole)}-12-31` })
        : here('it is no whole number');
    case '<>':
      return here('SuperOffice cannot leave out the days of a year');
    case '>':
      return pushDays(column, as, { first: `${year(whole + 1)}-01-01`, last: null });
    case '>=':
      return pushDays(column, as, { first: `${year(Math.ceil(number))}-01-01`, last: null });
    case '<':
      return pushDays(column, as, { first: null, last: `${year(Math.ceil(number) - 1)}-12-31` });
    case '<=':
      return pushDays(column, as, { first: null, last: `${year(whole)}-12-31` });
  }
}

/** Days that every database and calendar knows; SuperOffice keeps "no date" as one of 1760 in some tables. */
const calendar = { first: '1760-01-05', last: '9998-12-28' } as const;

/**
 * A day wider at both ends, since the documents do not say which clock the days of a filter go by (reading.md, section 15).
 */
export function pushDays(column: string, as: string, days: Days | null): Pushed {
  if (days === null) return here('SuperOffice cannot leave out one day');
  const first = days.first === null ? null : shifted(days.first, -1);
  const last = days.last === null ? null : shifted(days.last, 1);
  if ([first, last].some(day => day !== null && !(day > calendar.first && day < calendar.last)))
    return here('not every database has such a day');
  const why = 'a day wider, since SuperOffice may go by another clock';
  switch (as) {
    case 'date':
    case 'unlimiteddate':
      if (first !== null && last !== null) return wider(filter.betweenDays(column, first, last), why);
      if (first !== null) return wider(filter.dayAfter(column, shifted(first, -1)), why);
      return wider(filter.dayBefore(column, shifted(last ?? '', 1)), why);
    case 'datetime':
      return wider(
        filter.and(
          first === null ? '' : filter.notBefore(column, `${first}T00:00:00`),
          last === null ? '' : filter.beforeMoment(column, `${shifted(last, 1)}T00:00:00`),
        ),
        why,
      );
    default:
      return odd(as);
  }
}

function shifted(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString().slice(0, 10);
}
