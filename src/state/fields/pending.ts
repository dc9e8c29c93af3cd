import type { Hash64 } from '../accepted.ts';
import { compareKeys } from './format.ts';
import { type FieldUpdate, unknownHash } from './update.ts';

interface Entry {
  readonly key: Hash64;
  readonly isNew: boolean;
  /** Column and hash, by turns: there may be tens of thousands of entries. */
  readonly pairs: Uint32Array;
}

/** Updates that are in no file yet, one entry a record. */
export class Pending {
  readonly #entries = new Map<string, Entry>();

  get size(): number {
    return this.#entries.size;
  }

  put(key: Hash64, { isNew, hashes }: FieldUpdate): void {
    const name = nameOf(key);
    const before = this.#entries.get(name);
    const all = before && !isNew ? new Map([...pairsOf(before), ...hashes]) : hashes;
    const pairs = new Uint32Array(all.size * 2);
    let at = 0;
    for (const [column, hash] of all) {
      pairs[at++] = column;
      pairs[at++] = hash;
    }
    this.#entries.set(name, { key, isNew: isNew || before?.isNew === true, pairs });
  }

  /** What is known of a record when its update is laid over what was known before, `width` columns of it. */
  over(key: Hash64, known: Uint32Array, width: number): Uint32Array {
    const entry = this.#entries.get(nameOf(key));
    return entry ? laidOver(entry, known, width) : known;
  }

  /** In the order of their keys, as a file has them. */
  sorted(): { readonly key: Hash64; over(known: Uint32Array, width: number): Uint32Array }[] {
    return [...this.#entries.values()]
      .sort((a, b) => compareKeys(a.key, b.key))
      .map(entry => ({ key: entry.key, over: (known, width) => laidOver(entry, known, width) }));
  }

  /** Takes over what came later. */
  putAll(later: Pending): void {
    for (const entry of later.#entries.values())
      this.put(entry.key, { isNew: entry.isNew, hashes: new Map(pairsOf(entry)) });
  }

  /** Nobody can tell any more what this column holds in any record. */
  forgetColumn(column: number): void {
    for (const { pairs } of this.#entries.values())
      for (let at = 0; at < pairs.length; at += 2) if (pairs[at] === column) pairs[at + 1] = unknownHash;
  }
}

function laidOver({ isNew, pairs }: Entry, known: Uint32Array, width: number): Uint32Array {
  const hashes = new Uint32Array(width);
  if (!isNew) hashes.set(known.subarray(0, width));
  for (let at = 0; at < pairs.length; at += 2) hashes[pairs[at] ?? 0] = pairs[at + 1] ?? unknownHash;
  return hashes;
}

function* pairsOf({ pairs }: Entry): Generator<[number, number], void, void> {
  for (let at = 0; at < pairs.length; at += 2) yield [pairs[at] ?? 0, pairs[at + 1] ?? unknownHash];
}

function nameOf({ lo, hi }: Hash64): string {
  return `${hi} ${lo}`;
}
