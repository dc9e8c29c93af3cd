import * as fs from 'node:fs';
import { dirname } from 'node:path';
import { SicError } from '../problems/sic-error.ts';
import type { InputFile } from './input-file.ts';

/** The bytes of a reject file, whatever its format. Throws SicError 'file' when they cannot be written. */
export interface RejectFile {
  /** Copies the parts of one record, whose buffer is used again. They reach the disk together. */
  put(...parts: readonly Uint8Array[]): void;
  /** Writes what was put so far. */
  flush(): void;
  close(): Promise<void>;
}

const flushAt = 1 << 16;

/**
 * Opens a reject file, owner-only, and truncates what was there. Throws SicError 'usage' when it is the input itself,
 * 'file' when it cannot be written.
 */
export function createRejectFile(path: string, input: InputFile): RejectFile {
  const descriptor = create(path, input);
  let pending: Buffer[] = [];
  let size = 0;
  const flush = (): void => {
    try {
      fs.writeFileSync(descriptor, Buffer.concat(pending));
    } catch (cause) {
      throw unwritable(path, cause);
    }
    pending = [];
    size = 0;
  };
  return {
    put: (...parts) => {
      for (const part of parts) {
        pending.push(Buffer.from(part));
        size += part.length;
      }
      if (size >= flushAt) flush();
    },
    flush,
    close: async () => {
      flush();
      fs.closeSync(descriptor);
    },
  };
}

function create(path: string, input: InputFile): number {
  const existing = fs.statSync(path, { throwIfNoEntry: false });
  if (existing && input.isSameAs(existing))
    throw new SicError('usage', `The reject file ${path} would overwrite the input file.`, {
      hint: 'Give --rejects another name.',
    });
  try {
    const descriptor = fs.openSync(path, 'w', 0o600);
    if (existing?.isFile()) fs.fchmodSync(descriptor, 0o600);
    return descriptor;
  } catch (cause) {
    throw unwritable(path, cause);
  }
}

function unwritable(path: string, cause: unknown): SicError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new SicError('file', `The reject file ${path} cannot be written.`, {
    hint: `Check that ${dirname(path)} exists, may be written to and has space left.`,
    detail: reason,
    cause,
  });
}
