import type { Hash64 } from './accepted.ts';
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
  find(hash: Hash64): number {
    for (let slot = hash.lo & this.#mask; ; slot = (slot + 1) & this.#mask) {
      const index = this.#slots[slot] ?? -1;
      if (index < 0) return -1;
      if (this.#records.holds(index, this.#offset, hash)) return index;
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
