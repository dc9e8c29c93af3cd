import type { DbRow } from '../store/table.ts';
import type { Column } from './column.ts';
import type { Filter } from './filter/syntax.ts';
import type { Source } from './source.ts';

/** A kind of row that `$entities` can ask for. */
export interface ProviderEntity {
  readonly name: string;
  readonly label: string;
}

/** A view of the database, in SuperOffice's terms: what `/v1/Archive/{name}` reads. */
export interface Provider {
  readonly name: string;
  readonly entities: readonly ProviderEntity[];
  /** `names` are all columns that the query mentions. Throws 400 when they cannot be read together. */
  open(names: readonly string[], source: Source): Archive;
}

/** A provider opened for one query. */
export interface Archive {
  find(name: string): Column | undefined;
  /** Every column, for descriptions. */
  columns(): readonly Column[];
  /** What is answered without `$select`. */
  readonly defaults: readonly string[];
  /** The column by which rows come, ascending. */
  readonly key: Column;
  /** Rows that may pass the filter, ordered by key; `entities` empty means all. The caller still tests them. */
  rows(
    filter: Filter | null,
    entities: readonly string[],
    columnOf: (name: string) => Column,
  ): Iterable<DbRow>;
  primaryKey(row: DbRow): number;
  entityName(row: DbRow): string;
  linkHint(row: DbRow): string;
}
