import { readCell } from './cells.ts';
import { MassFailure } from './failure.ts';
import { eachOnce, type MassColumn } from './request.ts';
import type { MassTable } from './tables.ts';

/** The columns of a request to a built-in table. Throws MassFailure for one that is not there, out of place or missing. */
export function builtInColumns(massTable: MassTable, names: readonly string[]): readonly MassColumn[] {
  const { table, required } = massTable;
  const columns = eachOnce(names.map(name => builtInColumn(massTable, name)));
  if (columns.findIndex(({ name }) => name === table.primaryKey) > 0)
    throw new MassFailure(`The primary key ${table.primaryKey} must be the first column`);
  const missing = required.filter(name => !columns.some(column => column.name === name));
  if (missing.length > 0)
    throw new MassFailure(`Table '${table.name}': the columns ${missing.join(', ')} must be named`);
  return columns;
}

/** Throws MassFailure. */
export function builtInColumn({ table, columns }: MassTable, name: string): MassColumn {
  const column = columns.get(name.toLowerCase());
  if (!column) throw new MassFailure(`Table '${table.name}' has no column '${name}'`);
  return { name: column.name, read: cell => readCell(column, cell) };
}
