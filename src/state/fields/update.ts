import type { Fingerprints } from '../fingerprint.ts';
import { asBefore } from './format.ts';

/** Stands for a value that nobody can tell: a field with it is never in conflict. */
export const unknownHash = 0;

/** What became known of the fields of one record, as hashes of their values by column. */
export interface FieldUpdate {
  /** A new record: what was known of an earlier one with the same key counts no more. */
  readonly isNew: boolean;
  /** Columns that are not here stay as they are. */
  readonly hashes: ReadonlyMap<number, number>;
}

/** 32 bits of a value: enough to see that it is another one, all but once in four billion times. */
export function valueHash(value: string, fingerprints: Fingerprints): number {
  const { lo } = fingerprints.text(value);
  return lo === unknownHash || lo === asBefore ? 1 : lo;
}

/** The same fields, of which nobody can tell any more what they hold: a write of them did not come to a known end. */
export function inDoubt({ isNew, hashes }: FieldUpdate): FieldUpdate {
  return { isNew, hashes: new Map([...hashes.keys()].map(column => [column, unknownHash])) };
}

/** For the journal: `new 0.1z141z4 3.0`, column and hash in base 36. */
export function updateText({ isNew, hashes }: FieldUpdate): string {
  const pairs = [...hashes].map(([column, hash]) => `${column.toString(36)}.${hash.toString(36)}`);
  return [...(isNew ? ['new'] : []), ...pairs].join(' ');
}

/**
 * Reads it back; null for anything else.
 * @param columnOf what a column of the journal is called by whoever asks; null: nothing
 */
export function updateFrom(text: unknown, columnOf: (column: number) => number | null): FieldUpdate | null {
  if (typeof text !== 'string' || !/^(new)?( ?[0-9a-z]+\.[0-9a-z]+)*$/.test(text)) return null;
  const hashes = new Map<number, number>();
  for (const [, column = '', hash = ''] of text.matchAll(/([0-9a-z]+)\.([0-9a-z]+)/g)) {
    const known = columnOf(Number.parseInt(column, 36));
    if (known !== null) hashes.set(known, Number.parseInt(hash, 36) >>> 0);
  }
  return { isNew: text.startsWith('new'), hashes };
}
