import type { UdefField } from '../store/database.ts';
import type { DbValue } from '../store/table.ts';
import { textLimit } from './allocate.ts';
import { progIdOf } from './columns.ts';
import { compactOf, invariantText, isEmptyDay, isoText, parseDay, secondsOf } from './dates.ts';
import {
  int32,
  plainDecimal,
  readCheckbox,
  readDecimal,
  readInteger,
  readText,
  refusal,
  type TypedField,
  unreadable,
  unwrap,
} from './typed-text.ts';

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
      // Texts carry no marker, whatever they look like.
      return readText(typed(field), text, field.textLength > 0 ? field.textLength : textLimit(field.type));
    case 'Decimal':
      return readDecimal(typed(field), text);
    case 'Date':
    case 'UnlimitedDate':
      return decodeDate(field, text);
    case 'Checkbox':
      return readCheckbox(typed(field), text);
    default:
      return readInteger(typed(field), text);
  }
}

function decodeDate(field: UdefField, text: string): DbValue {
  const date = unwrap(text, ['D', 'DT']);
  if (date === '') return null;
  const day = date === undefined ? undefined : parseDay(date);
  if (!day) throw unreadable(typed(field), text);
  if (isEmptyDay(day)) return null;
  if (field.type === 'UnlimitedDate') return compactOf(day);
  const seconds = secondsOf(day);
  if (seconds < 0 || seconds > int32.most)
    throw refusal(typed(field), `must lie between 1970-01-01 and 2038-01-19, not ${text}`);
  return seconds;
}

function typed(field: UdefField): TypedField {
  return { type: field.type, name: progIdOf(field) };
}
