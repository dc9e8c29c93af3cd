import { hexOf } from './fingerprint.ts';

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
