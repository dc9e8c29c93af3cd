import type { RecordBatch } from '../record.ts';

const batchSize = 4096;

/** Gathers where records are in a buffer, up to a batch full. Its arrays are used again and again. */
export class Batch {
  readonly #start = new Uint32Array(batchSize);
  readonly #end = new Uint32Array(batchSize);
  readonly #ordinal = new Uint32Array(batchSize);
  #count = 0;

  get isEmpty(): boolean {
    return this.#count === 0;
  }

  get isFull(): boolean {
    return this.#count === batchSize;
  }

  add(start: number, end: number, ordinal: number): void {
    this.#start[this.#count] = start;
    this.#end[this.#count] = end;
    this.#ordinal[this.#count] = ordinal;
    this.#count++;
  }

  /** Hands out what was gathered, and begins anew. */
  take(bytes: Buffer, offset: number): RecordBatch {
    const count = this.#count;
    this.#count = 0;
    return { bytes, count, start: this.#start, end: this.#end, ordinal: this.#ordinal, offset };
  }
}
