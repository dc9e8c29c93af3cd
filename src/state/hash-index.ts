import type { RecordTable } from './record-table.ts';

/**
 * Finds records by one of their hashes: open addressing over record indexes, nothing else stored. An entry whose record
 * was overwritten since simply does not match any more; growing drops it.
 */
export class HashIndex {
  readonly #records: RecordTable;
  readonly #offset: number;
  #slots = new Int32Array(0);
  #mask = 0;
  #used = 0;

  /** `offset`: 0 indexes the keys, 2 the raw hashes. */
  constructor(records: RecordTable, offset: 0 | 2) {
    this.#records = records;
    this.#offset = offset;
    this.#build();
  }

  /** Index of a record with this hash, holes included, or -1. */
  find(lo: number, hi: number): number {
    for (let slot = lo & this.#mask; ; slot = (slot + 1) & this.#mask) {
      const index = this.#slots[slot] ?? -1;
      if (index < 0) return -1;
      if (this.#records.holds(index, this.#offset, lo, hi)) return index;
    }
  }

  /**
   * The same for many. Each step of one of them has to wait for memory, but not for the steps of the others: so the same
   * step of all of them comes first, and then the next.
   */
  findMany(lo: Uint32Array, hi: Uint32Array, from: number, to: number, found: Int32Array): void {
    const slots = this.#slots;
    const mask = this.#mask;
    for (let nth = from; nth < to; nth++) found[nth] = slots[(lo[nth] ?? 0) & mask] ?? -1;
    for (let nth = from; nth < to; nth++) {
      const [low, high, index] = [lo[nth] ?? 0, hi[nth] ?? 0, found[nth] ?? -1];
      if (index >= 0 && !this.#records.holds(index, this.#offset, low, high))
        found[nth] = this.find(low, high);
    }
  }

  add(index: number): void {
    if ((this.#used + 1) * 10 > this.#slots.length * 7) this.#build();
    else this.#insert(index);
  }

  #build(): void {
    let capacity = 1024;
    while (capacity * 7 < (this.#records.length + 1) * 10) capacity *= 2;
    this.#slots = new Int32Array(capacity).fill(-1);
    this.#mask = capacity - 1;
    this.#used = 0;
    for (let index = 0; index < this.#records.length; index++) this.#insert(index);
  }

  #insert(index: number): void {
    let slot = this.#records.word(index, this.#offset) & this.#mask;
    while ((this.#slots[slot] ?? -1) >= 0) slot = (slot + 1) & this.#mask;
    this.#slots[slot] = index;
    this.#used++;
  }
}
