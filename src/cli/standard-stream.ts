import { once } from 'node:events';
import { SicError } from '../problems/sic-error.ts';
import type { Output } from './context.ts';

/** Standard output or standard error of this process. */
export interface StandardStream extends Output {
  /** Resolves once everything is out, or cannot get out any more. Answers a failure that nobody was told of yet. */
  settled(): Promise<SicError | null>;
}

/** What writing says once the other side has closed; EOF is Windows' word for it. */
const readerIsGone: readonly string[] = ['EPIPE', 'ECONNRESET', 'EOF'];

/**
 * Once the reader has gone (`sic … | head`), writing does nothing: the work goes on and ends quietly. It does nothing
 * either after a failure (a full disk): what fits again later would stand behind a hole. `name` is for messages; `signal`
 * ends a wait for a reader that has stopped reading.
 */
export function standardStream(
  stream: NodeJS.WriteStream,
  name: string,
  signal: AbortSignal,
): StandardStream {
  let ended: 'gone' | SicError | null = null;
  let told = false;
  const answer = (): boolean => {
    if (ended instanceof SicError) {
      told = true;
      throw ended;
    }
    return ended === null;
  };
  /** Called after all that was written before, and then the error has been told, too. */
  const emptied = async (): Promise<void> => {
    if (ended === null && !stream.destroyed)
      await new Promise<void>(resolve => stream.write('', () => setImmediate(resolve)));
  };
  stream.on('error', (error: NodeJS.ErrnoException) => {
    ended ??= readerIsGone.includes(error.code ?? '') ? 'gone' : unwritable(name, error);
  });
  return {
    write: text => {
      if (ended === null) stream.write(text);
    },
    taken: async () => {
      if (ended === null && stream.writableNeedDrain)
        await once(stream, 'drain', { signal }).catch((error: unknown) => {
          if (ended === null) throw error; // interrupted
        });
      return answer();
    },
    flushed: async () => {
      signal.throwIfAborted();
      await Promise.race([emptied(), once(signal, 'abort')]);
      signal.throwIfAborted();
      return answer();
    },
    settled: async () => {
      await emptied();
      return ended instanceof SicError && !told ? ended : null;
    },
    isTTY: stream.isTTY === true,
    get columns() {
      // Some pseudo terminals say 0.
      return stream.columns || 80;
    },
  };
}

function unwritable(name: string, cause: NodeJS.ErrnoException): SicError {
  const full = cause.code === 'ENOSPC' || cause.code === 'EDQUOT' || cause.code === 'EFBIG';
  return new SicError(
    'file',
    full
      ? `There is not enough room for what was written to ${name} (${cause.code}).`
      : `${name[0]?.toUpperCase()}${name.slice(1)} cannot be written to${cause.code ? ` (${cause.code})` : ''}.`,
    {
      hint: full
        ? 'What is there is cut off. Free some room on the disk it goes to, and run again.'
        : 'What is there is cut off. Check what it goes to, and run again.',
      cause,
    },
  );
}
