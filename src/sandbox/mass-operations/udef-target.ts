import { numberOf } from '../entities/values.ts';
import { SandboxError } from '../http/exchange.ts';
import { type Database, type UdefField, type UdefOwner, udefOwners } from '../store/database.ts';
import type { DbRow, DbValue } from '../store/table.ts';
import { textLimit } from '../udef/allocate.ts';
import { publishedField } from '../udef/columns.ts';
import { placeOf, udefStorage } from '../udef/storage.ts';
import { decodeCustom } from '../udef/values.ts';
import { builtInColumn } from './built-in-columns.ts';
import { readCell } from './cells.ts';
import { MassFailure } from './failure.ts';
import { isBlank } from './matcher.ts';
import { eachOnce, type MassColumn } from './request.ts';
import type { MassTable } from './tables.ts';
import type { Target } from './target.ts';

/** Whose user-defined fields the table holds; undefined when it holds none. */
export function ownerOfUdefTable(name: string): UdefOwner | undefined {
  return udefOwners.find(owner => udefStorage[owner].small === name || udefStorage[owner].large === name);
}

/**
 * Rows of a table of user-defined fields: the key is the primary key of the owner, columns may be Prog IDs, and a row that
 * is missing is made and linked (writing.md, section 7.3). The owner itself does not count as changed.
 */
export class UdefTarget implements Target {
  readonly columns: readonly MassColumn[];
  readonly #database: Database;
  readonly #massTable: MassTable;
  readonly #key: string;
  readonly #main: string;
  readonly #link: 'userdef_id' | 'userdef2_id';

  /** Throws MassFailure. */
  constructor(
    database: Database,
    owner: UdefOwner,
    massTable: MassTable,
    names: readonly string[],
    keyNames: readonly string[],
  ) {
    const { main, large } = udefStorage[owner];
    this.#database = database;
    this.#massTable = massTable;
    this.#main = main;
    this.#key = database.table(main).primaryKey;
    this.#link = massTable.table.name === large ? 'userdef2_id' : 'userdef_id';
    const [first = '', ...others] = names;
    const [key = '', ...otherKeys] = keyNames;
    if (key.toLowerCase() !== this.#key || otherKeys.length > 0)
      throw new MassFailure(`The key of table '${massTable.table.name}' is ${this.#key} alone`);
    if (first.toLowerCase() !== this.#key)
      throw new MassFailure(`The primary key ${this.#key} must be the first column`);
    this.columns = eachOnce([
      { name: this.#key, read: cell => readCell({ kind: 'integer', length: 0 }, cell) },
      ...others.map(name => this.#columnOf(owner, name)),
    ]);
  }

  find(values: Readonly<DbRow>): number | undefined {
    const ownerId = numberOf(values[this.#key]);
    const row = this.#database.table(this.#main).get(ownerId);
    if (!row) throw new MassFailure(`There is no ${this.#main} with ${this.#key} ${ownerId}`);
    const id = numberOf(row[this.#link]);
    return this.#massTable.table.get(id) ? id : undefined;
  }

  insert({ [this.#key]: ownerId = 0, ...values }: Readonly<DbRow>): number {
    const id = this.#massTable.table.insert({ ...values });
    this.#database.table(this.#main).update(numberOf(ownerId), { [this.#link]: id });
    return id;
  }

  update(id: number, { [this.#key]: _, ...values }: Readonly<DbRow>): boolean {
    const row = this.#massTable.table.get(id) ?? {};
    const changes = Object.entries(values).filter(
      ([column, value]) => !(isBlank(row[column] ?? null) && isBlank(value)),
    );
    return this.#massTable.table.update(id, Object.fromEntries(changes));
  }

  /** A Prog ID, or a column's own name. */
  #columnOf(owner: UdefOwner, name: string): MassColumn {
    const field = publishedField(this.#database, owner, name);
    if (!field) return builtInColumn(this.#massTable, name);
    const { table } = placeOf(owner, field);
    if (table !== this.#massTable.table.name)
      throw new MassFailure(`${name} lies in table '${table}', not in '${this.#massTable.table.name}'`);
    return { name: field.column, read: cell => readUdefCell(field, cell) };
  }
}

function readUdefCell(field: UdefField, cell: unknown): DbValue {
  switch (field.type) {
    case 'ShortText':
    case 'LongText':
      return readCell({ kind: 'string', length: textLimit(field.type) }, cell);
    case 'Decimal':
      return readCell({ kind: 'decimal', length: 0 }, cell);
    case 'Date':
    case 'UnlimitedDate':
      return readUdefDate(field, cell);
    default:
      return readCell({ kind: 'integer', length: 0 }, cell);
  }
}

function readUdefDate(field: UdefField, cell: unknown): DbValue {
  const iso = readCell({ kind: 'datetime', length: 0 }, cell);
  try {
    return decodeCustom(field, String(iso));
  } catch (error) {
    if (error instanceof SandboxError) throw new MassFailure(error.message);
    throw error;
  }
}
