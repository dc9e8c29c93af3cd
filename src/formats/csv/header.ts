import { SicError } from '../../problems/sic-error.ts';
import type { Decode } from '../decode.ts';
import { longestName } from '../longest-name.ts';
import { cellRanges, unquote } from './cells.ts';
import { type CsvLayout, carriageReturn, lineFeed, quote } from './layout.ts';
import { closingQuote, recordEnd } from './record-end.ts';
import { detectSeparator, separators, separatorTitle } from './separator.ts';

export interface CsvHeader {
  readonly columns: readonly string[];
  /** The header line ends with a separator, as many ERP exports do: a last column without a name, whose cells must be empty. */
  readonly unnamedLast: boolean;
  readonly separator: string;
  /** The file begins with a line `sep=` and its separator. */
  readonly isAnnounced: boolean;
  readonly layout: CsvLayout;
  readonly lineEnd: '\n' | '\r\n' | '\r';
  /** The header record's own bytes, without its line end and without an unnamed last column. */
  readonly bytes: Buffer;
  /** Bytes up to the first record. */
  readonly length: number;
  /** Line in which the first record begins. */
  readonly nextLine: number;
}

export interface HeaderOptions {
  readonly separator: string | null;
  readonly label: string;
  /** `head` is all of the file. */
  readonly whole: boolean;
  readonly decode: Decode;
}

/**
 * Reads the header line at the beginning of `head` (bytes in an encoding that agrees with ASCII, no byte order mark).
 * Throws SicError 'file' for an empty file, a blank or doubled column name, a broken quote, bytes that are no text.
 */
export function readHeader(head: Buffer, options: HeaderOptions): CsvHeader {
  const { label } = options;
  const newline = findNewline(head);
  const first = skipBlankLines(head, 0, 1, newline);
  if (first.at >= head.length && options.whole)
    throw new SicError('file', `${label} is empty.`, {
      hint: 'A CSV file begins with a line of column names. Check the program that writes the file.',
    });
  const announced = announcedSeparator(head, first.at, newline);
  const begin = announced ? skipBlankLines(head, announced.after, first.line + 1, newline) : first;
  const decode = (bytes: Uint8Array): string => {
    const text = options.decode(bytes);
    if (typeof text === 'string') return text;
    throw new SicError('file', `${label}, line ${begin.line}: ${text.message}`, { hint: text.tip });
  };
  const columnsBy = (separator: string): string[] => {
    const layout = { separator: separator.charCodeAt(0), newline };
    const stop = recordEnd(head, begin.at, head.length, options.whole, layout);
    const record = head.subarray(begin.at, stop < 0 ? begin.at : trimCarriageReturns(head, begin.at, stop));
    return cellRanges(record, layout.separator).map(range =>
      unquote(decode(record.subarray(range.start, range.end)).trim()).trim(),
    );
  };
  const detected = announced?.separator ?? detectSeparator(columnsBy);
  const separator = options.separator === null ? detected : checkSetting(options.separator);
  const titles = columnsBy(separator);
  const unnamedLast = titles.length > 1 && titles.at(-1) === '';
  const columns = unnamedLast ? titles.slice(0, -1) : titles;
  if (options.separator !== null && columns.length === 1 && columnsBy(detected).length > 1)
    throw new SicError(
      'file',
      `${label} is set to the separator ${separatorTitle(separator)}, but its header line is separated by ${separatorTitle(detected)}.`,
      {
        hint: 'Correct "csv": { "separator": … } in the mapping, or remove it: sic tells the separator by itself.',
      },
    );
  const layout = { separator: separator.charCodeAt(0), newline };
  const stop = recordEnd(head, begin.at, head.length, options.whole, layout);
  if (stop < 0)
    throw new SicError('file', `${label} has a header line of more than ${head.length} bytes.`, {
      hint: 'Check that it is CSV text, and that every quote in the header line is closed.',
    });
  const line = Buffer.from(head.subarray(begin.at, trimCarriageReturns(head, begin.at, stop)));
  const ranges = cellRanges(line, layout.separator);
  if (ranges.some(range => !range.wellFormed))
    throw new SicError(
      'file',
      `${label}, line ${begin.line}: a quote in the header line is not closed properly.`,
      {
        hint: 'Write column names without quotes, or with one before and one after the name.',
      },
    );
  // Behind blank lines or a line sep=; the reject file begins with this line, and would take that sign for its line end.
  if (firstLineEnd(line) !== null)
    throw new SicError(
      'file',
      `${label}, line ${begin.line}: the header line holds a line break of another kind.`,
      {
        hint: 'Remove it, or put the column name that holds it in double quotes.',
      },
    );
  checkNames(columns, label);
  return {
    columns,
    unnamedLast,
    separator,
    isAnnounced: announced?.separator === separator,
    layout,
    lineEnd: newline === carriageReturn ? '\r' : head[stop - 1] === carriageReturn ? '\r\n' : '\n',
    bytes: unnamedLast ? line.subarray(0, (ranges.at(-1)?.start ?? 1) - 1) : line,
    length: Math.min(stop + 1, head.length),
    nextLine: begin.line + 1 + countOf(line, newline),
  };
}

const separatorBytes: ReadonlySet<number> = new Set(separators.map(separator => separator.charCodeAt(0)));

/** LF, unless the first line end outside quotes is a CR without one: then the whole file is taken to end its lines so. */
function findNewline(head: Buffer): 10 | 13 {
  // Blank lines in front may end otherwise than the lines of the table.
  const visible = head.findIndex(byte => byte !== 32 && byte !== lineFeed && byte !== carriageReturn);
  return firstLineEnd(head.subarray(Math.max(0, visible))) ?? lineFeed;
}

/** Null when there is none outside of quotes. */
function firstLineEnd(head: Buffer): 10 | 13 | null {
  // Like everywhere, a quote counts only where a cell begins: one in the middle of a name would hide all line ends.
  let begins = true;
  for (let at = 0; at < head.length; at++) {
    const byte = head[at] ?? 0;
    if (begins && byte === quote) {
      at = closingQuote(head, at + 1, head.length);
      if (at < 0) return null;
    }
    begins = separatorBytes.has(byte);
    if (byte !== lineFeed && byte !== carriageReturn) continue;
    let after = at;
    while (head[after] === carriageReturn) after++;
    return after >= head.length || head[after] === lineFeed ? lineFeed : carriageReturn;
  }
  return null;
}

function skipBlankLines(
  head: Buffer,
  from: number,
  fromLine: number,
  newline: number,
): { at: number; line: number } {
  let at = from;
  let line = fromLine;
  for (let look = at; look < head.length; look++) {
    const byte = head[look];
    if (byte === newline) {
      at = look + 1;
      line++;
    } else if (byte !== 32 && byte !== carriageReturn && byte !== lineFeed) {
      // A reject file begins with the header line, and would take a stray CR there for its line end.
      while (head[at] === carriageReturn) at++;
      return { at, line };
    }
  }
  return { at: head.length, line };
}

/** Excel's own first line: `sep=;` */
function announcedSeparator(
  head: Buffer,
  at: number,
  newline: number,
): { separator: string; after: number } | null {
  const stop = head.indexOf(newline, at);
  if (stop < 0 || stop > at + 8) return null;
  const separator = /^sep=([^"\r\n\x80-\xff])\r*$/i.exec(head.toString('latin1', at, stop))?.[1];
  return separator === undefined ? null : { separator, after: stop + 1 };
}

function checkSetting(separator: string): string {
  if (separator.length === 1 && separator.charCodeAt(0) < 128 && !'"\r\n'.includes(separator))
    return separator;
  throw new SicError('config', `The CSV separator ${JSON.stringify(separator)} is not one plain character.`, {
    hint: 'Usual are ";", ",", "|" and, for a tab, "\\t".',
  });
}

function checkNames(columns: readonly string[], label: string): void {
  const positions = new Map<string, number>();
  for (const [index, name] of columns.entries()) {
    const position = index + 1;
    if (name === '')
      throw new SicError('file', `${label}: column ${position} of ${columns.length} has no name.`, {
        hint: 'Name the column in the header line.',
      });
    if (name.length > longestName)
      throw new SicError(
        'file',
        `${label}: the name of column ${position} of ${columns.length} has ${name.length} characters.`,
        { hint: 'Check that the first line has the column names, and that every quote in it is closed.' },
      );
    const before = positions.get(name);
    if (before !== undefined)
      throw new SicError(
        'file',
        `${label} has the column "${name}" twice: columns ${before} and ${position}.`,
        {
          hint: 'Remove or rename one of them, so that it is clear which value counts.',
        },
      );
    positions.set(name, position);
  }
}

function trimCarriageReturns(bytes: Buffer, from: number, to: number): number {
  let end = to;
  while (end > from && bytes[end - 1] === carriageReturn) end--;
  return end;
}

function countOf(bytes: Buffer, wanted: number): number {
  let found = 0;
  for (const byte of bytes) if (byte === wanted) found++;
  return found;
}
