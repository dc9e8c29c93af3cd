import { SicError } from '../../problems/sic-error.ts';
import type { Hash64 } from '../accepted.ts';
import type { Place } from '../column-sets.ts';

/*
 * The file `accepted-<Datatype>.fields`, all of it little-endian 32-bit words: a header, then segments. A commit appends a
 * segment of what became known and then writes the header anew, so it costs what changed; what stands behind the end that
 * the header tells is a commit that a crash cut off, and nothing of it is ever read.
 *
 *   header   128 words, a sector of a disk, which is written as a whole or not at all: see header.ts
 *   segment  blocks of equal size: as many whole records as fit into 4 KiB (the last one filled up with 0), then the XXH64
 *            of them. A record: key (low half first), then a hash per column. Sorted by key. Then its tail: the first key of
 *            each block, the columns as JSON, filled up with blanks to whole words
 *
 * A later segment goes before an earlier one. It may have more columns, never fewer, and none of another type.
 * One record is found with one read of one block of each segment; nothing but header and tails is read at a start.
 */
export const magic = [0x46434953, 0x53444c49] as const; // "SICFILDS"
export const formatVersion = 2;
const blockBytes = 4096;
/** In place of a hash: what an earlier segment says of that field still counts; none says anything: nobody can tell. */
export const asBefore = 0xffffffff;
export const noSeed: Hash64 = { lo: 0, hi: 0 };

/** How the records of a segment with so many columns are laid out. */
export interface FileLayout {
  readonly wordsPerRecord: number;
  readonly recordsPerBlock: number;
  /** Checksum included. */
  readonly wordsPerBlock: number;
}

export function layoutOf(columns: number): FileLayout {
  const wordsPerRecord = 2 + columns;
  const recordsPerBlock = Math.max(1, Math.floor((blockBytes / 4 - 2) / wordsPerRecord));
  return { wordsPerRecord, recordsPerBlock, wordsPerBlock: recordsPerBlock * wordsPerRecord + 2 };
}

/** The order of the records: below 0 when `a` comes first. */
export function compareKeys(a: Hash64, b: Hash64): number {
  return a.hi - b.hi || a.lo - b.lo;
}

/** Names of the columns as they stand in the tail. */
export function columnsText(columns: readonly Place[]): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify(columns.map(({ at, type }) => ({ at, type }))));
  const padded = new Uint8Array(Math.ceil(text.length / 4) * 4).fill(0x20);
  padded.set(text);
  return padded;
}

export function bytesOf(words: Uint32Array): Uint8Array {
  return new Uint8Array(words.buffer, words.byteOffset, words.byteLength);
}

const hint =
  'Remove that file. The next runs write as before, and see what users changed from then on in the records they look at.';

export function damaged(path: string): SicError {
  return new SicError(
    'state',
    `${path} is damaged: what users changed in SuperOffice cannot be told by it.`,
    {
      hint,
    },
  );
}

export function newer(path: string): SicError {
  return new SicError('state', `${path} was written by a newer version of sic.`, {
    hint: `Update sic. Or remove that file: ${hint.slice('Remove that file. '.length)}`.replace(
      ': The',
      ': the',
    ),
  });
}
