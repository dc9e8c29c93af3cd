import type { Hash64 } from '../accepted.ts';
import { compareKeys } from './format.ts';
import { type FieldUpdate, unknownHash } from './update.ts';

/** An entry: key (low half first), whether it is new, how many pairs follow, then a column and its hash by turns. */
const headWords = 4;

/** An update that waits for its file. */
export interface PendingUpdate {
  readonly key: Hash64;
  /** What is known of the record when this is laid over what was known before, `width` columns of it. */
  over(known: Uint32Array, width: number): Uint32Array;
}

/** Updates that are in no file yet, one a record. Tens of thousands of them lie in one array: as objects they weigh tenfold. */
export class Pending {
  #words = new Uint32Array(1 << 12);
  #length = 0;
  /** Where the entry of a key begins. One that was put again leaves its old words behind. */
  readonly #starts = new Map<string, number>();

  get size(): number {
    return this.#starts.size;
  }

  put(key: Hash64, { isNew, hashes }: FieldUpdate): void {
    const name = nameOf(key);
    const before = this.#starts.get(name);
    const all = before === undefined || isNew ? hashes : new Map([...this.#pairs(before), ...hashes]);
    const wasNew = before !== undefined && this.#words[before + 2] === 1;
    this.#starts.set(name, this.#append(key, isNew || wasNew, all));
  }

  over(key: Hash64, known: Uint32Array, width: number): Uint32Array {
    const start = this.#starts.get(nameOf(key));
    return start === undefined ? known : this.#laidOver(start, known, width);
  }

  /** In the order of their keys, as a file has them. */
  sorted(): PendingUpdate[] {
    return [...this.#starts.values()]
      .map(start => ({
        key: this.#keyAt(start),
        over: (known: Uint32Array, width: number) => this.#laidOver(start, known, width),
      }))
      .sort((a, b) => compareKeys(a.key, b.key));
  }

  /** Takes over what came later. */
  putAll(later: Pending): void {
    for (const start of later.#starts.values())
      this.put(later.#keyAt(start), {
        isNew: later.#words[start + 2] === 1,
        hashes: new Map(later.#pairs(start)),
      });
  }

  /** Nobody can tell any more what this column holds in any record. */
  forgetColumn(column: number): void {
    for (const start of this.#starts.values()) {
      const end = this.#endOf(start);
      for (let at = start + headWords; at < end; at += 2)
        if (this.#words[at] === column) this.#words[at + 1] = unknownHash;
    }
  }

  #append(key: Hash64, isNew: boolean, hashes: ReadonlyMap<number, number>): number {
    const start = this.#length;
    this.#length += headWords + hashes.size * 2;
    if (this.#length > this.#words.length) {
      const larger = new Uint32Array(Math.max(this.#length, this.#words.length * 2));
      larger.set(this.#words);
      this.#words = larger;
    }
    this.#words.set([key.lo, key.hi, isNew ? 1 : 0, hashes.size], start);
    let at = start + headWords;
    for (const [column, hash] of hashes) {
      this.#words[at++] = column;
      this.#words[at++] = hash;
    }
    return start;
  }

  #keyAt(start: number): Hash64 {
    return { lo: this.#words[start] ?? 0, hi: this.#words[start + 1] ?? 0 };
  }

  #endOf(start: number): number {
    return start + headWords + (this.#words[start + 3] ?? 0) * 2;
  }

  #laidOver(start: number, known: Uint32Array, width: number): Uint32Array {
    const hashes = new Uint32Array(width);
    if (this.#words[start + 2] !== 1) hashes.set(known.subarray(0, width));
    for (const [column, hash] of this.#pairs(start)) hashes[column] = hash;
    return hashes;
  }

  *#pairs(start: number): Generator<[number, number], void, void> {
    const end = this.#endOf(start);
    for (let at = start + headWords; at < end; at += 2)
      yield [this.#words[at] ?? 0, this.#words[at + 1] ?? unknownHash];
  }
}

function nameOf({ lo, hi }: Hash64): string {
  return `${hi} ${lo}`;
}
