import type { Hash64 } from '../state/accepted.ts';
import { type Status, statuses } from './result.ts';

/** Where a key stood first in this run, and what became of that row. */
export interface Seen {
  readonly file: number;
  readonly ordinal: number;
  readonly raw: Hash64;
  /** null while the row is on its way. */
  readonly status: Status | null;
}

const onItsWay = statuses.length;

/** Keys with what is known of their rows. Typed arrays with open addressing: about 50 bytes a key, so a million fit. */
export class KeyTable {
  #capacity = 1 << 12;
  #size = 0;
  #slots = newSlots(this.#capacity);

  copy(): KeyTable {
    const other = new KeyTable();
    other.#capacity = this.#capacity;
    other.#size = this.#size;
    other.#slots = structuredClone(this.#slots);
    return other;
  }

  get(key: Hash64): Seen | null {
    const slot = this.#find(key);
    if (this.#slots.ordinal[slot] === 0) return null;
    const status = this.#slots.status[slot] ?? onItsWay;
    return {
      file: this.#slots.file[slot] ?? 0,
      ordinal: this.#slots.ordinal[slot] ?? 0,
      raw: { lo: this.#slots.rawLo[slot] ?? 0, hi: this.#slots.rawHi[slot] ?? 0 },
      status: statuses[status] ?? null,
    };
  }

  /** Remembers the first place of a key. The key must not be there yet. `ordinal` counts from 1. */
  add(key: Hash64, file: number, ordinal: number, raw: Hash64): void {
    if (this.#size * 2 >= this.#capacity) this.#grow();
    const slot = this.#find(key);
    this.#slots.keyLo[slot] = key.lo;
    this.#slots.keyHi[slot] = key.hi;
    this.#slots.rawLo[slot] = raw.lo;
    this.#slots.rawHi[slot] = raw.hi;
    this.#slots.file[slot] = file;
    this.#slots.ordinal[slot] = ordinal;
    this.#slots.status[slot] = onItsWay;
    this.#size++;
  }

  /** Replaces place and bytes of a key: the later row stands (`duplicates: last`). */
  move(key: Hash64, file: number, ordinal: number, raw: Hash64): void {
    const slot = this.#find(key);
    this.#slots.rawLo[slot] = raw.lo;
    this.#slots.rawHi[slot] = raw.hi;
    this.#slots.file[slot] = file;
    this.#slots.ordinal[slot] = ordinal;
  }

  settle(key: Hash64, status: Status): void {
    const slot = this.#find(key);
    if (this.#slots.ordinal[slot] !== 0) this.#slots.status[slot] = statuses.indexOf(status);
  }

  /** The slot that holds the key, or the free one where it belongs. Line 0 marks a free slot. */
  #find(key: Hash64): number {
    const mask = this.#capacity - 1;
    let slot = key.lo & mask;
    while (
      this.#slots.ordinal[slot] !== 0 &&
      (this.#slots.keyLo[slot] !== key.lo || this.#slots.keyHi[slot] !== key.hi)
    )
      slot = (slot + 1) & mask;
    return slot;
  }

  #grow(): void {
    const old = this.#slots;
    this.#capacity *= 2;
    this.#slots = newSlots(this.#capacity);
    for (let from = 0; from < old.ordinal.length; from++) {
      if (old.ordinal[from] === 0) continue;
      const to = this.#find({ lo: old.keyLo[from] ?? 0, hi: old.keyHi[from] ?? 0 });
      this.#slots.keyLo[to] = old.keyLo[from] ?? 0;
      this.#slots.keyHi[to] = old.keyHi[from] ?? 0;
      this.#slots.rawLo[to] = old.rawLo[from] ?? 0;
      this.#slots.rawHi[to] = old.rawHi[from] ?? 0;
      this.#slots.file[to] = old.file[from] ?? 0;
      this.#slots.ordinal[to] = old.ordinal[from] ?? 0;
      this.#slots.status[to] = old.status[from] ?? onItsWay;
    }
  }
}

interface Slots {
  readonly keyLo: Uint32Array;
  readonly keyHi: Uint32Array;
  readonly rawLo: Uint32Array;
  readonly rawHi: Uint32Array;
  readonly ordinal: Uint32Array;
  readonly file: Uint16Array;
  readonly status: Uint8Array;
}

function newSlots(capacity: number): Slots {
  return {
    keyLo: new Uint32Array(capacity),
    keyHi: new Uint32Array(capacity),
    rawLo: new Uint32Array(capacity),
    rawHi: new Uint32Array(capacity),
    ordinal: new Uint32Array(capacity),
    file: new Uint16Array(capacity),
    status: new Uint8Array(capacity),
  };
}
