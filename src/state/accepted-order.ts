import type { AcceptedLayout, ArrangedBlock } from './accepted.ts';
import type { KeptBlock, KeptBlocks } from './accepted-blocks.ts';

/** The records of one file of this run, in its order. */
export interface Arrangement {
  readonly layout: AcceptedLayout;
  readonly blocks: readonly ArrangedBlock[];
}

/** What is known of the records of a store, by their indexes. */
export interface RecordStates {
  readonly length: number;
  isHole(index: number): boolean;
  /** The arrangement during which it was changed last, counted from 1; 0: not since the store was opened. */
  changedIn(index: number): number;
}

/** In which order records are written, and which blocks they make up then. */
export interface Order extends KeptBlocks {
  /** Ranges of indexes, by turns the first one and the one behind the last. */
  readonly ranges: readonly number[];
}

/**
 * Puts the records of the arranged files first, in the order of those files, so that a block finds its records together;
 * the others follow as they were. A block is kept only when each of its records stands as it did when the block was
 * taken, and in no other block.
 */
export function orderOf(states: RecordStates, old: KeptBlocks, arrangements: readonly Arrangement[]): Order {
  const placed = new Uint8Array(states.length);
  const ranges: number[] = [];
  const blocks: KeptBlock[] = [];
  const layouts: AcceptedLayout[] = [];
  let written = 0;

  const write = (index: number): void => {
    placed[index] = 1;
    written++;
    const last = ranges.length - 1;
    if (ranges[last] === index) ranges[last] = index + 1;
    else ranges.push(index, index + 1);
  };

  const isFree = (index: number): boolean => placed[index] === 0 && !states.isHole(index);

  for (const [turn, { layout, blocks: arranged }] of arrangements.entries()) {
    for (const { block, at } of arranged) {
      const first = written;
      let isWhole = true;
      for (let record = 0; record < block.records; record++) {
        const index = typeof at === 'number' ? at + record : (at[record] ?? -1);
        if (index < 0 || !isFree(index)) {
          isWhole = false;
          continue;
        }
        isWhole &&= states.changedIn(index) <= turn + 1;
        write(index);
      }
      if (isWhole) blocks.push({ ...block, first, layout: layouts.length });
    }
    layouts.push(layout);
  }

  let next = 0;
  for (let index = 0; index < states.length; index++) {
    for (; next < old.blocks.length && (old.blocks[next]?.first ?? 0) <= index; next++) {
      const block = old.blocks[next];
      if (block?.first === index && stands(block))
        blocks.push({ ...block, first: written, layout: keep(block) });
    }
    if (isFree(index)) write(index);
  }
  return { ranges, blocks, layouts };

  function stands({ first, records }: KeptBlock): boolean {
    for (let index = first; index < first + records; index++)
      if (!isFree(index) || states.changedIn(index) > 0) return false;
    return true;
  }

  /** The number of its layout among those that are written. */
  function keep({ layout }: KeptBlock): number {
    const kept = old.layouts[layout];
    if (!kept) throw new Error('a block without a layout');
    const known = layouts.indexOf(kept);
    return known >= 0 ? known : layouts.push(kept) - 1;
  }
}
