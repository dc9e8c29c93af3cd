import { SicError } from '../../problems/sic-error.ts';
import type { Hash64 } from '../accepted.ts';
import type { Place } from '../column-sets.ts';

/*
 * The file `accepted-<Datatype>.fields`, all of it little-endian 32-bit words:
 *
 *   header   16 words: 0-1 magic, 2 format version, 3 records, 4-5 hash of the tenant's name, 6-7 XXH64 of the header
 *            (with these two words 0) and the tail, 8 columns, 9 bytes of the columns' names, rest 0
 *   blocks   of equal size: as many whole records as fit into 4 KiB (the last one filled up with 0), then the XXH64 of them.
 *            A record: key (low half first), then a hash per column. Sorted by key
 *   tail     the first key of each block, then the columns as JSON, filled up with blanks to whole words
 *
 * One record is found with one read of one block; nothing but header and tail is read at a start.
 */
export const magic = [0x46434953, 0x53444c49] as const; // "SICFILDS"
export const formatVersion = 1;
export const headerWords = 16;
export const headerBytes = headerWords * 4;
const blockBytes = 4096;

/** How a file with so many columns is laid out. */
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
