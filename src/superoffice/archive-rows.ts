import type { ArchiveCell, ArchiveRow } from './archive.ts';
import { decodeValue } from './encoded-value.ts';
import { isObject, type JsonObject, numberOf, textOf, toNumber } from './json.ts';

export interface ArchivePage {
  readonly rows: readonly ArchiveRow[];
  /** The server says itself that there are more (`odata.nextLink`); it is believed but not followed. */
  readonly more: boolean;
}

const nothing: ArchiveCell = { raw: null, display: '' };

/** One of the shapes in which archives answer. */
export interface ArchiveForm {
  /** What the answer lacks to be of this form, or null. */
  readonly lacks: (json: unknown) => string | null;
  readonly read: (json: unknown, columns: readonly string[]) => ArchivePage;
}

/** `$mode=Full` (reading.md, section 7.4). */
export const fullForm: ArchiveForm = {
  lacks: json => (isObject(json) && Array.isArray(json.value) ? null : 'rows'),
  read: (json, columns) => ({
    rows: rowsIn(isObject(json) ? json.value : []).map(row => readRow(row, row.Column, columns, fullCell)),
    more: saysMore(json),
  }),
};

/** `$mode=Slim` (section 7.3): a row's columns are its properties. */
export const slimForm: ArchiveForm = {
  lacks: fullForm.lacks,
  read: (json, columns) => ({
    rows: rowsIn(isObject(json) ? json.value : []).map(row => ({
      primaryKey: numberOf(row, 'PrimaryKey'),
      entity: textOf(row, 'EntityName'),
      cells: new Map(
        columns.map(column => [column, slimCell(row[column] ?? ignoringCase(row, column))] as const),
      ),
    })),
    more: saysMore(json),
  }),
};

/**
 * The Archive agent (section 10.1). It gives display texts only: `raw` is null for everything that is not encoded, that
 * is for texts, list items and users.
 */
export const agentForm: ArchiveForm = {
  lacks: json => (Array.isArray(json) ? null : 'rows'),
  read: (json, columns) => ({
    rows: rowsIn(json).map(row => readRow(row, row.ColumnData, columns, agentCell)),
    more: false,
  }),
};

function saysMore(json: unknown): boolean {
  return isObject(json) && textOf(json, 'odata.nextLink') !== '';
}

function rowsIn(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function readRow(
  row: JsonObject,
  data: unknown,
  columns: readonly string[],
  readCell: (cell: JsonObject) => ArchiveCell,
): ArchiveRow {
  const given = isObject(data) ? data : {};
  const cells = new Map<string, ArchiveCell>();
  for (const column of columns) {
    const cell = given[column] ?? ignoringCase(given, column);
    cells.set(column, isObject(cell) ? readCell(cell) : nothing);
  }
  return { primaryKey: numberOf(row, 'PrimaryKey'), entity: textOf(row, 'EntityName'), cells };
}

/** Columns come back as they were asked for in every sample, but nothing promises the letter case. */
function ignoringCase(given: JsonObject, column: string): unknown {
  const wanted = column.toLowerCase();
  return Object.entries(given).find(([name]) => name.toLowerCase() === wanted)?.[1];
}

function fullCell(cell: JsonObject): ArchiveCell {
  const { RawValue: raw, DisplayValue: display } = cell;
  if (typeof raw === 'string') return { raw, display: typeof display === 'string' ? display : raw };
  const shown = typeof display === 'string' ? decodeValue(display).text : '';
  if (typeof raw === 'number' || typeof raw === 'boolean') return { raw, display: shown || String(raw) };
  if (Array.isArray(raw)) {
    const joined = raw.map(value => toNumber(value) ?? String(value)).join(',');
    return { raw: joined, display: shown || joined };
  }
  return { raw: null, display: shown };
}

function slimCell(value: unknown): ArchiveCell {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return nothing;
  return { raw: value, display: String(value) };
}

/** `{category_id=3}` beside the text of what has an id (reading.md, section 7.4). */
const hintedId = /^\{\w+_id=(\d+)\}$/;

function agentCell(cell: JsonObject): ArchiveCell {
  const { raw, text } = decodeValue(textOf(cell, 'DisplayValue'));
  const [, id] = raw === null ? (hintedId.exec(textOf(cell, 'TooltipHint')) ?? []) : [];
  return id === undefined ? { raw, display: text } : { raw, display: text, hint: Number(id) };
}
