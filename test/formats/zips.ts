import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import {
  configure,
  Uint8ArrayReader,
  Uint8ArrayWriter,
  ZipWriter,
  type ZipWriterConstructorOptions,
} from '@zip.js/zip.js';
import { onTestFinished } from 'vitest';
import { findInputFile, type InputFile } from '../../src/formats/input-file.ts';
import { openZip, type ZipArchive } from '../../src/formats/zip/archive.ts';
import type { ZipLimits } from '../../src/formats/zip/limits.ts';
import { temporaryFolder } from '../support/folders.ts';

export type Files = Readonly<Record<string, string | Uint8Array>>;

/** A zip as programs write it. */
export async function zipOf(files: Files, options: ZipWriterConstructorOptions = {}): Promise<Buffer> {
  configure({ useWebWorkers: false });
  const writer = new ZipWriter(new Uint8ArrayWriter(), options);
  for (const [name, content] of Object.entries(files))
    await writer.add(name, new Uint8ArrayReader(Buffer.from(content)), { directory: name.endsWith('/') });
  return Buffer.from(await writer.close());
}

/** An entry of which every field may be a lie. */
export interface RawEntry {
  readonly name: string | Uint8Array;
  readonly content?: string | Uint8Array;
  /** What stands in the file for the content; without it, the content deflated. */
  readonly data?: Uint8Array;
  readonly method?: number;
  readonly flags?: number;
  readonly crc?: number;
  readonly unpacked?: number;
  /** In the directory only. */
  readonly packed?: number;
  readonly offset?: number;
  readonly madeBy?: number;
  readonly attributes?: number;
  readonly extra?: Uint8Array;
}

/** A zip written by hand: local header, data, and directory as told. */
export function rawZip(entries: readonly RawEntry[], end: { readonly count?: number } = {}): Buffer {
  const pieces: Buffer[] = [];
  const directory: Buffer[] = [];
  let position = 0;
  for (const entry of entries) {
    const name = Buffer.from(entry.name);
    const content = Buffer.from(entry.content ?? '');
    const data = Buffer.from(entry.data ?? deflateRawSync(content));
    const extra = Buffer.from(entry.extra ?? []);
    const common = (packed: number): Buffer => {
      const fields = Buffer.alloc(26);
      fields.writeUInt16LE(20, 0);
      fields.writeUInt16LE(entry.flags ?? 0, 2);
      fields.writeUInt16LE(entry.method ?? 8, 4);
      fields.writeUInt32LE(0x5a21_0000, 6);
      fields.writeUInt32LE(entry.crc ?? crc32(content), 10);
      fields.writeUInt32LE(packed, 14);
      fields.writeUInt32LE(entry.unpacked ?? content.length, 18);
      fields.writeUInt16LE(name.length, 22);
      fields.writeUInt16LE(extra.length, 24);
      return fields;
    };
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(entry.attributes ?? 0, 6);
    tail.writeUInt32LE(entry.offset ?? position, 10);
    const madeBy = Buffer.alloc(2);
    madeBy.writeUInt16LE(entry.madeBy ?? 20);
    directory.push(
      Buffer.from('PK\x01\x02', 'latin1'),
      madeBy,
      common(entry.packed ?? data.length),
      tail,
      name,
      extra,
    );
    const local = Buffer.concat([
      Buffer.from('PK\x03\x04', 'latin1'),
      common(entry.packed ?? data.length),
      name,
      extra,
      data,
    ]);
    pieces.push(local);
    position += local.length;
  }
  const whole = Buffer.concat(directory);
  const last = Buffer.alloc(22);
  last.write('PK\x05\x06', 'latin1');
  last.writeUInt16LE(end.count ?? entries.length, 8);
  last.writeUInt16LE(end.count ?? entries.length, 10);
  last.writeUInt32LE(whole.length, 12);
  last.writeUInt32LE(position, 16);
  return Buffer.concat([...pieces, whole, last]);
}

export interface Opening {
  readonly password?: string | null;
  readonly limits?: Partial<ZipLimits>;
}

/** Opens these bytes as the file `orders.zip`. Closed with the test. */
export async function openBytes(bytes: Uint8Array, opening: Opening = {}): Promise<ZipArchive> {
  const path = join(await temporaryFolder(), 'orders.zip');
  writeFileSync(path, bytes);
  const archive = await openZip(await findInputFile(path, 'orders.zip'), {
    password: async () => opening.password ?? null,
    limits: opening.limits ?? {},
  });
  onTestFinished(() => archive.close());
  return archive;
}

export function contentOf(file: InputFile): Buffer {
  const content = Buffer.alloc(file.size);
  const descriptor = file.open();
  descriptor.read(content, 0, content.length, 0);
  descriptor.close();
  return content;
}

/** Name and content of every entry, in order. */
export async function unpackAll(archive: ZipArchive): Promise<[name: string, content: string][]> {
  const all: [string, string][] = [];
  for (const entry of archive.entries) {
    const file = await archive.unpack(entry);
    all.push([entry.name, contentOf(file).toString()]);
    file.discard();
  }
  return all;
}
