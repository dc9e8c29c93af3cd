import type { Property } from '../property.ts';
import { noDate } from '../stamps.ts';
import { numberOf, shown } from '../values.ts';

/** The documented years without a meaning of their own (writing.md, section 2). */
const noBirthDate = 1;
const unknownYear = 2;

const date = /^([+-]?\d{4,6})-(\d{2})-(\d{2})(?:T|$)/;

/**
 * Three columns, 0 for what is not known. Only the day of what is sent counts: birth dates are not moved between time
 * zones (reading.md, section 5.3).
 */
export function birthDate(name: string): Property {
  return {
    name,
    empty: noDate,
    field: { type: 'System.DateTime', length: 2 },
    read: ({ row, reading }) => {
      const [year, month, day] = [row.year_of_birth, row.month_of_birth, row.day_of_birth].map(numberOf);
      if (!month || !day) return noDate + reading.zone;
      return `${pad(year || unknownYear, 4)}-${pad(month, 2)}-${pad(day, 2)}T00:00:00${reading.zone}`;
    },
    write: (draft, value) => {
      const match = typeof value === 'string' ? date.exec(value) : null;
      const [year, month, day] = [match?.[1], match?.[2], match?.[3]].map(Number);
      if (value === null || value === '' || (year !== undefined && year <= noBirthDate))
        Object.assign(draft.columns, columns(0, 0, 0));
      else if (!year || !month || !day || !isRealDay(year, month, day))
        draft.reject(name, `${shown(value)} is not a date`);
      else Object.assign(draft.columns, columns(year === unknownYear ? 0 : year, month, day));
    },
  };
}

function columns(year: number, month: number, day: number): Record<string, number> {
  return { year_of_birth: year, month_of_birth: month, day_of_birth: day };
}

/** Without a year the 29th of February is a day. */
function isRealDay(year: number, month: number, day: number): boolean {
  const real = new Date(0);
  real.setUTCFullYear(year === unknownYear ? 2000 : year, month - 1, day);
  return real.getUTCMonth() === month - 1 && real.getUTCDate() === day;
}

function pad(number: number, width: number): string {
  return String(number).padStart(width, '0');
}
