import type { Block } from '../formats/blocks/block.ts';
import type { ArrangedBlock } from '../state/accepted.ts';

/** Follows where the records of a file are in the store, block by block: four bytes for each record that is looked at. */
export class Arrangement {
  readonly #blocks: { readonly block: Block; readonly at: number; readonly isPassed: boolean }[] = [];
  /** By slots: indexes, counted from 1. What nobody writes to takes no memory. */
  readonly #indexes: Int32Array;
  #slots = 0;

  constructor(blocks: readonly Block[]) {
    this.#indexes = new Int32Array(blocks.reduce((sum, { records }) => sum + records, 0));
  }

  /** A block whose records follow each other in the store from `first` on. */
  pass(block: Block, first: number): void {
    this.#blocks.push({ block, at: first, isPassed: true });
  }

  /** A block whose records are looked at one by one. Answers the slot of its first record; the others follow. */
  look(block: Block): number {
    const slot = this.#slots;
    this.#slots += block.records;
    this.#blocks.push({ block, at: slot, isPassed: false });
    return slot;
  }

  /** The record in a slot was accepted, and is there in the store. */
  put(slot: number, index: number): void {
    this.#indexes[slot] = index + 1;
  }

  /** All of them, in the order of the file. */
  get blocks(): ArrangedBlock[] {
    return this.#blocks.map(({ block, at, isPassed }) => ({
      block,
      at: isPassed ? at : this.#indexes.subarray(at, at + block.records),
    }));
  }
}
