import { extraFieldsOf } from '../extra-fields/definitions.ts';
import { textLimits } from '../extra-fields/values.ts';
import type { Database } from '../store/database.ts';
import { progIdOf } from '../udef/columns.ts';
import { type EntityDescription, publishedFields, udefOwnerOf } from './entity.ts';
import type { FieldInfo } from './property.ts';

/** Built once per list of custom fields: it is the biggest part of an answer and never differs between records. */
const built = new WeakMap<readonly object[], Record<string, unknown>>();

/** `FieldProperties`: rights, types and lengths by field; custom fields under both dictionaries' names (reading.md, section 11.1). */
export function fieldProperties(description: EntityDescription, database: Database): Record<string, unknown> {
  const published = publishedFields(database, description.name);
  const extra = extraFieldsOf(database, description.table);
  const list = udefOwnerOf(description.name) === undefined ? extra : published;
  const known = built.get(list);
  if (known) return known;
  const result: Record<string, unknown> = {};
  const { properties, afterDictionaries = [], extraFields = [] } = description;
  for (const { name, field } of [...properties, ...afterDictionaries, ...extraFields])
    if (field) result[name] = entry(field);
  for (const field of published) {
    const info: FieldInfo = {
      type: field.type,
      length: field.textLength > 0 ? field.textLength : -1,
      ...(field.isMandatory ? { mask: 'Update, UIHintMandatory' } : {}),
    };
    for (const dictionary of ['UserDefinedFields', 'CustomFields'])
      result[`${dictionary}.${progIdOf(field)}`] = entry(info);
  }
  for (const field of extra)
    for (const dictionary of ['ExtraFields', 'CustomFields'])
      result[`${dictionary}.${field.name}`] = entry({
        type: field.type,
        length: textLimits[field.type] ?? -1,
      });
  built.set(list, result);
  return result;
}

function entry({ type, length, mask = 'Update', reason = '' }: FieldInfo): Record<string, unknown> {
  return { FieldRight: { Mask: mask, Reason: reason }, FieldType: type, FieldLength: length };
}
