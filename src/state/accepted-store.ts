import type { AcceptedRecord, AcceptedStore, Hash64 } from './accepted.ts';
import { HashIndex } from './hash-index.ts';
import type { RecordTable } from './record-table.ts';

/** Accepted records in memory. `save` makes the table durable. */
export class TableStore implements AcceptedStore {
  readonly #records: RecordTable;
  readonly #save: (records: RecordTable) => Promise<void>;
  // Built at the first question that the expected record does not answer: an unchanged file in its old order asks none.
  #byKey: HashIndex | null = null;
  #byRaw: HashIndex | null = null;
  /** The record after the one found last: where the next one is while the file keeps its order. */
  #expected = 0;
  #changed = false;

  constructor(records: RecordTable, save: (records: RecordTable) => Promise<void>) {
    this.#records = records;
    this.#save = save;
  }

  get size(): number {
    return this.#records.live;
  }

  findRaw(raw: Hash64): number {
    if (this.#isExpected(2, raw)) return this.#expected++;
    this.#byRaw ??= new HashIndex(this.#records, 2);
    const index = this.#byRaw.find(raw);
    if (index < 0 || this.#records.isHole(index)) return -1;
    this.#expected = index + 1;
    return index;
  }

  findKey(key: Hash64): number {
    const index = this.#find(key);
    if (index < 0 || this.#records.isHole(index)) return -1;
    this.#expected = index + 1;
    return index;
  }

  at(index: number): AcceptedRecord {
    return this.#records.at(index);
  }

  accept(record: AcceptedRecord): void {
    const index = this.#find(record.key);
    if (index < 0) {
      const added = this.#records.append(record);
      this.#byKey?.add(added);
      this.#byRaw?.add(added);
    } else {
      const sameRaw = this.#records.holds(index, 2, record.raw);
      if (sameRaw && this.#records.holds(index, 4, record.content) && !this.#records.isHole(index)) return;
      this.#records.put(index, record);
      if (!sameRaw) this.#byRaw?.add(index);
    }
    this.#changed = true;
  }

  forget(key: Hash64): void {
    const index = this.#find(key);
    if (index < 0 || this.#records.isHole(index)) return;
    this.#records.makeHole(index);
    this.#changed = true;
  }

  forgetAll(): void {
    if (this.#records.live > 0) this.#changed = true;
    for (let index = 0; index < this.#records.length; index++) this.#records.makeHole(index);
  }

  async commit(): Promise<void> {
    if (!this.#changed) return;
    this.#changed = false;
    try {
      await this.#save(this.#records);
    } catch (error) {
      this.#changed = true;
      throw error;
    }
  }

  /** Index of a key, holes included, or -1. */
  #find(key: Hash64): number {
    if (this.#isExpected(0, key)) return this.#expected;
    this.#byKey ??= new HashIndex(this.#records, 0);
    return this.#byKey.find(key);
  }

  #isExpected(offset: 0 | 2, hash: Hash64): boolean {
    const index = this.#expected;
    return (
      index < this.#records.length && this.#records.holds(index, offset, hash) && !this.#records.isHole(index)
    );
  }
}
