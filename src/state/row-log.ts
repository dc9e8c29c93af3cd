import * as fs from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { readNdjson } from './ndjson.ts';
import { replaceFile } from './replace-file.ts';
import { stateError } from './state-error.ts';

/** Row results on disk, because a million of them do not belong in memory. */
export interface RowLog {
  append(row: object): void;
  /** The rows appended so far, in order. May be read many times, also after `close`. */
  read(): AsyncIterable<unknown>;
  close(): Promise<void>;
}

const flushAt = 1 << 18;

/** Starts an empty row log, owner-only. Throws SicError 'state', as do its methods. */
export function openRowLog(path: string): RowLog {
  const attempt = <T>(action: () => T): T => {
    try {
      return action();
    } catch (cause) {
      throw stateError(path, 'written', cause);
    }
  };
  let descriptor: number | null = attempt(() => fs.openSync(path, 'w', 0o600));
  let pending: string[] = [];
  let length = 0;
  const flush = (): void => {
    const open = descriptor;
    if (open === null || pending.length === 0) return;
    attempt(() => fs.writeFileSync(open, pending.join('')));
    pending = [];
    length = 0;
  };
  return {
    append: row => {
      const line = `${JSON.stringify(row)}\n`;
      pending.push(line);
      length += line.length;
      if (length >= flushAt) flush();
    },
    read: () => ({
      [Symbol.asyncIterator]: () => {
        flush();
        return readNdjson(path);
      },
    }),
    close: async () => {
      const open = descriptor;
      if (open === null) return;
      try {
        flush();
      } finally {
        // What found no room is not tried again by whoever reads the rest.
        descriptor = null;
        pending = [];
        attempt(() => fs.closeSync(open));
      }
    },
  };
}

/**
 * Moves a row log, changing its rows on the way (null: left out). The old one is gone afterwards whatever happens; none:
 * nothing to do. Throws SicError 'state'.
 */
export async function rewriteRowLog(
  from: string,
  to: string,
  change: (row: unknown) => object | null,
): Promise<void> {
  const isThere = await stat(from).then(
    () => true,
    () => false,
  );
  if (!isThere) return;
  try {
    await replaceFile(to, async file => {
      let lines = '';
      for await (const row of readNdjson(from)) {
        const changed = change(row);
        if (changed !== null) lines += `${JSON.stringify(changed)}\n`;
        if (lines.length < flushAt) continue;
        await file.appendFile(lines);
        lines = '';
      }
      await file.appendFile(lines);
    });
  } finally {
    await rm(from, { force: true });
  }
}
