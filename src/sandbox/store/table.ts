import { fold } from './collation.ts';

/** A row is a flat object of database columns (writing.md, section 7); its primary key column is the table's. */
export type DbValue = string | number | null;
export type DbRow = Record<string, DbValue>;

/** What happened to one row; `before` holds the whole row that was deleted, or the old values of the changed columns. */
export interface RowChange {
  readonly table: Table;
  readonly id: number;
  readonly kind: 'inserted' | 'updated' | 'deleted';
  readonly before: DbRow;
}

export type RowWatcher = (change: RowChange) => void;

/**
 * One database table in memory: rows by primary key, hash indexes on the columns that look-ups use.
 * Rows are handed out as they are kept: change them through `update`, or the indexes lie.
 */
export class Table {
  readonly name: string;
  readonly primaryKey: string;
  readonly rows = new Map<number, DbRow>();
  nextId = 1;
  /** Grows when a row comes or goes, not when one changes: what keeps something made of all rows watches it. */
  membership = 0;
  /** Grows when a row comes with an id that is not above all others: what keeps ids in order watches it. */
  insertsBetween = 0;
  readonly #indexes = new Map<string, Index>();
  readonly #watch: RowWatcher | undefined;

  constructor(name: string, primaryKey: string, indexed: readonly string[] = [], watch?: RowWatcher) {
    this.name = name;
    this.primaryKey = primaryKey;
    this.#watch = watch;
    for (const column of indexed) this.#indexes.set(column, new Map());
  }

  get(id: number): DbRow | undefined {
    return this.rows.get(id);
  }

  /** Inserts with the next id, or with the row's own primary key when it is above 0. Answers the id. */
  insert(row: DbRow): number {
    const given = row[this.primaryKey];
    const id = typeof given === 'number' && given > 0 ? given : this.nextId;
    if (this.rows.has(id)) throw new Error(`${this.name} ${id} exists already`);
    if (id < this.nextId) this.insertsBetween += 1;
    this.nextId = Math.max(this.nextId, id + 1);
    row[this.primaryKey] = id;
    this.rows.set(id, row);
    this.membership += 1;
    for (const [column, index] of this.#indexes) addTo(index, row[column] ?? null, id);
    this.#watch?.({ table: this, id, kind: 'inserted', before: {} });
    return id;
  }

  /** Lays `changes` over the row. True when anything differs from before. */
  update(id: number, changes: DbRow): boolean {
    const row = this.rows.get(id);
    if (!row) throw new Error(`${this.name} ${id} does not exist`);
    const before: DbRow = {};
    let changed = false;
    for (const [column, value] of Object.entries(changes)) {
      const old = row[column] ?? null;
      if (old === value) continue;
      if (column === this.primaryKey) throw new Error(`${this.name} ${id} cannot change its key`);
      changed = true;
      before[column] = old;
      const index = this.#indexes.get(column);
      if (index) {
        removeFrom(index, old, id);
        addTo(index, value, id);
      }
      row[column] = value;
    }
    if (changed) this.#watch?.({ table: this, id, kind: 'updated', before });
    return changed;
  }

  delete(id: number): boolean {
    const row = this.rows.get(id);
    if (!row) return false;
    for (const [column, index] of this.#indexes) removeFrom(index, row[column] ?? null, id);
    this.rows.delete(id);
    this.membership += 1;
    this.#watch?.({ table: this, id, kind: 'deleted', before: row });
    return true;
  }

  /** Adds an index on a column (a udef that was published as indexed). */
  index(column: string): void {
    if (this.isIndexed(column)) return;
    const index: Index = new Map();
    for (const [id, row] of this.rows) addTo(index, row[column] ?? null, id);
    this.#indexes.set(column, index);
  }

  isIndexed(column: string): boolean {
    return column === this.primaryKey || this.#indexes.has(column);
  }

  /**
   * Ids of rows whose indexed column equals `value` as the collation compares. Throws for a column without index: a scan
   * would hide a slow query.
   */
  find(column: string, value: DbValue): number[] {
    if (column === this.primaryKey) return typeof value === 'number' && this.rows.has(value) ? [value] : [];
    const index = this.#indexes.get(column);
    if (!index) throw new Error(`${this.name}.${column} has no index`);
    const ids = index.get(folded(value));
    if (ids === undefined) return [];
    return typeof ids === 'number' ? [ids] : [...ids];
  }

  /** As `find`; null when the column has no index. */
  findIfIndexed(column: string, value: DbValue): number[] | null {
    return this.isIndexed(column) ? this.find(column, value) : null;
  }
}

/** Ids by folded value. Most values stand once, and a million sets of one would not be small. */
type Index = Map<DbValue, number | Set<number>>;

function folded(value: DbValue): DbValue {
  return typeof value === 'string' ? fold(value) : value;
}

/**
 * New rows begin without most references and get them within the same request. The entry of "none" stays, also empty: an
 * entry that comes and goes leaves its place in the map's chain each time, and finding it again walks past them all.
 */
function isNone(key: DbValue): boolean {
  return key === 0 || key === null || key === '';
}

function addTo(index: Index, value: DbValue, id: number): void {
  const key = folded(value);
  const ids = index.get(key);
  if (ids === undefined) index.set(key, isNone(key) ? new Set([id]) : id);
  else if (typeof ids === 'number') index.set(key, new Set([ids, id]));
  else ids.add(id);
}

/** Empty sets go, or a key that changes often would leave one for every value it ever had. */
function removeFrom(index: Index, value: DbValue, id: number): void {
  const key = folded(value);
  const ids = index.get(key);
  if (ids === id) index.delete(key);
  else if (typeof ids === 'object' && ids.delete(id) && ids.size === 0 && !isNone(key)) index.delete(key);
}
