import type { Column } from './column.ts';
import { computed } from './columns/build.ts';

/** Restrictions that every provider has (reading.md, section 7.6): `getAllRows=true` passes all rows, `getNoRows=true` none. */
export const virtualColumns: readonly Column[] = [
  computed('getAllRows', 'bool', 'bool', () => true, { sortable: false }),
  computed('getNoRows', 'bool', 'bool', () => false, { sortable: false }),
];

export function virtualColumn(name: string): Column | undefined {
  return virtualColumns.find(column => column.name.toLowerCase() === name.toLowerCase());
}
