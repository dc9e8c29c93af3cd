import { pick } from '../../http/names.ts';
import type { Database } from '../../store/database.ts';
import type { DbRow } from '../../store/table.ts';
import type { Draft } from '../draft.ts';
import type { Property } from '../property.ts';
import { rowsWith } from '../rows.ts';
import { numberOf, shown, textOf, toInteger, toText } from '../values.ts';
import { objectsIn } from './objects.ts';

/** What a record may be linked to: the entities that carry `Links` and those that they belong to. */
const linkable: ReadonlySet<string> = new Set([
  'contact',
  'person',
  'project',
  'sale',
  'appointment',
  'document',
]);

/**
 * Links of a record to others, in the order sent. The documents do not name their table's columns; `link` has our own.
 * `activeLinks` of the record is their number.
 */
export function links(owner: string): Property {
  const name = 'Links';
  return {
    name,
    empty: [],
    field: { type: 'SuperOffice.CRM.Services.Link[]', length: 0 },
    read: ({ id, reading }) => (id === 0 ? [] : rowsOf(reading.database, owner, id).map(carrier)),
    write: (draft, value) => {
      const sent = parse(draft, name, value);
      if (sent) draft.parts.set(name, id => replace(draft.writing.database, owner, id, sent));
    },
  };
}

/** Removes every link of a record that is being deleted. */
export function removeLinks(database: Database, owner: string, id: number): void {
  replace(database, owner, id, []);
}

function rowsOf(database: Database, owner: string, id: number): DbRow[] {
  return rowsWith(database.table('link'), 'owner_id', id).filter(row => row.owner_table === owner);
}

function carrier(row: DbRow): unknown {
  return {
    EntityName: textOf(row.target_table),
    Id: numberOf(row.target_id),
    Description: textOf(row.description),
    ExtraInfo: textOf(row.extra_info),
    LinkId: numberOf(row.link_id),
    TableRight: null,
    FieldProperties: {},
  };
}

function parse(draft: Draft, name: string, value: unknown): readonly DbRow[] | undefined {
  const items = objectsIn(draft, name, value);
  if (!items) return undefined;
  const rows: DbRow[] = [];
  const { database } = draft.writing;
  for (const item of items) {
    const table = (toText(pick(item, 'EntityName')) ?? '').toLowerCase();
    const id = toInteger(pick(item, 'Id'));
    if (id === undefined || !linkable.has(table) || !database.tables.get(table)?.get(id)) {
      draft.reject(name, `${shown(item)} links to nothing: EntityName and Id of a record are needed`);
      return undefined;
    }
    rows.push({
      target_table: table,
      target_id: id,
      description: toText(pick(item, 'Description') ?? '') ?? '',
      extra_info: toText(pick(item, 'ExtraInfo') ?? '') ?? '',
    });
  }
  return rows;
}

function replace(database: Database, owner: string, id: number, wanted: readonly DbRow[]): boolean {
  const kept = rowsOf(database, owner, id);
  const isSame = (row: DbRow, index: number): boolean =>
    Object.entries(wanted[index] ?? {}).every(([column, value]) => row[column] === value);
  if (kept.length === wanted.length && kept.every(isSame)) return false;
  const table = database.table('link');
  for (const row of kept) table.delete(numberOf(row.link_id));
  for (const row of wanted) table.insert({ owner_table: owner, owner_id: id, ...row });
  database.table(owner).update(id, { activeLinks: wanted.length });
  return true;
}
