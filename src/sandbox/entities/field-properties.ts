import type { Database, UdefField } from '../store/database.ts';
import { progIdOf } from '../udef/columns.ts';
import type { EntityDescription } from './entity.ts';
import type { FieldInfo } from './property.ts';

/** Built once per published layout: it is the biggest part of an answer and never differs between records. */
const built = new WeakMap<readonly UdefField[], Record<string, unknown>>();

/** `FieldProperties`: rights, types and lengths by field; custom fields under both dictionaries' names (reading.md, section 11.1). */
export function fieldProperties(description: EntityDescription, database: Database): Record<string, unknown> {
  const { published } = database.layout(description.name);
  const known = built.get(published);
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
  built.set(published, result);
  return result;
}

function entry({ type, length, mask = 'Update', reason = '' }: FieldInfo): Record<string, unknown> {
  return { FieldRight: { Mask: mask, Reason: reason }, FieldType: type, FieldLength: length };
}
