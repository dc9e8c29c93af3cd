import { open } from 'node:fs/promises';
import { brokenLine, parsed } from './ndjson.ts';
import { stateError } from './state-error.ts';

const pieceSize = 1 << 18;
const lineFeed = 10;

/**
 * The entries of an NDJSON file, the last one first; memory does not grow with the file. A last line that was torn by a
 * crash is left out; any other broken line throws SicError 'state'.
 */
export async function* readNdjsonBackwards(path: string): AsyncGenerator<unknown, void, void> {
  const file = await open(path, 'r').catch((error: unknown) => {
    throw stateError(path, 'read', error);
  });
  try {
    let end = (await file.stat()).size;
    let isLast = true;
    /** Pieces of the line that begins further to the front, the first one first. */
    let line: Buffer[] = [];
    while (end > 0) {
      const start = Math.max(0, end - pieceSize);
      const piece = Buffer.alloc(end - start);
      const { bytesRead } = await file.read(piece, 0, piece.length, start);
      if (bytesRead < piece.length) throw brokenLine(path, null);
      let behind = piece.length;
      for (;;) {
        const feed = behind === 0 ? -1 : piece.lastIndexOf(lineFeed, behind - 1);
        line.unshift(piece.subarray(feed + 1, behind));
        if (feed < 0) break;
        const entry = entryIn(line, path, isLast);
        isLast = false;
        line = [];
        if (entry !== undefined) yield entry;
        behind = feed;
      }
      end = start;
    }
    const entry = entryIn(line, path, isLast);
    if (entry !== undefined) yield entry;
  } catch (error) {
    throw stateError(path, 'read', error);
  } finally {
    await file.close();
  }
}

/** undefined: nothing is there. Only what stands behind the last line feed may be torn. */
function entryIn(line: readonly Buffer[], path: string, mayBeTorn: boolean): unknown {
  const text = Buffer.concat(line).toString('utf8');
  if (text === '') return undefined;
  const entry = parsed(text);
  if (entry === undefined && !mayBeTorn) throw brokenLine(path, null);
  return entry;
}
