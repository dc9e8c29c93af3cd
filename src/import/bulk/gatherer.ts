import { mostRows } from './batch.ts';
import type { Job, Verdict } from './job.ts';

/** Fewer updates are written one by one, where nobody asked for mass operations. */
export const fewestUpdates = 100;

const left: Verdict = { is: 'left' };

interface Waiting {
  readonly job: Job;
  readonly settle: (verdict: Promise<Verdict> | Verdict) => void;
}

/** What the gatherer of a file is given. */
export interface GathererOptions {
  /** True: the updates go by mass operations however few they are. */
  readonly always: boolean;
  /** At most 500 jobs. */
  readonly write: (jobs: readonly Job[]) => Promise<ReadonlyMap<Job, Verdict>>;
}

/**
 * Gathers the updates of a file over several chunks, so that a request holds as many rows as it may: they are written once
 * there are 500, or as soon as no more can come.
 */
export class Gatherer {
  readonly #options: GathererOptions;
  readonly #chunks = new Set<Gathering>();
  #waiting: Waiting[] = [];
  #hasEnded = false;
  #isHeldBack = false;
  #hasWritten = false;
  #isOff = false;

  constructor(options: GathererOptions) {
    this.#options = options;
  }

  /** A chunk of so many rows begins. */
  begin(rows: number): Gathering {
    const chunk = new Gathering(rows, {
      offer: job => this.#offer(job),
      decided: () => this.#check(),
    });
    this.#chunks.add(chunk);
    return chunk;
  }

  /** No further chunk comes. */
  end(): void {
    this.#hasEnded = true;
    this.#check();
  }

  /** True: no chunk comes before some of those that came are done. */
  holdBack(held: boolean): void {
    this.#isHeldBack = held;
    this.#check();
  }

  /** From now on nothing is gathered: mass operations are refused. */
  turnOff(): void {
    this.#isOff = true;
    this.#check();
  }

  #offer(job: Job): Promise<Verdict> {
    return new Promise(settle => {
      this.#waiting.push({ job, settle });
    });
  }

  #check(): void {
    if (this.#isOff) {
      for (const { settle } of this.#waiting.splice(0)) settle(left);
      return;
    }
    while (this.#waiting.length >= mostRows) this.#write(this.#waiting.splice(0, mostRows));
    if (this.#waiting.length === 0 || !this.#isIdle()) return;
    const rest = this.#waiting.splice(0);
    if (this.#options.always || this.#hasWritten || rest.length >= fewestUpdates) this.#write(rest);
    else for (const { settle } of rest) settle(left);
  }

  /** Nobody brings more before some of those that wait are written. */
  #isIdle(): boolean {
    for (const chunk of this.#chunks) if (chunk.undecided === 0) this.#chunks.delete(chunk);
    if (this.#chunks.size > 0) return false;
    return this.#hasEnded || this.#isHeldBack;
  }

  #write(waiting: readonly Waiting[]): void {
    this.#hasWritten = true;
    const written = this.#options.write(waiting.map(({ job }) => job));
    for (const { job, settle } of waiting) settle(written.then(verdicts => verdicts.get(job) ?? left));
  }
}

/** The rows of one chunk, of which some are updates. */
export class Gathering {
  readonly #to: { readonly offer: (job: Job) => Promise<Verdict>; readonly decided: () => void };
  #undecided: number;

  constructor(rows: number, to: { offer: (job: Job) => Promise<Verdict>; decided: () => void }) {
    this.#undecided = rows;
    this.#to = to;
  }

  /** Rows of which it is not known yet whether they bring an update. */
  get undecided(): number {
    return this.#undecided;
  }

  /** The part of one row in it. */
  seat(): Seat {
    let isTaken = true;
    const leave = (): void => {
      if (!isTaken) return;
      isTaken = false;
      this.#undecided--;
      this.#to.decided();
    };
    return {
      leave,
      offer: job => {
        const verdict = this.#to.offer(job);
        leave();
        return verdict;
      },
    };
  }

  /** None of its rows brings an update any more. */
  close(): void {
    this.#undecided = 0;
    this.#to.decided();
  }
}

export interface Seat {
  /** The row brings no update. May be called again. */
  leave(): void;
  /** The row brings this one: answers once its fate is known. */
  offer(job: Job): Promise<Verdict>;
}
