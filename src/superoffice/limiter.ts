import type { Timing } from './timing.ts';

export interface LimiterOptions {
  /** Starts per second, spaced evenly: an idle spell saves up nothing. 0: no limit. */
  readonly rate: number;
  /** Most at the same time. */
  readonly concurrency: number;
  readonly timing: Timing;
  readonly signal: AbortSignal;
}

/** Milliseconds that fit into a timer of Node: 24 days. */
const longestTimer = 2 ** 31 - 1;

interface Waiter {
  readonly start: () => void;
  readonly fail: (error: Error) => void;
}

/** The one gate through which every request of a run passes: first come, first served, and whoever comes again goes first. */
export class Limiter {
  readonly #spacing: number;
  readonly #concurrency: number;
  readonly #timing: Timing;
  readonly #signal: AbortSignal;
  readonly #waiting: Waiter[] = [];
  readonly #waitingAgain: Waiter[] = [];
  #running = 0;
  #nextStart = 0;
  #pausedUntil = 0;
  #heldUntil = 0;
  #callOff: (() => void) | null = null;
  #wakesAt = 0;
  /** The head of the queue starts because its time came, not because a place became free. */
  #timerFired = false;

  constructor(options: LimiterOptions) {
    this.#spacing = options.rate > 0 ? 1000 / options.rate : 0;
    this.#concurrency = Math.max(1, options.concurrency);
    this.#timing = options.timing;
    this.#signal = options.signal;
    this.#signal.addEventListener('abort', this.#giveUp, { once: true });
  }

  /**
   * Waits for a place. Call the returned function exactly once when done. Throws `Interrupted` after an abort.
   * `again`: it was here before, or completes what was begun, and must not go through a queue of hundreds in between.
   */
  acquire(again = false): Promise<() => void> {
    return new Promise((resolve, reject) => {
      if (this.#signal.aborted) return reject(new Interrupted());
      const queue = again ? this.#waitingAgain : this.#waiting;
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
    for (const waiter of this.#waiting.splice(0)) waiter.fail(new Interrupted());
  }

  readonly #release = (): void => {
    this.#running--;
    this.#pump();
  };

  readonly #giveUp = (): void => {
    this.#callOff?.();
    this.#callOff = null;
    for (const queue of [this.#waitingAgain, this.#waiting])
      for (const waiter of queue.splice(0)) waiter.fail(new Interrupted());
  };

  #pump(): void {
    while (this.#running < this.#concurrency) {
      const queue = this.#waitingAgain.length > 0 ? this.#waitingAgain : this.#waiting;
      if (queue.length === 0) return;
      const now = this.#timing.now();
      const held = queue === this.#waiting ? this.#heldUntil : 0;
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
      this.#timerFired = true;
      this.#pump();
      this.#timerFired = false;
    });
  }

  /**
   * Timers are always a little late. That lateness (at most half a spacing) is taken off the next gap, or 100 starts a
   * second would come out as 80.
   */
  #reserve(now: number): void {
    const due = this.#timerFired ? Math.max(this.#wakesAt, now - this.#spacing / 2) : now;
    this.#nextStart = due + this.#spacing;
  }
}

/** It was called off before the request was sent. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}
