import { SandboxError } from '../http/exchange.ts';
import { isObject, pick } from '../http/names.ts';
import type { Database } from '../store/database.ts';
import type { DbRow } from '../store/table.ts';
import { tiesOf } from './mdo-tables.ts';
import { translate } from './text.ts';

/** Headings of a list, by rank. */
export function headingsOf(database: Database, listId: number): [id: number, row: DbRow][] {
  const table = database.table('heading');
  return table
    .find('udlistdefinition_id', listId)
    .flatMap((id): [number, DbRow][] => {
      const row = table.get(id);
      return row ? [[id, row]] : [];
    })
    .filter(([, row]) => row.deleted !== 1)
    .sort(([, a], [, b]) => Number(a.rank) - Number(b.rank));
}

/** HeadingEntity carrier. */
export function headingJson(id: number, row: DbRow, language: string | null): Record<string, unknown> {
  return {
    HeadingId: id,
    Name: translate(String(row.name), language),
    Tooltip: translate(String(row.tooltip), language),
    Deleted: row.deleted === 1,
    Rank: row.rank,
    UdListDefinitionId: row.udlistdefinition_id,
    TableRight: null,
    FieldProperties: {},
  };
}

/** Changes the heading that the body's id names, else adds one. Answers its id. */
export function saveHeading(database: Database, listId: number, body: unknown): number {
  if (!isObject(body)) throw new SandboxError(400, 'ArgumentException', 'The body must be a heading');
  const table = database.table('heading');
  const changes: DbRow = {};
  const name = pick(body, 'Name');
  const tooltip = pick(body, 'Tooltip');
  const rank = pick(body, 'Rank');
  if (typeof name === 'string') changes.name = name;
  if (typeof tooltip === 'string') changes.tooltip = tooltip;
  if (typeof rank === 'number') changes.rank = rank;
  if (typeof pick(body, 'Deleted') === 'boolean') changes.deleted = pick(body, 'Deleted') ? 1 : 0;
  const id = Number(pick(body, 'HeadingId') ?? 0);
  if (id > 0) {
    if (table.get(id)?.udlistdefinition_id !== listId)
      throw new SandboxError(404, 'SoNotFoundException', `Heading ${id} not found`);
    table.update(id, changes);
    return id;
  }
  if (!changes.name) throw new SandboxError(400, 'ArgumentException', 'The heading has no name');
  const highest = headingsOf(database, listId).length;
  return table.insert({
    name: '',
    tooltip: '',
    deleted: 0,
    rank: highest + 1,
    ...changes,
    udlistdefinition_id: listId,
  });
}

/** Takes all headings of a list away; its items stay. */
export function removeHeadings(database: Database, listId: number): void {
  const table = database.table('itemheading');
  for (const { id } of tiesOf(table, listId, 'heading_id')) table.delete(id);
  for (const [id] of headingsOf(database, listId)) database.table('heading').update(id, { deleted: 1 });
}
