import type { DbValue } from '../store/table.ts';
import { progIdOf, udefValue } from '../udef/columns.ts';
import type { Draft, Rejection } from './draft.ts';
import { type Entity, publishedFields, udefOwnerOf } from './entity.ts';
import type { Property } from './property.ts';

/** Fields flagged `UIHintMandatory` that would be empty after the save (writing.md, section 1.4). */
export function missingMandatory(entity: Entity, draft: Draft): Rejection[] {
  const properties = entity.properties.filter(
    property => isMandatory(property) && isEmpty(columnValue(draft, property)),
  );
  const { database } = draft.writing;
  const owner = udefOwnerOf(entity.name);
  const fields = publishedFields(database, entity.name).filter(field => {
    if (!owner || !field.isMandatory) return false;
    const kept = draft.before === null ? null : udefValue(database, owner, draft.before, field);
    return isEmpty(draft.customValues.has(field) ? draft.customValues.get(field) : kept);
  });
  return [
    ...properties.map(property => property.name),
    ...fields.map(field => `CustomFields.${progIdOf(field)}`),
  ].map(field => ({ field, message: 'the field is mandatory', errorType: 'SoValidationException' }));
}

function isMandatory({ field }: Property): boolean {
  return field?.mask === 'Update, UIHintMandatory';
}

function columnValue(draft: Draft, { column }: Property): DbValue {
  return column === undefined ? null : draft.value(column);
}

function isEmpty(value: DbValue | undefined): boolean {
  return (
    value === undefined || value === null || value === 0 || (typeof value === 'string' && value.trim() === '')
  );
}
