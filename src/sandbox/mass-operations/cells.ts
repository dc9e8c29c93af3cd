import { parseDate } from '../archive/dates.ts';
import { noDate } from '../entities/stamps.ts';
import { shown } from '../entities/values.ts';
import type { DbValue } from '../store/table.ts';
import { int32 } from '../udef/typed-text.ts';
import { MassFailure } from './failure.ts';

export type CellKind = 'integer' | 'decimal' | 'string' | 'datetime';

/** What a cell must hold to fit its column. */
export interface CellType {
  readonly kind: CellKind;
  /** Characters of a text. */
  readonly length: number;
}

/** A text column with a text that looks encoded is refused: the server would decode it first. */
const encoded = /^\[(I|F|D|DT):(.*)\]$/s;
const dateText = /^(\d{2})\/(\d{2})\/(\d{4})(?: (\d{2}:\d{2}:\d{2})(?:\.\d{1,7})?)?$/;

/**
 * The stored value of a cell (writing.md, section 6.3): integers bare or as `[I:6]`, decimals as `[F:1.5]` or like integers,
 * dates as `[D:MM/dd/yyyy]` or `[DT:MM/dd/yyyy HH:mm:ss]` only, texts plain. The first day of year 1 is no date. Throws
 * MassFailure.
 */
export function readCell({ kind, length }: CellType, cell: unknown): DbValue {
  // The documents have a sample with bare numbers.
  const text = typeof cell === 'number' ? String(cell) : cell;
  if (typeof text !== 'string') throw new MassFailure(`${shown(cell)} is no text`);
  const [, marker = '', inside = ''] = encoded.exec(text) ?? [];
  if (kind === 'string') return marker === '' ? fitting(text, length) : wrong(text, 'a text');
  if (kind === 'datetime')
    return marker === 'D' || marker === 'DT'
      ? readDate(text, marker, inside)
      : wrong(text, 'an encoded date');
  if (kind === 'decimal' && marker === 'F') return readDecimal(text, inside);
  return marker === '' || marker === 'I'
    ? readInteger(text, marker === '' ? text : inside)
    : wrong(text, 'a number');
}

function fitting(text: string, length: number): string {
  if (text.length > length)
    throw new MassFailure(`${shown(text)} has ${text.length} characters, the column holds ${length}`);
  return text;
}

function readInteger(cell: string, text: string): number {
  const number = Number(text);
  const isWhole = /^[+-]?\d+$/.test(text) && number >= int32.least && number <= int32.most;
  return isWhole ? number : wrong(cell, 'a whole number');
}

function readDecimal(cell: string, text: string): number {
  const number = Number(text);
  const isDecimal = /^[+-]?\d+(\.\d+)?$/.test(text) && Number.isFinite(number);
  return isDecimal ? number : wrong(cell, 'a decimal number');
}

function readDate(cell: string, marker: 'D' | 'DT', text: string): string {
  const [whole, month, day, year, time = '00:00:00'] = dateText.exec(text) ?? [];
  const iso = whole && parseDate(`${year}-${month}-${day}T${marker === 'D' ? '00:00:00' : time}`);
  if (!iso) return wrong(cell, 'a date such as [D:12/31/2026]');
  return iso.slice(0, 10) === noDate.slice(0, 10) ? '' : iso;
}

function wrong(cell: string, expected: string): never {
  throw new MassFailure(`${shown(cell)} is not ${expected}`);
}
