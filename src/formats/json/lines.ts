import type { ByteSource } from '../byte-source.ts';
import type { RecordBatch } from '../record.ts';
import { Batch } from './batch.ts';
import { lineFeed, skipSpace, trimSpace } from './bytes.ts';
import { longestRecord, tooLong } from './damage.ts';
import type { ScanOptions } from './scanner.ts';
import { Window } from './window.ts';

/**
 * Cuts NDJSON into its lines, without white space around them; blank lines are left out. Ordinals are line numbers: JSON
 * has no line breaks inside its texts, so a damaged record never takes the next one with it. Memory grows with the
 * longest line only. Throws SicError 'file' for a line above 16 MiB.
 */
export function* scanLines(
  source: ByteSource,
  label: string,
  { from, cutter, columns }: ScanOptions,
): Generator<RecordBatch, void, void> {
  const window = new Window(source);
  const batch = new Batch();
  let line = from?.ordinal ?? 1;
  let at = 0;
  do {
    window.advance(at);
    at = 0;
    const { bytes, have, last } = window;
    cutter?.moveTo(bytes, have, window.position, last);
    while (at < have) {
      let stop = bytes.indexOf(lineFeed, at);
      if (stop < 0 || stop >= have) {
        if (!last) break;
        stop = have;
      }
      const start = skipSpace(bytes, at, stop);
      let behind = Math.min(stop + 1, have);
      let lines = 1;
      if (start < stop) {
        behind = cutter?.record(at, behind, line, line + 1, stop === have) ?? behind;
        if (behind < 0) break;
        batch.add(start, trimSpace(bytes, start, stop), line);
        if (cutter?.found) {
          columns?.(cutter.found.columns);
          lines = cutter.found.ordinals;
        }
      }
      line += lines;
      at = behind;
      if (batch.isFull) yield batch.take(bytes, source.offset);
    }
    cutter?.end(at);
    if (!batch.isEmpty || cutter) yield batch.take(bytes, source.offset);
    if (have - at > longestRecord) throw tooLong(label, `line ${line}`);
  } while (!window.last);
}
