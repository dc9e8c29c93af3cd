import { SandboxError } from '../http/exchange.ts';
import { pick } from '../http/names.ts';
import type { Database } from '../store/database.ts';
import { headingsOf } from './headings.ts';
import { type MdoItem, selectableJson } from './mdo-item.ts';
import { tiesOf } from './mdo-tables.ts';

/** Stands for "no group at all"; real groups begin at 1. */
const nobody = 0;

type TieColumn = 'group_id' | 'heading_id';

function tiedTo(database: Database, tableName: string, listId: number, itemId: number, column: TieColumn) {
  return tiesOf(database.table(tableName), listId, column).filter(tie => tie.item === itemId);
}

function replaceTies(
  database: Database,
  tableName: string,
  listId: number,
  itemId: number,
  column: TieColumn,
  wanted: readonly number[],
): void {
  const table = database.table(tableName);
  for (const { id } of tiedTo(database, tableName, listId, itemId, column)) table.delete(id);
  for (const other of wanted) table.insert({ udlistdefinition_id: listId, item_id: itemId, [column]: other });
}

/** Ids that the body ticks. */
function selectedIds(body: unknown): number[] {
  if (!Array.isArray(body)) throw new SandboxError(400, 'ArgumentException', 'The body must be an array');
  return body.filter(item => pick(item, 'Selected') === true).map(item => Number(pick(item, 'Id') ?? 0));
}

function groupItems(database: Database): MdoItem[] {
  return [...database.table('usergroup').rows]
    .filter(([, row]) => row.deleted !== 1)
    .map(([id, row]) => ({
      id,
      name: String(row.name),
      toolTip: String(row.tooltip),
      rank: Number(row.rank),
    }));
}

/** User groups, ticked where the item is shown: all of them while it is tied to none. */
export function groupsOfItem(
  database: Database,
  listId: number,
  itemId: number,
  language: string | null,
): Record<string, unknown>[] {
  const ties = tiedTo(database, 'itemgroup', listId, itemId, 'group_id');
  const groups = groupItems(database);
  const selected = new Set(ties.length > 0 ? ties.map(tie => tie.other) : groups.map(group => group.id));
  return groups.map(group => selectableJson(group, language, selected));
}

export function saveGroupsOfItem(database: Database, listId: number, itemId: number, body: unknown): void {
  const selected = selectedIds(body);
  const everybody = groupItems(database).every(group => selected.includes(group.id));
  const wanted = selected.length > 0 ? selected : [nobody];
  replaceTies(database, 'itemgroup', listId, itemId, 'group_id', everybody ? [] : wanted);
}

/** Headings of the list, ticked where the item is under them. */
export function headingsOfItem(
  database: Database,
  listId: number,
  itemId: number,
  language: string | null,
): Record<string, unknown>[] {
  const ties = tiedTo(database, 'itemheading', listId, itemId, 'heading_id');
  const selected = new Set(ties.map(tie => tie.other));
  return headingsOf(database, listId).map(([id, row]) =>
    selectableJson(
      { id, name: String(row.name), toolTip: String(row.tooltip), rank: Number(row.rank) },
      language,
      selected,
    ),
  );
}

export function saveHeadingsOfItem(database: Database, listId: number, itemId: number, body: unknown): void {
  replaceTies(database, 'itemheading', listId, itemId, 'heading_id', selectedIds(body));
}
