import { setMaxListeners } from 'node:events';
import type { Timing } from './timing.ts';

/** A signal that fires `milliseconds` after another one. `release` lets go of both timer and signal. */
export function gracefulSignal(
  signal: AbortSignal,
  milliseconds: number,
  timing: Timing,
): { readonly signal: AbortSignal; readonly release: () => void } {
  const later = new AbortController();
  // Every request in flight listens: more than the ten that Node takes for a leak.
  setMaxListeners(0, signal, later.signal);
  let callOff: (() => void) | null = null;
  const onAbort = (): void => {
    callOff = timing.after(milliseconds, () => later.abort());
  };
  if (signal.aborted) onAbort();
  else signal.addEventListener('abort', onAbort, { once: true });
  return {
    signal: later.signal,
    release: () => {
      signal.removeEventListener('abort', onAbort);
      callOff?.();
    },
  };
}
