import { numberOf } from '../entities/values.ts';
import type { Exchange } from '../http/exchange.ts';
import type { DbRow, Table } from '../store/table.ts';
import { builtInColumn, builtInColumns } from './built-in-columns.ts';
import { BuiltInRows } from './built-in-rows.ts';
import { MassFailure } from './failure.ts';
import { Matcher } from './matcher.ts';
import type { MassColumn } from './request.ts';
import type { MassTable } from './tables.ts';
import type { Target } from './target.ts';

/** Rows of a built-in table, by its primary key alone or by other columns (writing.md, section 6.2). */
export class BuiltInTarget implements Target {
  readonly columns: readonly MassColumn[];
  readonly rows: BuiltInRows;
  /** As rows have them. */
  readonly keys: readonly string[];
  readonly table: Table;
  readonly #matcher: Matcher;

  /** Throws MassFailure. */
  constructor(
    massTable: MassTable,
    names: readonly string[],
    keyNames: readonly string[],
    exchange: Exchange,
  ) {
    const { table } = massTable;
    this.columns = builtInColumns(massTable, names);
    this.rows = new BuiltInRows(massTable, exchange);
    this.keys = keyNames.map(name => builtInColumn(massTable, name).name);
    if (this.keys.length > 1 && this.keys.includes(table.primaryKey))
      throw new MassFailure(`The primary key ${table.primaryKey} must be the only key`);
    this.table = table;
    this.#matcher = new Matcher(table, this.keys);
  }

  find(values: Readonly<DbRow>): number | undefined {
    const { primaryKey } = this.table;
    const given = numberOf(values[primaryKey]);
    if (this.keys[0] === primaryKey) return this.table.get(given) ? given : undefined;
    const [first, ...others] = this.#matcher.find(values);
    if (others.length > 0)
      throw new MassFailure(
        `${1 + others.length} rows have the same ${this.keys.map(key => `${key} ${values[key]}`).join(' and ')}`,
      );
    if (first !== undefined && given !== 0 && given !== first)
      throw new MassFailure(`${primaryKey} ${first} cannot become ${given}`);
    return first;
  }

  insert(values: Readonly<DbRow>): number {
    const id = this.rows.insert(values);
    this.#matcher.inserted(id, values);
    return id;
  }

  update(id: number, values: Readonly<DbRow>): boolean {
    return this.rows.update(id, values);
  }
}
