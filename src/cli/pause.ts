import { setTimeout } from 'node:timers/promises';

/** Ends early, without throwing, when the signal fires. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return setTimeout(milliseconds, undefined, { signal }).then(
    () => {},
    () => {},
  );
}
