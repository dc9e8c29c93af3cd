import { readSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import type { Hash64 } from '../accepted.ts';
import { isPlace, type Place } from '../column-sets.ts';
import type { Fingerprints } from '../fingerprint.ts';
import { parsed } from '../ndjson.ts';
import { stateError } from '../state-error.ts';
import { bytesOf, compareKeys, damaged, type FileLayout, layoutOf, noSeed } from './format.ts';
import { checksumOf, extentOf, readWords, type SegmentPlace } from './header.ts';
import type { Source } from './merge.ts';

/** Blocks read at once when all of them are wanted. */
const blocksAtOnce = 64;

/** A file that segments are read from. */
export interface OpenFile {
  readonly file: FileHandle;
  readonly path: string;
  readonly fingerprints: Fingerprints;
}

/** Records in the order of their keys, open for reading. All of it throws SicError 'state' for a damaged file. */
export class Segment implements Source {
  readonly place: SegmentPlace;
  readonly columns: readonly Place[];
  readonly #open: OpenFile;
  readonly #layout: FileLayout;
  /** The first key of each block. */
  readonly #firstKeys: Uint32Array;
  /** The block that was read last. */
  readonly #block: Uint32Array;

  private constructor(
    open: OpenFile,
    place: SegmentPlace,
    columns: readonly Place[],
    firstKeys: Uint32Array,
  ) {
    this.#open = open;
    this.place = place;
    this.columns = columns;
    this.#layout = layoutOf(place.columns);
    this.#firstKeys = firstKeys;
    this.#block = new Uint32Array(this.#layout.wordsPerBlock);
  }

  /** Reads the tail and nothing else. */
  static async open(open: OpenFile, place: SegmentPlace): Promise<Segment> {
    const { file, path } = open;
    const { blocks, wordsOfBlocks, words } = extentOf(place);
    const tail = await readWords(file, path, place.start + wordsOfBlocks, words - wordsOfBlocks);
    const sum = await checksumOf(bytesOf(tail));
    if (sum.lo !== place.tailSum.lo || sum.hi !== place.tailSum.hi) throw damaged(path);
    const columns = parsed(new TextDecoder().decode(bytesOf(tail.subarray(blocks * 2))));
    if (!Array.isArray(columns) || columns.length !== place.columns || !columns.every(isPlace))
      throw damaged(path);
    return new Segment(open, place, columns, tail.subarray(0, blocks * 2));
  }

  get width(): number {
    return this.place.columns;
  }

  /** The hashes of a record by column, or null when it is not here. They are good until the next one is looked for. */
  find(key: Hash64): Uint32Array | null {
    const block = this.#blockOf(key);
    if (block < 0) return null;
    const { wordsPerRecord } = this.#layout;
    const words = this.#recordsOf(block);
    for (let low = 0, high = words.length / wordsPerRecord - 1; low <= high; ) {
      const middle = (low + high) >> 1;
      const at = middle * wordsPerRecord;
      const order = compareKeys({ lo: words[at] ?? 0, hi: words[at + 1] ?? 0 }, key);
      if (order === 0) return words.subarray(at + 2, at + wordsPerRecord);
      if (order < 0) low = middle + 1;
      else high = middle - 1;
    }
    return null;
  }

  /** All records, some whole ones at a time. */
  async *batches(): AsyncGenerator<Uint32Array, void, void> {
    const blocks = this.#firstKeys.length / 2;
    for (let block = 0; block < blocks; block += blocksAtOnce)
      yield await this.#records(block, Math.min(blocksAtOnce, blocks - block));
  }

  /** The only block that may hold the key; -1: none. */
  #blockOf(key: Hash64): number {
    const keys = this.#firstKeys;
    let low = 0;
    let high = keys.length / 2;
    while (low < high) {
      const middle = (low + high) >> 1;
      const first = { lo: keys[middle * 2] ?? 0, hi: keys[middle * 2 + 1] ?? 0 };
      if (compareKeys(first, key) <= 0) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /** Read at once: mostly it is in memory of the system, and to hand it to another thread takes ten times as long. */
  #recordsOf(block: number): Uint32Array {
    const { wordsPerBlock } = this.#layout;
    const { file, path } = this.#open;
    const bytes = bytesOf(this.#block);
    const position = (this.place.start + block * wordsPerBlock) * 4;
    try {
      for (let done = 0; done < bytes.length; ) {
        const bytesRead = readSync(file.fd, bytes, done, bytes.length - done, position + done);
        if (bytesRead === 0) throw damaged(path);
        done += bytesRead;
      }
    } catch (error) {
      throw stateError(path, 'read', error);
    }
    return this.#checked(this.#block, block);
  }

  /** The records of blocks that stand behind one another. */
  async #records(block: number, count: number): Promise<Uint32Array> {
    const { wordsPerBlock } = this.#layout;
    const { file, path } = this.#open;
    const { start } = this.place;
    const words = await readWords(file, path, start + block * wordsPerBlock, count * wordsPerBlock).catch(
      (error: unknown) => {
        throw stateError(path, 'read', error);
      },
    );
    return this.#checked(words, block);
  }

  /** The records of whole blocks, each checked against its checksum. @param first the number of the first of them */
  #checked(words: Uint32Array, first: number): Uint32Array {
    const { wordsPerRecord, recordsPerBlock, wordsPerBlock } = this.#layout;
    const { path, fingerprints } = this.#open;
    const count = words.length / wordsPerBlock;
    const wordsOfRecords = wordsPerBlock - 2;
    for (let index = 0; index < count; index++) {
      const from = index * wordsPerBlock;
      const content = words.subarray(from, from + wordsOfRecords);
      const sum = fingerprints.raw(bytesOf(content), noSeed);
      if (sum.lo !== words[from + wordsOfRecords] || sum.hi !== words[from + wordsOfRecords + 1])
        throw damaged(path);
      // Closes the gap that the checksums leave.
      words.copyWithin(index * wordsOfRecords, from, from + wordsOfRecords);
    }
    const there = Math.min(count * recordsPerBlock, this.place.records - first * recordsPerBlock);
    return words.subarray(0, there * wordsPerRecord);
  }
}
