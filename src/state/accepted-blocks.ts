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
  readonly blocks: readonly KeptBlock[];
}

export const noBlocks: KeptBlocks = { layouts: [], blocks: [] };

/** 32-bit words of a block: first record, records, bytes, ordinals, hash (low half first), start, layout × 2 and whether it is open. */
export const wordsPerBlock = 8;

export function wordsOf(blocks: readonly KeptBlock[]): Uint32Array {
  const words = new Uint32Array(blocks.length * wordsPerBlock);
  for (const [index, block] of blocks.entries()) {
    const { first, records, length, ordinals, hash, start, layout, isOpen } = block;
    words.set(
      [first, records, length, ordinals, hash.lo, hash.hi, start, layout * 2 + (isOpen ? 1 : 0)],
      index * wordsPerBlock,
    );
  }
  return words;
}

export function blocksOf(words: Uint32Array): KeptBlock[] {
  return Array.from({ length: words.length / wordsPerBlock }, (_, index) => {
    const at = index * wordsPerBlock;
    const [first = 0, records = 0, length = 0, ordinals = 0, lo = 0, hi = 0, start = 0, layout = 0] =
      words.subarray(at, at + wordsPerBlock);
    return {
      first,
      records,
      length,
      ordinals,
      hash: { lo, hi },
      start,
      layout: layout >>> 1,
      isOpen: layout % 2 === 1,
    };
  });
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
