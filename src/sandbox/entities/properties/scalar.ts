import { parseDate } from '../../archive/dates.ts';
import type { Draft } from '../draft.ts';
import { tooLongErrorType } from '../open-points.ts';
import type { FieldInfo, Property } from '../property.ts';
import { noDate } from '../stamps.ts';
import { numberOf, shown, textOf, toBoolean, toDecimal, toInteger, toText } from '../values.ts';

const mandatory = 'Update, UIHintMandatory';

/** Reason texts of the fixtures; one serves all fields here. */
const mandatoryReason = '[SR_ACCESS_MANDATORY]';

export function mandatoryField(type: string, length: number): FieldInfo {
  return { type, length, mask: mandatory, reason: mandatoryReason };
}

/** A text column of at most `length` characters. `isMandatory` is the hint, not a check (open-points.ts). */
export function text(name: string, column: string, length: number, isMandatory = false): Property {
  return {
    name,
    column,
    empty: '',
    field: isMandatory ? mandatoryField('System.String', length) : { type: 'System.String', length },
    read: ({ row }) => textOf(row[column]),
    write: (draft, value) => {
      const text = checkedText(draft, name, value, length);
      if (text !== undefined) draft.columns[column] = text;
    },
  };
}

/** The value as a text that fits; anything else is rejected under `field` and answers undefined. */
export function checkedText(draft: Draft, field: string, value: unknown, length: number): string | undefined {
  const text = toText(value);
  if (text === undefined) {
    draft.reject(field, `${shown(value)} is not a text`);
    return undefined;
  }
  if (text.length > length) {
    draft.reject(
      field,
      `the text has ${text.length} characters, the field holds ${length}`,
      tooLongErrorType,
    );
    return undefined;
  }
  return text;
}

export function integer(name: string, column: string, bytes: 2 | 4 = 4): Property {
  return {
    name,
    empty: 0,
    field: { type: bytes === 2 ? 'System.Int16' : 'System.Int32', length: bytes },
    read: ({ row }) => numberOf(row[column]),
    write: (draft, value) => {
      const number = value === null ? 0 : toInteger(value);
      if (number === undefined) draft.reject(name, `${shown(value)} is not a whole number`);
      else draft.columns[column] = number;
    },
  };
}

/** Kept as 0 or 1. */
export function flag(name: string, column: string): Property {
  return {
    name,
    empty: false,
    field: { type: 'System.Boolean', length: 2 },
    read: ({ row }) => row[column] === 1,
    write: (draft, value) => {
      const on = value === null ? false : toBoolean(value);
      if (on === undefined) draft.reject(name, `${shown(value)} is neither true nor false`);
      else draft.columns[column] = on ? 1 : 0;
    },
  };
}

/** A decimal number, kept as it is sent: the documents name no rounding. */
export function decimal(name: string, column: string): Property {
  return {
    name,
    empty: 0,
    field: { type: 'System.Double', length: 8 },
    read: ({ row }) => numberOf(row[column]),
    write: (draft, value) => {
      const number = value === null ? 0 : toDecimal(value);
      if (number === undefined) draft.reject(name, `${shown(value)} is not a number`);
      else draft.columns[column] = number;
    },
  };
}

/**
 * A date with its time, kept in UTC, the sandbox's base time zone: one with an offset is converted, one without is taken
 * as it is (reading.md, section 5.3). '' stands for no date.
 */
export function date(name: string, column: string): Property {
  return {
    name,
    column,
    empty: null,
    field: { type: 'System.DateTime', length: 16 },
    read: ({ row, reading }) => (textOf(row[column]) || noDate) + reading.zone,
    write: (draft, value) => {
      const iso = typeof value === 'string' ? parseDate(value) : undefined;
      if (value === null || value === '' || iso?.slice(0, 10) === noDate.slice(0, 10))
        draft.columns[column] = '';
      else if (iso === undefined) draft.reject(name, `${shown(value)} is not a date`);
      else draft.columns[column] = iso;
    },
  };
}

/** A number that only the server changes. */
export function readOnlyInteger(name: string, column: string): Property {
  return { name, field: { type: 'System.Int32', length: 4 }, read: ({ row }) => numberOf(row[column]) };
}

/** A date that only the server changes. */
export function readOnlyDate(name: string, column: string): Property {
  return {
    name,
    field: { type: 'System.DateTime', length: 16 },
    read: ({ row, reading }) => (textOf(row[column]) || noDate) + reading.zone,
  };
}

/** A property the carrier has and the sandbox keeps nothing for. */
export function constant(name: string, value: unknown): Property {
  return { name, read: () => value };
}
