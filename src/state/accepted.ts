export { openAccepted } from './open-accepted.ts';

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

/**
 * The records SuperOffice accepted last time, of one datatype of one profile. Equal raw bytes may only ever mean
 * *skip*; a doubt falls through to the next tier (design.md, section 7).
 */
export interface AcceptedStore {
  readonly size: number;
  /** Index of the accepted record with exactly these raw bytes, or -1. */
  findRaw(raw: Hash64): number;
  /** Index of the accepted record with this key, or -1. */
  findKey(key: Hash64): number;
  at(index: number): AcceptedRecord;
  /** Remembers a record as accepted; replaces what its key had. Nothing is durable before `commit`. */
  accept(record: AcceptedRecord): void;
  /** Forgets a key, so that its record is looked at again next time. */
  forget(key: Hash64): void;
  /** Forgets every key. */
  forgetAll(): void;
  /** Writes aside, fsyncs, renames. Does nothing when nothing was accepted or forgotten. */
  commit(): Promise<void>;
}
