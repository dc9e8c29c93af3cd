import type { DbRow } from '../../store/table.ts';
import type { Column } from '../column.ts';
import { emptyDate } from '../dates.ts';
import type { ArchiveResult } from '../run.ts';
import type { Source } from '../source.ts';
import type { Writing } from './writing.ts';

type SlimRow = Record<string, string | number | boolean>;

/** Rows of slim mode (reading.md, section 7.3): `PrimaryKey` is a text, lists and associates are what people read. */
export function slimRows(result: ArchiveResult, source: Source, { keyOf, zone }: Writing): SlimRow[] {
  const { archive } = result;
  const columns = result.columns.map(({ name, column }) => ({ key: keyOf(name), column }));
  return result.rows.map(row => {
    const slim: SlimRow = {
      PrimaryKey: String(archive.primaryKey(row)),
      EntityName: archive.entityName(row),
    };
    for (const { key, column } of columns) slim[key] = slimValue(column, row, source, zone);
    return slim;
  });
}

function slimValue(column: Column, row: DbRow, source: Source, zone: string): string | number | boolean {
  const cell = column.cell(row, source);
  switch (column.kind) {
    case 'integer':
    case 'decimal':
    case 'timeSpan':
      return Number(cell ?? 0);
    case 'bool':
      return Boolean(cell);
    case 'date':
    case 'datetime':
      return (typeof cell === 'string' && cell !== '' ? cell : emptyDate) + zone;
    case 'string':
      return String(cell ?? '');
    case 'list':
    case 'associate':
    case 'ids':
      return column.display?.(cell, source) ?? '';
  }
}
