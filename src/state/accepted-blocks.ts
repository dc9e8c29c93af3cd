import type { AcceptedBlock, AcceptedLayout, Hash64 } from './accepted.ts';
import { hexOf } from './fingerprint.ts';
import { parsed } from './ndjson.ts';

/** A block as it is kept, with the number of its layout. */
export interface KeptBlock extends AcceptedBlock {
  readonly layout: number;
}

/** The blocks of a store. */
export interface KeptBlocks {
  readonly layouts: readonly AcceptedLayout[];
  /** By their first records. */
  readonly blocks: BlockTable;
}

/** 32-bit words of a block: first record, records, bytes, ordinals, hash (low half first), start, layout × 2 and whether it is open. */
export const wordsPerBlock = 8;

/** Blocks as the words that a file holds of them: thousands of them are no objects until one is asked for. */
export class BlockTable {
  #words: Uint32Array;
  #length: number;

  /** `words` are kept, not copied. */
  constructor(words = new Uint32Array(0)) {
    this.#words = words;
    this.#length = words.length / wordsPerBlock;
  }

  get length(): number {
    return this.#length;
  }

  /** All of them, as a file holds them. */
  get words(): Uint32Array {
    return this.#words.subarray(0, this.#length * wordsPerBlock);
  }

  first(number: number): number {
    return this.#word(number, 0);
  }

  start(number: number): number {
    return this.#word(number, 6);
  }

  /** The number of its layout. */
  layout(number: number): number {
    return this.#word(number, 7) >>> 1;
  }

  hashLow(number: number): number {
    return this.#word(number, 4);
  }

  holds(number: number, { hash, length }: Pick<AcceptedBlock, 'hash' | 'length'>): boolean {
    return (
      this.#word(number, 4) === hash.lo &&
      this.#word(number, 5) === hash.hi &&
      this.#word(number, 2) === length
    );
  }

  at(number: number): KeptBlock {
    return {
      first: this.#word(number, 0),
      records: this.#word(number, 1),
      length: this.#word(number, 2),
      ordinals: this.#word(number, 3),
      hash: { lo: this.#word(number, 4), hi: this.#word(number, 5) },
      start: this.#word(number, 6),
      layout: this.layout(number),
      isOpen: this.#word(number, 7) % 2 === 1,
    };
  }

  append(block: Omit<AcceptedBlock, 'first'>, first: number, layout: number): void {
    const at = this.#length++ * wordsPerBlock;
    if (at === this.#words.length) {
      const larger = new Uint32Array(Math.max(64 * wordsPerBlock, 2 * at));
      larger.set(this.#words);
      this.#words = larger;
    }
    const words = this.#words;
    words[at] = first;
    words[at + 1] = block.records;
    words[at + 2] = block.length;
    words[at + 3] = block.ordinals;
    words[at + 4] = block.hash.lo;
    words[at + 5] = block.hash.hi;
    words[at + 6] = block.start;
    words[at + 7] = layout * 2 + (block.isOpen ? 1 : 0);
  }

  #word(number: number, offset: number): number {
    return this.#words[number * wordsPerBlock + offset] ?? 0;
  }
}

export const noBlocks: KeptBlocks = { layouts: [], blocks: new BlockTable() };

/** Finds blocks by a number each of them has: chains of those whose numbers end in the same bits. */
export class BlockIndex {
  readonly #heads: Int32Array;
  readonly #next: Int32Array;

  constructor(blocks: number, wordOf: (number: number) => number) {
    // Many chains, so that most are empty: far more is asked about that is not there than what is.
    let size = 64;
    while (size < 4 * blocks) size *= 2;
    this.#heads = new Int32Array(size).fill(-1);
    this.#next = new Int32Array(blocks);
    for (let number = blocks - 1; number >= 0; number--) {
      const head = wordOf(number) & (size - 1);
      this.#next[number] = this.#heads[head] ?? -1;
      this.#heads[head] = number;
    }
  }

  /** The first block that may have this value, or -1. */
  first(value: number): number {
    return this.#heads[value & (this.#heads.length - 1)] ?? -1;
  }

  /** The next one that may, or -1. */
  next(number: number): number {
    return this.#next[number] ?? -1;
  }
}

/** Layouts as JSON, filled up with blanks to whole words. */
export function layoutsText(layouts: readonly AcceptedLayout[]): Uint8Array {
  const told = layouts.map(({ layout, meaning, columns }) => [hexOf(layout), hexOf(meaning), columns]);
  const text = new TextEncoder().encode(JSON.stringify(told));
  const padded = new Uint8Array(Math.ceil(text.length / 4) * 4).fill(0x20);
  padded.set(text);
  return padded;
}

/** Reads them back; null for anything else. */
export function layoutsFrom(text: Uint8Array): AcceptedLayout[] | null {
  const told = parsed(new TextDecoder().decode(text));
  if (!Array.isArray(told)) return null;
  const layouts = told.map(layoutFrom);
  return layouts.every(layout => layout !== null) ? layouts : null;
}

function layoutFrom(told: unknown): AcceptedLayout | null {
  if (!Array.isArray(told)) return null;
  const [layout, meaning, columns]: unknown[] = told;
  const hashes = [layout, meaning].map(hashFrom);
  if (!hashes[0] || !hashes[1] || !Array.isArray(columns) || !columns.every(isText)) return null;
  return { layout: hashes[0], meaning: hashes[1], columns };
}

function hashFrom(text: unknown): Hash64 | null {
  if (!isText(text) || !/^[0-9a-f]{16}$/.test(text)) return null;
  return { hi: Number.parseInt(text.slice(0, 8), 16), lo: Number.parseInt(text.slice(8), 16) };
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
