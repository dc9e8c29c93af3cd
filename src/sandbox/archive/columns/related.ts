import type { Database } from '../../store/context.ts';
import type { DbRow } from '../../store/table.ts';
import type { Column } from '../column.ts';
import { columnsOf, computed } from './build.ts';
import { type ColumnGroup, columnGroup, type Hop } from './group.ts';
import { associateFullName, numberIn, textIn } from './names.ts';

/**
 * What a column of a one-to-many relation answers and filters by: the row of this rank, else the lowest. Whether rows
 * multiply instead is not documented (reading.md, section 7.6).
 */
const primaryRank = 1;

export function primaryRow(rows: readonly DbRow[]): DbRow | undefined {
  let first: DbRow | undefined;
  for (const row of rows) {
    const rank = numberIn(row, 'rank');
    if (rank === primaryRank) return row;
    if (first === undefined || rank < numberIn(first, 'rank')) first = row;
  }
  return first;
}

function rowsOf(database: Database, table: string, column: string, id: number): DbRow[] {
  const found = database.table(table);
  const rows: DbRow[] = [];
  for (const rowId of found.find(column, id)) {
    const row = found.get(rowId);
    if (row) rows.push(row);
  }
  return rows;
}

/** Follows a reference of the row to the row it points to; `indexed` says that the way back is one look-up. */
export function reference(from: string, column: string, table: string, indexed = false): Hop {
  return {
    to: (row, database) => database.table(table).get(numberIn(row, column)),
    ...(indexed
      ? {
          from: (ids: readonly number[], database: Database) =>
            ids.flatMap(id => database.table(from).find(column, id)),
        }
      : {}),
  };
}

/** The primary phone of a type (`ptype_idx`, writing.md, section 7.2). */
export function phoneOf(ownerKey: string, type: number): Hop {
  return {
    to: (row, database) =>
      primaryRow(
        rowsOf(database, 'phone', 'owner_id', numberIn(row, ownerKey)).filter(
          phone => phone.ptype_idx === type,
        ),
      ),
  };
}

/** The address of a type (`atype_idx`, writing.md, section 7.2). */
export function addressOf(ownerKey: string, type: number): Hop {
  return {
    to: (row, database) =>
      rowsOf(database, 'address', 'owner_id', numberIn(row, ownerKey)).find(
        address => address.atype_idx === type,
      ),
  };
}

/** `type` of an e-mail row that is no chat or voip address; the only one of a URL. */
const ordinaryType = 0;

/** The primary e-mail or URL of a company, a person or a project. */
export function ownedBy(table: 'email' | 'url', ownerKey: 'contact_id' | 'person_id' | 'project_id'): Hop {
  return {
    to: (row, database) =>
      primaryRow(
        rowsOf(database, table, ownerKey, numberIn(row, ownerKey)).filter(
          owned =>
            (ownerKey === 'person_id' || numberIn(owned, 'person_id') === 0) &&
            numberIn(owned, 'type') === ordinaryType,
        ),
      ),
  };
}

const phone = columnsOf('phone');
export const phoneGroup: ColumnGroup = columnGroup([
  phone.text('formattedNumber', 'phone', { sortable: false }),
  phone.text('description', 'description'),
]);

const email = columnsOf('email');
export const emailGroup: ColumnGroup = columnGroup([
  email.text('emailAddress', 'email_address'),
  email.text('emailDescription', 'description'),
  email.integer('emailId', 'email_id'),
]);

const url = columnsOf('url');
export const urlGroup: ColumnGroup = columnGroup([
  url.text('URLAddress', 'url_address'),
  url.text('URLDescription', 'description'),
]);

const address = columnsOf('address');
export const addressGroup: ColumnGroup = columnGroup([
  address.integer('addressId', 'address_id'),
  address.text('line1', 'address1'),
  address.text('line2', 'address2'),
  address.text('line3', 'address3'),
  address.text('county', 'county'),
  address.text('city', 'city'),
  address.text('zip', 'zipcode'),
  address.text('state', 'state'),
]);

const text = columnsOf('text');
export const infoGroup: ColumnGroup = columnGroup([
  text.integer('textId', 'text_id'),
  text.text('infoText', 'text', { restriction: 'positiveString' }),
]);

/** The same note under the name that sales and documents have for it. */
export const descriptionGroup: ColumnGroup = columnGroup([
  text.integer('textId', 'text_id'),
  text.text('description', 'text', { restriction: 'positiveString' }),
]);

const associate = columnsOf('associate');

/** Restricts as an associate, and answers the number: no sample shows another form (reading.md, section 13.1). */
export const associateDbId: Column = associate.integer('associateDbId', 'associate_id', {
  restriction: 'associate',
});

export const associateGroup: ColumnGroup = columnGroup([
  computed('fullName', 'string', 'string', (row, source) =>
    associateFullName(numberIn(row, 'associate_id'), source),
  ),
  associateDbId,
  associate.integer('usergroupId', 'group_idx'),
  associate.associate('assocName', 'associate_id'),
  associate.integer('ejUserId', 'ejuser_id', { sortable: false }),
  computed('isActive', 'bool', 'bool', row => !row.deleted),
]);

/** The note of the row; '' without one. */
export function noteOf(row: DbRow, database: Database): string {
  return textIn(database.table('text').get(numberIn(row, 'text_id')), 'text');
}

/** True when the note of the row has text. */
export function hasNote(row: DbRow, database: Database): boolean {
  return noteOf(row, database) !== '';
}

/** Interest ids of a company or person, in the order they were chosen. */
export function interestIds(table: string, ownerKey: string, column: string) {
  return (row: DbRow, database: Database): readonly number[] =>
    rowsOf(database, table, ownerKey, numberIn(row, ownerKey)).map(interest => numberIn(interest, column));
}
