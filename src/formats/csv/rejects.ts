import type { InputFile } from '../input-file.ts';
import type { RejectWriter } from '../record.ts';
import { createRejectFile } from '../reject-file.ts';
import { cellRanges, quoteCell } from './cells.ts';
import type { CsvHeader } from './header.ts';

export interface RejectOptions {
  readonly header: CsvHeader;
  /** Written first; empty when the input has no byte order mark. */
  readonly mark: Buffer;
  readonly encode: (text: string) => Buffer;
  readonly input: InputFile;
}

/**
 * A reject file: each record as it was, then the extra columns. When the input is itself a reject file with the same
 * extra columns, their old cells are replaced. Truncates what was there. Throws SicError 'file' when it cannot be written.
 */
export function openRejects(
  path: string,
  extraColumns: readonly string[],
  options: RejectOptions,
): RejectWriter {
  const { header, encode } = options;
  const file = createRejectFile(path, options.input);
  const again = endsWith(header.columns, extraColumns) ? extraColumns.length : 0;
  const put = (record: Uint8Array, extra: readonly string[]): void => {
    const cells = extra.map(cell => header.separator + quoteCell(cell)).join('');
    file.put(withoutLast(withoutUnnamed(record, header), again, header), encode(cells + header.lineEnd));
  };
  file.put(options.mark);
  // It may be one that nobody would tell from the header line.
  if (header.isAnnounced) file.put(encode(`sep=${header.separator}${header.lineEnd}`));
  put(header.bytes, extraColumns);
  file.flush();
  return { write: put, close: () => file.close() };
}

/** The record without the empty cell of a last column that has no name. */
function withoutUnnamed(record: Uint8Array, { unnamedLast, columns, layout }: CsvHeader): Uint8Array {
  if (!unnamedLast) return record;
  const ranges = cellRanges(Buffer.from(record), layout.separator);
  const last = ranges.at(-1);
  const isEmpty =
    last !== undefined && ['', '""'].includes(Buffer.from(record).toString('latin1', last.start, last.end));
  return isEmpty && ranges.length === columns.length + 1 ? record.subarray(0, last.start - 1) : record;
}

/** The record without its last `count` cells, if it has so many and their quotes are in order. */
function withoutLast(record: Uint8Array, count: number, header: CsvHeader): Uint8Array {
  if (count === 0) return record;
  const ranges = cellRanges(Buffer.from(record), header.layout.separator);
  const cut = ranges[ranges.length - count];
  if (cut === undefined || cut.start === 0 || !ranges.slice(-count).every(range => range.wellFormed))
    return record;
  return record.subarray(0, cut.start - 1);
}

function endsWith(columns: readonly string[], extra: readonly string[]): boolean {
  const from = columns.length - extra.length;
  return from > 0 && extra.every((name, i) => columns[from + i] === name);
}
