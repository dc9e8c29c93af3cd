import type { DbValue } from '../store/table.ts';

/** How answers write "no date" (reading.md, section 5.2). */
export const emptyDate = '0001-01-01T00:00:00';

/**
 * ISO text without zone of a stored date: seconds since 1970, `YYYYMMDD`, or ISO with or without zone and fraction.
 * null for no date. The sandbox's base time zone is UTC.
 */
export function isoOf(stored: DbValue | undefined): string | null {
  if (stored === null || stored === undefined || stored === 0 || stored === '') return null;
  if (typeof stored === 'number') return isoOfMilliseconds(stored * 1000);
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(stored);
  const iso = compact ? `${compact[1]}-${compact[2]}-${compact[3]}T00:00:00` : withTime(stored);
  return iso.startsWith('0001-01-01') ? null : iso;
}

function isoOfMilliseconds(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 19);
}

function withTime(text: string): string {
  return text.length === 10 ? `${text}T00:00:00` : text.slice(0, 19);
}

const literal =
  /^(\d{4})[-.](\d{1,2})[-.](\d{1,2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

/** ISO text of a date written in a filter; a zone is converted to UTC. undefined when it is no date. */
export function parseDate(text: string): string | undefined {
  const match = literal.exec(text.trim());
  if (!match) return undefined;
  const [, year = '', month = '', day = '', hour = '00', minute = '00', second = '00', zone = 'Z'] = match;
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}T${hour}:${minute}:${second}`;
  const offset = zone === 'Z' ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(-2)}`;
  const milliseconds = Date.parse(iso + offset);
  const isRealDay = !Number.isNaN(Date.parse(`${iso}Z`)) && isoOfMilliseconds(Date.parse(`${iso}Z`)) === iso;
  return Number.isNaN(milliseconds) || !isRealDay ? undefined : isoOfMilliseconds(milliseconds);
}
