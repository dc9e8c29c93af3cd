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

  /** The hash at that word of the record is this one. */
  holds(index: number, offset: number, lo: number, hi: number): boolean {
    const page = this.#pages[index >>> pageBits];
    if (page === undefined) return false;
    const at = (index & inPage) * wordsPerRecord + offset;
    return page[at] === lo && page[at + 1] === hi;
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
   * Copies records in the order in which ranges of indexes are added. `told` gets them whole, about 1 MiB at a time; what it
   * gets is valid until it returns.
   */
  copier(told: (records: Uint32Array) => void): { add(from: number, to: number): void; end(): void } {
    const pages = this.#pages;
    const gathered = new Uint32Array(recordsPerPage * wordsPerRecord);
    let filled = 0;
    const flush = (): void => {
      if (filled > 0) told(gathered.subarray(0, filled));
      filled = 0;
    };
    const addRange = (from: number, to: number): void => {
      for (let start = from; start < to; ) {
        const room = recordsPerPage - filled / wordsPerRecord;
        const end = Math.min(to, start + room, ((start >>> pageBits) + 1) << pageBits);
        const at = (start & inPage) * wordsPerRecord;
        const words = (end - start) * wordsPerRecord;
        const page = pages[start >>> pageBits];
        if (page === undefined) throw new RangeError(`no accepted record ${start}`);
        gathered.set(page.subarray(at, at + words), filled);
        filled += words;
        start = end;
        if (filled === gathered.length) flush();
      }
    };
    return {
      add: (from, to) => {
        const page = pages[from >>> pageBits];
        // Of records out of their order each comes by itself: a view of each would cost more than its words.
        if (to - from > 1 || page === undefined) {
          addRange(from, to);
          return;
        }
        const at = (from & inPage) * wordsPerRecord;
        for (let word = 0; word < wordsPerRecord; word++) gathered[filled + word] = page[at + word] ?? 0;
        filled += wordsPerRecord;
        if (filled === gathered.length) flush();
      },
      end: flush,
    };
  }

  /** Which records are forgotten, by their indexes: 1. What it does not reach is not. */
  get holes(): Uint8Array {
    return this.#holes ?? new Uint8Array(0);
  }

  #hash(index: number, offset: number): Hash64 {
    return { lo: this.word(index, offset), hi: this.word(index, offset + 1) };
  }
}
