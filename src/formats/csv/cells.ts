import { quote } from './layout.ts';
import { closingQuote } from './record-end.ts';

/** Where a cell of a record is, with its quotes. */
export interface CellRange {
  readonly start: number;
  readonly end: number;
  /** False when quotes are not as they should be: never closed, or text after the closing quote. */
  readonly wellFormed: boolean;
}

/** Splits one record (no line end) into its cells, by the same rule as `recordEnd`. A record has at least one cell. */
export function cellRanges(record: Buffer, separator: number): CellRange[] {
  const ranges: CellRange[] = [];
  const length = record.length;
  for (let start = 0; ; ) {
    let from = start;
    let closed = -1;
    const quoted = record[start] === quote;
    if (quoted) {
      closed = closingQuote(record, start + 1, length);
      from = closed < 0 ? length : closed + 1;
    }
    const next = record.indexOf(separator, from);
    const end = next < 0 ? length : next;
    ranges.push({ start, end, wellFormed: !quoted || closed === end - 1 });
    if (next < 0) return ranges;
    start = next + 1;
  }
}

/** A decoded cell without its quotes. */
export function unquote(cell: string): string {
  if (!cell.startsWith('"')) return cell;
  return cell.slice(1, cell.endsWith('"') && cell.length > 1 ? -1 : undefined).replaceAll('""', '"');
}

export function quoteCell(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
