import { join } from 'node:path';
import type { Hash64 } from '../accepted.ts';
import type { Place } from '../column-sets.ts';
import { type Fingerprints, loadFingerprints } from '../fingerprint.ts';
import { commitUpdates } from './commit.ts';
import { FieldFile } from './file.ts';
import { Pending } from './pending.ts';
import { type FieldUpdate, unknownHash } from './update.ts';

const nothing = new Uint32Array(0);

/** What is known of a record: a hash by column, `unknownHash` where nobody can tell. */
export type KnownFields = (column: number) => number;

/**
 * The values that records of one datatype were left with, or seen with, field by field: as hashes, by which it shows that
 * somebody else changed one since. One memory for all files of a datatype, or another file's write of a field would look
 * like a user's. Memory stays flat, a run that looks at few records reads little, and one that looks at none reads nothing.
 */
export class FieldMemory {
  readonly #path: string;
  /** null: SuperOffice is not asked, so nothing is known and nothing can be kept. */
  readonly #owner: Hash64 | null;
  readonly #fingerprints: Fingerprints;
  readonly #columns: Place[] = [];
  readonly #numbers = new Map<string, number>();
  /** Columns of which the file says nothing that still counts: their field has another type now. */
  readonly #stale = new Set<number>();
  #file: FieldFile | null = null;
  #isLoaded: boolean;
  #pending = new Pending();
  /** On their way into the file. */
  #merging: Pending | null = null;
  #isChanged = false;
  /** One commit in the middle of the run at a time. */
  #isCommitting = false;
  /** Whatever touches the file goes one after the other: it is replaced while a run goes on. */
  #last: Promise<unknown> = Promise.resolve();

  private constructor(path: string, owner: Hash64 | null, fingerprints: Fingerprints) {
    this.#path = path;
    this.#owner = owner;
    this.#isLoaded = owner === null;
    this.#fingerprints = fingerprints;
  }

  /**
   * Reads the header of the file and nothing else, whatever its size: see `load`. Throws SicError 'state' for a damaged
   * header and for a file of a newer sic.
   * @param tenant null when SuperOffice is not asked
   */
  static async open(folder: string, datatype: string, tenant: string | null): Promise<FieldMemory> {
    const path = join(folder, `accepted-${datatype}.fields`);
    const fingerprints = await loadFingerprints();
    if (tenant === null) return new FieldMemory(path, null, fingerprints);
    await FieldFile.check(path, fingerprints);
    return new FieldMemory(path, fingerprints.text(tenant), fingerprints);
  }

  /**
   * Makes ready what `columnOf` answers by; `read` and `commit` do so too. No file, or one of another tenant: nothing is
   * known. Throws SicError 'state' for a damaged file; damage of a part shows only when that is read.
   */
  async load(): Promise<void> {
    await this.#inTurn(() => this.#loaded());
  }

  /** By their numbers. */
  get columns(): readonly Place[] {
    return this.#columns;
  }

  /**
   * The number of a field, always the same. One that has another type now is another field: its values are forgotten. Not
   * to be asked before the file was loaded.
   */
  columnOf({ at, type }: Place): number {
    if (!this.#isLoaded) throw new Error(`${this.#path} was not loaded`);
    const known = this.#numbers.get(at);
    if (known === undefined) {
      this.#numbers.set(at, this.#columns.length);
      return this.#columns.push({ at, type }) - 1;
    }
    if (this.#columns[known]?.type !== type) {
      this.#columns[known] = { at, type };
      this.#stale.add(known);
      this.#pending.forgetColumn(known);
      this.#merging?.forgetColumn(known);
    }
    return known;
  }

  /** What is known of these records. */
  async read(keys: readonly Hash64[]): Promise<KnownFields[]> {
    return this.#inTurn(async () => {
      await this.#loaded();
      const width = this.#columns.length;
      return keys.map(key => {
        const known = this.#file?.find(key) ?? nothing;
        for (const column of this.#stale) if (column < known.length) known[column] = unknownHash;
        const hashes = this.#pending.over(key, known, width);
        return column => hashes[column] ?? unknownHash;
      });
    });
  }

  /** Takes what became known of a record. Nothing is durable before `commit`. */
  put(key: Hash64, update: FieldUpdate): void {
    if (this.#owner === null || (update.hashes.size === 0 && !update.isNew)) return;
    this.#pending.put(key, update);
    this.#isChanged = true;
    // What SuperOffice accepted may be durable at any time. If it cannot be written, the commit at the end says so.
    if (!this.#pending.isFull || this.#isCommitting) return;
    this.#isCommitting = true;
    void this.commit().then(
      () => {
        this.#isCommitting = false;
      },
      // A disk that is full stays so: the commit at the end tries again.
      () => {},
    );
  }

  /** Nothing is known of any record any more. */
  async forgetAll(): Promise<void> {
    await this.#inTurn(async () => {
      await this.#loaded();
      this.#isChanged ||= this.#file !== null;
      await this.#file?.close();
      this.#file = null;
      this.#pending = new Pending();
    });
  }

  /** Makes it durable; what that costs goes by what became known. Does nothing when nothing did. Throws SicError 'state'. */
  async commit(): Promise<void> {
    const owner = this.#owner;
    if (owner === null) return;
    await this.#inTurn(async () => {
      if (!this.#isChanged) return;
      await this.#loaded();
      const updates = this.#pending;
      const stale = new Set(this.#stale);
      this.#merging = updates;
      this.#pending = new Pending();
      this.#isChanged = false;
      try {
        await this.#write(owner, updates, stale);
      } catch (error) {
        updates.putAll(this.#pending);
        this.#pending = updates;
        this.#isChanged = true;
        throw error;
      } finally {
        this.#merging = null;
      }
    });
  }

  async close(): Promise<void> {
    await this.#inTurn(async () => {
      await this.#file?.close();
      this.#file = null;
    });
  }

  async #loaded(): Promise<void> {
    if (this.#isLoaded || this.#owner === null) return;
    this.#file = await FieldFile.open(this.#path, this.#owner, this.#fingerprints);
    this.#columns.push(...(this.#file?.columns ?? []));
    for (const [number, { at }] of this.#columns.entries()) this.#numbers.set(at, number);
    this.#isLoaded = true;
  }

  async #write(owner: Hash64, updates: Pending, stale: ReadonlySet<number>): Promise<void> {
    const [path, old, fingerprints] = [this.#path, this.#file, this.#fingerprints];
    const columns = [...this.#columns];
    const close = async (): Promise<void> => {
      this.#file = null;
      await old?.close();
    };
    try {
      await commitUpdates({ path, old, updates, columns, stale, owner, fingerprints }, close);
      if (this.#file) await close();
    } finally {
      this.#file ??= await FieldFile.open(path, owner, fingerprints);
    }
    for (const column of stale)
      if (this.#columns[column]?.type === columns[column]?.type) this.#stale.delete(column);
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => {});
    return result;
  }
}
