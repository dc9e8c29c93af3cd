import type { Table } from '../store/table.ts';

interface Order {
  readonly ids: number[];
  /** The table's, when the ids were last complete. */
  nextId: number;
  readonly insertsBetween: number;
}

const kept = new WeakMap<Table, Order>();

/**
 * The table's ids in ascending order, and some of rows that are gone. Kept between reads and continued with the rows that
 * were added: listing all of them per page, or per write between two pages, would make both quadratic.
 */
export function idsInOrder(table: Table): readonly number[] {
  const before = kept.get(table);
  if (before && canContinue(before, table)) {
    for (let id = before.nextId; id < table.nextId; id++) if (table.rows.has(id)) before.ids.push(id);
    before.nextId = table.nextId;
    return before.ids;
  }
  const ids = [...table.rows.keys()];
  if (!isAscending(ids)) ids.sort((a, b) => a - b);
  kept.set(table, { ids, nextId: table.nextId, insertsBetween: table.insertsBetween });
  return ids;
}

/** Not when a row came in between, nor when it is no less work to begin anew: many rows are gone, or few of many new ids exist. */
function canContinue({ ids, nextId, insertsBetween }: Order, table: Table): boolean {
  const { size } = table.rows;
  return insertsBetween === table.insertsBetween && ids.length <= 2 * size && table.nextId - nextId <= size;
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
