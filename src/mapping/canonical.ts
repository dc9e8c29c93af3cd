import type { Row } from './row.ts';

/**
 * What a row says, whatever it looked like: the same text for another column order, quoting, or spelling of a number,
 * date or name order in a multi-value cell. Two rows with equal canonical text ask SuperOffice for the same thing.
 */
export function canonical(row: Row): string {
  const entries = [...row.values].map(([field, value]) => [field.name, inOrder(value)] as const);
  entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  if (!row.files) return JSON.stringify(entries);
  // The bytes of a file are part of what its row says, and so is that it is not there.
  const files = [...row.files.found].map(([column, found]) => [
    column,
    found.map(({ checksum }) => checksum),
  ]);
  return JSON.stringify([entries, files, [...row.files.missing]]);
}

function inOrder(value: unknown): unknown {
  return Array.isArray(value) ? [...value].sort() : value;
}
