import { SandboxError } from '../http/exchange.ts';
import type { Quirks } from '../quirks.ts';
import type { Database } from '../store/database.ts';
import type { DbRow, Table } from '../store/table.ts';
import { type CarrierName, type ListTable, listById, listByRestName, listByTableNumber } from './tables.ts';

/** A list as one address reaches it: where its items are and which carrier they travel in. */
export interface ListTarget {
  /** Id of its definition. */
  readonly listId: number;
  readonly table: Table;
  readonly carrier: CarrierName;
  readonly idProperty: string;
  /** null: a user-defined list. */
  readonly builtIn: ListTable | null;
  readonly addressedBy: 'typedName' | 'id' | 'name' | 'tableNumber';
  readonly quirks: Quirks;
}

/** `X` of `/v1/List/{X}`: typed name, id, negative table number, or the name of a definition. 404 for anything else. */
export function resolveList(database: Database, address: string): ListTarget {
  const typed = listByRestName(address);
  if (typed) return builtInTarget(database, typed, 'typedName');
  if (/^-\d+$/.test(address)) {
    const numbered = listByTableNumber(-Number(address));
    if (numbered) return builtInTarget(database, numbered, 'tableNumber');
  } else if (/^\d+$/.test(address)) {
    const target = targetOfDefinition(database, Number(address), 'id');
    if (target) return target;
  } else {
    const id = definitionIdByName(database, address);
    const target = id === undefined ? undefined : targetOfDefinition(database, id, 'name');
    if (target) return target;
  }
  throw new SandboxError(404, 'SoNotFoundException', `List ${address} not found`);
}

function builtInTarget(
  database: Database,
  list: ListTable,
  addressedBy: ListTarget['addressedBy'],
): ListTarget {
  const isTyped = addressedBy === 'typedName';
  return {
    listId: list.listId,
    table: database.table(list.table),
    carrier: isTyped ? list.carrier : 'ListItemEntity',
    idProperty: isTyped ? list.idProperty : 'Id',
    builtIn: list,
    addressedBy,
    quirks: database.quirks,
  };
}

function targetOfDefinition(
  database: Database,
  id: number,
  addressedBy: ListTarget['addressedBy'],
): ListTarget | undefined {
  const list = listById(id);
  if (list) return builtInTarget(database, list, addressedBy);
  if (!database.table('udlistdefinition').get(id)) return undefined;
  return {
    listId: id,
    table: database.table('udlist'),
    carrier: 'ListItemEntity',
    idProperty: 'Id',
    builtIn: null,
    addressedBy,
    quirks: database.quirks,
  };
}

/** Without regard to case; undefined when there is none. */
export function definitionIdByName(database: Database, name: string): number | undefined {
  const wanted = name.toLowerCase();
  for (const [id, row] of database.table('udlistdefinition').rows)
    if (String(row.name).toLowerCase() === wanted) return id;
  return undefined;
}

/** All items with their ids, by rank. */
export function itemsOf(target: ListTarget, includeDeleted: boolean): [id: number, row: DbRow][] {
  const { table, builtIn, listId } = target;
  const all: [number, DbRow][] = [];
  const ids = builtIn ? table.rows.keys() : table.find('udlistdefinition_id', listId);
  for (const id of ids) {
    const row = table.get(id);
    if (row && (includeDeleted || row.deleted !== 1)) all.push([id, row]);
  }
  return all.sort(([idA, a], [idB, b]) => Number(a.rank ?? 0) - Number(b.rank ?? 0) || idA - idB);
}

/** The item, or 404: also for an item of another user-defined list. */
export function itemOf(target: ListTarget, id: number): DbRow {
  const row = target.table.get(id);
  if (!row || (!target.builtIn && row.udlistdefinition_id !== target.listId))
    throw new SandboxError(404, 'SoNotFoundException', `List item ${id} not found`);
  return row;
}
