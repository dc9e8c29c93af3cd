import {
  closeSync,
  fchmodSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { resolve } from 'node:path';
import { DataFileError } from './data-file-error.ts';
import type { ChangeSet, Database } from './database.ts';
import { hasCode, takeLock } from './lock.ts';
import { applyLine, linesOfChanges, linesOfDatabase, readHeader } from './log-format.ts';

/** What keeps the data of a sandbox between runs. */
export interface DataFile {
  /** False when there was no data yet: the caller seeds and then calls `rewrite`. */
  readonly hadContent: boolean;
  /** Writes the changes of one request. They survive the process (kill -9) once this returns; nothing is kept when it throws. */
  append(changes: ChangeSet): void;
  /** Replaces the file by one that holds the database as it is now. */
  rewrite(): void;
  close(): void;
}

/** Lines that may be obsolete before a file is rewritten on open: as many as there are rows, and never for a few. */
const toleratedWaste = 5_000;
const chunkSize = 4 * 1024 * 1024;
const newline = 0x0a;

/**
 * Opens or creates the file and loads it into `database`. The file is an append-only log of JSON lines: a header, then
 * changed rows `["contact",5,{…}]`, deletions `["contact",5,null]` and layouts, an empty line behind every request.
 * Throws DataFileError when another process has it open, when it is damaged and when it is of a newer version.
 */
export function openDataFile(path: string, database: Database): DataFile {
  const file = resolve(path);
  const release = takeLock(`${file}.lock`, `The sandbox data file ${file}`);
  let handle: number | undefined;
  try {
    handle = openPrivate(file);
    const loaded = load(file, handle, database);
    const opened = new OpenDataFile(file, handle, database, loaded.hadContent, release);
    if (loaded.lines > 2 * loaded.live + toleratedWaste) opened.rewrite();
    return opened;
  } catch (error) {
    if (handle !== undefined) closeSync(handle);
    release();
    throw error;
  }
}

class OpenDataFile implements DataFile {
  readonly hadContent: boolean;
  readonly #path: string;
  readonly #database: Database;
  readonly #release: () => void;
  #handle: number;
  /** Bytes in the file, once known. */
  #size: number | undefined;

  constructor(path: string, handle: number, database: Database, hadContent: boolean, release: () => void) {
    this.#path = path;
    this.#handle = handle;
    this.#database = database;
    this.hadContent = hadContent;
    this.#release = release;
  }

  append(changes: ChangeSet): void {
    const size = this.#size ?? fstatSync(this.#handle).size;
    try {
      this.#size = size + writeFully(this.#handle, linesOfChanges(this.#database, changes));
    } catch (error) {
      // A disk that is full may have taken half of it: the next request must not be glued to that half.
      ftruncateSync(this.#handle, size);
      throw error;
    }
  }

  rewrite(): void {
    const aside = `${this.#path}.new`;
    rmSync(aside, { force: true });
    const handle = openSync(aside, 'ax', 0o600);
    try {
      let batch = '';
      for (const line of linesOfDatabase(this.#database)) {
        batch += line;
        if (batch.length < chunkSize) continue;
        writeFully(handle, batch);
        batch = '';
      }
      writeFully(handle, batch);
      fsyncSync(handle);
      renameSync(aside, this.#path);
    } catch (error) {
      closeSync(handle);
      throw error;
    }
    closeSync(this.#handle);
    this.#handle = handle;
    this.#size = undefined;
  }

  close(): void {
    closeSync(this.#handle);
    this.#release();
  }
}

function openPrivate(file: string): number {
  try {
    const handle = openSync(file, 'a+', 0o600);
    fchmodSync(handle, 0o600);
    return handle;
  } catch (error) {
    if (hasCode(error, 'EISDIR'))
      throw new DataFileError('unusable', `The sandbox data file ${file} is a folder.`, 'Name a file in it.');
    throw error;
  }
}

/** Reads the log; what lies behind the last complete request is cut off. */
function load(
  file: string,
  handle: number,
  database: Database,
): { readonly hadContent: boolean; readonly lines: number; readonly live: number } {
  let number = 0;
  let complete = 0;
  let unit: { readonly line: string; readonly number: number }[] = [];
  for (const { line, end } of linesOf(handle)) {
    number += 1;
    if (number === 1) explain(file, '', () => readHeader(database, line));
    else if (line !== '') unit.push({ line, number });
    else {
      for (const entry of unit)
        explain(file, `is damaged in line ${entry.number}: `, () => applyLine(database, entry.line));
      unit = [];
      complete = end;
    }
  }
  if (complete === 0) {
    if (number === 0 && fstatSync(handle).size === 0) return { hadContent: false, lines: 0, live: 0 };
    return explain(file, '', () => {
      throw new Error(number === 0 ? 'is not a data file of the sandbox' : 'is damaged: it ends too early');
    });
  }
  ftruncateSync(handle, complete);
  let live = 0;
  for (const table of database.tables.values()) live += table.rows.size;
  return { hadContent: true, lines: number, live };
}

function explain<Result>(file: string, what: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DataFileError(
      'unusable',
      `The sandbox data file ${file} ${what}${reason}.`,
      'Nothing was changed. Use another file, or delete this one to start afresh.',
    );
  }
}

/** Lines that end in a line feed, with the offset behind it; a rest without one is not answered. */
function* linesOf(handle: number): Generator<{ readonly line: string; readonly end: number }> {
  const chunk = Buffer.allocUnsafe(chunkSize);
  let rest: Buffer = Buffer.alloc(0);
  let offset = 0;
  for (let position = 0; ; ) {
    const read = readSync(handle, chunk, 0, chunkSize, position);
    if (read === 0) return;
    position += read;
    const bytes = Buffer.concat([rest, chunk.subarray(0, read)]);
    let start = 0;
    for (let end = bytes.indexOf(newline); end !== -1; end = bytes.indexOf(newline, start)) {
      yield { line: bytes.toString('utf8', start, end), end: offset + end + 1 };
      start = end + 1;
    }
    offset += start;
    rest = bytes.subarray(start);
  }
}

function writeFully(handle: number, text: string): number {
  const bytes = Buffer.from(text);
  for (let written = 0; written < bytes.length; ) written += writeSync(handle, bytes, written);
  return bytes.length;
}
