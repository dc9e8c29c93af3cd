import type { Field } from '../../datatypes/field.ts';
import type { Value } from '../../mapping/row.ts';
import type { Problem } from '../../problems/problem.ts';
import type { Existing } from '../../records/current.ts';
import { fileLine, fileText } from '../../records/file-text.ts';
import { heldValue } from '../../records/held.ts';
import type { Held } from '../../records/value.ts';
import type { SuperOfficeList } from '../../superoffice/superoffice.ts';
import type { Directory } from './directory.ts';
import type { ResolvedCell } from './wanted.ts';

/**
 * What a cell means that says of its field just what SuperOffice holds, in the words of an export. It wants nothing else,
 * whatever the words mean by now: an item that was deleted stays on the records that have it, a user who left stays our
 * contact, of two items that read alike it is the one that is there. null: it says something else, or names no thing.
 */
export function heldAlready(
  field: Field,
  value: Value,
  existing: Existing,
  directory: Directory,
): ResolvedCell | null {
  if (field.kind === 'relation') return presentParent(field, value, existing);
  if (field.kind !== 'list' && field.kind !== 'associate' && field.kind !== 'country') return null;
  if (typeof value !== 'string' || field.slot.at === 'input') return null;
  const held = heldValue(field, existing, directory);
  const item = itemIn(directory.lists.get(field.list ?? ''), held.value);
  const said = fileLine(value);
  if (said !== held.text && !(item?.deleted === true && said === fileLine(item.raw))) return null;
  return { wanted: { field, value: held.value, text: held.text, add: [] }, problem: null, warning: null };
}

/** The parent that the record has, where the cell has its key: it may be deleted, or share the key with another record. */
function presentParent(field: Field, value: Value, { archive, parentKeys }: Existing): ResolvedCell | null {
  const column = 'column' in field.slot ? field.slot.column : undefined;
  const key = column === undefined ? undefined : parentKeys.get(column);
  if (column === undefined || key === undefined || key === '' || value !== key) return null;
  const id = Number(archive.cells.get(column)?.raw ?? 0);
  return { wanted: { field, value: id, text: key, add: [] }, problem: null, warning: null };
}

/** Of several names those that the record does not have already; undefined: none. */
export function withoutHeld(
  field: Field,
  value: Value,
  existing: Existing,
  directory: Directory,
): Value | undefined {
  if (field.kind !== 'lists' || !Array.isArray(value)) return value;
  const list = directory.lists.get(field.list ?? '');
  const { value: ids } = heldValue(field, existing, directory);
  const items = Array.isArray(ids) ? ids.map(id => itemIn(list, id)) : [];
  const separator = field.separator ?? '|';
  const held = new Set(
    items.flatMap(item =>
      // A name that holds the separator arrives in pieces.
      item ? [item.name, item.raw].flatMap(name => [name, ...name.split(separator)]).map(fileLine) : [],
    ),
  );
  const others = value.filter(name => !held.has(fileLine(String(name))));
  return others.length > 0 ? others : undefined;
}

/**
 * True for a fault of a cell that says just what SuperOffice holds: a text that is longer than it may be, a day that the
 * field should not be able to hold. It got there somehow, and the file does not want it otherwise.
 */
export function isHeldFault(
  { field: name, value, code }: Problem,
  fields: readonly Field[],
  existing: Existing,
  directory: Directory,
): boolean {
  const field = fields.find(each => each.name === name);
  // A parent without a key has no name in a file.
  if (field?.slot.at === 'reference' && code === 'blank-relation')
    return existing.parentKeys.get(field.slot.column) === '';
  if (!field || value === null || field.kind === 'key' || field.kind === 'relation') return false;
  const held: Held = heldValue(field, existing, directory);
  return held.text !== null && fileText(value) === held.text;
}

function itemIn(list: SuperOfficeList | undefined, id: unknown) {
  return typeof id === 'number' ? (list?.byId(id) ?? null) : null;
}
