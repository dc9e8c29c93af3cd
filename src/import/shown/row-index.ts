import type { Hash64 } from '../../state/accepted.ts';

/** Where the rows of a plan are in its file, by a hash: 24 bytes a row in typed arrays, so a million rows fit. */
export class RowIndex {
  #capacity = 1 << 10;
  #size = 0;
  #slots = newSlots(this.#capacity);

  get size(): number {
    return this.#size;
  }

  /** @param offset in bytes, after the start of the file */
  add(hash: Hash64, offset: number, length: number): void {
    if (this.#size * 2 >= this.#capacity) this.#grow();
    this.#put(hash.lo, hash.hi, offset, length);
    this.#size++;
  }

  get({ lo, hi }: Hash64): { readonly offset: number; readonly length: number } | null {
    const slot = this.#find(lo, hi);
    const offset = this.#slots.offset[slot] ?? 0;
    return offset === 0 ? null : { offset, length: this.#slots.length[slot] ?? 0 };
  }

  #put(lo: number, hi: number, offset: number, length: number): void {
    const slot = this.#find(lo, hi);
    this.#slots.lo[slot] = lo;
    this.#slots.hi[slot] = hi;
    this.#slots.offset[slot] = offset;
    this.#slots.length[slot] = length;
  }

  /** The slot that holds the hash, or the free one where it belongs. Offset 0, where the head is, marks a free one. */
  #find(lo: number, hi: number): number {
    const mask = this.#capacity - 1;
    const { offset, lo: low, hi: high } = this.#slots;
    let slot = lo & mask;
    while ((offset[slot] ?? 0) !== 0 && (low[slot] !== lo || high[slot] !== hi)) slot = (slot + 1) & mask;
    return slot;
  }

  #grow(): void {
    const old = this.#slots;
    this.#capacity *= 2;
    this.#slots = newSlots(this.#capacity);
    for (const [from, offset] of old.offset.entries())
      if (offset !== 0) this.#put(old.lo[from] ?? 0, old.hi[from] ?? 0, offset, old.length[from] ?? 0);
  }
}

function newSlots(capacity: number) {
  return {
    lo: new Uint32Array(capacity),
    hi: new Uint32Array(capacity),
    offset: new Float64Array(capacity),
    length: new Float64Array(capacity),
  };
}
