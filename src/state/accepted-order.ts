import type { AcceptedLayout, ArrangedBlock } from './accepted.ts';
import { BlockTable, type KeptBlocks } from './accepted-blocks.ts';

/** The records of one file of this run, in its order. */
export interface Arrangement {
  readonly layout: AcceptedLayout;
  readonly blocks: readonly ArrangedBlock[];
}

/** What is known of the records of a store, by their indexes. What a list does not reach is 0. */
export interface RecordStates {
  readonly length: number;
  /** 1: forgotten. */
  readonly holes: Uint8Array;
  /** The arrangement during which it was changed last, counted from 1; 0: not since the store was opened. */
  readonly changedIn: Uint16Array;
}

/** Takes records in the order in which they are to be written: those from an index up to, not including, another one. */
export type WriteRecords = (from: number, to: number) => void;

/**
 * Puts the records of the arranged files first, in the order of those files, so that a block finds its records together;
 * the others follow as they were. A block is kept only when each of its records stands as it did when the block was
 * taken, and in no other block.
 * @returns the blocks that the records make up as they were written
 */
export function putInOrder(
  { length, holes, changedIn }: RecordStates,
  old: KeptBlocks,
  arrangements: readonly Arrangement[],
  write: WriteRecords,
): KeptBlocks {
  /** Records that are not to be written, or were. */
  const isDone = new Uint8Array(length);
  isDone.set(holes.subarray(0, length));
  const changed = changedIn.subarray(0, length);
  const blocks = new BlockTable();
  const layouts: AcceptedLayout[] = [];
  let written = 0;

  for (const [turn, { layout, blocks: arranged }] of arrangements.entries()) {
    for (const { block, at } of arranged) {
      const first = written;
      const isWhole =
        typeof at === 'number'
          ? writeRange(at, at + block.records, turn + 1)
          : writeEach(at, block.records, turn + 1);
      if (isWhole) blocks.append(block, first, layouts.length);
    }
    layouts.push(layout);
  }
  writeOthers();
  return { layouts, blocks };

  /** True when it wrote all of them, and none was changed later than that arrangement. */
  function writeRange(from: number, to: number, arrangement: number): boolean {
    let isWhole = true;
    for (let start = from; start < to; ) {
      const done = isDone.subarray(start, to).indexOf(1);
      const end = done < 0 ? to : start + done;
      for (let index = start; index < Math.min(end, changed.length); index++)
        isWhole &&= (changed[index] ?? 0) <= arrangement;
      isDone.fill(1, start, end);
      if (end > start) take(start, end);
      isWhole &&= end === to;
      start = end + 1;
    }
    return isWhole;
  }

  /** The same for records one by one, their indexes counted from 1. */
  function writeEach(indexes: Int32Array, records: number, arrangement: number): boolean {
    let isWhole = indexes.length === records;
    for (let nth = 0; nth < indexes.length; nth++) {
      const index = (indexes[nth] ?? 0) - 1;
      if (index < 0 || isDone[index] !== 0) {
        isWhole = false;
        continue;
      }
      isDone[index] = 1;
      isWhole &&= index >= changed.length || (changed[index] ?? 0) <= arrangement;
      take(index, index + 1);
    }
    return isWhole;
  }

  function writeOthers(): void {
    let next = 0;
    for (let index = isDone.indexOf(0); index >= 0; index = isDone.indexOf(0, index + 1)) {
      // A block whose first record was written already stands no longer.
      while (next < old.blocks.length && old.blocks.first(next) < index) next++;
      for (; next < old.blocks.length && old.blocks.first(next) === index; next++)
        if (stands(next)) blocks.append(old.blocks.at(next), written, keep(old.blocks.layout(next)));
      take(index, index + 1);
    }
  }

  function take(from: number, to: number): void {
    write(from, to);
    written += to - from;
  }

  function stands(number: number): boolean {
    const { first, records } = old.blocks.at(number);
    for (let index = first; index < first + records; index++)
      if (isDone[index] !== 0 || (index < changed.length && changed[index] !== 0)) return false;
    return true;
  }

  /** The number of an old layout among those that are written. */
  function keep(number: number): number {
    const kept = old.layouts[number];
    if (!kept) throw new Error('a block without a layout');
    const known = layouts.indexOf(kept);
    return known >= 0 ? known : layouts.push(kept) - 1;
  }
}
