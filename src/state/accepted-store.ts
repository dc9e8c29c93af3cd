import type {
  AcceptedBlock,
  AcceptedLayout,
  AcceptedRecord,
  AcceptedStore,
  ArrangedBlock,
  Hash64,
} from './accepted.ts';
import { BlockIndex, type KeptBlocks, noBlocks } from './accepted-blocks.ts';
import { type Arrangement, putInOrder, type WriteRecords } from './accepted-order.ts';
import { HashIndex } from './hash-index.ts';
import type { RecordTable } from './record-table.ts';

/** How far behind the expected record one is looked for: rows that are gone or new move the others by a few. */
const nearby = 8;

/** Where accepted records come from and go to. */
export interface StoreFile {
  readonly size: number;
  readonly blocks: KeptBlocks;
  /** Called once at most, before `close`. Throws SicError 'state' for damage. */
  readonly load: () => RecordTable;
  readonly close: () => void;
  /** Makes records durable, in an order and with blocks of their own: `order` is called once, when they are written. */
  readonly save: (records: RecordTable, order: (write: WriteRecords) => KeptBlocks) => Promise<void>;
}

/** Accepted records in memory, loaded at the first question that the blocks do not answer. */
export class TableStore implements AcceptedStore {
  readonly #file: StoreFile;
  #table: RecordTable | null = null;
  #blocks: KeptBlocks;
  #blocksByHash: BlockIndex | null = null;
  readonly #arrangements: Arrangement[] = [];
  // Built at the first question that `near` does not answer: an unchanged file in its old order asks none.
  #byKey: HashIndex | null = null;
  #byRaw: HashIndex | null = null;
  /** Per record, during which arrangement it was changed last. */
  #changedIn = new Uint16Array(0);
  #isChanged = false;

  constructor(file: StoreFile) {
    this.#file = file;
    this.#blocks = file.blocks;
  }

  get size(): number {
    return this.#table?.live ?? this.#file.size;
  }

  load(): void {
    if (this.#table !== null) return;
    this.#table = this.#file.load();
    this.#file.close();
  }

  close(): void {
    this.#file.close();
  }

  get #records(): RecordTable {
    this.load();
    if (this.#table === null) throw new Error('no records were loaded');
    return this.#table;
  }

  findRaw({ lo, hi }: Hash64): number {
    this.#byRaw ??= new HashIndex(this.#records, 2);
    const index = this.#byRaw.find(lo, hi);
    return index < 0 || this.#records.isHole(index) ? -1 : index;
  }

  findRaws(lo: Uint32Array, hi: Uint32Array, from: number, to: number, found: Int32Array): void {
    this.#byRaw ??= new HashIndex(this.#records, 2);
    this.#byRaw.findMany(lo, hi, from, to, found);
    if (this.#records.live === this.#records.length) return;
    for (let nth = from; nth < to; nth++) if (this.#records.isHole(found[nth] ?? -1)) found[nth] = -1;
  }

  findRawNear(lo: number, hi: number, near: number): number {
    const records = this.#records;
    const end = Math.min(near + nearby, records.length);
    for (let index = near; index < end; index++)
      if (records.holds(index, 2, lo, hi) && !records.isHole(index)) return index;
    return -1;
  }

  holdsRaw(index: number, lo: number, hi: number): boolean {
    return this.#records.holds(index, 2, lo, hi) && !this.#records.isHole(index);
  }

  findKey(key: Hash64, near = 0): number {
    const index = this.#find(key, near);
    return index < 0 || this.#records.isHole(index) ? -1 : index;
  }

  at(index: number): AcceptedRecord {
    return this.#records.at(index);
  }

  accept(record: AcceptedRecord, near = 0): number {
    const index = this.#find(record.key, near);
    if (index < 0) {
      const added = this.#records.append(record);
      this.#byKey?.add(added);
      this.#byRaw?.add(added);
      this.#noteChange(added);
      return added;
    }
    const { raw, content } = record;
    const sameRaw = this.#records.holds(index, 2, raw.lo, raw.hi);
    const isSame = sameRaw && this.#records.holds(index, 4, content.lo, content.hi);
    if (isSame && !this.#records.isHole(index)) return index;
    this.#records.put(index, record);
    if (!sameRaw) this.#byRaw?.add(index);
    this.#noteChange(index);
    return index;
  }

  forget(key: Hash64, near = 0): void {
    const index = this.#find(key, near);
    if (index < 0 || this.#records.isHole(index)) return;
    this.#records.makeHole(index);
    this.#noteChange(index);
  }

  forgetAll(): void {
    if (this.#records.live > 0) this.#isChanged = true;
    for (let index = 0; index < this.#records.length; index++) this.#records.makeHole(index);
    this.#blocks = noBlocks;
    this.#blocksByHash = null;
  }

  holdsAll(blocks: readonly Pick<AcceptedBlock, 'hash' | 'length'>[]): boolean {
    const table = this.#blocks.blocks;
    const byHash = this.#byHash();
    return blocks.every(block => {
      let number = byHash.first(block.hash.lo);
      while (number >= 0 && !table.holds(number, block)) number = byHash.next(number);
      return number >= 0;
    });
  }

  findBlock(meaning: Hash64, block: Pick<AcceptedBlock, 'hash' | 'length'>): AcceptedBlock | null {
    const { blocks: table, layouts } = this.#blocks;
    const byHash = this.#byHash();
    for (let number = byHash.first(block.hash.lo); number >= 0; number = byHash.next(number)) {
      if (!table.holds(number, block)) continue;
      const layout = layouts[table.layout(number)];
      if (layout?.meaning.lo !== meaning.lo || layout.meaning.hi !== meaning.hi) continue;
      const found = table.at(number);
      if (this.#stands(found)) return found;
    }
    return null;
  }

  arrange(layout: AcceptedLayout, blocks: readonly ArrangedBlock[]): void {
    this.#arrangements.push({ layout, blocks });
    this.#isChanged ||= blocks.some(({ at }) => typeof at !== 'number' && !at.includes(0));
  }

  async commit(): Promise<void> {
    if (!this.#isChanged) return;
    this.#isChanged = false;
    try {
      await this.#file.save(this.#records, write => this.#putInOrder(write));
    } catch (error) {
      this.#isChanged = true;
      throw error;
    }
  }

  #putInOrder(write: WriteRecords): KeptBlocks {
    const { length, holes } = this.#records;
    const states = { length, holes, changedIn: this.#changedIn };
    return putInOrder(states, this.#blocks, this.#arrangements, write);
  }

  #byHash(): BlockIndex {
    const { blocks } = this.#blocks;
    this.#blocksByHash ??= new BlockIndex(blocks.length, number => blocks.hashLow(number));
    return this.#blocksByHash;
  }

  #stands({ first, records }: AcceptedBlock): boolean {
    if (this.#changedIn.length === 0) return true;
    for (let index = first; index < first + records; index++)
      if ((this.#changedIn[index] ?? 0) > 0) return false;
    return true;
  }

  #noteChange(index: number): void {
    this.#isChanged = true;
    if (index >= this.#changedIn.length) {
      const larger = new Uint16Array(Math.max(1024, this.#records.length, index + (index >> 1)));
      larger.set(this.#changedIn);
      this.#changedIn = larger;
    }
    this.#changedIn[index] = this.#arrangements.length + 1;
  }

  /** Index of a key, holes included, or -1. */
  #find(key: Hash64, near: number): number {
    const records = this.#records;
    const end = Math.min(near + nearby, records.length);
    for (let index = near; index < end; index++) if (records.holds(index, 0, key.lo, key.hi)) return index;
    this.#byKey ??= new HashIndex(records, 0);
    return this.#byKey.find(key.lo, key.hi);
  }
}
