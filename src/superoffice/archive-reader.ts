import { type ArchiveQuery, type ArchiveRow, pageSize } from './archive.ts';
import { type ArchivePage, ArchivePageReader } from './archive-page-reader.ts';
import { SuperOfficeError } from './error.ts';
import { and, greaterThan, isKeyList, unequalNumber } from './filter.ts';
import type { Http } from './http.ts';
import { toNumber } from './json.ts';
import { defaultOpenPoints, type OpenPoints } from './open-points.ts';

/** Reads archives page by page. */
export class ArchiveReader {
  readonly #pages: ArchivePageReader;
  /** Counts fresh queries. */
  #asked: number;

  /** @param start where this connection's numbers for fresh queries begin: unlike those of the one before */
  constructor(http: Http, apiPath: string, start: number, openPoints: OpenPoints = defaultOpenPoints) {
    this.#pages = new ArchivePageReader(http, apiPath, openPoints);
    this.#asked = start % 1_000_000_000;
  }

  /** All rows, or the first `top`. */
  async read(query: ArchiveQuery): Promise<ArchiveRow[]> {
    const found: ArchiveRow[] = [];
    for await (const page of this.pages(query)) for (const row of page) found.push(row);
    return found;
  }

  /**
   * The same in pieces, as they come; a piece is asked for when it is wanted, and what was handed out is forgotten.
   *
   * Pages by the key of the last row instead of `$skip`, whose cost grows with every page. A page that is not full need
   * not be the last one, so reading goes on until nothing comes back. The exception is a filter that is a list of keys:
   * there a page with room left holds every match, and a second request would double the cost of every look-up.
   */
  async *pages(query: ArchiveQuery): AsyncGenerator<ArchiveRow[], void, void> {
    if (query.sort) {
      const rows = await this.#sorted(query);
      if (rows.length > 0) yield rows;
      return;
    }
    const oneMayDo = isKeyList(query.filter);
    let wanted = query.top ?? Number.POSITIVE_INFINITY;
    let filter = query.filter;
    let size = pageSize;
    let reached = Number.NEGATIVE_INFINITY;
    while (wanted > 0) {
      const top = Math.min(size, wanted);
      const page = await this.#page(query, filter, top);
      const isFull = page.rows.length >= top;
      // A full page may end in the middle of a record that has several rows: that record is left to the next page.
      const whole = rowsMultiply(query) && isFull && top === size ? withoutLastRecord(page.rows) : page.rows;
      if (whole.length === 0 && page.rows.length > 0) {
        size *= 4;
        continue;
      }
      const rows = withoutRepetitions(whole, reached, query).slice(0, wanted);
      wanted -= rows.length;
      if (rows.length > 0) yield rows;
      if (wanted <= 0 || whole.length === 0 || (oneMayDo && !isFull && !page.more)) return;
      reached = nextStart(whole, isFull, reached, query);
      filter = and(query.filter, greaterThan(query.orderBy, reached));
    }
  }

  /** The one page of a query that is not sorted by key. */
  async #sorted(query: ArchiveQuery): Promise<ArchiveRow[]> {
    const { top } = query;
    if (top === undefined || top > pageSize)
      throw new Error(`a sorted query of ${query.provider} has one page: top ${top} is more`);
    if (top <= 0) return [];
    const { rows } = await this.#page(query, query.filter, top);
    return withoutRepetitions(rows, Number.NEGATIVE_INFINITY, query).slice(0, top);
  }

  #page(query: ArchiveQuery, filter: string, top: number): Promise<ArchivePage> {
    return this.#pages.read({
      ...query,
      filter: query.fresh ? this.#unlikeBefore(query, filter) : filter,
      top,
    });
  }

  /** No id is negative, so this asks the same, in words that no query had before. */
  #unlikeBefore(query: ArchiveQuery, filter: string): string {
    this.#asked++;
    return and(filter, unequalNumber(query.orderBy, -this.#asked));
  }
}

/** In the provider `dynamic` a record has a row for each of what is joined to it. */
function rowsMultiply(query: ArchiveQuery): boolean {
  return query.provider.toLowerCase() === 'dynamic';
}

/** Elsewhere a record counts once. No page but this one need be remembered: those before ended at `reached`. */
function withoutRepetitions(
  rows: readonly ArchiveRow[],
  reached: number,
  query: ArchiveQuery,
): readonly ArchiveRow[] {
  if (rowsMultiply(query)) return rows;
  const seen = new Set<number>();
  return rows.filter(row => {
    const isNew = keyOf(row, query) > reached && !seen.has(row.primaryKey);
    seen.add(row.primaryKey);
    return isNew;
  });
}

/** The highest key of a page, where the next one begins. Throws where none could begin without losing rows. */
function nextStart(
  rows: readonly ArchiveRow[],
  isFull: boolean,
  before: number,
  query: ArchiveQuery,
): number {
  const keys = rows.map(row => keyOf(row, query));
  const highest = keys.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  // A page with room left lost nothing to its end, whatever its order.
  if (isFull && keys.at(-1) !== highest) throw cannotPage(query, `the rows did not come by ${query.orderBy}`);
  // A server that ignored the key would be asked for ever.
  if (highest <= before) throw cannotPage(query, `the next page by ${query.orderBy} was the same page again`);
  return highest;
}

function cannotPage(query: ArchiveQuery, what: string): SuperOfficeError {
  const request = `GET /v1/Archive/${query.provider}`;
  return new SuperOfficeError(`${request}: ${what}`, {
    status: 200,
    request,
    scope: 'row',
    hint: 'This is a mistake in sic or in SuperOffice: please report it with the name of the archive.',
  });
}

/** Where the next page begins: the column that is sorted by, when it was asked for, else the primary key. */
function keyOf(row: ArchiveRow, query: ArchiveQuery): number {
  return toNumber(row.cells.get(query.orderBy)?.raw) ?? row.primaryKey;
}

function withoutLastRecord(rows: readonly ArchiveRow[]): readonly ArchiveRow[] {
  const lastKey = rows.at(-1)?.primaryKey;
  return rows.slice(
    0,
    rows.findIndex(row => row.primaryKey === lastKey),
  );
}
