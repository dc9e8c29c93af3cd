import type { Cell, Column } from '../column.ts';
import type { Source } from '../source.ts';

/**
 * Text of a cell in agent answers: lists, associates and strings as people read them, anything else encoded
 * (reading.md, section 11.2). No marker is documented for booleans: they are written as the numbers of a checkbox.
 */
export function encodedText(column: Column, cell: Cell, source: Source): string {
  switch (column.kind) {
    case 'string':
      return String(cell ?? '');
    case 'list':
    case 'associate':
      return column.display?.(cell, source) ?? '';
    case 'integer':
      return `[I:${Number(cell ?? 0)}]`;
    case 'timeSpan':
      return `[TS:${Number(cell ?? 0)}]`;
    case 'decimal':
      return `[F:${Number(cell ?? 0)}]`;
    case 'bool':
      return `[I:${cell ? 1 : 0}]`;
    case 'ids':
      return `[A:${Array.isArray(cell) ? cell.join(',') : ''}]`;
    case 'date':
      return encodedDate('D', cell);
    case 'datetime':
      return encodedDate('DT', cell);
  }
}

/** Month/day/year; a date that carries a time is marked as one, so that nothing is lost. */
function encodedDate(marker: 'D' | 'DT', cell: Cell): string {
  const iso = typeof cell === 'string' && cell !== '' ? cell : '0001-01-01T00:00:00';
  const [date = '', time = ''] = iso.split('T');
  const [year, month, day] = date.split('-');
  const isEmpty = date === '0001-01-01';
  if (marker === 'D' && time === '00:00:00' && !isEmpty) return `[D:${month}/${day}/${year}]`;
  return `[${isEmpty ? marker : 'DT'}:${month}/${day}/${year} ${time}.0000000]`;
}
