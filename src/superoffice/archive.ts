/**
 * Rows asked for at a time. The maximum is unknown; 1000 is the documented default and what SuperOffice's own samples use
 * (reading.md, section 7.6).
 */
export const pageSize = 1000;

/** A query against an archive provider. The filter is text in SuperOffice's grammar: build it with filter.ts. */
export interface ArchiveQuery {
  readonly provider: string;
  readonly columns: readonly string[];
  readonly filter: string;
  /** Column to sort by, ascending; the primary key for paging. */
  readonly orderBy: string;
  /**
   * Sorts by these columns instead, the first one first. For one page alone: the next one is found by key, which is not
   * what such rows come by. So `top` must be there, and no more than `pageSize`.
   */
  readonly sort?: readonly SortColumn[];
  readonly entities?: string;
  /**
   * Asks for what SuperOffice holds now. Identical queries are answered from a cache for 60 s (reading.md, section 7.6),
   * where a record made a moment ago is missing. Needs an int column to order by.
   */
  readonly fresh?: true;
  /**
   * Asks for times in UTC that say so: `raw` of a date or time ends in `Z` (an offset, where a server prefers it). It is
   * the one way to read when a record was made or changed without knowing the tenant's zone (reading.md, section 5.3).
   * The Archive agent, which answers long queries where POST is unknown, writes times in a notation without a zone: what
   * comes that way has no ending, and its zone is not certain.
   */
  readonly utcStamps?: true;
  /** Most rows wanted; all when absent (paged by `orderBy`, which must then be the primary key column). */
  readonly top?: number;
}

export interface SortColumn {
  readonly column: string;
  readonly descending: boolean;
}

/** One column of one row. `raw` is the id of a list item or associate, the number, the boolean; `display` is its text. */
export interface ArchiveCell {
  readonly raw: string | number | boolean | null;
  readonly display: string;
  /** Where `raw` is null: the id of what is shown, or of the record that it is shown of. */
  readonly hint?: number;
}

export interface ArchiveRow {
  readonly primaryKey: number;
  readonly entity: string;
  readonly cells: ArchiveCells;
}

/** The cells of one row. */
export interface ArchiveCells {
  /** That of a column that was asked for; undefined: it was not. */
  get(column: string): ArchiveCell | undefined;
}
