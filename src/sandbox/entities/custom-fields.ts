import { SandboxError } from '../http/exchange.ts';
import { isObject } from '../http/names.ts';
import { listByTableNumber, userDefinedListTableNumber } from '../lists/tables.ts';
import { translate } from '../lists/text.ts';
import type { Database, UdefField, UdefOwner } from '../store/database.ts';
import type { DbRow, DbValue } from '../store/table.ts';
import { progIdOf, publishedField, setUdefValue, udefValue } from '../udef/columns.ts';
import { decodeCustom, encodeCustom, encodeUserDefined } from '../udef/values.ts';
import type { Draft } from './draft.ts';
import { yesNo } from './open-points.ts';
import type { EntityRecord, Reading } from './property.ts';
import { shown, textOf, toText } from './values.ts';

type Dictionary = Record<string, string>;

/** Ends of keys that answers carry beside the field's own; they are read past in what is sent (writing.md, section 3). */
export const annotation = /:(DisplayText|DisplayTooltip|org)$/;

/** `CustomFields` with `:org`, or `UserDefinedFields` without (reading.md, section 11.3). */
export function readDictionary(
  owner: UdefOwner,
  { id, row, reading }: EntityRecord,
  kind: 'custom' | 'userDefined',
): Dictionary {
  const { database } = reading;
  const result: Dictionary = {};
  for (const field of database.layout(owner).published) {
    const key = progIdOf(field);
    const value = id === 0 ? defaultOf(field) : udefValue(database, owner, row, field);
    const text = kind === 'custom' ? encodeCustom(field, value) : encodeUserDefined(field, value);
    result[key] = text;
    if (kind === 'custom') result[`${key}:org`] = text;
    if (field.type === 'Checkbox') {
      const words = reading.language === null ? yesNo.raw : yesNo.translated;
      result[`${key}:DisplayText`] = words[value === 1 ? 1 : 0];
    } else if (field.type === 'List') {
      const item = listItem(database, field, value);
      result[`${key}:DisplayText`] = display(item?.name, reading);
      result[`${key}:DisplayTooltip`] = display(item?.tooltip, reading);
    }
  }
  return result;
}

function display(text: DbValue | undefined, reading: Reading): string {
  return translate(textOf(text), reading.language);
}

/** The item a List field points to; undefined when there is none. */
function listItem(database: Database, field: UdefField, id: DbValue): DbRow | undefined {
  if (typeof id !== 'number' || id === 0) return undefined;
  if (field.listTableId !== userDefinedListTableNumber)
    return database.tables.get(listByTableNumber(field.listTableId)?.table ?? '')?.get(id);
  const item = database.table('udlist').get(id);
  return item?.udlistdefinition_id === field.udListDefinitionId ? item : undefined;
}

/** What a new record starts with; a default the type cannot hold counts as none. */
function defaultOf(field: UdefField): DbValue {
  if (field.fieldDefault === '') return null;
  try {
    return decodeCustom(field, field.fieldDefault);
  } catch (error) {
    if (error instanceof SandboxError) return null;
    throw error;
  }
}

/**
 * Turns the dictionaries of a draft into writes. Of two values for one field the changed one counts: `CustomFields` when
 * it differs from its `:org` (or from what is kept, without `:org`), else `UserDefinedFields`.
 * Fields nobody mentions keep their value; new records get the defaults of the layout.
 */
export function completeCustomFields(owner: UdefOwner, draft: Draft, withDefaults: boolean): void {
  const { database } = draft.writing;
  const custom = dictionary(draft, 'CustomFields', draft.customFields);
  const userDefined = dictionary(draft, 'UserDefinedFields', draft.userDefinedFields);
  rejectUnknownExtraFields(draft);
  const values = draft.customValues;
  if (draft.before === null && withDefaults)
    for (const field of database.layout(owner).published)
      if (field.fieldDefault !== '') values.set(field, defaultOf(field));
  for (const key of new Set([...Object.keys(custom), ...Object.keys(userDefined)])) {
    if (annotation.test(key)) continue;
    const field = publishedField(database, owner, key);
    if (!field) {
      draft.reject(
        key in custom ? 'CustomFields' : 'UserDefinedFields',
        `${owner} has no custom field ${key}`,
      );
      continue;
    }
    const text = sentText(draft, owner, field, key, custom, userDefined);
    if (text !== undefined) decodeInto(draft, field, text);
  }
  if (values.size > 0)
    draft.parts.set('CustomFields', (_id, row) => {
      let changed = false;
      for (const [field, value] of values) {
        const before = encodeCustom(field, udefValue(database, owner, row, field));
        if (encodeCustom(field, value) !== before)
          changed = setUdefValue(database, owner, row, field, value) || changed;
      }
      return changed;
    });
}

function sentText(
  draft: Draft,
  owner: UdefOwner,
  field: UdefField,
  key: string,
  custom: Readonly<Record<string, unknown>>,
  userDefined: Readonly<Record<string, unknown>>,
): string | undefined {
  const older = userDefined[key];
  const newer = custom[key];
  const original = (): unknown => {
    if (`${key}:org` in custom) return custom[`${key}:org`];
    const { before, writing } = draft;
    return encodeCustom(
      field,
      before === null ? defaultOf(field) : udefValue(writing.database, owner, before, field),
    );
  };
  const value = newer === undefined || (older !== undefined && newer === original()) ? older : newer;
  const text = toText(value);
  if (text === undefined) draft.reject('CustomFields', `${key}: ${shown(value)} is not a text`);
  return text;
}

function decodeInto(draft: Draft, field: UdefField, text: string): void {
  const cannotClear = (): boolean => {
    const taken = draft.writing.database.quirks['cleared-date'];
    return taken !== 'either' && taken !== (text === '' ? 'empty-text' : 'year-one');
  };
  try {
    const value = decodeCustom(field, text);
    const isDate = field.type === 'Date' || field.type === 'UnlimitedDate';
    if (isDate && value === null && cannotClear())
      draft.reject('CustomFields', `${progIdOf(field)}: ${shown(text)} is no date`);
    else if (
      field.type === 'List' &&
      value !== null &&
      value !== 0 &&
      !listItem(draft.writing.database, field, value)
    )
      draft.reject('CustomFields', `${progIdOf(field)}: its list has no item ${shown(value)}`);
    else draft.customValues.set(field, value);
  } catch (error) {
    if (!(error instanceof SandboxError)) throw error;
    draft.reject('CustomFields', error.message, error.errorType);
  }
}

/** In the box these entities have no extra fields. Keys that are none (`app.device.key` of `fk=true`) are foreign keys and not for this. */
function rejectUnknownExtraFields(draft: Draft): void {
  const keys = Object.keys(dictionary(draft, 'ExtraFields', draft.extraFields));
  const unknown = keys.find(key => key.startsWith('x_') && !annotation.test(key));
  if (unknown !== undefined) draft.reject('ExtraFields', `there is no extra field ${unknown}`);
}

/** A dictionary that was sent; nothing for none, and for what is none, which is rejected. */
export function dictionary(draft: Draft, name: string, value: unknown): Readonly<Record<string, unknown>> {
  if (value === undefined || value === null) return {};
  if (isObject(value)) return value;
  draft.reject(name, `${shown(value)} is not a dictionary`);
  return {};
}
