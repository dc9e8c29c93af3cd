import * as fs from 'node:fs';
import { SicError } from '../problems/sic-error.ts';
import type { Hash64 } from './accepted.ts';
import { BlockTable, type KeptBlocks, layoutsFrom, layoutsText, wordsPerBlock } from './accepted-blocks.ts';
import type { WriteRecords } from './accepted-order.ts';
import { type Fingerprints, loadFingerprints } from './fingerprint.ts';
import { RecordTable, recordsPerPage, wordsPerRecord } from './record-table.ts';
import { replaceFile } from './replace-file.ts';
import { stateError, systemCode } from './state-error.ts';

/*
 * The file, all of it little-endian 32-bit words:
 *
 *   header   16 words: 0-1 magic, 2 format version, 3 records, 4-5 hash of the tenant's name, 6-7 XXH64 of the header (with
 *            these two words 0) and the tail, 8 blocks, 9 bytes of the layouts, 10-11 XXH64 of the records, rest 0
 *   records  6 words each: key, raw, content; each low half first
 *   tail     8 words a block (accepted-blocks.ts), then the layouts as JSON
 *
 * 24 bytes a record, and a fifth of a byte for its block. Header and tail tell whether anything is new in a file; the
 * records are read when that is so.
 */
const magic = [0x41434953, 0x50454343] as const; // "SICACCEP"
const formatVersion = 2;
const headerWords = 16;
const headerBytes = headerWords * 4;

interface Tail extends KeptBlocks {
  readonly owner: Hash64;
  readonly size: number;
  readonly sumOfRecords: Hash64;
}

/** A file of accepted records, open for reading: what it said stays so when another one takes its place. */
export class AcceptedFile {
  readonly owner: Hash64;
  readonly blocks: KeptBlocks;
  /** Records in it. */
  readonly size: number;
  readonly #path: string;
  readonly #sumOfRecords: Hash64;
  readonly #fingerprints: Fingerprints;
  #descriptor: number | null;

  private constructor(descriptor: number, path: string, tail: Tail, fingerprints: Fingerprints) {
    this.owner = tail.owner;
    this.blocks = tail;
    this.size = tail.size;
    this.#path = path;
    this.#sumOfRecords = tail.sumOfRecords;
    this.#fingerprints = fingerprints;
    this.#descriptor = descriptor;
  }

  /** null: there is none, or it is of an older sic. Throws SicError 'state' for damage, and for one of a newer sic. */
  static async open(path: string): Promise<AcceptedFile | null> {
    const fingerprints = await loadFingerprints();
    return attempt(path, () => {
      const descriptor = openIfThere(path);
      if (descriptor === null) return null;
      let file: AcceptedFile | null = null;
      try {
        const tail = readTail(descriptor, path, fingerprints);
        file = tail && new AcceptedFile(descriptor, path, tail, fingerprints);
        return file;
      } finally {
        if (file === null) fs.closeSync(descriptor);
      }
    });
  }

  /** All records; once. Throws SicError 'state' for damage. */
  records(): RecordTable {
    return attempt(this.#path, () => {
      const descriptor = this.#descriptor;
      if (descriptor === null) throw new Error('the file of accepted records is closed');
      const checksum = this.#fingerprints.checksum();
      const pages: Uint32Array[] = [];
      for (let first = 0; first < this.size; first += recordsPerPage) {
        const count = Math.min(recordsPerPage, this.size - first);
        const position = headerBytes + first * wordsPerRecord * 4;
        const page = readWords(descriptor, this.#path, position, count * wordsPerRecord);
        checksum.add(bytesOf(page));
        pages.push(page);
      }
      if (!isSame(checksum.end(), this.#sumOfRecords)) throw damaged(this.#path);
      return new RecordTable(pages, this.size);
    });
  }

  close(): void {
    if (this.#descriptor !== null) fs.closeSync(this.#descriptor);
    this.#descriptor = null;
  }
}

/**
 * Replaces the file. Throws SicError 'state'.
 * @param order hands the records over in their new order, and answers the blocks that they make up in it
 */
export async function writeAccepted(
  path: string,
  owner: Hash64,
  table: RecordTable,
  order: (write: WriteRecords) => KeptBlocks,
): Promise<void> {
  const fingerprints = await loadFingerprints();
  await replaceFile(path, file => {
    // Without a pause between first and last byte: what is accepted meanwhile is wholly in the file or not at all.
    let position = headerBytes;
    const append = (bytes: Uint8Array): void => {
      writeAll(file.fd, bytes, position);
      position += bytes.length;
    };
    const sumOfRecords = fingerprints.checksum();
    const copier = table.copier(piece => {
      sumOfRecords.add(bytesOf(piece));
      append(bytesOf(piece));
    });
    const { blocks, layouts } = order(copier.add);
    copier.end();
    const tail = [bytesOf(blocks.words), layoutsText(layouts)] as const;
    const { lo, hi } = sumOfRecords.end();
    const records = (position - headerBytes) / 4 / wordsPerRecord;
    const header = new Uint32Array(headerWords);
    header.set([magic[0], magic[1], formatVersion, records, owner.lo, owner.hi, 0, 0]);
    header.set([blocks.length, tail[1].length, lo, hi], 8);
    const sumOfTail = fingerprints.checksum();
    sumOfTail.add(bytesOf(header));
    for (const bytes of tail) {
      sumOfTail.add(bytes);
      append(bytes);
    }
    const sum = sumOfTail.end();
    header.set([sum.lo, sum.hi], 6);
    writeAll(file.fd, bytesOf(header), 0);
  });
}

function readTail(descriptor: number, path: string, fingerprints: Fingerprints): Tail | null {
  const { size } = fs.fstatSync(descriptor);
  if (size < headerBytes || size % 4 !== 0) throw damaged(path);
  const header = readWords(descriptor, path, 0, headerWords);
  if (header[0] !== magic[0] || header[1] !== magic[1]) throw damaged(path);
  const [, , version = 0, records = 0, ...rest] = header;
  if (version > formatVersion) throw newer(path);
  if (version < formatVersion) return null;
  const [ownerLo = 0, ownerHi = 0, sumLo = 0, sumHi = 0, blocks = 0, layoutBytes = 0, lo = 0, hi = 0] = rest;
  const tailAt = headerBytes + records * wordsPerRecord * 4;
  const tailWords = blocks * wordsPerBlock + layoutBytes / 4;
  if (size !== tailAt + tailWords * 4) throw damaged(path);
  const tail = readWords(descriptor, path, tailAt, tailWords);
  header[6] = 0;
  header[7] = 0;
  const checksum = fingerprints.checksum();
  checksum.add(bytesOf(header));
  checksum.add(bytesOf(tail));
  const layouts = layoutsFrom(bytesOf(tail.subarray(blocks * wordsPerBlock)));
  if (!isSame(checksum.end(), { lo: sumLo, hi: sumHi }) || layouts === null) throw damaged(path);
  return {
    owner: { lo: ownerLo, hi: ownerHi },
    size: records,
    sumOfRecords: { lo, hi },
    layouts,
    blocks: new BlockTable(tail.subarray(0, blocks * wordsPerBlock)),
  };
}

function openIfThere(path: string): number | null {
  try {
    return fs.openSync(path, 'r');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null;
    throw error;
  }
}

function attempt<Result>(path: string, action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    throw stateError(path, 'read', error);
  }
}

function readWords(
  descriptor: number,
  path: string,
  position: number,
  count: number,
): Uint32Array<ArrayBuffer> {
  const bytes = Buffer.allocUnsafeSlow(count * 4);
  for (let at = 0; at < bytes.length; ) {
    const read = fs.readSync(descriptor, bytes, at, bytes.length - at, position + at);
    if (read === 0) throw damaged(path);
    at += read;
  }
  return new Uint32Array(bytes.buffer, bytes.byteOffset, count);
}

function writeAll(descriptor: number, bytes: Uint8Array, position: number): void {
  for (let at = 0; at < bytes.length; )
    at += fs.writeSync(descriptor, bytes, at, bytes.length - at, position + at);
}

function bytesOf(words: Uint32Array): Uint8Array {
  return new Uint8Array(words.buffer, words.byteOffset, words.byteLength);
}

function isSame(a: Hash64, b: Hash64): boolean {
  return a.lo === b.lo && a.hi === b.hi;
}

function damaged(path: string): SicError {
  return new SicError(
    'state',
    `${path} is damaged: what SuperOffice accepted before cannot be told from it.`,
    {
      hint: 'Remove that file. The next run then compares every row with SuperOffice, and writes only what differs.',
    },
  );
}

function newer(path: string): SicError {
  return new SicError('state', `${path} was written by a newer version of sic.`, {
    hint: 'Update sic. Or remove that file: the next run then compares every row with SuperOffice.',
  });
}
