import { constants, fstatSync, write } from 'node:fs';
import { open } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { systemCode } from '../../state/state-error.ts';
import type { Destination } from '../destination.ts';
import { gathered } from './gathered.ts';
import { inUseOrForbidden, unusable, unwritable } from './refusals.ts';
import type { DirectTarget } from './target.ts';

const writeTo = promisify(write);

/** Milliseconds between two looks at a reader: at first, and at most. */
const soonest = 1;
const latest = 20;

/** Written as it comes, without a name to give. What was written stays written. */
export async function writtenDirectly(
  target: DirectTarget,
  shown: string,
  signal: AbortSignal,
): Promise<Destination> {
  const { descriptor, close } = await openDirectly(target, shown, signal);
  let closed = false;
  const end = (): Promise<void> => {
    closed = true;
    return close();
  };
  const text = gathered(async bytes => {
    // The number may belong to another file by now.
    if (closed) throw new Error(`${shown} was closed already`);
    try {
      await writeAll(descriptor, bytes, signal);
      return true;
    } catch (cause) {
      if (signal.aborted) throw cause;
      if (systemCode(cause) === 'EPIPE') return false;
      throw unwritable(shown, cause, { flag: '--out', stands: false });
    }
  });
  return {
    write: more => text.add(more),
    finish: async () => {
      const read = await text.flush();
      await end();
      return read;
    },
    discard: end,
  };
}

interface Opened {
  readonly descriptor: number;
  /** Never throws. */
  readonly close: () => Promise<void>;
}

/**
 * Without waiting in the system: a thread that hangs in there would keep the process from ending, even by its own will.
 * So who opens a pipe that nobody reads yet looks again until somebody does.
 */
async function openDirectly(target: DirectTarget, shown: string, signal: AbortSignal): Promise<Opened> {
  if (target.kind === 'descriptor') return openAlready(target.descriptor, shown);
  // Windows knows neither.
  const flags = constants.O_WRONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0);
  for (let pause = soonest; ; pause = Math.min(pause * 2, latest))
    try {
      const file = await open(target.path, flags);
      return { descriptor: file.fd, close: () => file.close().catch(() => {}) };
    } catch (cause) {
      if (target.kind !== 'pipe' || systemCode(cause) !== 'ENXIO') throw inUseOrForbidden(shown, cause);
      await setTimeout(pause, undefined, { signal });
    }
}

/** Not ours to close. */
function openAlready(descriptor: number, shown: string): Opened {
  try {
    fstatSync(descriptor);
    return { descriptor, close: async () => {} };
  } catch (cause) {
    throw unusable(shown, systemCode(cause), cause);
  }
}

/** A pipe that is full is tried again, sooner where it was just written to. */
async function writeAll(descriptor: number, bytes: Buffer, signal: AbortSignal): Promise<void> {
  let pause = soonest;
  for (let done = 0; done < bytes.length; )
    try {
      const { bytesWritten } = await writeTo(descriptor, bytes, done, bytes.length - done, null);
      done += bytesWritten;
      pause = soonest;
    } catch (cause) {
      if (systemCode(cause) !== 'EAGAIN') throw cause;
      await setTimeout(pause, undefined, { signal });
      pause = Math.min(pause * 2, latest);
    }
}
