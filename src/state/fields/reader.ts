import { type FileHandle, open } from 'node:fs/promises';
import type { Hash64 } from '../accepted.ts';
import { isPlace, type Place } from '../column-sets.ts';
import { type Fingerprints, startChecksum } from '../fingerprint.ts';
import { parsed } from '../ndjson.ts';
import { stateError, systemCode } from '../state-error.ts';
import {
  bytesOf,
  compareKeys,
  damaged,
  type FileLayout,
  formatVersion,
  headerBytes,
  headerWords,
  layoutOf,
  magic,
  newer,
} from './format.ts';

const noSeed: Hash64 = { lo: 0, hi: 0 };
/** Blocks read at once when all of them are wanted. */
const blocksAtOnce = 256;

/** A file of field hashes, open for reading. All of it throws SicError 'state' for a damaged file. */
export class FieldFile {
  readonly columns: readonly Place[];
  readonly size: number;
  readonly #file: FileHandle;
  readonly #path: string;
  readonly #layout: FileLayout;
  /** The first key of each block. */
  readonly #firstKeys: Uint32Array;
  readonly #fingerprints: Fingerprints;

  private constructor(file: FileHandle, path: string, tail: Tail, fingerprints: Fingerprints) {
    this.#file = file;
    this.#path = path;
    this.columns = tail.columns;
    this.size = tail.size;
    this.#layout = layoutOf(tail.columns.length);
    this.#firstKeys = tail.firstKeys;
    this.#fingerprints = fingerprints;
  }

  /** null: there is no file, or it is another tenant's. A file of a newer sic throws SicError 'state' too. */
  static async open(path: string, owner: Hash64, fingerprints: Fingerprints): Promise<FieldFile | null> {
    const file = await open(path, 'r').catch((error: unknown) => {
      if (systemCode(error) === 'ENOENT') return null;
      throw stateError(path, 'read', error);
    });
    if (file === null) return null;
    try {
      const tail = await readTail(file, path, owner);
      if (tail) return new FieldFile(file, path, tail, fingerprints);
    } catch (error) {
      await file.close();
      throw stateError(path, 'read', error);
    }
    await file.close();
    return null;
  }

  /** The hashes of a record by column, or null when it is not known. */
  async find(key: Hash64): Promise<Uint32Array | null> {
    const block = this.#blockOf(key);
    if (block < 0) return null;
    const { wordsPerRecord } = this.#layout;
    const words = await this.#records(block, 1);
    for (let low = 0, high = words.length / wordsPerRecord - 1; low <= high; ) {
      const middle = (low + high) >> 1;
      const at = middle * wordsPerRecord;
      const order = compareKeys({ lo: words[at] ?? 0, hi: words[at + 1] ?? 0 }, key);
      if (order === 0) return words.subarray(at + 2, at + wordsPerRecord);
      if (order < 0) low = middle + 1;
      else high = middle - 1;
    }
    return null;
  }

  /** All records in order, some whole ones at a time. */
  async *all(): AsyncGenerator<Uint32Array, void, void> {
    const blocks = this.#firstKeys.length / 2;
    for (let block = 0; block < blocks; block += blocksAtOnce)
      yield await this.#records(block, Math.min(blocksAtOnce, blocks - block));
  }

  async close(): Promise<void> {
    await this.#file.close();
  }

  /** The only block that may hold the key; -1: none. */
  #blockOf(key: Hash64): number {
    const keys = this.#firstKeys;
    let low = 0;
    let high = keys.length / 2;
    while (low < high) {
      const middle = (low + high) >> 1;
      const first = { lo: keys[middle * 2] ?? 0, hi: keys[middle * 2 + 1] ?? 0 };
      if (compareKeys(first, key) <= 0) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /** The records of blocks that stand behind one another, each checked against its checksum. */
  async #records(block: number, count: number): Promise<Uint32Array> {
    const { wordsPerRecord, recordsPerBlock, wordsPerBlock } = this.#layout;
    const words = await readWords(
      this.#file,
      this.#path,
      headerBytes + block * wordsPerBlock * 4,
      count * wordsPerBlock,
    ).catch((error: unknown) => {
      throw stateError(this.#path, 'read', error);
    });
    const wordsOfRecords = wordsPerBlock - 2;
    const records = new Uint32Array(count * wordsOfRecords);
    for (let index = 0; index < count; index++) {
      const from = index * wordsPerBlock;
      const content = words.subarray(from, from + wordsOfRecords);
      const sum = this.#fingerprints.raw(bytesOf(content), noSeed);
      if (sum.lo !== words[from + wordsOfRecords] || sum.hi !== words[from + wordsOfRecords + 1])
        throw damaged(this.#path);
      records.set(content, index * wordsOfRecords);
    }
    const there = Math.min(count * recordsPerBlock, this.size - block * recordsPerBlock);
    return records.subarray(0, there * wordsPerRecord);
  }
}

interface Tail {
  readonly columns: readonly Place[];
  readonly size: number;
  readonly firstKeys: Uint32Array;
}

/** Header and tail, checked; null when the file is another tenant's. */
async function readTail(file: FileHandle, path: string, owner: Hash64): Promise<Tail | null> {
  const { size: fileSize } = await file.stat();
  if (fileSize < headerBytes || fileSize % 4 !== 0) throw damaged(path);
  const header = await readWords(file, path, 0, headerWords);
  if (header[0] !== magic[0] || header[1] !== magic[1]) throw damaged(path);
  if ((header[2] ?? 0) > formatVersion) throw newer(path);
  const [, , , size = 0, , , , , columnCount = 0, namesBytes = 0] = header;
  const { recordsPerBlock, wordsPerBlock } = layoutOf(columnCount);
  const blocks = Math.ceil(size / recordsPerBlock);
  const tailAt = headerBytes + blocks * wordsPerBlock * 4;
  if (namesBytes % 4 !== 0 || fileSize !== tailAt + blocks * 8 + namesBytes) throw damaged(path);
  const tail = await readWords(file, path, tailAt, blocks * 2 + namesBytes / 4);
  const [lo, hi] = [header[6], header[7]];
  header[6] = 0;
  header[7] = 0;
  const checksum = await startChecksum();
  checksum.add(bytesOf(header));
  checksum.add(bytesOf(tail));
  const sum = checksum.end();
  if (sum.lo !== lo || sum.hi !== hi) throw damaged(path);
  if (header[4] !== owner.lo || header[5] !== owner.hi) return null;
  const columns = parsed(new TextDecoder().decode(bytesOf(tail.subarray(blocks * 2))));
  if (!Array.isArray(columns) || columns.length !== columnCount || !columns.every(isPlace))
    throw damaged(path);
  return { columns, size, firstKeys: tail.subarray(0, blocks * 2) };
}

async function readWords(
  file: FileHandle,
  path: string,
  position: number,
  count: number,
): Promise<Uint32Array> {
  const bytes = new Uint8Array(count * 4);
  for (let at = 0; at < bytes.length; ) {
    const { bytesRead } = await file.read(bytes, at, bytes.length - at, position + at);
    if (bytesRead === 0) throw damaged(path);
    at += bytesRead;
  }
  return new Uint32Array(bytes.buffer);
}
