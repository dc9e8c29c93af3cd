import type { Exchange } from '../http/exchange.ts';
import { BuiltInRows } from './built-in-rows.ts';
import { idsIn, nameIn } from './request.ts';
import type { MassResult } from './result.ts';
import { massTable } from './tables.ts';

/** Deletes rows of one table and nothing that hangs on them; ids that are not there are passed over. Throws MassFailure. */
export function deleteRows(exchange: Exchange, result: MassResult): void {
  const { body, database } = exchange;
  const rows = new BuiltInRows(massTable(database, nameIn(body, 'TableName')), exchange);
  for (const id of idsIn(body, 'IDs')) if (rows.remove(id)) result.add('Deleted', id, []);
}
