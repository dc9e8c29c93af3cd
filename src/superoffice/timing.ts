/** The clock and the timer, given in so that waiting can be tested without waiting. */
export interface Timing {
  /** Milliseconds, monotonic. */
  readonly now: () => number;
  /** Milliseconds since 1970, for dates that a server names. */
  readonly wallClock: () => number;
  /** Calls `run` once after `milliseconds`; the returned function calls it off. */
  readonly after: (milliseconds: number, run: () => void) => () => void;
  /** 0 to 1, for jitter. */
  readonly random: () => number;
}

export const systemTiming: Timing = {
  now: () => performance.now(),
  wallClock: () => Date.now(),
  after: (milliseconds, run) => {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  },
  random: () => Math.random(),
};

/** Waits, or ends at once with `false` when the signal fires. Never throws. */
export function sleep(timing: Timing, milliseconds: number, signal: AbortSignal): Promise<boolean> {
  return new Promise(resolve => {
    if (signal.aborted) return resolve(false);
    const onAbort = (): void => {
      callOff();
      resolve(false);
    };
    const callOff = timing.after(milliseconds, () => {
      signal.removeEventListener('abort', onAbort);
      resolve(true);
    });
    signal.addEventListener('abort', onAbort, { once: true });
  });
}
