import type { Field } from '../../datatypes/field.ts';
import type { Value } from '../../mapping/row.ts';
import type { Existing } from '../../records/current.ts';
import { heldValue } from '../../records/held.ts';
import type { SuperOfficeList } from '../../superoffice/superoffice.ts';
import type { Directory } from './directory.ts';

/**
 * The value without what the record holds already although its list no longer offers it: an item that was deleted stays
 * on the records that have it, and a file that names it there wants no other one, nor that the item comes back.
 * undefined: nothing is left to resolve.
 */
export function withoutRetired(
  field: Field,
  value: Value,
  existing: Existing,
  directory: Directory,
): Value | undefined {
  const list = directory.lists.get(field.list ?? '');
  if (!list || value === null || (field.kind !== 'list' && field.kind !== 'lists')) return value;
  const held = heldValue(field, existing, directory).value;
  const ids = Array.isArray(held) ? held : [held];
  const isRetired = (name: string): boolean =>
    list.find(name) === null && ids.some(id => isDeletedNamesake(list, id, name));
  if (!Array.isArray(value)) return isRetired(String(value)) ? undefined : value;
  const others = value.filter(name => !isRetired(String(name)));
  return others.length > 0 ? others : undefined;
}

function isDeletedNamesake(list: SuperOfficeList, id: unknown, name: string): boolean {
  const item = typeof id === 'number' ? list.byId(id) : null;
  return item?.deleted === true && [item.name, item.raw].includes(name.trim());
}
