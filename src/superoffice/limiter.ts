import type { Timing } from './timing.ts';

export interface LimiterOptions {
  /** Starts per second; 0: no limit. */
  readonly rate: number;
  /** Most at the same time. */
  readonly concurrency: number;
  readonly timing: Timing;
  readonly signal: AbortSignal;
}

/**
 * Who goes before whom. `again`: was here before, or completes what was begun. `ahead`: others wait for what it brings,
 * so that nothing would be left to start if it stood behind hundreds.
 */
export type Standing = 'again' | 'ahead' | 'last';

/** Milliseconds that fit into a timer of Node: 24 days. */
const longestTimer = 2 ** 31 - 1;

interface Waiter {
  readonly start: () => void;
  readonly fail: (error: Error) => void;
}

/**
 * The one gate through which every request of a run passes: first come, first served among those of the same standing.
 *
 * Starts are spaced evenly, 1 ÷ rate apart. However late timers are, and whatever went before (nothing, an idle spell, a
 * pause), two starts are never nearer than half of that, and never more than `rate` (rounded up) lie in a second: at 10 a
 * second the eleventh start comes 1,000 ms after the first, or later.
 */
export class Limiter {
  readonly #spacing: number;
  readonly #concurrency: number;
  readonly #timing: Timing;
  readonly #signal: AbortSignal;
  readonly #again: Waiter[] = [];
  readonly #ahead: Waiter[] = [];
  readonly #last: Waiter[] = [];
  /** When the latest starts were, as many as may lie in a second; the oldest stands at `#oldest`. */
  readonly #starts: Float64Array;
  #oldest = 0;
  #running = 0;
  #nextStart = 0;
  #pausedUntil = 0;
  #heldUntil = 0;
  #callOff: (() => void) | null = null;
  /** When the head of the queue was to start, as long as only time keeps it; null: it does not wait for that. */
  #wakesAt: number | null = null;

  constructor(options: LimiterOptions) {
    this.#spacing = options.rate > 0 ? 1000 / options.rate : 0;
    this.#starts = new Float64Array(Math.ceil(options.rate)).fill(Number.NEGATIVE_INFINITY);
    this.#concurrency = Math.max(1, options.concurrency);
    this.#timing = options.timing;
    this.#signal = options.signal;
    this.#signal.addEventListener('abort', this.#giveUp, { once: true });
  }

  /** Waits for a place. Call the returned function exactly once when done. Throws `Interrupted` after an abort. */
  acquire(standing: Standing = 'last'): Promise<() => void> {
    return new Promise((resolve, reject) => {
      if (this.#signal.aborted) return reject(new Interrupted());
      const queue = { again: this.#again, ahead: this.#ahead, last: this.#last }[standing];
      queue.push({ start: () => resolve(this.#release), fail: reject });
      this.#pump();
    });
  }

  /** Nobody starts for so long. What runs already is left alone. */
  pause(milliseconds: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, this.#timing.now() + milliseconds);
  }

  /** Nobody starts for the first time for so long; who comes again may. */
  holdNewcomers(milliseconds: number): void {
    this.#heldUntil = Math.max(this.#heldUntil, this.#timing.now() + milliseconds);
  }

  close(): void {
    this.#signal.removeEventListener('abort', this.#giveUp);
    this.#giveUp();
  }

  /** Sends everybody home who waits now, with `Interrupted`. Who comes later is served. */
  callOff(): void {
    this.#giveUp();
  }

  /** The same for those who are there for the first time. */
  callOffNewcomers(): void {
    sendHome(this.#ahead, this.#last);
  }

  readonly #release = (): void => {
    this.#running--;
    this.#pump();
  };

  readonly #giveUp = (): void => {
    this.#callOff?.();
    this.#callOff = null;
    this.#wakesAt = null;
    sendHome(this.#again, this.#ahead, this.#last);
  };

  #pump(): void {
    while (this.#running < this.#concurrency) {
      const queue = [this.#again, this.#ahead, this.#last].find(({ length }) => length > 0);
      if (!queue) return;
      const now = this.#timing.now();
      const held = queue === this.#again ? 0 : this.#heldUntil;
      const earliest = Math.max(this.#nextStart, this.#pausedUntil, held);
      if (now < earliest) {
        this.#wakeAt(earliest, now);
        return;
      }
      this.#reserve(now);
      this.#running++;
      queue.shift()?.start();
    }
  }

  #wakeAt(time: number, now: number): void {
    if (this.#callOff !== null && this.#wakesAt === time) return;
    this.#callOff?.();
    this.#wakesAt = time;
    // A timer that would run longer than this fires at once; woken too early, the queue just waits again.
    this.#callOff = this.#timing.after(Math.min(time - now, longestTimer), () => {
      this.#callOff = null;
      this.#pump();
      // It is others who keep the queue now, or there is none: that time is not caught up.
      if (this.#callOff === null) this.#wakesAt = null;
    });
  }

  /**
   * Timers are always a little late. That lateness (at most half a spacing) is taken off the next gap, or 100 starts a
   * second would come out as 80; off the next gaps together, as far as the second stays within its measure.
   */
  #reserve(now: number): void {
    if (this.#spacing === 0) return;
    const due = Math.min(now, Math.max(this.#wakesAt ?? now, now - this.#spacing / 2));
    this.#wakesAt = null;
    this.#starts[this.#oldest] = now;
    this.#oldest = (this.#oldest + 1) % this.#starts.length;
    const freed = (this.#starts[this.#oldest] ?? 0) + this.#spacing * this.#starts.length;
    this.#nextStart = Math.max(due + this.#spacing, freed);
  }
}

function sendHome(...queues: Waiter[][]): void {
  for (const queue of queues) for (const waiter of queue.splice(0)) waiter.fail(new Interrupted());
}

/** It was called off before the request was sent. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}
