import { setImmediate } from 'node:timers/promises';
import { type ByteSource, byteSource } from '../byte-source.ts';
import type { Judgement } from '../encoding.ts';
import type { InputDescriptor, InputFile } from '../input-file.ts';
import type { RecordBatch, RecordFile } from '../record.ts';
import type { Block, BlockRange, Blocks } from './block.ts';

/**
 * Cuts records out of an opened file.
 * @param source its bytes: all of them, or those of some blocks
 * @param from the first of these blocks; null: the file from its beginning
 */
export type Scan = (
  source: ByteSource,
  from: Block | null,
  opened: InputDescriptor,
) => Generator<RecordBatch, unknown, void>;

/** What a file offers for reading, given how its format is scanned. */
export function reading(
  input: InputFile,
  judged: Judgement,
  blocks: Blocks | null,
  scan: Scan,
): Pick<RecordFile, 'blocks' | 'batches' | 'ordinalIn'> {
  const partOf = (range: BlockRange) => {
    const list = blocks?.list.slice(range.from, range.to) ?? [];
    const [from, last] = [list[0], list.at(-1)];
    if (!from || !last) throw new Error(`no blocks ${range.from} to ${range.to}`);
    const records = list.reduce((sum, block) => sum + block.records, 0);
    return { from, records, offset: from.offset, length: last.offset + last.length - from.offset };
  };

  async function* batches(range?: BlockRange): AsyncGenerator<RecordBatch, void, void> {
    const part = range && partOf(range);
    const end = part ? judged.mark + part.offset + part.length : input.size;
    const opened = input.open();
    let records = 0;
    try {
      for (const batch of scan(byteSource(opened, judged, part), part?.from ?? null, opened)) {
        // Before the last records go out: of a file that is still being written, the last one may be half.
        if (batch.offset >= end) opened.ensureUnchanged();
        records += batch.count;
        yield batch;
        await setImmediate(); // reading blocks; signals and timers get their turn
      }
      // A record that came out when the file was cut and not now would be lost without a word.
      if (part && records !== part.records)
        throw new Error(`${records} records in blocks of ${part.records}`);
    } catch (error) {
      // The file was whole when it was opened: what damage there is now came by somebody writing to it.
      opened.ensureUnchanged();
      throw error;
    } finally {
      opened.close();
    }
  }

  function ordinalIn(block: number, nth: number): number {
    const { from, records: _, ...part } = partOf({ from: block, to: block + 1 });
    if (from.ordinals === from.records) return from.ordinal + nth;
    const opened = input.open();
    try {
      let before = 0;
      for (const { count, ordinal } of scan(byteSource(opened, judged, part), from, opened)) {
        if (nth < before + count) return ordinal[nth - before] ?? 0;
        before += count;
      }
    } finally {
      opened.close();
    }
    throw new Error('a block holds fewer records than it did');
  }

  return { blocks, batches, ordinalIn };
}
