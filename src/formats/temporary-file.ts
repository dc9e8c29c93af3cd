import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { SicError } from '../problems/sic-error.ts';
import type { InputFile } from './input-file.ts';
import { errorCode, readAt, unreadable } from './read-at.ts';

/** A copy of ours without a name: its room on the disk is free again when the process ends, however it ends. */
export interface TemporaryFile extends InputFile {
  /** Frees the room now. Nothing may be read from the file afterwards. */
  discard(): void;
}

export interface TemporaryWriter {
  /** Appends. The next call waits for this one. Throws SicError 'file' where the disk is full. */
  write(chunk: Uint8Array): Promise<void>;
  /** What was written, to be read as often as wanted. */
  finish(): TemporaryFile;
  discard(): void;
}

const writeTo = promisify(fs.write);

/**
 * Starts an empty file that only its owner may read. It loses its name before the first byte is in it, so that a process
 * that is killed leaves nothing behind. `label` names in messages what it is a copy of. Throws SicError 'file'.
 */
export function temporaryFile(label: string): TemporaryWriter {
  const descriptor = openNameless(label);
  let size = 0;
  let discarded = false;
  const discard = (): void => {
    if (discarded) return;
    discarded = true;
    fs.closeSync(descriptor);
  };
  const read = readAt(descriptor, label);
  const opened = {
    read: (target: Buffer, at: number, length: number, position: number): number => {
      // The number may belong to another file by now.
      if (discarded) throw new Error(`the temporary copy of ${label} was discarded`);
      return read(target, at, length, position);
    },
    ensureUnchanged: () => {},
    close: () => {},
  };
  return {
    write: async chunk => {
      for (let done = 0; done < chunk.length; ) {
        const { bytesWritten } = await writeTo(descriptor, chunk, done, chunk.length - done, size).catch(
          (error: unknown) => {
            throw unwritable(label, error);
          },
        );
        done += bytesWritten;
        size += bytesWritten;
      }
    },
    finish: () => ({ label, size, isSameAs: () => false, open: () => opened, discard }),
    discard,
  };
}

/** Copies a stream that can be read but once. Throws SicError 'file'. */
export async function spooled(stream: AsyncIterable<Uint8Array>, label: string): Promise<TemporaryFile> {
  const copy = temporaryFile(label);
  try {
    for await (const chunk of stream) await copy.write(chunk);
    return copy.finish();
  } catch (error) {
    copy.discard();
    throw error instanceof SicError ? error : unreadable(label, error);
  }
}

function openNameless(label: string): number {
  const path = join(tmpdir(), `sic-${randomUUID()}`);
  try {
    const descriptor = fs.openSync(path, 'wx+', 0o600);
    fs.rmSync(path);
    return descriptor;
  } catch (error) {
    throw unwritable(label, error);
  }
}

/** EFBIG: the process may not write files of that size (ulimit -f). */
const full: readonly string[] = ['ENOSPC', 'EDQUOT', 'EFBIG'];

function unwritable(label: string, cause: unknown): SicError {
  const code = errorCode(cause);
  const variable = process.platform === 'win32' ? 'TEMP' : 'TMPDIR';
  return new SicError(
    'file',
    full.includes(code)
      ? `There is not enough room in ${tmpdir()} for a temporary copy of ${label} (${code}).`
      : `A temporary copy of ${label} cannot be written to ${tmpdir()}${code ? ` (${code})` : ''}.`,
    {
      hint: `${full.includes(code) ? 'Free some room there' : 'Give the user that runs sic the right to write there'}, or set ${variable} to a folder on another disk.`,
      cause,
    },
  );
}
