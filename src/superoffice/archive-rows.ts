import type { ArchiveCell, ArchiveCells, ArchiveRow } from './archive.ts';
import { decodeValue } from './encoded-value.ts';
import { isObject, type JsonObject, numberOf, textOf, toNumber } from './json.ts';

const nothing: ArchiveCell = { raw: null, display: '' };
const emptyText: ArchiveCell = { raw: '', display: '' };

/** Where the cells of columns stand, the same for all rows of a query. */
export type ColumnPlaces = ReadonlyMap<string, number>;

export function placesOf(columns: readonly string[]): ColumnPlaces {
  return new Map([...new Set(columns)].map((column, place) => [column, place]));
}

/** A page is a great many cells, so a row holds no names of its own. */
class RowCells implements ArchiveCells {
  readonly #places: ColumnPlaces;
  readonly #cells: readonly ArchiveCell[];

  constructor(places: ColumnPlaces, cells: readonly ArchiveCell[]) {
    this.#places = places;
    this.#cells = cells;
  }

  get(column: string): ArchiveCell | undefined {
    const place = this.#places.get(column);
    return place === undefined ? undefined : this.#cells[place];
  }
}

/** One of the shapes in which archives answer. */
export interface ArchiveForm {
  /** What the answer lacks to be of this form, or null. */
  readonly lacks: (json: unknown) => string | null;
  readonly rowsIn: (json: unknown) => readonly unknown[];
  readonly row: (row: JsonObject, places: ColumnPlaces) => ArchiveRow;
  /** Does the server say itself that there are more rows than these? */
  readonly saysMore: (json: unknown) => boolean;
}

const underValue: Pick<ArchiveForm, 'lacks' | 'rowsIn' | 'saysMore'> = {
  lacks: json => (isObject(json) && Array.isArray(json.value) ? null : 'rows'),
  rowsIn: json => listIn(isObject(json) ? json.value : null),
  saysMore: json => isObject(json) && textOf(json, 'odata.nextLink') !== '',
};

/** `$mode=Full` (reading.md, section 7.4). */
export const fullForm: ArchiveForm = {
  ...underValue,
  row: (row, places) => readRow(row, row.Column, places, fullCell),
};

/** `$mode=Slim` (section 7.3): a row's columns are its properties. */
export const slimForm: ArchiveForm = {
  ...underValue,
  row: (row, places) => readRow(row, row, places, slimCell),
};

/**
 * The Archive agent (section 10.1). It gives display texts only: `raw` is null for everything that is not encoded, that
 * is for texts, list items and users.
 */
export const agentForm: ArchiveForm = {
  lacks: json => (Array.isArray(json) ? null : 'rows'),
  rowsIn: listIn,
  row: (row, places) => readRow(row, row.ColumnData, places, agentCell),
  saysMore: () => false,
};

function listIn(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function readRow(
  row: JsonObject,
  data: unknown,
  places: ColumnPlaces,
  readCell: (cell: unknown) => ArchiveCell,
): ArchiveRow {
  const given = isObject(data) ? data : {};
  const cells: ArchiveCell[] = [];
  for (const column of places.keys()) cells.push(readCell(given[column] ?? ignoringCase(given, column)));
  return {
    primaryKey: numberOf(row, 'PrimaryKey'),
    entity: textOf(row, 'EntityName'),
    cells: new RowCells(places, cells),
  };
}

/** Columns come back as they were asked for in every sample, but nothing promises the letter case. */
function ignoringCase(given: JsonObject, column: string): unknown {
  const wanted = column.toLowerCase();
  return Object.entries(given).find(([name]) => name.toLowerCase() === wanted)?.[1];
}

function fullCell(cell: unknown): ArchiveCell {
  if (!isObject(cell)) return nothing;
  const { RawValue: raw, DisplayValue: display } = cell;
  if (typeof raw === 'string') return textCell(raw, typeof display === 'string' ? display : raw);
  const shown = typeof display === 'string' ? decodeValue(display).text : '';
  if (typeof raw === 'number' || typeof raw === 'boolean') return { raw, display: shown || String(raw) };
  if (Array.isArray(raw)) {
    const joined = raw.map(value => toNumber(value) ?? String(value)).join(',');
    return { raw: joined, display: shown || joined };
  }
  return shown === '' ? nothing : { raw: null, display: shown };
}

/** Of two equal texts one is kept, and of empty cells one for all. */
function textCell(raw: string, display: string): ArchiveCell {
  if (raw !== display) return { raw, display };
  return raw === '' ? emptyText : { raw, display: raw };
}

function slimCell(value: unknown): ArchiveCell {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return nothing;
  return value === '' ? emptyText : { raw: value, display: String(value) };
}

/** `{category_id=3}` beside the text of what has an id (reading.md, section 7.4). */
const hintedId = /^\{\w+_id=(\d+)\}$/;

function agentCell(cell: unknown): ArchiveCell {
  if (!isObject(cell)) return nothing;
  const { raw, text } = decodeValue(textOf(cell, 'DisplayValue'));
  const [, id] = raw === null ? (hintedId.exec(textOf(cell, 'TooltipHint')) ?? []) : [];
  return id === undefined ? { raw, display: text } : { raw, display: text, hint: Number(id) };
}
