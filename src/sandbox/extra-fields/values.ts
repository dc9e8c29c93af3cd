import { SandboxError } from '../http/exchange.ts';
import type { DbValue } from '../store/table.ts';
import type { ExtraField } from './definitions.ts';

/** Characters of a text (writing.md, section 3); the length of a LongText is not documented. */
export const textLimits: Readonly<Partial<Record<ExtraField['type'], number>>> = {
  ShortText: 255,
  LongText: 4000,
};

const int32 = { least: -2_147_483_648, most: 2_147_483_647 };
const emptyDate = '0001-01-01T00:00:00';

/** A stored value as `CustomFields` and `ExtraFields` show it (writing.md, section 3; reading.md, section 11.2). */
export function encodeExtra({ type }: ExtraField, value: DbValue): string {
  switch (type) {
    case 'ShortText':
    case 'LongText':
      return String(value ?? '');
    case 'Decimal':
      return `[F:${Number(value ?? 0)}]`;
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
      return decodeText(field, text);
    case 'Decimal':
      return decodeDecimal(field, text);
    case 'Date':
    case 'DateTime':
      return decodeDate(field, text);
    case 'Checkbox':
      return decodeCheckbox(field, text);
    default:
      return decodeInteger(field, text);
  }
}

function decodeText(field: ExtraField, text: string): string {
  const limit = textLimits[field.type] ?? 0;
  if (text.length > limit)
    throw refusal(field, `is ${text.length} characters long, the field holds ${limit}`);
  return text;
}

function decodeInteger(field: ExtraField, text: string): number {
  const number = unwrap(text, ['I']);
  if (number === undefined || !/^[+-]?\d+$/.test(number)) throw unreadable(field, text);
  const value = Number(number);
  if (value < int32.least || value > int32.most) throw unreadable(field, text);
  return value;
}

function decodeDecimal(field: ExtraField, text: string): number {
  const number = unwrap(text, ['F', 'M', 'I']);
  const value = Number(number);
  if (number === undefined || !/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(number))
    throw unreadable(field, text);
  if (!Number.isFinite(value)) throw unreadable(field, text);
  return value;
}

function decodeCheckbox(field: ExtraField, text: string): number {
  if (/^(true|false)$/i.test(text)) return text.toLowerCase() === 'true' ? 1 : 0;
  const value = decodeInteger(field, text);
  if (value !== 0 && value !== 1) throw unreadable(field, text);
  return value;
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

/** The inside of `[I:3]` when the marker is allowed; a text without brackets as it is. */
function unwrap(text: string, markers: readonly string[]): string | undefined {
  const match = /^\[([A-Z]+):(.*)\]$/.exec(text);
  if (!match) return text.trim();
  return markers.includes(match[1] ?? '') ? (match[2] ?? '').trim() : undefined;
}

function unreadable(field: ExtraField, text: string): SandboxError {
  return refusal(field, `cannot be read from '${text}'`);
}

function refusal(field: ExtraField, complaint: string): SandboxError {
  return new SandboxError(400, 'ArgumentException', `The ${field.type} value of ${field.name} ${complaint}`);
}
