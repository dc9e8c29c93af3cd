import type { Block, Blocks } from '../formats/blocks/block.ts';
import type { RecordBatch } from '../formats/record.ts';
import { createCanonical } from '../mapping/canonical.ts';
import type { Row } from '../mapping/row.ts';
import {
  type AcceptedBlock,
  type AcceptedStore,
  type ArrangedBlock,
  acceptanceText,
  type Hash64,
} from '../state/accepted.ts';
import { overlap, type Place } from '../state/column-sets.ts';
import type { Fingerprints } from '../state/fingerprint.ts';
import type { FoundRecords } from './found-records.ts';
import type { Input } from './inputs.ts';
import { hashOfSet, type Memory, mixed } from './memory.ts';
import { writtenPlaces } from './places.ts';

export function sameHash(a: Hash64, b: Hash64): boolean {
  return a.lo === b.lo && a.hi === b.hi;
}

/** A file is out of order once so many records were not found where they had to be, one after the other. */
const mostInARow = 64;

export interface DeltaRules {
  readonly fingerprints: Fingerprints;
  /** What, besides the file, decides which values are accepted. */
  readonly policy: string;
  /** Nothing counts as accepted (`--full`), but acceptance is still remembered. */
  readonly ignore: boolean;
  /** SuperOffice has told the types of more-page fields; offline those of the last time must do. */
  readonly asked: boolean;
  /** False in a dry run. */
  readonly remember: boolean;
}

/**
 * Tells whether a record is what SuperOffice accepted last time, by two tiers: its raw bytes, then its mapped content
 * (design.md, section 7). The raw fingerprint is seeded with everything else that decides what the bytes mean, so a
 * changed header, mapping, field type or list policy makes every record differ, and equal bytes really mean *skip*.
 *
 * Files with different columns may speak of the same records (prices nightly, addresses weekly): each set of columns has
 * its own memory of a key.
 */
export class Delta {
  readonly #fingerprints: Fingerprints;
  readonly #store: AcceptedStore;
  readonly #ignore: boolean;
  readonly #columns: readonly string[];
  readonly #canonical: (row: Row) => string;
  readonly #layout: Hash64;
  readonly #policy: Hash64;
  /** The set of columns. */
  readonly set: Hash64;
  /** Where the next record of the file is in the store as long as nothing has moved. */
  #next = 0;
  /** Records not found since the last one that was. */
  #inARow = 0;
  #isOutOfOrder = false;
  /** Other sets of columns that write some of the same places. */
  readonly #rivals: readonly Hash64[];

  private constructor(input: Input, rules: DeltaRules, { store, sets }: Memory, places: readonly Place[]) {
    const { fingerprints } = rules;
    this.#fingerprints = fingerprints;
    this.#store = store;
    this.#columns = input.records.columns;
    this.#canonical = createCanonical(input.plan.fields);
    this.#ignore = rules.ignore || sets.find(places) === null;
    this.#policy = fingerprints.text(rules.policy);
    this.set = hashOfSet(places, fingerprints);
    this.#layout = fingerprints.text(
      `${input.records.layout}\n${input.plan.fingerprint}\n${this.set.lo} ${this.set.hi}`,
      this.#policy,
    );
    this.#rivals = sets.all
      .filter(set => overlap(set, places))
      .map(set => hashOfSet(set, fingerprints))
      .filter(set => !sameHash(set, this.set));
  }

  static async open(input: Input, rules: DeltaRules, memory: Memory): Promise<Delta> {
    const places = writtenPlaces(input.datatype, input.plan.fields);
    const delta = new Delta(input, rules, memory, rules.asked ? places : memory.sets.withKnownTypes(places));
    if (rules.remember) await memory.sets.note(places);
    return delta;
  }

  raw(record: Uint8Array): Hash64 {
    return this.#fingerprints.raw(record, this.#layout);
  }

  key(key: string): Hash64 {
    return this.#fingerprints.text(key);
  }

  content(row: Row): Hash64 {
    return this.#fingerprints.text(this.#canonical(row), this.#policy);
  }

  /** The hashes of the records of a batch. */
  hash({ bytes, count, start, end }: RecordBatch, { lo, hi }: FoundRecords): void {
    for (let nth = 0; nth < count; nth++)
      this.#fingerprints.rawInto(bytes.subarray(start[nth], end[nth]), this.#layout, lo, hi, nth);
  }

  /**
   * Finds the next records of the file, once they are hashed. In a file that keeps its order a record that has moved is not
   * found, and is known by its content later: to make an index of all records would cost more.
   */
  find(count: number, found: FoundRecords): void {
    if (this.#ignore) {
      found.index.fill(-1, 0, count);
      found.near.fill(0, 0, count);
      return;
    }
    const inOrder = this.#isOutOfOrder ? 0 : this.#findInOrder(count, found);
    if (inOrder === count) return;
    const { lo, hi, index, near } = found;
    // Those before that were not found may have moved as well.
    for (let nth = 0; nth < inOrder; nth++)
      if ((index[nth] ?? 0) < 0) index[nth] = this.#store.findRaw(found.hash(nth));
    this.#store.findRaws(lo, hi, inOrder, count, index);
    for (let nth = inOrder; nth < count; nth++) {
      near[nth] = this.near;
      this.#note(index[nth] ?? -1);
    }
  }

  /** Answers how many records were looked for: the file is out of order behind them. */
  #findInOrder(count: number, { lo, hi, index, near }: FoundRecords): number {
    for (let nth = 0; nth < count; nth++) {
      const [low, high] = [lo[nth] ?? 0, hi[nth] ?? 0];
      near[nth] = this.near;
      let at = this.#store.findRawNear(low, high, this.#next);
      if (at < 0 && this.#inARow > 0) at = this.#store.findRawNear(low, high, this.near);
      index[nth] = at;
      this.#note(at);
      if (this.#isOutOfOrder) return nth + 1;
    }
    return count;
  }

  #note(index: number): void {
    if (index < 0) {
      this.#isOutOfOrder ||= ++this.#inARow > mostInARow;
    } else {
      this.#inARow = 0;
      this.#next = index + 1;
    }
  }

  /** True when the record at this index still has these bytes: those that were found may be written to meanwhile. */
  holds(index: number, { lo, hi }: FoundRecords, nth: number): boolean {
    return index >= 0 && this.#store.holdsRaw(index, lo[nth] ?? 0, hi[nth] ?? 0);
  }

  /** Index at which the next record of the file is, should those that were not found have changed where they stood. */
  get near(): number {
    return this.#next + this.#inARow;
  }

  /** The key of an accepted record. */
  keyAt(index: number): Hash64 {
    return mixed(this.#store.at(index).key, this.set);
  }

  /** Index of the accepted record with this key, or -1. */
  indexOf(key: Hash64, near: number): number {
    return this.#ignore ? -1 : this.#store.findKey(mixed(key, this.set), near);
  }

  /** True when that record was accepted with this content. */
  isAccepted(index: number, content: Hash64): boolean {
    return index >= 0 && sameHash(this.#store.at(index).content, content);
  }

  /** All records of this block are accepted, and stand in the store as they do in it; null: they have to be looked at. */
  acceptedBlock(block: Block): AcceptedBlock | null {
    return this.#ignore ? null : this.#store.findBlock(this.#layout, block);
  }

  /** A block was passed by. */
  passed({ first, records }: AcceptedBlock): void {
    this.#next = first + records;
    this.#inARow = 0;
  }

  /** Answers its index. */
  accept(key: Hash64, raw: Hash64, content: Hash64, near: number): number {
    return this.#store.accept({ key: mixed(key, this.set), raw, content }, near);
  }

  /** Keeps the order of the file, and its blocks. */
  arrange({ layout }: Blocks, blocks: readonly ArrangedBlock[]): void {
    this.#store.arrange(
      { layout: this.#fingerprints.text(layout), meaning: this.#layout, columns: this.#columns },
      blocks,
    );
  }

  /** The same as a text, for the journal: a run that is killed leaves in it what it got accepted. */
  acceptance(key: Hash64, raw: Hash64, content: Hash64): string {
    return acceptanceText({ key: mixed(key, this.set), raw, content });
  }

  /**
   * Call it before a record may be written: from then on nobody knows what SuperOffice holds, until `accept` says so.
   * Files with other columns that write the same places have to look at the record again as well.
   */
  doubt(key: Hash64, near: number): void {
    this.#store.forget(mixed(key, this.set), near);
    for (const set of this.#rivals) this.#store.forget(mixed(key, set));
  }
}
