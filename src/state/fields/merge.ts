import { asBefore, compareKeys } from './format.ts';
import { unknownHash } from './update.ts';
import type { SegmentWriter } from './writer.ts';

/** Records in the order of their keys, each its key (low half first) and a hash for each of `width` columns. */
export interface Source {
  readonly width: number;
  /** Some whole ones at a time, none of them empty. */
  batches(): AsyncIterable<Uint32Array>;
}

export interface Merge {
  /** The newest first. */
  readonly sources: readonly Source[];
  readonly width: number;
  /** Nothing is older than these: what they leave open nobody can tell. */
  readonly isAll: boolean;
}

/** Writes the records of several sources as one, in the order of their keys. Memory does not grow with them. */
export async function writeMerged(writer: SegmentWriter, { sources, width, isAll }: Merge): Promise<void> {
  const cursors = sources.map(source => new Cursor(source));
  for (const cursor of cursors) await cursor.fill();
  const record = new Uint32Array(width);
  for (;;) {
    let first: Cursor | null = null;
    for (const cursor of cursors)
      if (!cursor.isAtEnd && (first === null || compareKeys(cursor, first) < 0)) first = cursor;
    if (first === null) return;
    const key = { lo: first.lo, hi: first.hi };
    record.fill(asBefore);
    for (const cursor of cursors)
      if (!cursor.isAtEnd && cursor.lo === key.lo && cursor.hi === key.hi) {
        layUnder(record, cursor.hashes());
        if (!cursor.step()) await cursor.fill();
      }
    if (isAll) for (let i = 0; i < width; i++) if (record[i] === asBefore) record[i] = unknownHash;
    writer.add(key, record);
    if (writer.isFull) await writer.flush();
  }
}

/** Fills in what a record leaves open from what was known of it before. True when nothing that could be told is open. */
export function layUnder(record: Uint32Array, older: Uint32Array): boolean {
  let isWhole = true;
  for (let i = 0; i < older.length; i++) {
    if (record[i] === asBefore) record[i] = older[i] ?? asBefore;
    isWhole &&= record[i] !== asBefore;
  }
  return isWhole;
}

/** Stands at one record of a source. */
class Cursor {
  lo = 0;
  hi = 0;
  isAtEnd = false;
  readonly #batches: AsyncIterator<Uint32Array>;
  readonly #words: number;
  #batch = new Uint32Array(0);
  #at = 0;

  constructor(source: Source) {
    this.#words = 2 + source.width;
    this.#batches = source.batches()[Symbol.asyncIterator]();
  }

  hashes(): Uint32Array {
    return this.#batch.subarray(this.#at + 2, this.#at + this.#words);
  }

  /** Goes to the next record; false: it is in the next batch. */
  step(): boolean {
    this.#at += this.#words;
    return this.#arrive();
  }

  async fill(): Promise<void> {
    const { value, done } = await this.#batches.next();
    this.isAtEnd = done === true;
    this.#batch = value ?? new Uint32Array(0);
    this.#at = 0;
    this.#arrive();
  }

  #arrive(): boolean {
    this.lo = this.#batch[this.#at] ?? 0;
    this.hi = this.#batch[this.#at + 1] ?? 0;
    return this.#at < this.#batch.length;
  }
}
