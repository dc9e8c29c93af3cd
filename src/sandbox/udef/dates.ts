/** A calendar day; the time of day of a user-defined date is always midnight. */
export interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** How SuperOffice writes "no date". */
const emptyDay: Day = { year: 1, month: 1, day: 1 };

const invariant = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?: \d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,7})?)?)?$/;
const iso = /^(\d{4})-(\d{2})-(\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,7})?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/;

/** Month/day/year as the invariant culture has it, or ISO. undefined when it is neither or no such day exists. */
export function parseDay(text: string): Day | undefined {
  const american = invariant.exec(text);
  const match = american ?? iso.exec(text);
  if (!match) return undefined;
  const [first, second, third] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const parsed = american
    ? { year: third, month: first, day: second }
    : { year: first, month: second, day: third };
  return isRealDay(parsed) ? parsed : undefined;
}

function isRealDay({ year, month, day }: Day): boolean {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return year > 0 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

export function isEmptyDay({ year, month, day }: Day): boolean {
  return year === emptyDay.year && month === emptyDay.month && day === emptyDay.day;
}

/** Seconds since 1970 of the day's midnight, as type Date stores it. */
export function secondsOf({ year, month, day }: Day): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getTime() / 1000;
}

/** `YYYYMMDD`, as type UnlimitedDate stores it. */
export function compactOf({ year, month, day }: Day): string {
  return `${pad(year, 4)}${pad(month, 2)}${pad(day, 2)}`;
}

/** `05/31/1999 00:00:00.0000000` from a stored Date or UnlimitedDate; null and unreadable values are the empty date. */
export function invariantText(stored: string | number | null): string {
  const { year, month, day } = dayOf(stored) ?? emptyDay;
  return `${pad(month, 2)}/${pad(day, 2)}/${pad(year, 4)} 00:00:00.0000000`;
}

/** `1999-05-31` from a stored Date or UnlimitedDate. */
export function isoText(stored: string | number): string {
  const { year, month, day } = dayOf(stored) ?? emptyDay;
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
}

function dayOf(stored: string | number | null): Day | undefined {
  if (typeof stored === 'number') {
    const date = new Date(stored * 1000);
    return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
  }
  const match = /^(\d{4})(\d{2})(\d{2})$/.exec(stored ?? '');
  return match ? { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) } : undefined;
}

function pad(number: number, width: number): string {
  return String(number).padStart(width, '0');
}
