import { canonical } from '../mapping/canonical.ts';
import type { Row } from '../mapping/row.ts';
import { type AcceptedStore, acceptanceText, type Hash64 } from '../state/accepted.ts';
import { overlap, type Place } from '../state/column-sets.ts';
import type { Fingerprints } from '../state/fingerprint.ts';
import type { Input } from './inputs.ts';
import { hashOfSet, type Memory, mixed } from './memory.ts';
import { writtenPlaces } from './places.ts';

export function sameHash(a: Hash64, b: Hash64): boolean {
  return a.lo === b.lo && a.hi === b.hi;
}

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
  readonly #layout: Hash64;
  readonly #policy: Hash64;
  readonly #set: Hash64;
  /** Other sets of columns that write some of the same places. */
  readonly #rivals: readonly Hash64[];

  private constructor(input: Input, rules: DeltaRules, { store, sets }: Memory, places: readonly Place[]) {
    const { fingerprints } = rules;
    this.#fingerprints = fingerprints;
    this.#store = store;
    this.#ignore = rules.ignore || sets.find(places) === null;
    this.#policy = fingerprints.text(rules.policy);
    this.#set = hashOfSet(places, fingerprints);
    this.#layout = fingerprints.text(
      `${input.records.layout}\n${input.plan.fingerprint}\n${this.#set.lo} ${this.#set.hi}`,
      this.#policy,
    );
    this.#rivals = sets.all
      .filter(set => overlap(set, places))
      .map(set => hashOfSet(set, fingerprints))
      .filter(set => !sameHash(set, this.#set));
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
    return this.#fingerprints.text(canonical(row), this.#policy);
  }

  /** The key of the accepted record with these bytes, or null when its bytes are new. */
  acceptedKey(raw: Hash64): Hash64 | null {
    if (this.#ignore) return null;
    const index = this.#store.findRaw(raw);
    return index < 0 ? null : mixed(this.#store.at(index).key, this.#set);
  }

  /** True when the record with this key was accepted with this content. */
  isAccepted(key: Hash64, content: Hash64): boolean {
    if (this.#ignore) return false;
    const index = this.#store.findKey(mixed(key, this.#set));
    return index >= 0 && sameHash(this.#store.at(index).content, content);
  }

  accept(key: Hash64, raw: Hash64, content: Hash64): void {
    this.#store.accept({ key: mixed(key, this.#set), raw, content });
  }

  /** The same as a text, for the journal: a run that is killed leaves in it what it got accepted. */
  acceptance(key: Hash64, raw: Hash64, content: Hash64): string {
    return acceptanceText({ key: mixed(key, this.#set), raw, content });
  }

  /**
   * Call it before a record may be written: from then on nobody knows what SuperOffice holds, until `accept` says so.
   * Files with other columns that write the same places have to look at the record again as well.
   */
  doubt(key: Hash64): void {
    this.#store.forget(mixed(key, this.#set));
    for (const set of this.#rivals) this.#store.forget(mixed(key, set));
  }
}
