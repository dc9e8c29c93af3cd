import type { FileHandle } from 'node:fs/promises';
import type { Hash64 } from '../accepted.ts';
import type { Place } from '../column-sets.ts';
import { type Fingerprints, startChecksum } from '../fingerprint.ts';
import {
  bytesOf,
  columnsText,
  type FileLayout,
  formatVersion,
  headerBytes,
  headerWords,
  layoutOf,
  magic,
} from './format.ts';

const noSeed: Hash64 = { lo: 0, hi: 0 };
/** Full blocks held back until there are so many bytes of them. */
const flushAt = 1 << 20;

/** Writes a file of field hashes from its first record to its last. */
export class FieldWriter {
  readonly #file: FileHandle;
  readonly #columns: readonly Place[];
  readonly #layout: FileLayout;
  readonly #fingerprints: Fingerprints;
  readonly #firstKeys: number[] = [];
  #block: Uint32Array;
  #inBlock = 0;
  #size = 0;
  #full: Uint8Array[] = [];
  #fullBytes = 0;
  #position = headerBytes;

  constructor(file: FileHandle, columns: readonly Place[], fingerprints: Fingerprints) {
    this.#file = file;
    this.#columns = columns;
    this.#layout = layoutOf(columns.length);
    this.#fingerprints = fingerprints;
    this.#block = new Uint32Array(this.#layout.wordsPerBlock);
  }

  /** Takes the next record; the hashes may be fewer than the columns. Its keys must come in their order. */
  add(key: Hash64, hashes: Uint32Array): void {
    const { wordsPerRecord, recordsPerBlock } = this.#layout;
    if (this.#inBlock === 0) this.#firstKeys.push(key.lo, key.hi);
    const at = this.#inBlock * wordsPerRecord;
    this.#block[at] = key.lo;
    this.#block[at + 1] = key.hi;
    this.#block.set(hashes, at + 2);
    this.#size++;
    if (++this.#inBlock === recordsPerBlock) this.#endBlock();
  }

  /** Call it now and then, so that memory stays flat. */
  async flush(atLeast: number = flushAt): Promise<void> {
    if (this.#fullBytes < atLeast) return;
    const bytes = Buffer.concat(this.#full);
    this.#full = [];
    this.#fullBytes = 0;
    await this.#write(bytes, this.#position);
    this.#position += bytes.length;
  }

  async end(owner: Hash64): Promise<void> {
    if (this.#inBlock > 0) this.#endBlock();
    await this.flush(1);
    const names = columnsText(this.#columns);
    const tail = Buffer.concat([bytesOf(Uint32Array.from(this.#firstKeys)), names]);
    const header = new Uint32Array(headerWords);
    header.set([magic[0], magic[1], formatVersion, this.#size, owner.lo, owner.hi, 0, 0]);
    header.set([this.#columns.length, names.length], 8);
    const checksum = await startChecksum();
    checksum.add(bytesOf(header));
    checksum.add(tail);
    const sum = checksum.end();
    header.set([sum.lo, sum.hi], 6);
    await this.#write(tail, this.#position);
    await this.#write(bytesOf(header), 0);
  }

  #endBlock(): void {
    const block = this.#block;
    const sum = this.#fingerprints.raw(bytesOf(block.subarray(0, -2)), noSeed);
    block.set([sum.lo, sum.hi], block.length - 2);
    this.#full.push(bytesOf(block));
    this.#fullBytes += block.byteLength;
    this.#block = new Uint32Array(this.#layout.wordsPerBlock);
    this.#inBlock = 0;
  }

  async #write(bytes: Uint8Array, position: number): Promise<void> {
    for (let at = 0; at < bytes.length; ) {
      const { bytesWritten } = await this.#file.write(bytes, at, bytes.length - at, position + at);
      at += bytesWritten;
    }
  }
}
