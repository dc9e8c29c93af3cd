import { fold } from '../store/collation.ts';
import type { DbRow } from '../store/table.ts';
import type { Cell, Column } from './column.ts';
import { type SortKey, splitNames } from './query.ts';
import { badRequest } from './refusal.ts';
import type { Source } from './source.ts';

/** `name asc,fullName,category desc` (reading.md, section 7.2). */
export function parseOrder(text: string): SortKey[] {
  return splitNames(text).map(part => {
    const [column = '', direction = 'asc', ...rest] = part.split(/\s+/);
    const lower = direction.toLowerCase();
    if (rest.length > 0 || (lower !== 'asc' && lower !== 'desc'))
      throw badRequest(`'${part}' is no sort order; a column followed by asc or desc was expected.`);
    return { column, descending: lower === 'desc' };
  });
}

export function checkSortable(column: Column, name: string): void {
  if (!column.sortable) throw badRequest(`Column '${name}' cannot be used to sort by.`);
}

/** Sorts a copy; rows that compare equal keep their order. */
export function sortRows(
  rows: readonly DbRow[],
  order: readonly SortKey[],
  columnOf: (name: string) => Column,
  source: Source,
): DbRow[] {
  const keys = order.map(({ column, descending }) => ({
    column: columnOf(column),
    sign: descending ? -1 : 1,
  }));
  const keyed = rows.map(row => ({ row, values: keys.map(({ column }) => sortValue(column, row, source)) }));
  keyed.sort((a, b) => {
    for (const [index, { sign }] of keys.entries()) {
      const difference = compare(a.values[index] ?? '', b.values[index] ?? '');
      if (difference !== 0) return difference * sign;
    }
    return 0;
  });
  return keyed.map(({ row }) => row);
}

/** Lists and associates sort by what people read. */
function sortValue(column: Column, row: DbRow, source: Source): string | number {
  const cell: Cell = column.cell(row, source);
  if (column.display) return fold(column.display(cell, source));
  if (column.kind === 'string' || column.kind === 'date' || column.kind === 'datetime')
    return fold(String(cell ?? ''));
  return Number(cell ?? 0);
}

function compare(a: string | number, b: string | number): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
