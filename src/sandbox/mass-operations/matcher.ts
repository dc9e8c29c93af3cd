import { fold } from '../store/collation.ts';
import type { DbRow, DbValue, Table } from '../store/table.ts';

/** Finds the rows whose `keys` equal those of a given row, as the collation compares. */
export class Matcher {
  readonly #table: Table;
  readonly #keys: readonly string[];
  /** Ids by key values, for keys that no index answers: made once, when it is first needed. */
  #scanned: Map<string, number[]> | undefined;

  constructor(table: Table, keys: readonly string[]) {
    this.#table = table;
    this.#keys = keys;
  }

  find(values: Readonly<DbRow>): readonly number[] {
    // An index on an owner says nothing of rows without that owner: there are as many as of the others.
    const indexed = this.#keys.find(key => this.#table.isIndexed(key) && !isBlank(values[key] ?? null));
    if (indexed === undefined) return this.#scan().get(tupleOf(values, this.#keys)) ?? [];
    const wanted = tupleOf(values, this.#keys);
    return this.#table.find(indexed, values[indexed] ?? null).filter(id => {
      const row = this.#table.get(id);
      return row !== undefined && tupleOf(row, this.#keys) === wanted;
    });
  }

  /** Must be told of every row that is inserted meanwhile. */
  inserted(id: number, values: Readonly<DbRow>): void {
    if (this.#scanned) addTo(this.#scanned, tupleOf(values, this.#keys), id);
  }

  #scan(): ReadonlyMap<string, readonly number[]> {
    if (this.#scanned) return this.#scanned;
    this.#scanned = new Map();
    for (const [id, row] of this.#table.rows) addTo(this.#scanned, tupleOf(row, this.#keys), id);
    return this.#scanned;
  }
}

function addTo(map: Map<string, number[]>, tuple: string, id: number): void {
  const ids = map.get(tuple);
  if (ids) ids.push(id);
  else map.set(tuple, [id]);
}

/** A column that was never written equals its type's default. */
function tupleOf(row: Readonly<DbRow>, keys: readonly string[]): string {
  return JSON.stringify(
    keys.map(key => {
      const value = row[key] ?? null;
      if (isBlank(value)) return null;
      return typeof value === 'string' ? fold(value) : value;
    }),
  );
}

/** What columns hold that nothing was written to. */
export function isBlank(value: DbValue): boolean {
  return value === null || value === '' || value === 0;
}
