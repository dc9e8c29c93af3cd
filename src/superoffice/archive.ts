/** A query against an archive provider. The filter is text in SuperOffice's grammar: build it with filter.ts. */
export interface ArchiveQuery {
  readonly provider: string;
  readonly columns: readonly string[];
  readonly filter: string;
  /** Column to sort by, ascending; the primary key for paging. */
  readonly orderBy: string;
  readonly entities?: string;
  /**
   * Asks for what SuperOffice holds now. Identical queries are answered from a cache for 60 s (reading.md, section 7.6),
   * where a record made a moment ago is missing. Needs an int column to order by.
   */
  readonly fresh?: true;
  /** Most rows wanted; all when absent (paged by `orderBy`, which must then be the primary key column). */
  readonly top?: number;
}

/** One column of one row. `raw` is the id of a list item or associate, the number, the boolean; `display` is its text. */
export interface ArchiveCell {
  readonly raw: string | number | boolean | null;
  readonly display: string;
}

export interface ArchiveRow {
  readonly primaryKey: number;
  readonly entity: string;
  readonly cells: ReadonlyMap<string, ArchiveCell>;
}
