import { createHash, randomUUID } from 'node:crypto';
import {
  createReadStream,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import type { Database } from './database.ts';
import { hasCode } from './lock.ts';

/** Bytes that came whole and belong to no record yet. */
export interface Upload {
  /** Where they lie until a record takes them. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Hexadecimal, lower case. */
  readonly sha256: string;
}

/** Bytes on their way out. Who does not send the stream must destroy it. */
export interface StoredContent {
  /** Bytes. */
  readonly size: number;
  readonly stream: Readable;
}

/** The contents as one unit of work sees them. An id is that of a row in table `content`. */
export interface Contents {
  /** What the request brought; null when it brought no content. */
  readonly upload: Upload | null;
  /** Takes bytes into the store: they stay when the unit of work succeeds. Answers the content's id. */
  keep(upload: Upload): number;
  /** As `keep`, for contents that are small enough to be at hand. */
  write(bytes: Uint8Array): number;
  /** Bytes; undefined when there is no such content. */
  size(id: number): number | undefined;
  /** The content as it is now: a later change does not reach a stream that is open. undefined when there is none. */
  read(id: number): StoredContent | undefined;
  /** The bytes go when the unit of work succeeds. Nothing happens when there are none. */
  remove(id: number): void;
}

/** A unit of work: exactly one of the two ends it. */
export interface ContentWork extends Contents {
  commit(): void;
  rollback(): void;
}

/**
 * Files behind records: documents, attachments. Every content is a file of its own under its id, and a row in table
 * `content` that says it is there; a file without a row is none. So a content is there whole or not at all: bytes are
 * received into a file aside, take their place within the unit of work that writes the row, and what a killed process left
 * aside is swept up by the next one.
 */
export class ContentStore {
  readonly #database: Database;
  /** null: a temporary folder, made when the first content comes and gone with the store. */
  readonly #kept: string | null;
  #temporary: string | null = null;
  readonly #receiving = new Set<Promise<unknown>>();

  /** `folder`: where contents stay between runs; null: nowhere. The database must be loaded already. */
  constructor(database: Database, folder: string | null) {
    this.#database = database;
    this.#kept = folder === null ? null : resolve(folder);
    if (this.#kept !== null) this.#sweep(this.#kept);
  }

  /** Writes the chunks to a file aside. Rejects with what the chunks throw, and nothing is left then. */
  receive(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<Upload> {
    const receiving = receiveInto(this.#pathAside(), chunks);
    this.#receiving.add(receiving);
    const forget = () => this.#receiving.delete(receiving);
    receiving.then(forget, forget);
    return receiving;
  }

  begin(upload: Upload | null): ContentWork {
    return new OpenWork(this.#database, upload, {
      of: id => join(this.#folder(), String(id)),
      aside: () => this.#pathAside(),
    });
  }

  /** Ends when no upload writes any more. */
  async close(): Promise<void> {
    await Promise.allSettled(this.#receiving);
    if (this.#temporary !== null) rmSync(this.#temporary, { recursive: true, force: true });
    this.#temporary = null;
  }

  #folder(): string {
    if (this.#kept !== null) {
      mkdirSync(this.#kept, { recursive: true, mode: 0o700 });
      return this.#kept;
    }
    this.#temporary ??= mkdtempSync(join(tmpdir(), 'sic-contents-'));
    return this.#temporary;
  }

  #pathAside(): string {
    return join(this.#folder(), `aside-${randomUUID()}`);
  }

  #sweep(folder: string): void {
    const table = this.#database.table('content');
    for (const name of namesIn(folder))
      if (/^aside-/.test(name) || (/^\d+$/.test(name) && !table.get(Number(name))))
        rmSync(join(folder, name), { force: true });
  }
}

interface Paths {
  readonly of: (id: number) => string;
  readonly aside: () => string;
}

class OpenWork implements ContentWork {
  readonly upload: Upload | null;
  readonly #database: Database;
  readonly #paths: Paths;
  readonly #added: string[] = [];
  readonly #removed: string[] = [];

  constructor(database: Database, upload: Upload | null, paths: Paths) {
    this.#database = database;
    this.upload = upload;
    this.#paths = paths;
  }

  keep({ path, size, sha256 }: Upload): number {
    const id = this.#database.table('content').insert({ size, sha256 });
    const place = this.#paths.of(id);
    this.#added.push(place);
    renameSync(path, place);
    return id;
  }

  write(bytes: Uint8Array): number {
    const path = this.#paths.aside();
    writeFileSync(path, bytes, { flag: 'wx', mode: 0o600 });
    return this.keep({ path, size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') });
  }

  size(id: number): number | undefined {
    const size = this.#database.table('content').get(id)?.size;
    return typeof size === 'number' ? size : undefined;
  }

  read(id: number): StoredContent | undefined {
    const size = this.size(id);
    if (size === undefined) return undefined;
    // Opened at once: what holds the file open keeps its bytes, also when the record gets others.
    return { size, stream: createReadStream('', { fd: openSync(this.#paths.of(id), 'r') }) };
  }

  remove(id: number): void {
    if (this.#database.table('content').delete(id)) this.#removed.push(this.#paths.of(id));
  }

  commit(): void {
    this.#clean(this.#removed);
  }

  rollback(): void {
    this.#clean(this.#added);
  }

  #clean(paths: readonly string[]): void {
    for (const path of this.upload === null ? paths : [...paths, this.upload.path]) {
      try {
        rmSync(path, { force: true });
      } catch {
        // The request is decided; a file that stays is none without its row, and the next start sweeps it up.
      }
    }
  }
}

async function receiveInto(
  path: string,
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<Upload> {
  const hash = createHash('sha256');
  let size = 0;
  try {
    const file = await open(path, 'wx', 0o600);
    try {
      for await (const chunk of chunks) {
        size += chunk.length;
        hash.update(chunk);
        await file.writeFile(chunk);
      }
    } finally {
      await file.close();
    }
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
  return { path, size, sha256: hash.digest('hex') };
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  }
}
