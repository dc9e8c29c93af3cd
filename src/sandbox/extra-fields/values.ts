import type { DbValue } from '../store/table.ts';
import {
  plainDecimal,
  readCheckbox,
  readDecimal,
  readInteger,
  readText,
  unreadable,
  unwrap,
} from '../udef/typed-text.ts';
import type { ExtraField } from './definitions.ts';

/** Characters of a text (writing.md, section 3); the length of a LongText is not documented. */
export const textLimits: Readonly<Partial<Record<ExtraField['type'], number>>> = {
  ShortText: 255,
  LongText: 4000,
};

const emptyDate = '0001-01-01T00:00:00';

/** A stored value as `CustomFields` and `ExtraFields` show it (writing.md, section 3; reading.md, section 11.2). */
export function encodeExtra({ type }: ExtraField, value: DbValue): string {
  switch (type) {
    case 'ShortText':
    case 'LongText':
      return String(value ?? '');
    case 'Decimal':
      return `[F:${plainDecimal(Number(value ?? 0))}]`;
    case 'Date':
      return value === null || value === '' ? `[D:${invariant(emptyDate)}]` : `[D:${day(String(value))}]`;
    case 'DateTime':
      return `[DT:${invariant(value === null || value === '' ? emptyDate : String(value))}]`;
    default:
      return `[I:${Number(value ?? 0)}]`;
  }
}

/**
 * What the column holds for a text that was sent: a date as ISO, a checkbox as 0 or 1. '' clears: the answer is null.
 * Throws SandboxError 400 for what the type cannot hold.
 */
export function decodeExtra(field: ExtraField, text: string): DbValue {
  if (text === '') return null;
  switch (field.type) {
    case 'ShortText':
    case 'LongText':
      return readText(field, text, textLimits[field.type] ?? 0);
    case 'Decimal':
      return readDecimal(field, text);
    case 'Date':
    case 'DateTime':
      return decodeDate(field, text);
    case 'Checkbox':
      return readCheckbox(field, text);
    default:
      return readInteger(field, text);
  }
}

const american = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?: (\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d{1,7})?)?)?$/;
const iso = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,7})?)?Z?)?$/;

function decodeDate(field: ExtraField, text: string): string | null {
  const inside = unwrap(text, ['D', 'DT']);
  if (inside === '') return null;
  const moment = inside === undefined ? undefined : parseMoment(inside);
  if (moment === undefined) throw unreadable(field, text);
  if (moment === emptyDate) return null;
  return field.type === 'Date' ? `${moment.slice(0, 10)}T00:00:00` : moment;
}

/** ISO without zone, from month/day/year or ISO. undefined when it is neither or there is no such moment. */
function parseMoment(text: string): string | undefined {
  const invariantMatch = american.exec(text);
  const match = invariantMatch ?? iso.exec(text);
  if (!match) return undefined;
  const [, first = '', second = '', third = '', hour = '0', minute = '0', seconds = '0'] = match;
  const [year, month, date] = invariantMatch ? [third, first, second] : [first, second, third];
  const written = `${year}-${pad(month)}-${pad(date)}T${pad(hour)}:${pad(minute)}:${pad(seconds)}`;
  const parsed = new Date(`${written}Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().slice(0, 19) === written
    ? written
    : undefined;
}

function pad(digits: string): string {
  return digits.padStart(2, '0');
}

/** `06/19/2019` of an ISO text. */
function day(text: string): string {
  const [year, month, date] = text.slice(0, 10).split('-');
  return `${month}/${date}/${year}`;
}

function invariant(text: string): string {
  return `${day(text)} ${text.slice(11, 19)}.0000000`;
}
