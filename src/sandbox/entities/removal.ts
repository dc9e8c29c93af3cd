import type { Database, UdefOwner } from '../store/database.ts';
import type { DbRow } from '../store/table.ts';
import { udefStorage } from '../udef/storage.ts';
import { removeLinks } from './properties/links.ts';
import { numberOf } from './values.ts';

/**
 * Deletes what every entity's row may point to: notes, user-defined fields, links. Rows of other entities that point to
 * the record keep its id and read as if they pointed to nothing: whether SuperOffice clears them is not documented.
 */
export function removeParts(database: Database, owner: UdefOwner, row: Readonly<DbRow>): void {
  const { main, small, large } = udefStorage[owner];
  database.table('text').delete(numberOf(row.text_id));
  database.table('text').delete(numberOf(row.postitText_id));
  database.table(small).delete(numberOf(row.userdef_id));
  database.table(large).delete(numberOf(row.userdef2_id));
  removeLinks(database, main, numberOf(row[database.table(main).primaryKey]));
}
