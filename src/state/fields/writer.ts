import type { FileHandle } from 'node:fs/promises';
import type { Hash64 } from '../accepted.ts';
import type { Place } from '../column-sets.ts';
import type { Fingerprints } from '../fingerprint.ts';
import { bytesOf, columnsText, type FileLayout, layoutOf, noSeed } from './format.ts';
import { checksumOf, type SegmentPlace } from './header.ts';

/** Full blocks are held back until there are so many bytes of them. */
const bufferBytes = 1 << 18;

/** Writes a segment from its first record to its last. */
export class SegmentWriter {
  readonly #file: FileHandle;
  readonly #start: number;
  readonly #columns: readonly Place[];
  readonly #layout: FileLayout;
  readonly #fingerprints: Fingerprints;
  readonly #firstKeys: number[] = [];
  /** Blocks that are not written yet, the last of them begun. */
  readonly #buffer: Uint32Array;
  #block = 0;
  #inBlock = 0;
  #records = 0;
  /** Bytes. */
  #position: number;

  /** @param start where it begins in the file, in words */
  constructor(file: FileHandle, start: number, columns: readonly Place[], fingerprints: Fingerprints) {
    this.#file = file;
    this.#start = start;
    this.#position = start * 4;
    this.#columns = columns;
    this.#layout = layoutOf(columns.length);
    this.#fingerprints = fingerprints;
    const { wordsPerBlock } = this.#layout;
    this.#buffer = new Uint32Array(Math.ceil(bufferBytes / 4 / wordsPerBlock) * wordsPerBlock);
  }

  /** Takes the next record. Its keys must come in their order; `flush` when it is full. */
  add(key: Hash64, hashes: Uint32Array): void {
    const { wordsPerRecord, recordsPerBlock } = this.#layout;
    if (this.#inBlock === 0) this.#firstKeys.push(key.lo, key.hi);
    const at = this.#block + this.#inBlock * wordsPerRecord;
    this.#buffer[at] = key.lo;
    this.#buffer[at + 1] = key.hi;
    this.#buffer.set(hashes, at + 2);
    this.#records++;
    if (++this.#inBlock === recordsPerBlock) this.#endBlock();
  }

  get isFull(): boolean {
    return this.#block === this.#buffer.length;
  }

  async flush(): Promise<void> {
    await writeAll(this.#file, bytesOf(this.#buffer.subarray(0, this.#block)), this.#position);
    this.#position += this.#block * 4;
    this.#block = 0;
    this.#buffer.fill(0);
  }

  /** Where it stands now. */
  async end(): Promise<SegmentPlace> {
    if (this.#inBlock > 0) this.#endBlock();
    await this.flush();
    const names = columnsText(this.#columns);
    const tail = Buffer.concat([bytesOf(Uint32Array.from(this.#firstKeys)), names]);
    await writeAll(this.#file, tail, this.#position);
    return {
      start: this.#start,
      records: this.#records,
      columns: this.#columns.length,
      namesBytes: names.length,
      tailSum: await checksumOf(tail),
    };
  }

  #endBlock(): void {
    const { wordsPerBlock } = this.#layout;
    const end = this.#block + wordsPerBlock;
    const sum = this.#fingerprints.raw(bytesOf(this.#buffer.subarray(this.#block, end - 2)), noSeed);
    this.#buffer[end - 2] = sum.lo;
    this.#buffer[end - 1] = sum.hi;
    this.#block = end;
    this.#inBlock = 0;
  }
}

/** @param position bytes */
export async function writeAll(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, at, bytes.length - at, position + at);
    at += bytesWritten;
  }
}
