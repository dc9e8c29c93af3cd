import * as fs from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { didYouMean } from '../problems/did-you-mean.ts';
import { SicError } from '../problems/sic-error.ts';
import { errorCode, readAt, unreadable } from './read-at.ts';
import { spooled } from './temporary-file.ts';

/**
 * A file on disk that is read more than once: looked at, checked, then scanned. What cannot be read twice (a pipe,
 * stdin) is copied to a nameless temporary file first.
 */
export interface InputFile {
  /** As the user typed it, for messages. */
  readonly label: string;
  /** Bytes. */
  readonly size: number;
  /** The device and inode it has, to tell it from an output file. */
  isSameAs(other: fs.Stats): boolean;
  /** Throws SicError 'file' when it is no longer the file that was looked at. */
  open(): InputDescriptor;
}

export interface InputDescriptor {
  /** Fills `target` from `at` with up to `length` bytes from `position` on; fewer only at the end of the file. */
  read(target: Buffer, at: number, length: number, position: number): number;
  /** Throws SicError 'file' when the file was written to since it was looked at. */
  ensureUnchanged(): void;
  close(): void;
}

/** Finds a file. The label `-` is stdin. Throws SicError 'file' when there is none, or it is a folder, or it may not be read. */
export async function findInputFile(path: string, label: string): Promise<InputFile> {
  if (label === '-') return spooled(standardInput(), 'standard input');
  const found = await stat(path).catch(async (error: unknown) => {
    throw await missing(path, label, error);
  });
  if (found.isDirectory()) throw await folder(path, label);
  if (!found.isFile()) return spooled(fs.createReadStream(path), label);
  fs.closeSync(openForReading(path, label));
  return {
    label,
    size: found.size,
    isSameAs: other => other.dev === found.dev && other.ino === found.ino,
    open: () => {
      const descriptor = openForReading(path, label);
      const ensureUnchanged = (): void => {
        const now = fs.fstatSync(descriptor);
        if (now.ino !== found.ino || now.size !== found.size || now.mtimeMs !== found.mtimeMs)
          throw changed(label);
      };
      const close = (): void => fs.closeSync(descriptor);
      try {
        ensureUnchanged();
      } catch (error) {
        close();
        throw error;
      }
      return { read: readAt(descriptor, label), ensureUnchanged, close };
    },
  };
}

const readStdin = promisify(fs.read);
const pollEvery = 20;

/**
 * Not a stream of node's: that one fails with EAGAIN where a parent has set the pipe to non-blocking, as node itself does
 * (npx), and with EOF on Windows where the other side has closed it.
 */
async function* standardInput(): AsyncGenerator<Uint8Array, void, void> {
  const buffer = Buffer.allocUnsafe(1 << 16);
  for (;;) {
    let count = 0;
    try {
      count = (await readStdin(0, buffer, 0, buffer.length, null)).bytesRead;
    } catch (error) {
      if (errorCode(error) === 'EOF') return;
      if (errorCode(error) !== 'EAGAIN') throw error;
      await setTimeout(pollEvery);
      continue;
    }
    if (count === 0) return;
    yield buffer.subarray(0, count);
  }
}

function openForReading(path: string, label: string): number {
  try {
    return fs.openSync(path, 'r');
  } catch (error) {
    throw unreadable(label, error);
  }
}

function changed(label: string): SicError {
  return new SicError('file', `${label} was changed while it was being read.`, {
    hint: 'Wait until the program that writes it is done, and run again. Best it writes under another name and renames the file when it is complete.',
  });
}

async function missing(path: string, label: string, cause: unknown): Promise<SicError> {
  const code = errorCode(cause);
  if (code !== 'ENOENT' && code !== 'ENOTDIR') return unreadable(label, cause);
  const names = await readdir(dirname(path)).catch(() => null);
  if (names === null)
    return new SicError('file', `${label} does not exist, nor does its folder.`, {
      hint: `Check the path: there is no folder ${dirname(path)}.`,
      cause,
    });
  const near = didYouMean(basename(path), names);
  return new SicError('file', `${label} does not exist.`, {
    hint: near ? `Did you mean ${near}?` : `Check the name; looked in ${dirname(path)}.`,
    cause,
  });
}

async function folder(path: string, label: string): Promise<SicError> {
  const names = await readdir(path).catch((): string[] => []);
  const files = names.filter(name => /\.(csv|txt|tsv|xml|json|ndjson|jsonl|zip)$/i.test(name)).sort();
  const some = files.slice(0, 3).join(', ');
  return new SicError('file', `${label} is a folder.`, {
    hint: files.length
      ? `Name the files in it: it holds ${some}${files.length > 3 ? ` and ${files.length - 3} more` : ''}.`
      : 'Name the files in it; it holds no data file.',
  });
}
