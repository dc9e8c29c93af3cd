import type { AcceptedRecord, Hash64 } from './accepted.ts';

/** 32-bit words of a record: key, raw, content, each low half first. */
export const wordsPerRecord = 6;

/** Records of a page, as a power of two: it never moves, so that a table grows without being copied. */
const pageBits = 15;
export const recordsPerPage = 1 << pageBits;
const inPage = recordsPerPage - 1;

/**
 * Records in pages of typed arrays. Indexes never change: a forgotten record leaves a hole, which its key takes again when
 * it comes back.
 */
export class RecordTable {
  readonly #pages: Uint32Array[];
  #length: number;
  #holes: Uint8Array | null = null;
  #holeCount = 0;

  /** `pages` are kept, not copied; all but the last one are full. */
  constructor(pages: Uint32Array[] = [], length = 0) {
    this.#pages = pages;
    this.#length = length;
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
    return this.#pages[index >>> pageBits]?.[(index & inPage) * wordsPerRecord + offset] ?? 0;
  }

  holds(index: number, offset: number, hash: Hash64): boolean {
    const page = this.#pages[index >>> pageBits];
    if (page === undefined) return false;
    const at = (index & inPage) * wordsPerRecord + offset;
    return page[at] === hash.lo && page[at + 1] === hash.hi;
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
    const number = index >>> pageBits;
    const page = this.#pages[number];
    const needed = ((index & inPage) + 1) * wordsPerRecord;
    if (page === undefined || page.length < needed) {
      // The first page grows, so that few records take little; later ones are whole at once.
      const whole = recordsPerPage * wordsPerRecord;
      const larger = new Uint32Array(number > 0 ? whole : Math.min(whole, Math.max(1024, needed * 2)));
      if (page) larger.set(page);
      this.#pages[number] = larger;
    }
    this.put(index, record);
    return index;
  }

  /** Overwrites a record, or fills a hole. */
  put(index: number, { key, raw, content }: AcceptedRecord): void {
    const at = (index & inPage) * wordsPerRecord;
    const page = this.#pages[index >>> pageBits];
    if (page === undefined) throw new RangeError(`no accepted record ${index}`);
    page[at] = key.lo;
    page[at + 1] = key.hi;
    page[at + 2] = raw.lo;
    page[at + 3] = raw.hi;
    page[at + 4] = content.lo;
    page[at + 5] = content.hi;
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
  *pieces(ranges: Iterable<number>): Generator<Uint32Array, void, void> {
    const gathered = new Uint32Array(recordsPerPage * wordsPerRecord);
    let filled = 0;
    let first: number | null = null;
    for (const bound of ranges) {
      if (first === null) {
        first = bound;
        continue;
      }
      for (let from = first; from < bound; ) {
        const room = recordsPerPage - filled / wordsPerRecord;
        const end = Math.min(bound, from + room, ((from >>> pageBits) + 1) << pageBits);
        const at = (from & inPage) * wordsPerRecord;
        const words = (end - from) * wordsPerRecord;
        const page = this.#pages[from >>> pageBits] ?? gathered;
        // Of records out of their order each comes by itself: a view of each would cost more than its words.
        if (words > 64) gathered.set(page.subarray(at, at + words), filled);
        else for (let word = 0; word < words; word++) gathered[filled + word] = page[at + word] ?? 0;
        filled += words;
        from = end;
        if (filled < gathered.length) continue;
        yield gathered;
        filled = 0;
      }
      first = null;
    }
    if (filled > 0) yield gathered.subarray(0, filled);
  }

  #hash(index: number, offset: number): Hash64 {
    return { lo: this.word(index, offset), hi: this.word(index, offset + 1) };
  }
}
