import type { Field } from '../../datatypes/field.ts';
import { longestKey } from '../../datatypes/udef.ts';
import type { Value } from '../row.ts';
import { toAddresses } from './addresses.ts';
import { toBase64 } from './base64.ts';
import { toBoolean } from './boolean.ts';
import { toChoice } from './choice.ts';
import type { Conversion } from './conversion.ts';
import { inShortRange, toDate } from './date.ts';
import type { DatePattern } from './date-pattern.ts';
import { toDateTime } from './date-time.ts';
import { toFileName, toFileNames } from './file-name.ts';
import { toNames } from './list.ts';
import { toDecimal, toInteger } from './number.ts';
import { toKey, toName, toText } from './text.ts';

/** How a file writes its values. */
export interface CellForms {
  readonly dates: readonly DatePattern[];
  /** The decimal mark; null: comma or dot. */
  readonly decimal: ',' | '.' | null;
  /** IANA name of the time zone SuperOffice keeps; null: not known, so offsets are refused. */
  readonly timeZone: string | null;
}

/** Types one cell that is not empty; texts come trimmed. JSON's numbers and booleans are read as they are written. */
export type Convert = (cell: string | number | boolean) => Conversion<Value>;

/** The one place that knows which kind of field takes which conversion. */
export function converterFor(field: Field, forms: CellForms): Convert {
  const convert = textConverterFor(field, forms);
  // A JSON number has no decimal mark to be argued about.
  if (field.kind === 'decimal')
    return cell =>
      typeof cell === 'number' && Number.isFinite(cell) ? { ok: true, value: cell } : convert(String(cell));
  return cell => convert(String(cell));
}

function textConverterFor(field: Field, forms: CellForms): (cell: string) => Conversion<Value> {
  switch (field.kind) {
    case 'key':
    case 'relation':
      return cell => toKey(cell, field.length ?? longestKey);
    case 'text':
      return cell => toText(cell, field.length);
    case 'integer':
      return toInteger;
    case 'decimal':
      return cell => toDecimal(cell, forms.decimal);
    case 'boolean':
      return toBoolean;
    case 'date':
      return hasShortRange(field)
        ? cell => andThen(toDate(cell, forms.dates), inShortRange)
        : cell => toDate(cell, forms.dates);
    case 'datetime':
      return cell => toDateTime(cell, forms.dates, forms.timeZone);
    case 'choice':
      return cell => toChoice(cell, field.choices ?? []);
    case 'lists':
      return cell => andThen(toName(cell), name => ({ ok: true, value: toNames(name, field.separator) }));
    case 'file':
      return cell => toFileName(cell, field.length);
    case 'files':
      return toFileNames;
    case 'content':
      return toBase64;
    case 'addresses':
      return toAddresses;
    case 'list':
    case 'associate':
    case 'country':
      return toName;
  }
}

function hasShortRange(field: Field): boolean {
  return field.slot.at === 'custom' && field.slot.udefType === 'Date';
}

function andThen<A, B>(first: Conversion<A>, next: (value: A) => Conversion<B>): Conversion<B> {
  return first.ok ? next(first.value) : first;
}
