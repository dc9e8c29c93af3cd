import type { DbRow } from '../store/table.ts';
import type { BuiltInTarget } from './built-in-target.ts';
import type { MassResult } from './result.ts';

/** `NomatchAction`: what becomes of all other rows of the table (writing.md, section 6.2). */
export const noMatchActions = ['NoChange', 'ZeroColumns', 'DeleteRow'] as const;
export type NoMatchAction = (typeof noMatchActions)[number];

/**
 * Deletes every row of the table but `touched`, or empties the columns of the request in them, its keys and the primary key
 * aside.
 */
export function settleOthers(
  target: BuiltInTarget,
  action: NoMatchAction,
  touched: ReadonlySet<number>,
  result: MassResult,
): void {
  if (action === 'NoChange') return;
  const { table, rows, keys, columns } = target;
  const zeroed = columns.map(({ name }) => name).filter(name => !keys.includes(name));
  const empty: DbRow = Object.fromEntries(zeroed.map(name => [name, rows.blank[name] ?? null]));
  for (const [id, row] of [...table.rows]) {
    if (touched.has(id)) continue;
    const rowKeys = keys.map(key => String(row[key] ?? ''));
    if (action === 'DeleteRow') {
      if (rows.remove(id)) result.add('Deleted', id, rowKeys);
    } else if (rows.update(id, empty)) result.add('ColumnsZeroed', id, rowKeys);
  }
}
