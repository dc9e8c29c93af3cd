import type { Timing } from '../../src/superoffice/timing.ts';

/** A clock that stands still until a timer is due, then jumps there: waits are recorded, not waited. */
export interface VirtualTiming extends Timing {
  readonly waits: number[];
  /** Runs timers in the order in which they are due until none is left. */
  run(): Promise<void>;
}

export function virtualTiming(
  options: { readonly lateness?: number | (() => number); readonly auto?: boolean } = {},
): VirtualTiming {
  const { lateness = 0 } = options;
  const late = typeof lateness === 'number' ? () => lateness : lateness;
  let now = 0;
  const waits: number[] = [];
  let timers: { at: number; run: () => void }[] = [];
  const settle = (): Promise<void> => new Promise(resolve => setImmediate(resolve));

  async function run(): Promise<void> {
    await settle();
    for (;;) {
      const next = timers.toSorted((a, b) => a.at - b.at)[0];
      if (!next) return;
      timers = timers.filter(timer => timer !== next);
      now = Math.max(now, next.at) + late();
      next.run();
      await settle();
    }
  }

  return {
    waits,
    now: () => now,
    wallClock: () => Date.UTC(2026, 0, 1) + now,
    random: () => 0.5,
    after: (milliseconds, fire) => {
      waits.push(milliseconds);
      const timer = { at: now + milliseconds, run: fire };
      timers.push(timer);
      if (options.auto) setImmediate(run);
      return () => {
        timers = timers.filter(other => other !== timer);
      };
    },
    run,
  };
}
