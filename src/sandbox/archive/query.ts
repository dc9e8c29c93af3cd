import type { Filter } from './filter/syntax.ts';

export interface SortKey {
  readonly column: string;
  readonly descending: boolean;
}

/** One question to a provider, whichever endpoint it came through. */
export interface ArchiveQuery {
  /** Column names as written; empty asks for the provider's default set. */
  readonly columns: readonly string[];
  readonly filter: Filter | null;
  readonly order: readonly SortKey[];
  /** Empty: all entities of the provider. */
  readonly entities: readonly string[];
  readonly skip: number;
  readonly top: number;
  /** Count all rows that pass, beyond the page. */
  readonly counts: boolean;
}

/** Rows of a page when the request does not say (reading.md, section 7.6). */
export const defaultPageSize = 1000;

/** Names of a comma list; empty parts are dropped. */
export function splitNames(text: string): string[] {
  return text
    .split(',')
    .map(name => name.trim())
    .filter(name => name !== '');
}
