import type { Block } from '../blocks/block.ts';
import type { BlockCutter } from '../blocks/cutter.ts';
import type { ByteSource } from '../byte-source.ts';
import type { RecordBatch } from '../record.ts';
import { isSpace } from './bytes.ts';
import type { Frame } from './frame.ts';
import { longestRecord } from './limits.ts';
import { lessThan, type Markup, readMarkup } from './markup.ts';
import type { Outline } from './outline.ts';
import { createRowWalker } from './row-walker.ts';

const batchSize = 4096;

export interface ScanOptions {
  /** The source holds blocks and nothing else, of which this is the first; null: a whole document. */
  readonly from: Block | null;
  /** Told the names of what is in no known block. */
  readonly outline?: Outline;
  /** Told each row, while batches hand out those that are in no known block: one at least for each piece that was read. */
  readonly cutter?: BlockCutter;
}

/**
 * Cuts the rows, the elements directly below the root, out of the bytes without decoding or parsing them. One buffer is
 * used again and again, so memory grows with the longest row and not with the file. `frame` refuses what stands
 * elsewhere than it may, and rows above 16 MiB.
 */
export function* scan(
  source: ByteSource,
  frame: Frame,
  { from, outline, cutter }: ScanOptions,
): Generator<RecordBatch, void, void> {
  const start = new Uint32Array(batchSize);
  const end = new Uint32Array(batchSize);
  const ordinal = new Uint32Array(batchSize);
  const markup: Markup = { kind: 'incomplete', nameEnd: 0, end: 0 };
  const walkRow = createRowWalker();
  let bytes: Buffer = Buffer.allocUnsafeSlow(source.room + (source.room >> 1));
  let base = 0;
  let have = 0;
  let count = 0;
  let records = from ? from.ordinal - 1 : 0;
  for (let last = false; !last; ) {
    bytes = withRoom(bytes, have, source.room);
    const read = source.fill(bytes, have);
    last = read === 0;
    have += read;
    const text = bytes.subarray(0, have);
    frame.moveTo(text, base);
    outline?.moveTo(text, base);
    cutter?.moveTo(bytes, have, base, last);
    let at = 0;
    for (;;) {
      while (at < have && isSpace(bytes[at])) at++;
      if (at === have) break;
      if (bytes[at] !== lessThan) throw frame.stray(at);
      readMarkup(bytes, at, have, markup);
      if (markup.kind === 'incomplete') break;
      const { root } = frame;
      if (root === null || !frame.takesRows || !isElement(markup)) {
        frame.pass(at, markup);
        at = markup.end;
        continue;
      }
      const row = walkRow(bytes, at, have, root.bytes, outline ?? null);
      if (row.stop === 'incomplete') break;
      if (row.stop !== null) throw frame.rowStopped(row.stop, row.at, at);
      // The root's tag declares what prefixes in its rows mean.
      if (records === 0) cutter?.refine(root.startTag.toString('latin1'));
      const behind = cutter?.record(at, row.end, records + 1, records + 2, false) ?? row.end;
      if (behind < 0) break;
      start[count] = at;
      end[count] = row.end;
      ordinal[count] = ++records;
      count++;
      at = behind;
      if (cutter?.found) {
        outline?.addColumns(cutter.found.columns);
        records += cutter.found.records - 1;
      }
      if (count === batchSize) {
        yield { bytes, count, start, end, ordinal, offset: source.offset };
        count = 0;
      }
    }
    if (count > 0) {
      yield { bytes, count, start, end, ordinal, offset: source.offset };
      count = 0;
    }
    cutter?.end(at);
    if (last && !from) frame.finish(at, at < have);
    if (have - at > longestRecord) throw frame.tooLong(at);
    bytes.copyWithin(0, at, have);
    base += at;
    have -= at;
  }
}

function isElement({ kind }: Markup): boolean {
  return kind === 'start' || kind === 'empty';
}

function withRoom(bytes: Buffer, have: number, room: number): Buffer {
  if (bytes.length - have >= room) return bytes;
  const larger = Buffer.allocUnsafeSlow(2 * bytes.length + room);
  bytes.copy(larger, 0, 0, have);
  return larger;
}
