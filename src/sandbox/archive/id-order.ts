import type { Table } from '../store/table.ts';

interface Order {
  readonly ids: readonly number[];
  readonly membership: number;
}

const kept = new WeakMap<Table, Order>();

/** The table's ids in ascending order. Kept between reads: sorting per page would make paging quadratic. */
export function idsInOrder(table: Table): readonly number[] {
  const { membership } = table;
  const before = kept.get(table);
  if (before?.membership === membership) return before.ids;
  const ids = [...table.rows.keys()];
  if (!isAscending(ids)) ids.sort((a, b) => a - b);
  kept.set(table, { ids, membership });
  return ids;
}

/** Place of the first id above `bound`. */
export function placeAfter(ids: readonly number[], bound: number): number {
  let low = 0;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ids[middle] ?? 0) > bound) high = middle;
    else low = middle + 1;
  }
  return low;
}

function isAscending(ids: readonly number[]): boolean {
  return ids.every((id, place) => place === 0 || id > (ids[place - 1] ?? 0));
}
