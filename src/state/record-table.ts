import type { AcceptedRecord, Hash64 } from './accepted.ts';

/** 32-bit words of a record: key, raw, content, each low half first. */
export const wordsPerRecord = 6;

/**
 * Records in one typed array that grows at its end. Indexes never change: a forgotten record leaves a hole, which its
 * key takes again when it comes back.
 */
export class RecordTable {
  #words: Uint32Array;
  #length: number;
  #holes: Uint8Array | null = null;
  #holeCount = 0;

  /** `words` is kept, not copied. */
  constructor(words: Uint32Array) {
    this.#words = words;
    this.#length = words.length / wordsPerRecord;
  }

  /** Indexes in use, holes included. */
  get length(): number {
    return this.#length;
  }

  get live(): number {
    return this.#length - this.#holeCount;
  }

  /** Word `offset` of record `index`: 0 key, 2 raw, 4 content, and one more for the high half. */
  word(index: number, offset: number): number {
    return this.#words[index * wordsPerRecord + offset] ?? 0;
  }

  holds(index: number, offset: number, hash: Hash64): boolean {
    const at = index * wordsPerRecord + offset;
    return this.#words[at] === hash.lo && this.#words[at + 1] === hash.hi;
  }

  isHole(index: number): boolean {
    return this.#holes !== null && this.#holes[index] === 1;
  }

  at(index: number): AcceptedRecord {
    if (index < 0 || index >= this.#length) throw new RangeError(`no accepted record ${index}`);
    return { key: this.#hash(index, 0), raw: this.#hash(index, 2), content: this.#hash(index, 4) };
  }

  append(record: AcceptedRecord): number {
    const index = this.#length++;
    const needed = this.#length * wordsPerRecord;
    if (needed > this.#words.length) {
      const larger = new Uint32Array(Math.max(needed + (needed >> 1), 1024 * wordsPerRecord));
      larger.set(this.#words);
      this.#words = larger;
    }
    this.put(index, record);
    return index;
  }

  /** Overwrites a record, or fills a hole. */
  put(index: number, { key, raw, content }: AcceptedRecord): void {
    const words = this.#words;
    const at = index * wordsPerRecord;
    words[at] = key.lo;
    words[at + 1] = key.hi;
    words[at + 2] = raw.lo;
    words[at + 3] = raw.hi;
    words[at + 4] = content.lo;
    words[at + 5] = content.hi;
    if (!this.isHole(index) || this.#holes === null) return;
    this.#holes[index] = 0;
    this.#holeCount--;
  }

  makeHole(index: number): void {
    if (this.#holes === null || this.#holes.length < this.#length) {
      const larger = new Uint8Array(this.#length + (this.#length >> 1));
      if (this.#holes !== null) larger.set(this.#holes);
      this.#holes = larger;
    }
    if (this.#holes[index] === 1) return;
    this.#holes[index] = 1;
    this.#holeCount++;
  }

  /**
   * Records in the order of these ranges of indexes (by turns the first one and the one behind the last), some whole ones
   * at a time, about 1 MiB at most. Valid until the next is asked for.
   */
  *pieces(ranges: readonly number[]): Generator<Uint32Array, void, void> {
    const most = 43690;
    const gathered = new Uint32Array(most * wordsPerRecord);
    let filled = 0;
    for (let range = 0; range < ranges.length; range += 2) {
      let from = ranges[range] ?? 0;
      const to = ranges[range + 1] ?? 0;
      while (from < to) {
        const end = Math.min(to, from + most - filled / wordsPerRecord);
        gathered.set(this.#words.subarray(from * wordsPerRecord, end * wordsPerRecord), filled);
        filled += (end - from) * wordsPerRecord;
        from = end;
        if (filled < gathered.length) continue;
        yield gathered;
        filled = 0;
      }
    }
    if (filled > 0) yield gathered.subarray(0, filled);
  }

  #hash(index: number, offset: number): Hash64 {
    return { lo: this.word(index, offset), hi: this.word(index, offset + 1) };
  }
}
