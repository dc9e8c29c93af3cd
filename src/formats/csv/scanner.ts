import { SicError } from '../../problems/sic-error.ts';
import type { BlockCutter } from '../blocks/cutter.ts';
import type { ByteSource } from '../byte-source.ts';
import type { RecordBatch } from '../record.ts';
import { type CsvLayout, carriageReturn, quote } from './layout.ts';
import { recordEnd } from './record-end.ts';

export interface ScanOptions {
  readonly layout: CsvLayout;
  /** Bytes of the source before the first record: the header line. */
  readonly skip: number;
  /** Line of the file in which the first record begins. */
  readonly line: number;
  /** The file's name, for messages. */
  readonly label: string;
  /** Records go to it instead of into batches, which stay empty: one for each piece that was read. */
  readonly cutter?: BlockCutter;
}

const controlZ = 0x1a;
const batchSize = 4096;
const longestRecord = 16 << 20;

/**
 * Cuts whole records out of the bytes without decoding or parsing them. Empty lines are left out. One buffer is used
 * again and again, so memory grows with the longest record and not with the file. Throws SicError 'file' for a record
 * above 16 MiB.
 */
export function* scan(source: ByteSource, options: ScanOptions): Generator<RecordBatch, void, void> {
  const { layout, cutter } = options;
  const { newline } = layout;
  const start = new Uint32Array(batchSize);
  const end = new Uint32Array(batchSize);
  const lines = new Uint32Array(batchSize);
  let bytes: Buffer = Buffer.allocUnsafeSlow(source.room + (source.room >> 1));
  let line = options.line;
  let skip = options.skip;
  let base = 0;
  let have = 0;
  let count = 0;
  for (let last = false; !last; ) {
    bytes = withRoom(bytes, have, source.room);
    const read = source.fill(bytes, have);
    last = read === 0;
    have += read;
    cutter?.moveTo(bytes, have, base, last);
    let at = Math.min(skip, have);
    skip -= at;
    let nextQuote = -1;
    while (at < have) {
      // The position of the next quote is kept: a record that ends before it needs no look at its cells.
      if (nextQuote < at) {
        nextQuote = bytes.indexOf(quote, at);
        if (nextQuote < 0 || nextQuote >= have) nextQuote = have;
      }
      let stop = bytes.indexOf(newline, at);
      if (stop < 0 || stop >= have) stop = last ? have : -1;
      const quoted = nextQuote < have && (stop < 0 || nextQuote < stop);
      if (quoted) stop = recordEnd(bytes, at, have, last, layout);
      if (stop < 0) break;
      let close = stop;
      while (close > at && bytes[close - 1] === carriageReturn) close--;
      // Old DOS programs end a file with Ctrl-Z.
      const isEndMark = last && stop === have && close === at + 1 && bytes[at] === controlZ;
      const isRecord = close > at && !isEndMark;
      const next = line + (quoted ? 1 + newlinesBetween(bytes, at, stop, newline) : 1);
      if (isRecord && cutter) {
        const behind = cutter.record(at, Math.min(stop + 1, have), line, next, stop === have);
        if (behind < 0) break;
        line = cutter.found ? line + cutter.found.ordinals : next;
        at = behind;
        continue;
      }
      if (isRecord) {
        start[count] = at;
        end[count] = close;
        lines[count] = line;
        count++;
      }
      line = next;
      at = stop + 1;
      if (count === batchSize) {
        yield { bytes, count, start, end, ordinal: lines, offset: source.offset };
        count = 0;
      }
    }
    at = Math.min(at, have);
    cutter?.end(at);
    if (count > 0 || cutter) {
      yield { bytes, count, start, end, ordinal: lines, offset: source.offset };
      count = 0;
    }
    bytes.copyWithin(0, at, have);
    base += at;
    have -= at;
    if (have > longestRecord) throw tooLong(bytes, have, line, options);
  }
}

function withRoom(bytes: Buffer, have: number, room: number): Buffer {
  if (bytes.length - have >= room) return bytes;
  const larger = Buffer.allocUnsafeSlow(2 * bytes.length + room);
  bytes.copy(larger, 0, 0, have);
  return larger;
}

function newlinesBetween(bytes: Buffer, from: number, to: number, newline: number): number {
  let found = 0;
  for (let at = bytes.indexOf(newline, from); at >= 0 && at < to; at = bytes.indexOf(newline, at + 1))
    found++;
  return found;
}

/** Names the line of the quote that is still open where the record has become too long. */
function tooLong(bytes: Buffer, have: number, line: number, options: ScanOptions): SicError {
  const { newline } = options.layout;
  const opened = openQuote(bytes, have, options.layout);
  const size = longestRecord / (1 << 20);
  if (opened < 0)
    return new SicError('file', `${options.label}, line ${line}, is longer than ${size} MiB.`, {
      hint: 'Check that the file is CSV text with one record per line.',
    });
  const at = line + newlinesBetween(bytes, 0, opened, newline);
  return new SicError(
    'file',
    `${options.label}: the quote that opens a cell in line ${at} is not closed within ${size} MiB.`,
    { hint: `Close the quote in line ${at}, or write it twice ("") where it is part of the text.` },
  );
}

function openQuote(bytes: Buffer, have: number, layout: CsvLayout): number {
  let at = 0;
  for (;;) {
    if (bytes[at] === quote) {
      const opened = at;
      at = bytes.indexOf(quote, at + 1);
      while (at >= 0 && at < have && bytes[at + 1] === quote) at = bytes.indexOf(quote, at + 2);
      if (at < 0 || at >= have) return opened;
    }
    at = bytes.indexOf(layout.separator, at);
    if (at < 0 || at >= have) return -1;
    at++;
  }
}
