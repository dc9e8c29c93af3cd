import type { DbRow } from '../../store/table.ts';
import type { Cell, Column } from '../column.ts';
import { emptyDate } from '../dates.ts';
import type { ArchiveResult } from '../run.ts';
import type { Source } from '../source.ts';
import { encodedText } from './encoded.ts';
import { tooltipHint } from './hints.ts';
import type { Writing } from './writing.ts';

/** Everybody may see and change everything in the sandbox's archives. */
const tableRight = { Mask: 1, Reason: '' };

/** Rows of full mode (reading.md, section 7.4): `PrimaryKey` is a number, `RawValue` an id or a plain value. */
export function fullRows(result: ArchiveResult, source: Source, { keyOf, zone }: Writing) {
  const { archive } = result;
  const columns = result.columns.map(({ name, column }) => ({ key: keyOf(name), column }));
  const cellOf = (column: Column, row: DbRow) => {
    const cell = column.cell(row, source);
    return {
      RawValue: rawValue(column, cell, zone),
      DisplayValue: encodedText(column, cell, source),
      LinkHint: '',
      TooltipHint: tooltipHint(column, cell, row, archive),
    };
  };
  return result.rows.map(row => {
    const cells: Record<string, ReturnType<typeof cellOf>> = {};
    for (const { key, column } of columns) cells[key] = cellOf(column, row);
    return {
      PrimaryKey: archive.primaryKey(row),
      EntityName: archive.entityName(row),
      StyleHint: '',
      LinkHint: archive.linkHint(row),
      TableRight: tableRight,
      Column: cells,
    };
  });
}

function rawValue({ kind }: Column, cell: Cell, zone: string): Cell {
  if (kind === 'date' || kind === 'datetime') return `${cell || emptyDate}${zone}`;
  if (cell !== null && cell !== '') return cell;
  switch (kind) {
    case 'integer':
    case 'decimal':
    case 'timeSpan':
    case 'list':
    case 'associate':
      return 0;
    case 'bool':
      return false;
    case 'ids':
      return [];
    case 'string':
      return '';
  }
}
