import type {
  AcceptedBlock,
  AcceptedLayout,
  AcceptedRecord,
  AcceptedStore,
  ArrangedBlock,
  Hash64,
} from './accepted.ts';
import { type KeptBlocks, noBlocks } from './accepted-blocks.ts';
import { type Arrangement, type Order, orderOf } from './accepted-order.ts';
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
  /** Makes records durable, in an order and with blocks of their own. */
  readonly save: (records: RecordTable, order: Order) => Promise<void>;
}

/** Accepted records in memory, loaded at the first question that the blocks do not answer. */
export class TableStore implements AcceptedStore {
  readonly #file: StoreFile;
  #table: RecordTable | null = null;
  #blocks: KeptBlocks;
  /** By the low halves of their hashes. */
  #blocksByHash: Map<number, number[]> | null = null;
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

  findRaw(raw: Hash64): number {
    this.#byRaw ??= new HashIndex(this.#records, 2);
    const index = this.#byRaw.find(raw);
    return index < 0 || this.#records.isHole(index) ? -1 : index;
  }

  findRawNear(raw: Hash64, near: number): number {
    const records = this.#records;
    const end = Math.min(near + nearby, records.length);
    for (let index = near; index < end; index++)
      if (records.holds(index, 2, raw) && !records.isHole(index)) return index;
    return -1;
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
    const sameRaw = this.#records.holds(index, 2, record.raw);
    if (sameRaw && this.#records.holds(index, 4, record.content) && !this.#records.isHole(index))
      return index;
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
    return blocks.every(({ hash, length }) =>
      this.#numbersOf(hash).some(number => {
        const block = this.#blocks.blocks[number];
        return block?.hash.hi === hash.hi && block.length === length;
      }),
    );
  }

  findBlock(meaning: Hash64, { hash, length }: Pick<AcceptedBlock, 'hash' | 'length'>): AcceptedBlock | null {
    const { blocks, layouts } = this.#blocks;
    for (const number of this.#numbersOf(hash)) {
      const block = blocks[number];
      if (block?.hash.hi !== hash.hi || block.length !== length) continue;
      const layout = layouts[block.layout];
      if (layout?.meaning.lo !== meaning.lo || layout.meaning.hi !== meaning.hi) continue;
      if (this.#stands(block)) return block;
    }
    return null;
  }

  arrange(layout: AcceptedLayout, blocks: readonly ArrangedBlock[]): void {
    this.#arrangements.push({ layout, blocks });
    this.#isChanged ||= blocks.some(({ at }) => typeof at !== 'number' && !at.includes(-1));
  }

  async commit(): Promise<void> {
    if (!this.#isChanged) return;
    this.#isChanged = false;
    try {
      await this.#file.save(this.#records, this.#order());
    } catch (error) {
      this.#isChanged = true;
      throw error;
    }
  }

  #order(): Order {
    const records = this.#records;
    const states = {
      length: records.length,
      isHole: (index: number) => records.isHole(index),
      changedIn: (index: number) => this.#changedIn[index] ?? 0,
    };
    return orderOf(states, this.#blocks, this.#arrangements);
  }

  #numbersOf({ lo }: Hash64): readonly number[] {
    let byHash = this.#blocksByHash;
    if (byHash === null) {
      byHash = new Map();
      for (const [number, { hash }] of this.#blocks.blocks.entries()) {
        const alike = byHash.get(hash.lo);
        if (alike) alike.push(number);
        else byHash.set(hash.lo, [number]);
      }
      this.#blocksByHash = byHash;
    }
    return byHash.get(lo) ?? [];
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
      const larger = new Uint16Array(Math.max(1024, this.#records.length + (this.#records.length >> 1)));
      larger.set(this.#changedIn);
      this.#changedIn = larger;
    }
    this.#changedIn[index] = this.#arrangements.length + 1;
  }

  /** Index of a key, holes included, or -1. */
  #find(key: Hash64, near: number): number {
    const records = this.#records;
    const end = Math.min(near + nearby, records.length);
    for (let index = near; index < end; index++) if (records.holds(index, 0, key)) return index;
    this.#byKey ??= new HashIndex(records, 0);
    return this.#byKey.find(key);
  }
}
