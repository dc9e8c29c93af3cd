import { canonical } from '../mapping/canonical.ts';
import type { Row } from '../mapping/row.ts';
import type { AcceptedStore, Hash64 } from '../state/accepted.ts';
import type { Fingerprints } from '../state/fingerprint.ts';
import type { Input } from './inputs.ts';

export function sameHash(a: Hash64, b: Hash64): boolean {
  return a.lo === b.lo && a.hi === b.hi;
}

/**
 * Tells whether a record is what SuperOffice accepted last time, by two tiers: its raw bytes, then its mapped content
 * (design.md, section 7). The raw fingerprint is seeded with everything else that decides what the bytes mean, so a
 * changed header, mapping or list policy makes every record differ, and equal bytes really mean *skip*.
 */
export class Delta {
  readonly #fingerprints: Fingerprints;
  readonly #store: AcceptedStore;
  readonly #ignore: boolean;
  readonly #layout: Hash64;
  readonly #policy: Hash64;
  readonly #fieldSet: Hash64;

  /** `ignore`: nothing counts as accepted (`--full`), but acceptance is still remembered. */
  constructor(
    input: Input,
    policy: string,
    store: AcceptedStore,
    fingerprints: Fingerprints,
    ignore: boolean,
  ) {
    this.#fingerprints = fingerprints;
    this.#store = store;
    this.#ignore = ignore;
    this.#policy = fingerprints.text(policy);
    this.#layout = fingerprints.text(`${input.records.layout}\n${input.plan.fingerprint}`, this.#policy);
    this.#fieldSet = fingerprints.text(
      input.plan.fields
        .map(field => field.name)
        .sort()
        .join('\n'),
    );
  }

  raw(record: Uint8Array): Hash64 {
    return this.#fingerprints.raw(record, this.#layout);
  }

  key(key: string): Hash64 {
    return this.#fingerprints.text(key);
  }

  content(row: Row): Hash64 {
    return this.#fingerprints.text(canonical(row), this.#policy);
  }

  /** The key of the accepted record with these bytes, or null when its bytes are new. */
  acceptedKey(raw: Hash64): Hash64 | null {
    if (this.#ignore) return null;
    const index = this.#store.findRaw(raw);
    return index < 0 ? null : this.#mix(this.#store.at(index).key);
  }

  /** True when the record with this key was accepted with this content. */
  isAccepted(key: Hash64, content: Hash64): boolean {
    if (this.#ignore) return false;
    const index = this.#store.findKey(this.#mix(key));
    return index >= 0 && sameHash(this.#store.at(index).content, content);
  }

  accept(key: Hash64, raw: Hash64, content: Hash64): void {
    this.#store.accept({ key: this.#mix(key), raw, content });
  }

  forget(key: Hash64): void {
    this.#store.forget(this.#mix(key));
  }

  /**
   * Files with different columns may speak of the same records (prices nightly, addresses weekly): each set of
   * columns has its own memory of a key. XOR is its own inverse, so the plain key can be had back.
   */
  #mix(key: Hash64): Hash64 {
    return { lo: (key.lo ^ this.#fieldSet.lo) >>> 0, hi: (key.hi ^ this.#fieldSet.hi) >>> 0 };
  }
}
