import type { Database } from '../store/database.ts';
import type { DbRow } from '../store/table.ts';
import type { EntityDescription } from './entity.ts';
import { numberOf } from './values.ts';

/** A row in another table that belongs to a record and holds some of its columns: the appointment row of a document. */
export interface Companion {
  readonly table: string;
  /** Column of the main row that holds the companion's id. */
  readonly link: string;
  /** Column of the companion that holds the record's id. */
  readonly back: string;
  /** Empty values of the columns that are kept there; the main row has no column of the same name. */
  readonly blank: Readonly<DbRow>;
}

/** What both rows have of their own. */
const stamps: readonly string[] = [
  'registered',
  'registered_associate_id',
  'updated',
  'updated_associate_id',
  'updatedCount',
];

type Owner = Pick<EntityDescription, 'table' | 'companion'>;

/** The row as its properties see it: with the columns of its companion. The kept row itself when there is none. */
export function wholeRow({ companion }: Owner, database: Database, row: DbRow): DbRow {
  if (!companion) return row;
  const other = database.table(companion.table).get(numberOf(row[companion.link])) ?? {};
  return { ...companion.blank, ...chosen(other, column => column in companion.blank), ...row };
}

/** Inserts the row, and the companion with its share of the columns. Answers the id of the row. */
export function insertRow({ table, companion }: Owner, database: Database, row: DbRow): number {
  const rows = database.table(table);
  if (!companion) return rows.insert(row);
  const id = rows.insert(chosen(row, column => !(column in companion.blank)));
  const share = chosen(row, column => column in companion.blank || stamps.includes(column));
  const companionId = database.table(companion.table).insert({ ...share, [companion.back]: id });
  rows.update(id, { [companion.link]: companionId });
  return id;
}

/** Lays changes over the row and its companion. True when anything differs from before. */
export function updateRow(
  { table, companion }: Owner,
  database: Database,
  row: Readonly<DbRow>,
  changes: DbRow,
): boolean {
  const rows = database.table(table);
  const id = numberOf(row[rows.primaryKey]);
  if (!companion) return rows.update(id, changes);
  const share = chosen(changes, column => column in companion.blank);
  const isChanged = database.table(companion.table).update(numberOf(row[companion.link]), share);
  return (
    rows.update(
      id,
      chosen(changes, column => !(column in companion.blank)),
    ) || isChanged
  );
}

function chosen(row: Readonly<DbRow>, isWanted: (column: string) => boolean): DbRow {
  return Object.fromEntries(Object.entries(row).filter(([column]) => isWanted(column)));
}
