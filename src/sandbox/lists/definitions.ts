import { SandboxError } from '../http/exchange.ts';
import { isObject, pick } from '../http/names.ts';
import type { Database } from '../store/database.ts';
import type { DbRow } from '../store/table.ts';
import { definitionIdByName } from './list-target.ts';
import { firstUserDefinedListId, listByMdoName } from './tables.ts';
import { translate } from './text.ts';

/** ListEntity carrier (reading.md, section 12.2). */
export function listEntityJson(
  database: Database,
  id: number,
  language: string | null,
): Record<string, unknown> {
  const row = definitionRow(database, id);
  return {
    Id: id,
    Name: translate(String(row.name), language),
    Tooltip: translate(String(row.tooltip), language),
    Deleted: row.deleted === 1,
    Rank: row.rank,
    IsCustomList: row.is_custom_list === 1,
    IsMDOList: row.is_mdo_list === 1,
    UseGroupsAndHeadings: row.use_groups_and_headings === 1,
    ListType: row.list_type,
    InUseByUserDefinedFields: isInUse(database, id),
    TableRight: null,
    FieldProperties: {},
  };
}

/** 404 when there is no such list. */
function definitionRow(database: Database, id: number): DbRow {
  const row = database.table('udlistdefinition').get(id);
  if (!row) throw new SandboxError(404, 'SoNotFoundException', `List ${id} not found`);
  return row;
}

function isInUse(database: Database, id: number): boolean {
  for (const { published } of database.layouts.values())
    if (published.some(field => field.udListDefinitionId === id)) return true;
  return false;
}

/** Makes a user-defined list. A list of that name that is not deleted is refused: `/v1/List/{name}` could not tell them apart. */
export function addDefinition(database: Database, body: unknown): number {
  const name = pick(body, 'Name');
  if (typeof name !== 'string' || name.trim() === '')
    throw new SandboxError(400, 'ArgumentException', 'The list has no name');
  const namesake = definitionIdByName(database, name);
  if (namesake !== undefined && definitionRow(database, namesake).deleted !== 1)
    throw new SandboxError(400, 'SoDuplicateException', `A list with the name '${name}' exists already`);
  const table = database.table('udlistdefinition');
  const id = Math.max(firstUserDefinedListId, ...[...table.rows.keys()].map(used => used + 1));
  return table.insert({
    udlistdefinition_id: id,
    tooltip: '',
    deleted: 0,
    rank: id,
    use_groups_and_headings: 0,
    ...definitionChanges(body),
    name,
    is_custom_list: 1,
    is_mdo_list: 0,
    list_type: 'udlist',
  });
}

export function changeDefinition(database: Database, id: number, body: unknown): void {
  definitionRow(database, id);
  if (!isObject(body)) throw new SandboxError(400, 'ArgumentException', 'The body must be a list');
  database.table('udlistdefinition').update(id, definitionChanges(body));
}

/** Marks a user-defined list deleted; the built-in ones stay. */
export function removeDefinition(database: Database, id: number): void {
  if (definitionRow(database, id).is_custom_list !== 1)
    throw new SandboxError(
      400,
      'SoIllegalOperationException',
      `List ${id} is built in and cannot be deleted`,
    );
  database.table('udlistdefinition').update(id, { deleted: 1 });
}

function definitionChanges(body: unknown): DbRow {
  const changes: DbRow = {};
  const name = pick(body, 'Name');
  const tooltip = pick(body, 'Tooltip');
  const rank = pick(body, 'Rank');
  if (typeof name === 'string') changes.name = name;
  if (typeof tooltip === 'string') changes.tooltip = tooltip;
  if (typeof rank === 'number' && rank > 0) changes.rank = rank;
  const deleted = pick(body, 'Deleted');
  const grouped = pick(body, 'UseGroupsAndHeadings');
  if (typeof deleted === 'boolean') changes.deleted = deleted ? 1 : 0;
  if (typeof grouped === 'boolean') changes.use_groups_and_headings = grouped ? 1 : 0;
  return changes;
}

/** List id of an MDO name; 0 when the list is not one that can be administered. */
export function definitionOfMdoName(database: Database, name: string): number {
  const userDefined = /^udlist(\d+)$/i.exec(name)?.[1];
  if (userDefined !== undefined) {
    const id = Number(userDefined);
    return database.table('udlistdefinition').get(id) ? id : 0;
  }
  return listByMdoName(name)?.listId ?? definitionIdByName(database, name) ?? 0;
}
