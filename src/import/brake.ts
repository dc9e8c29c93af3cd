import { type Limit, limitText } from '../config/limit.ts';
import { SicError } from '../problems/sic-error.ts';
import type { Brake } from '../superoffice/brake.ts';
import type { Counts } from './result.ts';

export interface BrakeLimits {
  /** Of rows that were rejected, failed or whose fate is unknown; null: any number. */
  readonly maxErrors: Limit | null;
  /** Requests to SuperOffice; null: any number. */
  readonly maxRequests: number | null;
}

/** A share of fewer rows says nothing yet: the first row may be the only one that is wrong. */
const fewestRows = 100;

const goOn = 'Rows that were done are not sent twice.';

/** What stops a run between two rows because somebody set a limit. The first reason counts. */
export class RunBrake implements Brake {
  readonly #controller = new AbortController();
  readonly #limits: BrakeLimits;

  constructor(limits: BrakeLimits) {
    this.#limits = limits;
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  pull(reason: SicError): void {
    this.#controller.abort(reason);
  }

  before(requests: number): void {
    const { maxRequests } = this.#limits;
    if (maxRequests !== null && requests >= maxRequests) this.pull(requestsUsedUp(maxRequests));
  }

  /**
   * Called with the counts so far, and once more at the end of the run.
   * @param counts in the order of the file: rows are rejected sooner than others are written, so any other order would show
   *   too large a share of them
   * @param live of every row whose fate is known
   */
  judge(counts: Readonly<Counts>, live: Readonly<Counts>, isEnd: boolean): void {
    const { maxErrors } = this.#limits;
    if (maxErrors === null) return;
    const isNumber = maxErrors.kind === 'number';
    const { read } = isNumber ? live : counts;
    const errors = errorsIn(isNumber ? live : counts);
    const isOver = isNumber
      ? errors > maxErrors.most
      : (isEnd || read >= fewestRows) && errors * 100 > maxErrors.percent * read;
    if (isOver) this.pull(tooManyErrors(errors, read, maxErrors));
  }
}

function errorsIn({ rejected, failed, unknown }: Readonly<Counts>): number {
  return rejected + failed + unknown;
}

function tooManyErrors(errors: number, read: number, limit: Limit): SicError {
  const share = limit.kind === 'share' ? ` (${((errors * 100) / read).toFixed(1)} %)` : '';
  return new SicError(
    'brake',
    `${errors} of ${read} rows${share} were rejected or failed, and max-errors allows ${limitText(limit)}.`,
    {
      hint: `Look at the rows that were not taken, and correct the file or allow more with --max-errors. ${goOn}`,
    },
  );
}

function requestsUsedUp(most: number): SicError {
  return new SicError(
    'brake',
    `Request ${most + 1} was not sent, because max-requests allows ${most.toLocaleString('en')}.`,
    { hint: goOn },
  );
}

/** @param time `05:30` */
export function deadlineReached(time: string): SicError {
  return new SicError('brake', `It is ${time}, the deadline of this run.`, {
    hint: goOn,
  });
}
