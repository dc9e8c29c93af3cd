import type { Hash64 } from '../accepted.ts';
import { asBefore, compareKeys } from './format.ts';
import type { Source } from './merge.ts';
import { type FieldUpdate, unknownHash } from './update.ts';

/** An entry: key (low half first), whether it is new, how many pairs follow, then a column and its hash by turns. */
const headWords = 4;
/** So many updates are held; then they go into the file, in the middle of a run. */
const mostUpdates = 1 << 14;
const mostWords = 1 << 21;

/**
 * Updates that are in no file yet, one a record. Tens of thousands of them lie in one array, found by open addressing: as
 * objects they weigh tenfold.
 */
export class Pending {
  #words = new Uint32Array(1 << 12);
  #length = 0;
  /** Where the entries begin; -1: a free slot. An entry that was put again leaves its old words behind. */
  #slots = new Int32Array(1 << 10).fill(-1);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get isFull(): boolean {
    return this.#size >= mostUpdates || this.#length >= mostWords;
  }

  put(key: Hash64, { isNew, hashes }: FieldUpdate): void {
    if (this.#size * 2 >= this.#slots.length) this.#grow();
    const slot = this.#slotOf(key);
    const before = this.#slots[slot] ?? -1;
    if (before < 0) this.#size++;
    const wasNew = before >= 0 && this.#words[before + 2] === 1;
    const all = before < 0 || isNew ? hashes : new Map([...this.#pairs(before), ...hashes]);
    this.#slots[slot] = this.#append(key, isNew || wasNew, all);
  }

  /** What is known of a record when this is laid over what was known before, `width` columns of it. */
  over(key: Hash64, known: Uint32Array, width: number): Uint32Array {
    const start = this.#slots[this.#slotOf(key)] ?? -1;
    if (start < 0) return known;
    const hashes = new Uint32Array(width);
    if (this.#words[start + 2] !== 1) hashes.set(known.subarray(0, width));
    this.#setPairs(start, hashes, 0);
    return hashes;
  }

  /** As a file has them. */
  source(width: number): Source {
    const records = this.#records(width);
    return {
      width,
      batches: async function* () {
        if (records.length > 0) yield records;
      },
    };
  }

  /** Takes over what came later. */
  putAll(later: Pending): void {
    for (const start of later.#starts())
      this.put(later.#keyAt(start), {
        isNew: later.#words[start + 2] === 1,
        hashes: new Map(later.#pairs(start)),
      });
  }

  /** Nobody can tell any more what this column holds in any record. */
  forgetColumn(column: number): void {
    for (const start of this.#starts()) {
      const end = this.#endOf(start);
      for (let at = start + headWords; at < end; at += 2)
        if (this.#words[at] === column) this.#words[at + 1] = unknownHash;
    }
  }

  #records(width: number): Uint32Array {
    const starts = this.#starts().sort((a, b) => compareKeys(this.#keyAt(a), this.#keyAt(b)));
    const records = new Uint32Array(starts.length * (2 + width));
    let at = 0;
    for (const start of starts) {
      records[at++] = this.#words[start] ?? 0;
      records[at++] = this.#words[start + 1] ?? 0;
      records.fill(this.#words[start + 2] === 1 ? unknownHash : asBefore, at, at + width);
      this.#setPairs(start, records, at);
      at += width;
    }
    return records;
  }

  #starts(): number[] {
    return [...this.#slots.filter(start => start >= 0)];
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

  /** The slot of the key, or the free one where it belongs. */
  #slotOf(key: Hash64): number {
    const mask = this.#slots.length - 1;
    for (let slot = key.lo & mask; ; slot = (slot + 1) & mask) {
      const start = this.#slots[slot] ?? -1;
      if (start < 0 || (this.#words[start] === key.lo && this.#words[start + 1] === key.hi)) return slot;
    }
  }

  #grow(): void {
    const starts = this.#starts();
    this.#slots = new Int32Array(this.#slots.length * 2).fill(-1);
    for (const start of starts) this.#slots[this.#slotOf(this.#keyAt(start))] = start;
  }

  #keyAt(start: number): Hash64 {
    return { lo: this.#words[start] ?? 0, hi: this.#words[start + 1] ?? 0 };
  }

  #endOf(start: number): number {
    return start + headWords + (this.#words[start + 3] ?? 0) * 2;
  }

  #setPairs(start: number, hashes: Uint32Array, at: number): void {
    const end = this.#endOf(start);
    for (let pair = start + headWords; pair < end; pair += 2)
      hashes[at + (this.#words[pair] ?? 0)] = this.#words[pair + 1] ?? unknownHash;
  }

  *#pairs(start: number): Generator<[number, number], void, void> {
    const end = this.#endOf(start);
    for (let at = start + headWords; at < end; at += 2)
      yield [this.#words[at] ?? 0, this.#words[at + 1] ?? unknownHash];
  }
}
