import type { Row } from './row.ts';

/**
 * What a row says, whatever it looked like: the same text for another column order, quoting, or spelling of a number,
 * date or name order in a multi-value cell. Two rows with equal canonical text ask SuperOffice for the same thing.
 */
export function canonical(row: Row): string {
  const entries = [...row.values].map(([field, value]) => [field.name, inOrder(value)] as const);
  entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return JSON.stringify(entries);
}

function inOrder(value: unknown): unknown {
  return Array.isArray(value) ? [...value].sort() : value;
}
