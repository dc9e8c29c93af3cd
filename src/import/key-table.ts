import type { Hash64 } from '../state/accepted.ts';
import { type Status, statuses } from './result.ts';

/** Where a key stood first in this run, and what became of that row. */
export interface Seen {
  readonly file: number;
  readonly ordinal: number;
  readonly raw: Hash64;
  /** null while the row is on its way. */
  readonly status: Status | null;
  /** Id of the record of an accepted row; 0: not known. */
  readonly record: number;
}

const onItsWay = statuses.length;

/** Words of an entry: key and raw (low halves first), ordinal, the file and the status, the record. */
const wordsPerEntry = 7;
const pageBits = 14;
const inPage = (1 << pageBits) - 1;

/**
 * Keys with what is known of their rows: 28 bytes each in pages that never move, found by open addressing over their
 * numbers, 6 to 12 bytes more. A million keys fit. The place of one that is taken out goes to the next that comes.
 */
export class KeyTable {
  #pages: Uint32Array[] = [];
  #size = 0;
  /** Numbers of entries that were taken out. */
  #free: number[] = [];
  /** Numbers of entries, counted from 1; 0: free. */
  #slots = new Uint32Array(1 << 10);

  copy(): KeyTable {
    const other = new KeyTable();
    other.#pages = this.#pages.map(page => page.slice());
    other.#size = this.#size;
    other.#free = [...this.#free];
    other.#slots = this.#slots.slice();
    return other;
  }

  get(key: Hash64): Seen | null {
    const entry = this.#find(key);
    if (entry === null) return null;
    const { page, at } = entry;
    const last = page[at + 5] ?? 0;
    return {
      file: last >>> 8,
      ordinal: page[at + 4] ?? 0,
      raw: { lo: page[at + 2] ?? 0, hi: page[at + 3] ?? 0 },
      status: statuses[last & 0xff] ?? null,
      record: page[at + 6] ?? 0,
    };
  }

  /** Remembers the first place of a key. The key must not be there yet. `ordinal` counts from 1. */
  add(key: Hash64, file: number, ordinal: number, raw: Hash64): void {
    const number = this.#free.pop() ?? this.#size++;
    if (this.#size * 3 > this.#slots.length * 2) this.#grow(number);
    this.#pages[number >>> pageBits] ??= new Uint32Array((inPage + 1) * wordsPerEntry);
    const { page, at } = this.#entry(number);
    page[at] = key.lo;
    page[at + 1] = key.hi;
    this.#fill(page, at, raw, ordinal, (file << 8) | onItsWay);
    this.#insert(key.lo, number);
  }

  /**
   * Replaces place and bytes of a key: the later row stands (`duplicates: last`). What became of the earlier one holds
   * until that is settled, too.
   */
  move(key: Hash64, file: number, ordinal: number, raw: Hash64): void {
    const entry = this.#find(key);
    if (entry === null) return;
    const { page, at } = entry;
    this.#fill(page, at, raw, ordinal, (file << 8) | ((page[at + 5] ?? 0) & 0xff));
  }

  settle(key: Hash64, status: Status, record: number): void {
    const entry = this.#find(key);
    if (entry === null) return;
    const { page, at } = entry;
    page[at + 5] = ((page[at + 5] ?? 0) & ~0xff) | statuses.indexOf(status);
    page[at + 6] = record;
  }

  /** Takes a key out, where it is there. */
  remove(key: Hash64): void {
    const mask = this.#slots.length - 1;
    let gap = this.#slotOf(key);
    const number = this.#slots[gap] ?? 0;
    if (number === 0) return;
    this.#free.push(number - 1);
    // What comes behind it moves up, as far as it stands no nearer to its own slot than the gap does.
    for (let slot = (gap + 1) & mask; ; slot = (slot + 1) & mask) {
      const next = this.#slots[slot] ?? 0;
      if (next === 0) break;
      const { page, at } = this.#entry(next - 1);
      const own = (page[at] ?? 0) & mask;
      if (((slot - own) & mask) < ((slot - gap) & mask)) continue;
      this.#slots[gap] = next;
      gap = slot;
    }
    this.#slots[gap] = 0;
  }

  #fill(page: Uint32Array, at: number, raw: Hash64, ordinal: number, fileAndStatus: number): void {
    page[at + 2] = raw.lo;
    page[at + 3] = raw.hi;
    page[at + 4] = ordinal;
    page[at + 5] = fileAndStatus;
    page[at + 6] = 0;
  }

  #entry(number: number): { readonly page: Uint32Array; readonly at: number } {
    const page = this.#pages[number >>> pageBits];
    if (page === undefined) throw new RangeError(`no key ${number}`);
    return { page, at: (number & inPage) * wordsPerEntry };
  }

  #find(key: Hash64): { readonly page: Uint32Array; readonly at: number } | null {
    const number = this.#slots[this.#slotOf(key)] ?? 0;
    return number === 0 ? null : this.#entry(number - 1);
  }

  /** The slot of a key, or the free one where it would stand. */
  #slotOf(key: Hash64): number {
    const mask = this.#slots.length - 1;
    for (let slot = key.lo & mask; ; slot = (slot + 1) & mask) {
      const number = this.#slots[slot] ?? 0;
      if (number === 0) return slot;
      const { page, at } = this.#entry(number - 1);
      if (page[at] === key.lo && page[at + 1] === key.hi) return slot;
    }
  }

  #insert(lo: number, number: number): void {
    const mask = this.#slots.length - 1;
    let slot = lo & mask;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
    this.#slots[slot] = number + 1;
  }

  /** All of its numbers are in use, but for the one that is about to be. */
  #grow(but: number): void {
    this.#slots = new Uint32Array(this.#slots.length * 2);
    for (let number = 0; number < this.#size; number++) {
      if (number === but) continue;
      const { page, at } = this.#entry(number);
      this.#insert(page[at] ?? 0, number);
    }
  }
}
