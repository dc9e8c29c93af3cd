import type { FileHandle } from 'node:fs/promises';
import type { Hash64 } from '../accepted.ts';
import { type Fingerprints, startChecksum } from '../fingerprint.ts';
import { bytesOf, damaged, formatVersion, layoutOf, magic, newer, noSeed } from './format.ts';

/*
 * Words of the header: 0-1 magic, 2 format version, 3 segments, 4-5 hash of the tenant's name, 6-7 XXH64 of the header with
 * these two words 0, 8 where the last segment ends, then from word 16 on per segment, the oldest first: where it starts,
 * records, columns, bytes of the columns' names, XXH64 of its tail. Places are counted in words. The rest is 0.
 */
export const headerWords = 128;
const firstPlaceAt = 16;
const wordsPerPlace = 6;
/** So many segments have room in a header. */
export const mostSegments = Math.floor((headerWords - firstPlaceAt) / wordsPerPlace);

/** Where a segment stands in its file, in words. */
export interface SegmentPlace {
  readonly start: number;
  readonly records: number;
  readonly columns: number;
  readonly namesBytes: number;
  readonly tailSum: Hash64;
}

export interface Header {
  readonly owner: Hash64;
  /** Behind the last segment, in words. */
  readonly end: number;
  /** The oldest first. */
  readonly segments: readonly SegmentPlace[];
  /** False for a file of the first format, which is written anew as a whole. */
  readonly isAppendable: boolean;
}

/** How many blocks a segment has, and how many words its blocks and all of it take. */
export function extentOf({ records, columns, namesBytes }: Omit<SegmentPlace, 'start' | 'tailSum'>) {
  const { recordsPerBlock, wordsPerBlock } = layoutOf(columns);
  const blocks = Math.ceil(records / recordsPerBlock);
  const wordsOfBlocks = blocks * wordsPerBlock;
  return { blocks, wordsOfBlocks, words: wordsOfBlocks + blocks * 2 + namesBytes / 4 };
}

export function headerBytesOf(header: Omit<Header, 'isAppendable'>, fingerprints: Fingerprints): Uint8Array {
  const { owner, end, segments } = header;
  const words = new Uint32Array(headerWords);
  words.set([magic[0], magic[1], formatVersion, segments.length, owner.lo, owner.hi, 0, 0, end]);
  for (const [index, { start, records, columns, namesBytes, tailSum }] of segments.entries())
    words.set(
      [start, records, columns, namesBytes, tailSum.lo, tailSum.hi],
      firstPlaceAt + index * wordsPerPlace,
    );
  const sum = fingerprints.raw(bytesOf(words), noSeed);
  words.set([sum.lo, sum.hi], 6);
  return bytesOf(words);
}

/** Throws SicError 'state' for a damaged file and for one of a newer sic. */
export async function readHeader(
  file: FileHandle,
  path: string,
  fingerprints: Fingerprints,
): Promise<Header> {
  // A second look: another run may be writing it just now.
  const header = (await lookAt(file, path, fingerprints)) ?? (await lookAt(file, path, fingerprints));
  if (header === null) throw damaged(path);
  return header;
}

async function lookAt(file: FileHandle, path: string, fingerprints: Fingerprints): Promise<Header | null> {
  const { size } = await file.stat();
  if (size < firstHeaderWords * 4) return null;
  const words = await readWords(file, path, 0, Math.min(headerWords, Math.floor(size / 4)));
  if (words[0] !== magic[0] || words[1] !== magic[1]) return null;
  const [, , version = 0, count = 0, lo = 0, hi = 0, sumLo, sumHi, end = 0] = words;
  if (version > formatVersion) throw newer(path);
  if (version !== formatVersion) return firstFormat(file, path, words, size);
  if (words.length < headerWords) return null;
  words.fill(0, 6, 8);
  const sum = fingerprints.raw(bytesOf(words), noSeed);
  if (sum.lo !== sumLo || sum.hi !== sumHi || size < end * 4 || count > mostSegments) return null;
  const segments = Array.from({ length: count }, (_, index): SegmentPlace => {
    const at = firstPlaceAt + index * wordsPerPlace;
    const [start = 0, records = 0, columns = 0, namesBytes = 0, tailLo = 0, tailHi = 0] = words.subarray(at);
    return { start, records, columns, namesBytes, tailSum: { lo: tailLo, hi: tailHi } };
  });
  return { owner: { lo, hi }, end, segments, isAppendable: true };
}

const firstHeaderWords = 16;

/** One segment behind a shorter header, with one checksum for its tail and the header (there 6-7 too, 8 columns, 9 names). */
async function firstFormat(
  file: FileHandle,
  path: string,
  words: Uint32Array,
  size: number,
): Promise<Header | null> {
  const header = words.slice(0, firstHeaderWords);
  const [, , , records = 0, lo = 0, hi = 0, sumLo, sumHi, columns = 0, namesBytes = 0] = header;
  const { words: length, wordsOfBlocks } = extentOf({ records, columns, namesBytes });
  const end = firstHeaderWords + length;
  if (namesBytes % 4 !== 0 || size !== end * 4) return null;
  const tailAt = firstHeaderWords + wordsOfBlocks;
  const tail = await readWords(file, path, tailAt, end - tailAt);
  header.fill(0, 6, 8);
  const sum = await checksumOf(bytesOf(header), bytesOf(tail));
  if (sum.lo !== sumLo || sum.hi !== sumHi) return null;
  const tailSum = await checksumOf(bytesOf(tail));
  const segment = { start: firstHeaderWords, records, columns, namesBytes, tailSum };
  return { owner: { lo, hi }, end, segments: [segment], isAppendable: false };
}

export async function checksumOf(...pieces: readonly Uint8Array[]): Promise<Hash64> {
  const checksum = await startChecksum();
  for (const piece of pieces) checksum.add(piece);
  return checksum.end();
}

/** `count` words from the word `at` on. Throws SicError 'state' when the file ends before. */
export async function readWords(
  file: FileHandle,
  path: string,
  at: number,
  count: number,
): Promise<Uint32Array> {
  const bytes = new Uint8Array(count * 4);
  for (let done = 0; done < bytes.length; ) {
    const { bytesRead } = await file.read(bytes, done, bytes.length - done, at * 4 + done);
    if (bytesRead === 0) throw damaged(path);
    done += bytesRead;
  }
  return new Uint32Array(bytes.buffer);
}
