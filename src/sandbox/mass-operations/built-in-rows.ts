import { createdStamp, stampText, updatedStamp } from '../entities/stamps.ts';
import { numberOf } from '../entities/values.ts';
import type { Exchange } from '../http/exchange.ts';
import type { DbRow } from '../store/table.ts';
import { MassFailure } from './failure.ts';
import { isBlank } from './matcher.ts';
import type { MassTable } from './tables.ts';

/** Writes rows of one built-in table, around everything that a save of an entity does (writing.md, section 6.5). */
export class BuiltInRows {
  readonly #massTable: MassTable;
  readonly #exchange: Exchange;
  /** What columns hold that a new row leaves out. */
  readonly blank: Readonly<DbRow>;
  readonly #isStamped: boolean;

  constructor(massTable: MassTable, exchange: Exchange) {
    this.#massTable = massTable;
    this.#exchange = exchange;
    this.#isStamped = massTable.columns.has('registered');
    this.blank = Object.fromEntries(
      [...massTable.columns.values()].map(({ name, kind }) => [
        name,
        kind === 'string' || kind === 'datetime' ? '' : 0,
      ]),
    );
  }

  /** A primary key above 0 is taken as it is. Throws MassFailure when it, or what must be unique, is taken. */
  insert(values: Readonly<DbRow>): number {
    const { table } = this.#massTable;
    const id = numberOf(values[table.primaryKey]);
    if (id < 0 || table.get(id)) throw new MassFailure(`${table.primaryKey} ${id} is taken or negative`);
    this.#assertUnique(values, 0);
    const { now, user } = this.#exchange;
    const stamps = this.#isStamped ? createdStamp(now, user.associateId) : {};
    return table.insert({ ...this.blank, ...stamps, ...values });
  }

  /** True when anything differs. A row that is as it should be keeps its stamps. Throws MassFailure. */
  update(id: number, values: Readonly<DbRow>): boolean {
    const { table } = this.#massTable;
    const row = table.get(id);
    if (!row) throw new MassFailure(`${table.primaryKey} ${id} does not exist`);
    const changes: DbRow = {};
    for (const [column, value] of Object.entries(values)) {
      const kept = row[column] ?? null;
      if (column !== table.primaryKey && kept !== value && !(isBlank(kept) && isBlank(value)))
        changes[column] = value;
    }
    if (Object.keys(changes).length === 0) return false;
    this.#assertUnique({ ...row, ...changes }, id);
    return table.update(id, { ...this.#stampsOf(row, values), ...changes });
  }

  /** Marks the row where deleting does that. True when it was there. */
  remove(id: number): boolean {
    const { table, isSoftDeleted } = this.#massTable;
    if (!isSoftDeleted) return table.delete(id);
    const row = table.get(id);
    if (!row || row.deleted === 1) return false;
    return table.update(id, { deleted: 1, DeletedDate: stampText(this.#exchange.now) });
  }

  /** Those of a changed row; what the request names itself is not stamped. */
  #stampsOf(row: Readonly<DbRow>, values: Readonly<DbRow>): DbRow {
    if (!this.#isStamped) return {};
    const stamps = updatedStamp(row, this.#exchange.now, this.#exchange.user.associateId);
    return Object.fromEntries(Object.entries(stamps).filter(([column]) => !(column in values)));
  }

  #assertUnique(row: Readonly<DbRow>, id: number): void {
    const { table, unique } = this.#massTable;
    const [first] = unique;
    if (first === undefined) return;
    for (const other of table.find(first, row[first] ?? null))
      if (other !== id && unique.every(column => table.get(other)?.[column] === row[column]))
        throw new MassFailure(
          `${table.name} ${other} has the same ${unique.map(column => `${column} ${row[column]}`).join(' and ')}`,
        );
  }
}
