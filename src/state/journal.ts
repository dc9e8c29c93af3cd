import { appendFileSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parsed, readNdjson } from './ndjson.ts';
import { syncFolder } from './replace-file.ts';
import { stateError } from './state-error.ts';

/** The append-only record of a run's writes: an intent before each request, its outcome after. */
export interface Journal {
  /** Takes an entry. It is written soon, so that it outlives a kill; a power cut may take it until `durable` resolves. */
  append(entry: object): void;
  /**
   * Resolves when everything appended so far would survive a power cut. Callers at the same time share one fdatasync.
   * Rejects with SicError 'state', from then on always: a journal with a gap is no journal.
   */
  durable(): Promise<void>;
  /** Makes all of it durable and gives the file back. */
  close(): Promise<void>;
}

/** Opens a journal, new or left by a crash (its torn last line is cut off). Throws SicError 'state'. */
export async function openJournal(path: string): Promise<Journal> {
  try {
    const file = await open(path, 'a+', 0o600);
    try {
      await mendTail(file);
      await syncFolder(dirname(path));
    } catch (error) {
      await file.close();
      throw error;
    }
    return new FileJournal(file, path);
  } catch (cause) {
    throw stateError(path, 'written', cause);
  }
}

/** The entries of a journal. A torn last line is left out; any other broken line throws SicError 'state'. */
export function readJournal(path: string): AsyncIterable<unknown> {
  return readNdjson(path);
}

class FileJournal implements Journal {
  readonly #file: FileHandle;
  readonly #path: string;
  #pending: string[] = [];
  /** The write under way, and whether it ends with a sync. */
  #running: { readonly done: Promise<void>; readonly syncs: boolean } | null = null;
  /** Follows the write under way, for entries that came too late for it. */
  #next: Promise<void> | null = null;
  /** Something is written that a power cut would still take away. */
  #isUnsynced = false;
  #isScheduled = false;
  #failure: Error | null = null;

  constructor(file: FileHandle, path: string) {
    this.#file = file;
    this.#path = path;
  }

  append(entry: object): void {
    this.#pending.push(`${JSON.stringify(entry)}\n`);
    this.#writeSoon();
  }

  durable(): Promise<void> {
    if (this.#failure) return Promise.reject(this.#failure);
    if (this.#running === null) {
      if (this.#pending.length === 0 && !this.#isUnsynced) return Promise.resolve();
      return this.#start(true);
    }
    if (this.#pending.length === 0 && this.#running.syncs) return this.#running.done;
    this.#next ??= this.#running.done.then(() => {
      this.#next = null;
      return this.durable(); // not #start: another caller may have started a sync already, which then serves us too
    });
    return this.#next;
  }

  async close(): Promise<void> {
    try {
      await this.durable();
    } finally {
      await this.#file.close();
    }
  }

  /** Without being asked, so that a run that is killed leaves what it knew. A failure is told by the next caller who waits. */
  #writeSoon(): void {
    if (this.#isScheduled || this.#running !== null || this.#failure) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      if (this.#running === null && this.#pending.length > 0 && !this.#failure)
        this.#start(false).catch(() => {});
    });
  }

  #start(syncs: boolean): Promise<void> {
    const done = this.#write(syncs).finally(() => {
      this.#running = null;
      if (this.#pending.length > 0) this.#writeSoon();
    });
    this.#running = { done, syncs };
    return done;
  }

  async #write(syncs: boolean): Promise<void> {
    const text = this.#pending.join('');
    this.#pending = [];
    try {
      if (text !== '') {
        this.#isUnsynced = true;
        // Into memory of the system: quicker than to hand it to another thread, and no answer waits for it.
        appendFileSync(this.#file.fd, text);
      }
      if (!syncs) return;
      this.#isUnsynced = false;
      await this.#file.datasync();
    } catch (cause) {
      this.#failure = stateError(this.#path, 'written', cause);
      throw this.#failure;
    }
  }
}

/** Cuts off a last line without end, unless it is whole but for its newline. */
async function mendTail(file: FileHandle): Promise<void> {
  const { size } = await file.stat();
  const piece = Buffer.alloc(1 << 16);
  let end = size;
  let tail = Buffer.alloc(0);
  while (end > 0) {
    const from = Math.max(0, end - piece.length);
    const { bytesRead } = await file.read(piece, 0, end - from, from);
    const newline = piece.subarray(0, bytesRead).lastIndexOf(10);
    tail = Buffer.concat([piece.subarray(newline + 1, bytesRead), tail]);
    if (newline >= 0) {
      end = from + newline + 1;
      break;
    }
    end = from;
  }
  if (tail.length === 0) return;
  if (parsed(tail.toString('utf8')) === undefined) await file.truncate(end);
  else await file.appendFile('\n');
}
