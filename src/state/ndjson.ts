import { type FileHandle, open } from 'node:fs/promises';
import { SicError } from '../problems/sic-error.ts';
import { stateError } from './state-error.ts';

/**
 * The entries of an NDJSON file, one after the other; memory does not grow with the file. A last line that was torn by
 * a crash is left out: nobody relied on it yet. Any other broken line throws SicError 'state'.
 * @param broken makes it, where the file is not of a run
 */
export async function* readNdjson(
  path: string,
  broken: (path: string, line: number) => SicError = brokenLine,
): AsyncGenerator<unknown, void, void> {
  const file = await open(path, 'r').catch((error: unknown) => {
    throw stateError(path, 'read', error);
  });
  try {
    let line = 0;
    for await (const { text, isWhole } of linesOf(file, Number.POSITIVE_INFINITY)) {
      line++;
      if (text === '') continue;
      const entry = parsed(text);
      if (entry !== undefined) yield entry;
      else if (isWhole) throw broken(path, line);
    }
  } catch (error) {
    throw stateError(path, 'read', error);
  } finally {
    await file.close();
  }
}

export interface Line {
  readonly text: string;
  /** It ends with a line break: whoever wrote it came to its end. */
  readonly isWhole: boolean;
}

/** The lines of the first `bytes` of an open file, from its start, wherever it was read before. */
export async function* linesOf(file: FileHandle, bytes: number): AsyncGenerator<Line, void, void> {
  const decoder = new TextDecoder('utf-8');
  const chunk = Buffer.allocUnsafe(1 << 18);
  let rest = '';
  for (let at = 0; at < bytes; ) {
    const { bytesRead } = await file.read(chunk, 0, Math.min(chunk.length, bytes - at), at);
    if (bytesRead === 0) break;
    at += bytesRead;
    const lines = (rest + decoder.decode(chunk.subarray(0, bytesRead), { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const text of lines) yield { text, isWhole: true };
  }
  if (rest !== '') yield { text: rest, isWhole: false };
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
