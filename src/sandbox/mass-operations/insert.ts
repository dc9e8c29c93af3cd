import type { Exchange } from '../http/exchange.ts';
import { builtInColumns } from './built-in-columns.ts';
import { BuiltInRows } from './built-in-rows.ts';
import { arrayIn, atRow, nameIn, namesIn, readRow } from './request.ts';
import type { MassResult } from './result.ts';
import { massTable } from './tables.ts';

/** Adds every row to the physical table: user-defined fields go by their columns and are linked to nobody. Throws MassFailure. */
export function insert(exchange: Exchange, result: MassResult): void {
  const { body, database } = exchange;
  const table = massTable(database, nameIn(body, 'TableName'));
  const columns = builtInColumns(table, namesIn(body, 'Columns'));
  const rows = new BuiltInRows(table, exchange);
  for (const [index, cells] of arrayIn(body, 'Data').entries())
    atRow(index, () => result.add('Inserted', rows.insert(readRow(columns, cells)), []));
}
