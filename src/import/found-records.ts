import type { Hash64 } from '../state/accepted.ts';

/** The hashes of the records of a batch, and what the store has of them. One is used again for each batch. */
export class FoundRecords {
  lo = new Uint32Array(0);
  hi = new Uint32Array(0);
  /** Index of the accepted record with the same bytes, or -1. */
  index = new Int32Array(0);
  /** Where the record is likely to be in the store, should its bytes have changed where they stood. */
  near = new Uint32Array(0);

  /** For so many records. */
  makeRoom(count: number): void {
    if (this.lo.length >= count) return;
    this.lo = new Uint32Array(count);
    this.hi = new Uint32Array(count);
    this.index = new Int32Array(count);
    this.near = new Uint32Array(count);
  }

  hash(nth: number): Hash64 {
    return { lo: this.lo[nth] ?? 0, hi: this.hi[nth] ?? 0 };
  }
}
