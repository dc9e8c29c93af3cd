import { type Conversion, fault, shown } from './conversion.ts';
import { forms, readings } from './date.ts';
import { type DatePattern, day, type PatternMatch } from './date-pattern.ts';

/**
 * The moment that is written there, as `YYYY-MM-DDTHH:mm:ss` on the clocks of the tenant; midnight without a time. What
 * has no offset means those clocks already and is never shifted. An offset (`Z`, `+01:00`) is worked out in the
 * configured time zone: which one SuperOffice keeps cannot be asked here, and a guess would move appointments.
 * @param timeZone IANA name, or null when the config names none
 */
export function toDateTime(
  cell: string,
  patterns: readonly DatePattern[],
  timeZone: string | null,
): Conversion<string> {
  for (const match of readings(cell, patterns)) {
    const date = day(match);
    const time = timeOf(match);
    if (date === null || time === null) continue;
    if (match.offset === undefined) return { ok: true, value: `${date}T${time}` };
    if (timeZone === null)
      return fault(
        'not-a-date',
        `${shown(cell)} has an offset, but the config does not say which time zone SuperOffice keeps.`,
        'Set "timeZone" in the config, such as "Europe/Oslo", or write the time without an offset.',
      );
    const moment = inZone(`${date}T${time}`, match.offset, timeZone);
    if (moment !== null) return { ok: true, value: moment };
  }
  return fault(
    'not-a-date',
    `${shown(cell)} is no date and time.`,
    `Write it as ${forms(patterns)}, followed by a time such as 14:30.`,
  );
}

/** `HH:mm:ss`, or null when no clock shows that. */
function timeOf({ hour = '0', minute = '0', second = '0' }: PatternMatch): string | null {
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  return [hour, minute, second].map(part => part.padStart(2, '0')).join(':');
}

/** Null for an offset that no clock has (+25:00), and for a moment that falls out of the years with four digits. */
function inZone(local: string, offset: string, timeZone: string): string | null {
  const iso = /^z$/i.test(offset) ? 'Z' : offset.replace(/^([+-]\d{2}):?(\d{2})$/, '$1:$2');
  const moment = new Date(`${local}${iso}`);
  if (Number.isNaN(moment.getTime())) return null;
  const shown = clockOf(timeZone).format(moment).replace(' ', 'T');
  return /^\d{4}-/.test(shown) ? shown : null;
}

/** Dear to make, and a file uses one for all its cells. */
const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known) return known;
  // Swedish writes dates as ISO 8601 does.
  const clock = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'medium',
    hourCycle: 'h23',
  });
  clocks.set(timeZone, clock);
  return clock;
}
