import type { DbRow, DbValue } from '../store/table.ts';
import type { Source } from './source.ts';

/** Decides the operators of a column (reading.md, section 8). */
export type RestrictionType =
  | 'int'
  | 'decimal'
  | 'string'
  | 'stringorPK'
  | 'positiveString'
  | 'bool'
  | 'date'
  | 'datetime'
  | 'unlimitedDate'
  | 'associate'
  | 'userGroup'
  | 'ejUser'
  | 'ejCategory'
  | 'listAny'
  | 'listInterest'
  | 'intArray'
  | 'timeSpan';

/** Decides how a value is written in answers (reading.md, sections 7.3 and 11.2). */
export type ColumnKind =
  | 'integer'
  | 'decimal'
  | 'bool'
  | 'string'
  | 'date'
  | 'datetime'
  | 'list'
  | 'associate'
  | 'ids'
  | 'timeSpan';

/** Raw value of a column in one row: dates are ISO texts without zone, lists and associates ids, null is "none". */
export type Cell = string | number | boolean | null | readonly number[];

export interface Column {
  /** As documented, with its prefixes: `personContact/name`. */
  readonly name: string;
  readonly kind: ColumnKind;
  /** null: the column can be selected but not filtered. */
  readonly restriction: RestrictionType | null;
  readonly sortable: boolean;
  /** What its administrator calls it; absent: as its name says. */
  readonly label?: string;
  /** MDO list of the values; '' for columns without list. */
  readonly listName: string;
  cell(row: DbRow, source: Source): Cell;
  /** Text people read for a cell of a list or associate column. */
  readonly display?: (cell: Cell, source: Source) => string;
  /**
   * Ids of the provider's rows that may hold `value`, from an index: never too few, the filter still tests them.
   * null when no index can tell.
   */
  readonly owners?: (value: DbValue, source: Source) => readonly number[] | null;
  /** Primary key of the row that a numeric value may mean (`stringorPK`). */
  readonly recordKey?: (row: DbRow, source: Source) => number;
}
