import { open } from 'node:fs/promises';
import { SicError } from '../problems/sic-error.ts';
import { stateError } from './state-error.ts';

/**
 * The entries of an NDJSON file, one after the other; memory does not grow with the file. A last line that was torn by
 * a crash is left out: nobody relied on it yet. Any other broken line throws SicError 'state'.
 */
export async function* readNdjson(path: string): AsyncGenerator<unknown, void, void> {
  const file = await open(path, 'r').catch((error: unknown) => {
    throw stateError(path, 'read', error);
  });
  try {
    const decoder = new TextDecoder('utf-8');
    const chunk = Buffer.allocUnsafe(1 << 18);
    let rest = '';
    let line = 0;
    for (;;) {
      const { bytesRead } = await file.read(chunk, 0, chunk.length);
      if (bytesRead === 0) break;
      const lines = (rest + decoder.decode(chunk.subarray(0, bytesRead), { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      for (const text of lines) {
        line++;
        if (text === '') continue;
        const entry = parsed(text);
        if (entry === undefined) throw brokenLine(path, line);
        yield entry;
      }
    }
    const entry = parsed(rest);
    if (entry !== undefined) yield entry;
  } finally {
    await file.close();
  }
}

/** The value of a line, or undefined when it is not JSON. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** @param line null: not known, counted from the end */
export function brokenLine(path: string, line: number | null): SicError {
  return new SicError('state', `${path}${line === null ? '' : `, line ${line},`} is damaged.`, {
    hint: 'The record of that run cannot be relied on. Remove the run folder; the next import compares with SuperOffice.',
  });
}
