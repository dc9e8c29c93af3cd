import { hexOf } from './fingerprint.ts';

export { openAccepted, readAcceptedBlocks } from './open-accepted.ts';

/** 64 bits as two unsigned 32-bit halves, so that millions fit in typed arrays without bigint boxes. */
export interface Hash64 {
  readonly lo: number;
  readonly hi: number;
}

/** What is remembered of a record that SuperOffice accepted. */
export interface AcceptedRecord {
  readonly key: Hash64;
  readonly raw: Hash64;
  readonly content: Hash64;
}

/** An accepted record as a text: key, raw and content in hexadecimal. */
export function acceptanceText({ key, raw, content }: AcceptedRecord): string {
  return [key, raw, content].map(hexOf).join('');
}

/** Reads it back; null for anything else. */
export function acceptanceFrom(text: unknown): AcceptedRecord | null {
  if (typeof text !== 'string' || !/^[0-9a-f]{48}$/.test(text)) return null;
  const [key, raw, content] = [0, 16, 32].map(at => hashFrom(text.slice(at, at + 16)));
  return key && raw && content ? { key, raw, content } : null;
}

function hashFrom(text: string): Hash64 {
  return { hi: Number.parseInt(text.slice(0, 8), 16), lo: Number.parseInt(text.slice(8), 16) };
}

/** A run of records that stood together in a file, with what tells its bytes again (see `Block` in formats). */
export interface AcceptedBlock {
  /** Index of its first record; the others follow. */
  readonly first: number;
  readonly records: number;
  readonly length: number;
  readonly ordinals: number;
  readonly hash: Hash64;
  readonly start: number;
  readonly isOpen: boolean;
}

/** What blocks of one file have in common. */
export interface AcceptedLayout {
  /** Of what decides where records end. */
  readonly layout: Hash64;
  /** Of what decides what the bytes of a record mean. */
  readonly meaning: Hash64;
  readonly columns: readonly string[];
}

/** A block of a file of this run. */
export interface ArrangedBlock {
  readonly block: Omit<AcceptedBlock, 'first'>;
  /** Index of the first of its records, which stand together; or of each, counted from 1, 0 where it was not accepted. */
  readonly at: number | Int32Array;
}

/**
 * The records SuperOffice accepted last time, of one datatype of one profile. Equal raw bytes may only ever mean
 * *skip*; a doubt falls through to the next tier (design.md, section 7). Indexes stay the same as long as the store is
 * open. `near` is where a record is looked for first.
 */
export interface AcceptedStore {
  readonly size: number;
  /**
   * Reads the records, where that was not done yet: whatever is asked of one does it too. Throws SicError 'state' for
   * damaged ones.
   */
  load(): void;
  /** Gives the file back. Nothing may be asked afterwards. */
  close(): void;
  /** Index of the accepted record with exactly these raw bytes, or -1. */
  findRaw(raw: Hash64): number;
  /** The same for many, given the halves of their hashes: those from `from` up to, not including, `to`. */
  findRaws(lo: Uint32Array, hi: Uint32Array, from: number, to: number, found: Int32Array): void;
  /** The same for one at `near` or a few records behind it, which costs nothing. */
  findRawNear(lo: number, hi: number, near: number): number;
  /** True when the record at this index has exactly these raw bytes. */
  holdsRaw(index: number, lo: number, hi: number): boolean;
  /** Index of the accepted record with this key, or -1. */
  findKey(key: Hash64, near?: number): number;
  at(index: number): AcceptedRecord;
  /** Remembers a record as accepted; replaces what its key had. Answers its index. Nothing is durable before `commit`. */
  accept(record: AcceptedRecord, near?: number): number;
  /** Forgets a key, so that its record is looked at again next time. */
  forget(key: Hash64, near?: number): void;
  /** Forgets every key. */
  forgetAll(): void;
  /** Blocks with these bytes were all there at the last commit, whatever they meant. */
  holdsAll(blocks: readonly Pick<AcceptedBlock, 'hash' | 'length'>[]): boolean;
  /** A block of the last commit with these bytes and that meaning, all of whose records still stand as they did; or null. */
  findBlock(meaning: Hash64, block: Pick<AcceptedBlock, 'hash' | 'length'>): AcceptedBlock | null;
  /** Takes where the records of a file are, in its order, once it was read: the next commit keeps them so. */
  arrange(layout: AcceptedLayout, blocks: readonly ArrangedBlock[]): void;
  /** Writes aside, fsyncs, renames. Does nothing when nothing was accepted, forgotten or arranged anew. */
  commit(): Promise<void>;
}
