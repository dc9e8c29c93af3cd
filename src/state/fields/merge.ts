import type { FileHandle } from 'node:fs/promises';
import type { Hash64 } from '../accepted.ts';
import type { Place } from '../column-sets.ts';
import type { Fingerprints } from '../fingerprint.ts';
import { compareKeys } from './format.ts';
import type { Pending } from './pending.ts';
import type { FieldFile } from './reader.ts';
import { unknownHash } from './update.ts';
import { FieldWriter } from './writer.ts';

const nothing = new Uint32Array(0);

export interface Merge {
  /** null: none yet. */
  readonly old: FieldFile | null;
  readonly updates: Pending;
  readonly columns: readonly Place[];
  /** Columns of which the old file says nothing that still counts. */
  readonly stale: ReadonlySet<number>;
  readonly owner: Hash64;
  readonly fingerprints: Fingerprints;
}

/** Writes the old records and the updates into a new file, in the order of their keys. Memory holds the updates alone. */
export async function writeMerged(file: FileHandle, merge: Merge): Promise<void> {
  const { old, columns, stale } = merge;
  const width = columns.length;
  const writer = new FieldWriter(file, columns, merge.fingerprints);
  const updates = merge.updates.sorted();
  let next = 0;
  for await (const records of old?.all() ?? []) {
    const words = 2 + (old?.columns.length ?? 0);
    for (let at = 0; at < records.length; at += words) {
      const key = { lo: records[at] ?? 0, hi: records[at + 1] ?? 0 };
      const known = records.subarray(at + 2, at + words);
      for (const column of stale) if (column < known.length) known[column] = unknownHash;
      let update = updates[next];
      for (; update && compareKeys(update.key, key) < 0; update = updates[++next])
        writer.add(update.key, update.over(nothing, width));
      if (update && compareKeys(update.key, key) === 0) {
        writer.add(key, update.over(known, width));
        next++;
      } else writer.add(key, known);
    }
    await writer.flush();
  }
  for (let update = updates[next]; update; update = updates[++next]) {
    writer.add(update.key, update.over(nothing, width));
    if (next % 4096 === 0) await writer.flush();
  }
  await writer.end(merge.owner);
}
