import type { DbRow, DbValue, Table } from '../store/table.ts';

/** Rows whose indexed column holds `value`. */
export function rowsWith(table: Table, column: string, value: DbValue): DbRow[] {
  const rows: DbRow[] = [];
  for (const id of table.find(column, value)) {
    const row = table.get(id);
    if (row) rows.push(row);
  }
  return rows;
}
