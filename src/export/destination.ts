import { findTarget } from './destination/target.ts';
import { writtenAside } from './destination/written-aside.ts';
import { writtenDirectly } from './destination/written-directly.ts';

/** Where the text of an export goes. Its methods are called one after the other, each when the last has resolved. */
export interface Destination {
  /** Resolves when it is taken. False: nobody reads any more, and nothing more needs to be made. */
  write(text: string): Promise<boolean>;
  /** Everything was written: a file gets its name now. False: nobody reads any more, and the end was not taken. */
  finish(): Promise<boolean>;
  /** Leaves nothing half done under the final name. Never throws. */
  discard(): Promise<void>;
}

/** A standard stream. What was written stays written: `discard` takes nothing back. */
export function toStream(output: {
  write(text: string): void;
  taken(): Promise<boolean>;
  flushed(): Promise<boolean>;
}): Destination {
  return {
    write: text => {
      output.write(text);
      return output.taken();
    },
    finish: () => output.flushed(),
    discard: async () => {},
  };
}

/**
 * A file: whole under its name, or not at all, and until then what stood there before. Device files, pipes and
 * descriptors (`/dev/stdout`) are written to as they are. `path` is absolute, `shown` what the user typed, for messages;
 * `signal` ends the wait for the reader of a pipe with an AbortError.
 *
 * Throws SicError 'usage' when it cannot be written there, and 'file', as do the methods, when the disk is full or fails.
 */
export async function toFile(path: string, shown: string, signal?: AbortSignal): Promise<Destination> {
  const target = await findTarget(path, shown);
  return target.kind === 'file'
    ? writtenAside(target, shown)
    : writtenDirectly(target, shown, signal ?? new AbortController().signal);
}
