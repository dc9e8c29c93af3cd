import { type ExtraField, extraField, extraFieldsOf } from '../extra-fields/definitions.ts';
import { decodeExtra, encodeExtra } from '../extra-fields/values.ts';
import { SandboxError } from '../http/exchange.ts';
import { annotation, dictionary } from './custom-fields.ts';
import type { Draft } from './draft.ts';
import { yesNo } from './open-points.ts';
import type { EntityRecord, Property } from './property.ts';
import { shown, toText } from './values.ts';

/**
 * The two dictionaries of an entity that has extra fields only. `ExtraFields` is the older view of the same values; keys in
 * it that name no column are foreign keys (`fk=true`) and are passed over.
 */
export function extraFieldProperties(table: string): readonly Property[] {
  return [
    {
      name: 'ExtraFields',
      isDictionary: true,
      read: record => readExtraFields(table, record, false),
      write: (draft, value) => {
        draft.extraFields = value;
      },
    },
    {
      name: 'CustomFields',
      isDictionary: true,
      read: record => readExtraFields(table, record, true),
      write: (draft, value) => {
        draft.customFields = value;
      },
    },
  ];
}

function readExtraFields(
  table: string,
  { row, reading }: EntityRecord,
  withOriginal: boolean,
): Record<string, string> {
  const result: Record<string, string> = {};
  for (const field of extraFieldsOf(reading.database, table)) {
    const value = row[field.name] ?? null;
    const text = encodeExtra(field, value);
    result[field.name] = text;
    if (withOriginal) result[`${field.name}:org`] = text;
    if (field.type !== 'Checkbox') continue;
    const words = reading.language === null ? yesNo.raw : yesNo.translated;
    result[`${field.name}:DisplayText`] = words[value === 1 ? 1 : 0];
  }
  return result;
}

/**
 * Turns the dictionaries of a draft into columns. Of two values for one field the changed one counts: `CustomFields` when
 * it differs from what is kept, else `ExtraFields`. Fields nobody mentions keep their value.
 */
export function completeExtraFields(table: string, draft: Draft): void {
  const { database } = draft.writing;
  const custom = dictionary(draft, 'CustomFields', draft.customFields);
  const extra = dictionary(draft, 'ExtraFields', draft.extraFields);
  const sent = new Map<ExtraField, unknown>();
  for (const [name, entries] of [
    ['ExtraFields', extra],
    ['CustomFields', custom],
  ] as const)
    for (const [key, value] of Object.entries(entries)) {
      if (annotation.test(key)) continue;
      const field = extraField(database, table, key);
      if (field === undefined) {
        if (name === 'CustomFields' || key.toLowerCase().startsWith('x_'))
          draft.reject(name, `${table} has no custom field ${key}`);
      } else if (!sent.has(field) || value !== encodeExtra(field, draft.value(field.name)))
        sent.set(field, value);
    }
  for (const [field, value] of sent) decodeInto(draft, field, value);
}

function decodeInto(draft: Draft, field: ExtraField, value: unknown): void {
  const text = toText(value);
  if (text === undefined) {
    draft.reject('CustomFields', `${field.name}: ${shown(value)} is not a text`);
    return;
  }
  try {
    draft.columns[field.name] = decodeExtra(field, text);
  } catch (error) {
    if (!(error instanceof SandboxError)) throw error;
    draft.reject('CustomFields', error.message, error.errorType);
  }
}
