import { open } from 'node:fs/promises';
import type { Hash64 } from '../accepted.ts';
import type { Place } from '../column-sets.ts';
import type { Fingerprints } from '../fingerprint.ts';
import { replaceFile } from '../replace-file.ts';
import { stateError } from '../state-error.ts';
import type { FieldFile } from './file.ts';
import { extentOf, type Header, headerBytesOf, headerWords, mostSegments } from './header.ts';
import { type Source, writeMerged } from './merge.ts';
import type { Pending } from './pending.ts';
import { unknownHash } from './update.ts';
import { SegmentWriter, writeAll } from './writer.ts';

/** Segments up to so many records are merged with whatever follows: that costs next to nothing. */
const fewRecords = 1024;

export interface Commit {
  readonly path: string;
  /** null: none yet. */
  readonly old: FieldFile | null;
  readonly updates: Pending;
  readonly columns: readonly Place[];
  /** Columns of which the old file says nothing that still counts. */
  readonly stale: ReadonlySet<number>;
  readonly owner: Hash64;
  readonly fingerprints: Fingerprints;
}

/**
 * Makes updates durable: they and the segments that are not much larger than they become one new segment. So a record is
 * written again only when what came after it has grown to its size: a number of times that grows with the logarithm of the
 * file. Throws SicError 'state', and the file then is as it was.
 * @param beforeReplacing called when the file gives way to a new one: nobody may have it open then, or Windows refuses
 */
export async function commitUpdates(commit: Commit, beforeReplacing: () => Promise<void>): Promise<void> {
  const { old, stale } = commit;
  const merged = segmentsToMerge(commit);
  if (old && stale.size === 0 && merged < old.segments.length && old.header.isAppendable)
    await append(commit, old, merged);
  else await replace(commit, beforeReplacing);
}

/** How many segments of the old file, from the newest on, become one with the updates. */
function segmentsToMerge({ old, updates }: Commit): number {
  if (old === null) return 0;
  const { segments, header } = old;
  let records = updates.size;
  let merged = 0;
  for (const { place } of segments) {
    if (place.records > Math.max(records * 2, fewRecords)) break;
    records += place.records;
    merged++;
  }
  const live = segments.reduce((sum, { place }) => sum + extentOf(place).words, 0);
  const hasRoom = segments.length - merged < mostSegments;
  // What was merged before still takes room in the file, and is given back with the next one.
  return hasRoom && header.end <= live * 1.5 + headerWords ? merged : segments.length;
}

async function append(commit: Commit, old: FieldFile, merged: number): Promise<void> {
  const { path, updates, columns, owner, fingerprints } = commit;
  const { end, segments } = old.header;
  try {
    const file = await open(path, 'r+');
    try {
      // Left by a commit that was cut off.
      await file.truncate(end * 4);
      const writer = new SegmentWriter(file, end, columns, fingerprints);
      const sources = [updates.source(columns.length), ...old.segments.slice(0, merged)];
      await writeMerged(writer, { sources, width: columns.length, isAll: false });
      const place = await writer.end();
      await file.datasync();
      const header = {
        owner,
        end: end + extentOf(place).words,
        segments: [...segments.slice(0, segments.length - merged), place],
      };
      await writeAll(file, headerBytesOf(header, fingerprints), 0);
      await file.datasync();
    } finally {
      await file.close();
    }
  } catch (cause) {
    throw stateError(path, 'written', cause);
  }
}

async function replace(commit: Commit, beforeReplacing: () => Promise<void>): Promise<void> {
  const { path, old, updates, columns, stale, owner, fingerprints } = commit;
  await replaceFile(path, async file => {
    const writer = new SegmentWriter(file, headerWords, columns, fingerprints);
    const sources = [
      updates.source(columns.length),
      ...(old?.segments.map(source => without(stale, source)) ?? []),
    ];
    await writeMerged(writer, { sources, width: columns.length, isAll: true });
    const place = await writer.end();
    const header: Omit<Header, 'isAppendable'> = {
      owner,
      end: headerWords + extentOf(place).words,
      segments: [place],
    };
    await writeAll(file, headerBytesOf(header, fingerprints), 0);
    await beforeReplacing();
  });
}

/** The same records, of whose `stale` columns nobody can tell anything. */
function without(stale: ReadonlySet<number>, source: Source): Source {
  if (stale.size === 0) return source;
  const { width } = source;
  return {
    width,
    async *batches() {
      for await (const records of source.batches()) {
        for (const column of stale)
          if (column < width)
            for (let at = 2 + column; at < records.length; at += 2 + width) records[at] = unknownHash;
        yield records;
      }
    },
  };
}
