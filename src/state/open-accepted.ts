import { writeSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { SicError } from '../problems/sic-error.ts';
import type { AcceptedStore, Hash64 } from './accepted.ts';
import {
  blocksOf,
  type KeptBlocks,
  layoutsFrom,
  layoutsText,
  noBlocks,
  wordsOf,
  wordsPerBlock,
} from './accepted-blocks.ts';
import type { Order } from './accepted-order.ts';
import { TableStore } from './accepted-store.ts';
import { loadFingerprints, startChecksum } from './fingerprint.ts';
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
 * 24 bytes a record, and a fifth of a byte for its block.
 */
const magic = [0x41434953, 0x50454343] as const; // "SICACCEP"
const formatVersion = 2;
const headerWords = 16;
const headerBytes = headerWords * 4;

function pathIn(folder: string, datatype: string): string {
  return join(folder, `accepted-${datatype}`);
}

/**
 * Opens what a tenant accepted of a datatype. No file, or one of another tenant: empty. Throws SicError 'state' for a
 * damaged file and for one of a newer sic: an unreadable memory must never pass for "nothing changed".
 * @param tenant null when SuperOffice is not asked: whoever's memory is there counts, and nothing can be committed
 */
export async function openAccepted(
  folder: string,
  datatype: string,
  tenant: string | null,
): Promise<AcceptedStore> {
  const path = pathIn(folder, datatype);
  const owner = tenant === null ? null : (await loadFingerprints()).text(tenant);
  const read = await reading(path, async file => {
    const tail = await readTail(file, path);
    const records = tail && (await readRecords(file, tail, path));
    return tail && records && isOf(tail, owner) ? { records, blocks: tail } : null;
  });
  return new TableStore(
    read?.records ?? new RecordTable(),
    read?.blocks ?? noBlocks,
    async (records, order) => {
      if (owner === null) throw new Error('without a tenant nothing can be accepted');
      await save(path, owner, records, order);
    },
  );
}

/** The blocks of the last commit, whoever's they are. None where they cannot be read: whoever opens the store says why. */
export async function readAcceptedBlocks(folder: string, datatype: string): Promise<KeptBlocks> {
  const path = pathIn(folder, datatype);
  return (await reading(path, file => readTail(file, path)).catch(() => null)) ?? noBlocks;
}

/** null: there is no file. */
async function reading<Result>(
  path: string,
  read: (file: FileHandle) => Promise<Result>,
): Promise<Result | null> {
  const file = await open(path, 'r').catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return null;
    throw stateError(path, 'read', error);
  });
  if (file === null) return null;
  try {
    return await read(file);
  } catch (error) {
    throw stateError(path, 'read', error);
  } finally {
    await file.close();
  }
}

interface Tail extends KeptBlocks {
  readonly owner: Hash64;
  readonly records: number;
  readonly sumOfRecords: Hash64;
}

function isOf(tail: Tail, owner: Hash64 | null): boolean {
  return owner === null || (tail.owner.lo === owner.lo && tail.owner.hi === owner.hi);
}

/** All but the records; null: it is of an older sic, and counts as none. */
async function readTail(file: FileHandle, path: string): Promise<Tail | null> {
  const { size } = await file.stat();
  if (size < headerBytes || size % 4 !== 0) throw damaged(path);
  const header = await readWords(file, path, 0, headerWords);
  if (header[0] !== magic[0] || header[1] !== magic[1]) throw damaged(path);
  const [, , version = 0, records = 0, ...rest] = header;
  if (version > formatVersion) throw newer(path);
  if (version < formatVersion) return null;
  const [ownerLo = 0, ownerHi = 0, sumLo, sumHi, blocks = 0, layoutBytes = 0, lo = 0, hi = 0] = rest;
  const tailAt = headerBytes + records * wordsPerRecord * 4;
  const tailWords = blocks * wordsPerBlock + layoutBytes / 4;
  if (size !== tailAt + tailWords * 4) throw damaged(path);
  const tail = await readWords(file, path, tailAt, tailWords);
  header[6] = 0;
  header[7] = 0;
  const sum = await checksumOf([header, tail]);
  const layouts = layoutsFrom(bytesOf(tail.subarray(blocks * wordsPerBlock)));
  if (sum.lo !== sumLo || sum.hi !== sumHi || layouts === null) throw damaged(path);
  return {
    owner: { lo: ownerLo, hi: ownerHi },
    records,
    sumOfRecords: { lo, hi },
    layouts,
    blocks: blocksOf(tail.subarray(0, blocks * wordsPerBlock)),
  };
}

async function readRecords(file: FileHandle, tail: Tail, path: string): Promise<RecordTable> {
  const pages: Uint32Array[] = [];
  for (let first = 0; first < tail.records; first += recordsPerPage) {
    const count = Math.min(recordsPerPage, tail.records - first);
    const position = headerBytes + first * wordsPerRecord * 4;
    pages.push(await readWords(file, path, position, count * wordsPerRecord));
  }
  const sum = await checksumOf(pages);
  if (sum.lo !== tail.sumOfRecords.lo || sum.hi !== tail.sumOfRecords.hi) throw damaged(path);
  return new RecordTable(pages, tail.records);
}

async function readWords(
  file: FileHandle,
  path: string,
  position: number,
  count: number,
): Promise<Uint32Array> {
  const bytes = Buffer.allocUnsafeSlow(count * 4);
  for (let at = 0; at < bytes.length; ) {
    const { bytesRead } = await file.read(bytes, at, bytes.length - at, position + at);
    if (bytesRead === 0) throw damaged(path);
    at += bytesRead;
  }
  return new Uint32Array(bytes.buffer, bytes.byteOffset, count);
}

async function save(
  path: string,
  owner: Hash64,
  table: RecordTable,
  { ranges, blocks, layouts }: Order,
): Promise<void> {
  const sumOfRecords = await startChecksum();
  const sumOfTail = await startChecksum();
  const tail = [bytesOf(wordsOf(blocks)), layoutsText(layouts)] as const;
  await replaceFile(path, file => {
    // Without a pause between first and last byte: what is accepted meanwhile is wholly in the file or not at all.
    let position = headerBytes;
    const append = (bytes: Uint8Array): void => {
      writeAll(file.fd, bytes, position);
      position += bytes.length;
    };
    for (const piece of table.pieces(ranges)) {
      sumOfRecords.add(bytesOf(piece));
      append(bytesOf(piece));
    }
    const { lo, hi } = sumOfRecords.end();
    const records = (position - headerBytes) / 4 / wordsPerRecord;
    const header = new Uint32Array(headerWords);
    header.set([magic[0], magic[1], formatVersion, records, owner.lo, owner.hi, 0, 0]);
    header.set([blocks.length, tail[1].length, lo, hi], 8);
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

async function checksumOf(parts: readonly Uint32Array[]): Promise<Hash64> {
  const checksum = await startChecksum();
  for (const part of parts) checksum.add(bytesOf(part));
  return checksum.end();
}

function writeAll(descriptor: number, bytes: Uint8Array, position: number): void {
  for (let at = 0; at < bytes.length; )
    at += writeSync(descriptor, bytes, at, bytes.length - at, position + at);
}

function bytesOf(words: Uint32Array): Uint8Array {
  return new Uint8Array(words.buffer, words.byteOffset, words.byteLength);
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
