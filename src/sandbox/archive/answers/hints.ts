import type { DbRow } from '../../store/table.ts';
import type { Cell, Column } from '../column.ts';
import type { Archive } from '../provider.ts';

/** `{category_id=3}` of a list value, `{contact_id=25}` of the record's name (reading.md, section 7.4). */
export function tooltipHint(column: Column, cell: Cell, row: DbRow, archive: Archive): string {
  if (column.kind === 'list' && column.listName !== '') return `{${column.listName}_id=${Number(cell ?? 0)}}`;
  return column.recordKey ? `{${archive.linkHint(row).split('&').at(-1) ?? ''}}` : '';
}
