import { SandboxError } from '../http/exchange.ts';
import type { UdefField } from '../store/database.ts';
import type { DbValue } from '../store/table.ts';
import { textLimit } from './allocate.ts';
import { progIdOf } from './columns.ts';
import { compactOf, invariantText, isEmptyDay, isoText, parseDay, secondsOf } from './dates.ts';

const int32 = { least: -2_147_483_648, most: 2_147_483_647 };

/** A stored value as `CustomFields` shows it (reading.md, section 11.3). */
export function encodeCustom(field: UdefField, value: DbValue): string {
  switch (field.type) {
    case 'ShortText':
    case 'LongText':
      return String(value ?? '');
    case 'Decimal':
      return `[F:${plainDecimal(Number(value ?? 0))}]`;
    case 'Date':
    case 'UnlimitedDate':
      return `[DT:${invariantText(value)}]`;
    default:
      return `[I:${Number(value ?? 0)}]`;
  }
}

/** A stored value as the older `UserDefinedFields` shows it: other words for checkboxes and dates. */
export function encodeUserDefined(field: UdefField, value: DbValue): string {
  if (field.type === 'Checkbox') return value === 1 ? 'True' : 'False';
  if (field.type === 'Date' || field.type === 'UnlimitedDate') return `[D:${invariantText(value)}]`;
  return encodeCustom(field, value);
}

/** A stored value without markers, as a field of another type could read it. Dates are ISO. */
export function plainText(field: UdefField, value: string | number): string {
  if (field.type === 'Date' || field.type === 'UnlimitedDate') return isoText(value);
  return typeof value === 'number' ? plainDecimal(value) : value;
}

/**
 * What the column stores for a text sent in `CustomFields` or `UserDefinedFields` (writing.md, section 3): both
 * spellings are read from either. '' clears: the answer is null. Throws SandboxError 400 for what the type cannot hold.
 */
export function decodeCustom(field: UdefField, text: string): DbValue {
  if (text === '') return null;
  switch (field.type) {
    case 'ShortText':
    case 'LongText':
      return decodeText(field, text);
    case 'Decimal':
      return decodeDecimal(field, text);
    case 'Date':
    case 'UnlimitedDate':
      return decodeDate(field, text);
    case 'Checkbox':
      return decodeCheckbox(field, text);
    default:
      return decodeInteger(field, text);
  }
}

/** Texts carry no marker, whatever they look like. */
function decodeText(field: UdefField, text: string): string {
  const limit = field.textLength > 0 ? field.textLength : textLimit(field.type);
  if (text.length > limit)
    throw refusal(field, `is ${text.length} characters long, the field holds ${limit}`);
  return text;
}

function decodeInteger(field: UdefField, text: string): number {
  const number = unwrap(text, ['I']);
  if (number === undefined || !/^[+-]?\d+$/.test(number)) throw unreadable(field, text);
  const value = Number(number);
  if (value < int32.least || value > int32.most) throw unreadable(field, text);
  return value;
}

function decodeDecimal(field: UdefField, text: string): number {
  const number = unwrap(text, ['F', 'M', 'I']);
  if (number === undefined || !/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(number))
    throw unreadable(field, text);
  const value = Number(number);
  if (!Number.isFinite(value)) throw unreadable(field, text);
  return value;
}

function decodeCheckbox(field: UdefField, text: string): 0 | 1 {
  if (/^true$/i.test(text)) return 1;
  if (/^false$/i.test(text)) return 0;
  const value = decodeInteger(field, text);
  if (value !== 0 && value !== 1) throw unreadable(field, text);
  return value;
}

function decodeDate(field: UdefField, text: string): DbValue {
  const date = unwrap(text, ['D', 'DT']);
  if (date === '') return null;
  const day = date === undefined ? undefined : parseDay(date);
  if (!day) throw unreadable(field, text);
  if (isEmptyDay(day)) return null;
  if (field.type === 'UnlimitedDate') return compactOf(day);
  const seconds = secondsOf(day);
  if (seconds < 0 || seconds > int32.most)
    throw refusal(field, `must lie between 1970-01-01 and 2038-01-19, not ${text}`);
  return seconds;
}

/** The inside of `[I:3]` when the marker is allowed; a text without brackets as it is. */
function unwrap(text: string, markers: readonly string[]): string | undefined {
  const match = /^\[([A-Z]{1,2}):(.*)\]$/s.exec(text);
  if (!match) return text.trim();
  return markers.includes(match[1] ?? '') ? (match[2] ?? '').trim() : undefined;
}

/** Never in exponent form: .NET prints decimals plainly. */
function plainDecimal(value: number): string {
  const text = String(value);
  return text.includes('e')
    ? value.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 20 })
    : text;
}

function unreadable(field: UdefField, text: string): SandboxError {
  return refusal(field, `cannot be read from '${text}'`);
}

function refusal(field: UdefField, complaint: string): SandboxError {
  return new SandboxError(
    400,
    'ArgumentException',
    `The ${field.type} value of ${progIdOf(field)} ${complaint}`,
  );
}
