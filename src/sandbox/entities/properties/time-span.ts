import type { Property } from '../property.ts';
import { numberOf, shown } from '../values.ts';

/** `00:10:00`, with days before it where there are any: `1.00:00:00`. */
const dotNet = /^(?:(\d{1,4})\.)?([01]?\d|2[0-3]):([0-5]?\d)(?::([0-5]?\d)(?:\.\d+)?)?$/;

/** `P1DT10M`, as the official client writes it. */
const iso = /^P(?=\d|T\d)(?:(\d{1,4})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,8})(?:\.\d+)?S)?)?$/;

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** A span of time, answered as .NET writes it; kept in seconds. */
export function timeSpan(name: string, column: string): Property {
  return {
    name,
    empty: '00:00:00',
    field: { type: 'System.TimeSpan', length: 2 },
    read: ({ row }) => spanText(numberOf(row[column])),
    write: (draft, value) => {
      const seconds = value === null || value === '' ? 0 : secondsOf(value);
      if (seconds === undefined) draft.reject(name, `${shown(value)} is not a time span such as 00:10:00`);
      else draft.columns[column] = seconds;
    },
  };
}

export function spanText(seconds: number): string {
  const days = Math.floor(seconds / day);
  const parts = [Math.floor((seconds % day) / hour), Math.floor((seconds % hour) / minute), seconds % minute];
  const time = parts.map(part => String(part).padStart(2, '0')).join(':');
  return days > 0 ? `${days}.${time}` : time;
}

function secondsOf(value: unknown): number | undefined {
  const text = typeof value === 'string' ? value.trim() : '';
  const match = dotNet.exec(text) ?? iso.exec(text);
  if (!match) return undefined;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map(part => Number(part ?? 0));
  return days * day + hours * hour + minutes * minute + seconds;
}
