import type { AcceptedBlock, AcceptedStore, Hash64 } from '../state/accepted.ts';
import { KeyTable, type Seen } from './key-table.ts';
import { mixed } from './memory.ts';
import { type OrdinalIn, PassedRecords } from './passed-records.ts';
import type { Status } from './result.ts';
import { SettledRecords } from './settled-records.ts';

/**
 * The keys of one datatype met in this run: answers "is this key there twice, where was it first" and, for children,
 * "what became of the parent". Of rows that stand as SuperOffice accepted them their place in the store is noted, and
 * nothing is looked up: a million unchanged rows cost next to nothing.
 */
export class SeenKeys {
  readonly #store: AcceptedStore;
  /** Rows that were looked at, and are not (yet) in the store. */
  readonly #keys: KeyTable;
  /** Rows that were looked at, and are. */
  readonly #settled: SettledRecords;
  readonly #passed: PassedRecords;
  /** Sets of columns, by which the store knows the keys of this run. */
  readonly #sets: Hash64[];

  private constructor(
    store: AcceptedStore,
    keys: KeyTable,
    settled: SettledRecords,
    passed: PassedRecords,
    sets: readonly Hash64[],
  ) {
    this.#store = store;
    this.#keys = keys;
    this.#settled = settled;
    this.#passed = passed;
    this.#sets = [...sets];
  }

  static of(store: AcceptedStore, ordinalIn: OrdinalIn): SeenKeys {
    const passed = new PassedRecords(ordinalIn, store.size);
    return new SeenKeys(store, new KeyTable(), new SettledRecords(), passed, []);
  }

  copy(): SeenKeys {
    return new SeenKeys(
      this.#store,
      this.#keys.copy(),
      this.#settled.copy(),
      this.#passed.copy(),
      this.#sets,
    );
  }

  /** A file with this set of columns begins. */
  begin(set: Hash64): void {
    if (!this.#sets.some(({ lo, hi }) => lo === set.lo && hi === set.hi)) this.#sets.push(set);
  }

  get(key: Hash64): Seen | null {
    const looked = this.#keys.get(key);
    if (looked !== null || (this.#passed.isEmpty && this.#settled.isEmpty)) return looked;
    for (const set of this.#sets) {
      const seen = this.#seenAt(this.#store.findKey(mixed(key, set)));
      if (seen !== null) return seen;
    }
    return null;
  }

  /**
   * The same for a key whose record is known: `index` is the one of the set of columns that is being read, -1 where that is
   * not known or there is none.
   */
  getAt(key: Hash64, index: number): Seen | null {
    const seen = this.#keys.get(key) ?? this.#seenAt(index);
    return seen === null && (index < 0 || this.#sets.length > 1) ? this.get(key) : seen;
  }

  /**
   * Remembers the first place of a key. The key must not be there yet. `ordinal` counts from 1.
   * @param index of the record that was accepted for this key and set of columns, or -1
   */
  add(key: Hash64, file: number, ordinal: number, raw: Hash64, index: number): void {
    this.#keys.add(key, file, ordinal, raw);
    if (index >= 0) this.#passed.claim(index);
  }

  /** Replaces place and bytes of a key that is there: the later row stands (`duplicates: last`). */
  move(key: Hash64, file: number, ordinal: number, raw: Hash64): void {
    if (this.#keys.get(key) !== null) this.#keys.move(key, file, ordinal, raw);
    else {
      // An earlier file has it as it was accepted.
      const status = this.get(key)?.status ?? 'unchanged';
      this.#keys.add(key, file, ordinal, raw);
      this.#keys.settle(key, status, 0);
    }
    for (const set of this.#sets) {
      const index = this.#store.findKey(mixed(key, set));
      if (index < 0) continue;
      this.#passed.reclaim(index);
      this.#settled.remove(index);
    }
  }

  /**
   * @param record its id; 0: not known
   * @param index of the record of the store that was accepted for this key, or -1
   */
  settle(key: Hash64, status: Status, record: number, index: number): void {
    const row = this.#keys.get(key);
    if (row === null) return;
    // Only a record with the very bytes of the row can stand for it.
    const isThere = index >= 0 && isSame(this.#store.at(index).raw, row.raw);
    if (isThere && this.#settled.put(index, { ...row, status, record })) this.#keys.remove(key);
    else this.#keys.settle(key, status, record);
  }

  /**
   * Passes an accepted record by. False: its key was met before with other bytes, so the row has to be looked at.
   * @param keyOf answers the key of a record of the store
   * @param raw answers the hash of the row; the record may have got other bytes since it was found
   */
  pass(
    index: number,
    keyOf: (index: number) => Hash64,
    raw: () => Hash64,
    file: number,
    ordinal: number,
  ): boolean {
    if (this.#passed.has(index)) return true;
    const settled = this.#settled.get(index);
    if (settled !== null) return isSame(this.#store.at(index).raw, raw());
    // Another file may have met the key under other columns.
    const isOpen = this.#passed.isClaimed(index) || this.#sets.length > 1;
    const before = isOpen ? this.get(keyOf(index)) : null;
    if (before !== null) {
      if (!isSame(before.raw, raw())) return false;
      const isItself = before.file === file && before.ordinal === ordinal;
      if (isItself || before.status === null) this.settle(keyOf(index), 'unchanged', 0, index);
      return true;
    }
    this.#passed.pass(index, file, ordinal);
    return true;
  }

  /** Passes all records of a block by, or none: false when they have to be looked at one by one. */
  passBlock({ first, records }: AcceptedBlock, file: number, block: number): boolean {
    if (this.#sets.length > 1 || this.#passed.anyOf(first, records)) return false;
    this.#passed.passAll(first, records, file, block);
    return true;
  }

  #seenAt(index: number): Seen | null {
    if (index < 0) return null;
    const settled = this.#settled.get(index);
    if (settled !== null) return { ...settled, raw: this.#store.at(index).raw };
    return this.#passed.has(index) ? passedAt(this.#store, this.#passed, index) : null;
  }
}

function isSame(a: Hash64, b: Hash64): boolean {
  return a.lo === b.lo && a.hi === b.hi;
}

function passedAt(store: AcceptedStore, passed: PassedRecords, index: number): Seen {
  return {
    get file() {
      return passed.placeOf(index).file;
    },
    get ordinal() {
      return passed.placeOf(index).ordinal;
    },
    raw: store.at(index).raw,
    status: 'unchanged',
    record: 0,
  };
}
