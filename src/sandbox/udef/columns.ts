import type { Database, UdefField, UdefOwner } from '../store/database.ts';
import type { DbRow, DbValue } from '../store/table.ts';
import { placeOf, udefStorage } from './storage.ts';

/** Maps by Prog ID, one per published list; a publish replaces the list and so drops its map. */
const byProgId = new WeakMap<readonly UdefField[], Map<string, UdefField>>();

/** The live field with this Prog ID, matched case-sensitively; a field without its own one is `SuperOffice:<udefIdentity>`. */
export function publishedField(database: Database, owner: UdefOwner, progId: string): UdefField | undefined {
  const { published } = database.layout(owner);
  let map = byProgId.get(published);
  if (!map || map.size !== published.length) {
    map = new Map(published.map(field => [progIdOf(field), field]));
    byProgId.set(published, map);
  }
  return map.get(progId);
}

/** The name other parts know the field by. */
export function progIdOf(field: UdefField): string {
  return field.progId === '' ? `SuperOffice:${field.udefIdentity}` : field.progId;
}

/**
 * The stored value: Date = seconds since 1970, UnlimitedDate = 'YYYYMMDD', Checkbox 0/1, List = item id, numbers and
 * texts as they are (writing.md, section 3). null when the owner has no udef row or the column was never set.
 */
export function udefValue(database: Database, owner: UdefOwner, ownerRow: DbRow, field: UdefField): DbValue {
  const { table, link } = placeOf(owner, field);
  const id = ownerRow[link];
  if (typeof id !== 'number' || id === 0) return null;
  return database.table(table).get(id)?.[field.column] ?? null;
}

/**
 * Writes the stored form of a value. `ownerRow` must be a row the main table keeps; its udef row is created and linked
 * when it is missing. True when anything changed.
 */
export function setUdefValue(
  database: Database,
  owner: UdefOwner,
  ownerRow: DbRow,
  field: UdefField,
  value: DbValue,
): boolean {
  const { table: name, link } = placeOf(owner, field);
  const table = database.table(name);
  const id = ownerRow[link];
  if (typeof id === 'number' && table.get(id)) return table.update(id, { [field.column]: value });
  if (value === null) return false;
  const main = database.table(udefStorage[owner].main);
  const ownerId = ownerRow[main.primaryKey];
  if (typeof ownerId !== 'number')
    throw new Error(`a ${main.name} row must be inserted before its udefs are set`);
  main.update(ownerId, { [link]: table.insert({ [field.column]: value }) });
  return true;
}

/**
 * Ids of the owners whose stored value equals `value`, by index. null when no index can answer: the column is not
 * indexed, or the value is null (owners without a udef row are in no index).
 */
export function ownersWith(
  database: Database,
  owner: UdefOwner,
  field: UdefField,
  value: DbValue,
): number[] | null {
  const { table: name, link } = placeOf(owner, field);
  const table = database.table(name);
  if (value === null || !table.isIndexed(field.column)) return null;
  const main = database.table(udefStorage[owner].main);
  return table.find(field.column, value).flatMap(id => main.find(link, id));
}
