import { type ReadTable, type TableQuery, tableRows, tablesByIds } from '../../records/current.ts';
import { idRange, idsPerRequest } from '../../records/id-filters.ts';
import { type ArchiveRow, pageSize } from '../../superoffice/archive.ts';
import { betweenNumbers } from '../../superoffice/filter.ts';
import type { SuperOffice } from '../../superoffice/superoffice.ts';

/** Rows that an answer should have: a full page would have to be asked for what is behind it. */
const wantedRows = Math.floor(pageSize * 0.9);

/** Record numbers. Where a table has little, much of it is read at once, but never so much that one answer is large. */
const longestStretch = 4 * pageSize;

/**
 * Reads tables beside the archive for records that come by their numbers. A table is asked for stretches of numbers that
 * are as long as one answer holds, wherever the pages of the archive end: half the requests of asking page by page, where a
 * table has a row for each record. Rows of records that come later are kept until then.
 */
export function tablesInStretches(superoffice: SuperOffice): ReadTable {
  const byIds = tablesByIds(superoffice);
  const stretches = new Map<string, Stretches>();
  return (query, ids) => {
    const range = idRange(ids, idsPerRequest(superoffice));
    let table = stretches.get(query.orderBy);
    if (!table) {
      table = new Stretches(superoffice, query);
      stretches.set(query.orderBy, table);
    }
    return range && table.isAhead(range.lowest) ? table.read(range.lowest, range.highest) : byIds(query, ids);
  };
}

class Stretches {
  readonly #superoffice: SuperOffice;
  readonly #query: TableQuery;
  /** Rows of all records up to this number were read, from where reading began. */
  #reached = 0;
  /** So far somebody asked. */
  #asked = 0;
  /** Numbers in the next stretch; 0: as many as are asked for first. */
  #length = 0;
  /** Rows that were not asked for yet. */
  #kept: ArchiveRow[] = [];
  #before: Promise<unknown> = Promise.resolve();

  constructor(superoffice: SuperOffice, query: TableQuery) {
    this.#superoffice = superoffice;
    this.#query = query;
  }

  isAhead(lowest: number): boolean {
    return lowest > this.#asked;
  }

  /** Rows of the records with these numbers, which must be ahead. Throws SuperOfficeError. */
  read(lowest: number, highest: number): Promise<readonly ArchiveRow[]> {
    this.#asked = highest;
    const rows = this.#before.then(() => this.#readOn(lowest, highest));
    // Who comes after a failure hears of it, too: what was kept for them is gone.
    rows.catch(() => undefined);
    this.#before = rows;
    return rows;
  }

  async #readOn(lowest: number, highest: number): Promise<readonly ArchiveRow[]> {
    const { owner } = this.#query;
    const rows = this.#kept;
    this.#kept = [];
    this.#reached = Math.max(this.#reached, lowest - 1);
    if (this.#length === 0) this.#length = highest - lowest + 1;
    while (this.#reached < highest) {
      const end = this.#reached + this.#length;
      const filter = betweenNumbers(owner, this.#reached + 1, end);
      const found = await tableRows(this.#superoffice, this.#query, filter);
      for (const row of found) rows.push(row);
      this.#reached = end;
      this.#length = lengthAfter(this.#length, found.length);
    }
    const wanted: ArchiveRow[] = [];
    for (const row of rows) {
      const number = Number(row.cells.get(owner)?.raw);
      if (number > highest) this.#kept.push(row);
      else if (number >= lowest) wanted.push(row);
    }
    return wanted;
  }
}

/** As many numbers as had `wantedRows`, going by the stretch before. */
function lengthAfter(length: number, rows: number): number {
  const fitting = rows === 0 ? longestStretch : Math.floor((length * wantedRows) / rows);
  return Math.min(Math.max(fitting, 1), longestStretch);
}
