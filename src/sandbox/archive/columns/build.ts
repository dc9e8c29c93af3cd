import { translate } from '../../lists/text.ts';
import type { DbRow } from '../../store/table.ts';
import type { Cell, Column, RestrictionType } from '../column.ts';
import { isoOf } from '../dates.ts';
import type { Source } from '../source.ts';
import { associateName } from './names.ts';

/** Marks of a column that the reference lists: what it restricts by, and ° for "not sortable". */
export interface Marks {
  readonly restriction?: RestrictionType | null;
  readonly sortable?: boolean;
}

type Read = (row: DbRow, source: Source) => Cell;

/** Columns of one database table, by the name the archive has for them and the column they are kept in. */
export interface ColumnFactory {
  integer(name: string, column: string, marks?: Marks): Column;
  text(name: string, column: string, marks?: Marks): Column;
  flag(name: string, column: string, marks?: Marks): Column;
  decimal(name: string, column: string, marks?: Marks): Column;
  date(name: string, column: string, marks?: Marks): Column;
  time(name: string, column: string, marks?: Marks): Column;
  /** `table` holds the items, `listName` is the MDO list. */
  list(name: string, column: string, table: string, listName?: string): Column;
  associate(name: string, column: string): Column;
  /** The full name behind an associate id. */
  associateFullName(name: string, column: string, fullName: (id: number, source: Source) => string): Column;
}

export function columnsOf(table: string): ColumnFactory {
  const stored =
    (column: string): Read =>
    row =>
      row[column] ?? null;
  const ownersOf = (column: string): Pick<Column, 'owners'> => ({
    owners: (value, source) => source.database.table(table).findIfIndexed(column, value),
  });
  const reference = (
    name: string,
    column: string,
    restriction: RestrictionType,
    listName: string,
  ): Column => ({
    ...computed(name, 'list', restriction, stored(column)),
    listName,
    ...ownersOf(column),
  });
  return {
    integer: (name, column, marks) => ({
      ...computed(name, 'integer', 'int', stored(column), marks),
      ...ownersOf(column),
    }),
    text: (name, column, marks) => ({
      ...computed(name, 'string', 'string', stored(column), marks),
      ...ownersOf(column),
    }),
    flag: (name, column, marks) => computed(name, 'bool', 'bool', row => Boolean(row[column]), marks),
    decimal: (name, column, marks) => computed(name, 'decimal', 'decimal', stored(column), marks),
    date: (name, column, marks) => computed(name, 'date', 'date', row => isoOf(row[column]), marks),
    time: (name, column, marks) => computed(name, 'datetime', 'datetime', row => isoOf(row[column]), marks),
    list: (name, column, items, listName = items) => ({
      ...reference(name, column, 'listAny', listName),
      display: (cell, source) => listText(items, cell, source),
    }),
    associate: (name, column) => ({
      ...reference(name, column, 'associate', 'associate'),
      kind: 'associate',
      display: (cell, source) => associateName(Number(cell), source),
    }),
    associateFullName: (name, column, fullName) => ({
      ...reference(name, column, 'associate', 'associate'),
      kind: 'associate',
      display: (cell, source) => fullName(Number(cell), source),
    }),
  };
}

/** A column that is worked out from the row. */
export function computed(
  name: string,
  kind: Column['kind'],
  restriction: RestrictionType | null,
  cell: Read,
  marks: Marks = {},
): Column {
  return {
    name,
    kind,
    restriction: marks.restriction === undefined ? restriction : marks.restriction,
    sortable: marks.sortable ?? true,
    listName: '',
    cell,
  };
}

/** A documented column of something the sandbox does not keep: always empty. */
export function empty(
  name: string,
  kind: Column['kind'],
  restriction: RestrictionType | null,
  marks?: Marks,
): Column {
  return { ...computed(name, kind, restriction, () => null, marks), display: () => '' };
}

/** Name of a list item in the asked language; '' for id 0 and unknown ids. */
export function listText(table: string, cell: Cell, { database, language }: Source): string {
  const name = typeof cell === 'number' ? database.tables.get(table)?.get(cell)?.name : undefined;
  return typeof name === 'string' ? translate(name, language) : '';
}
