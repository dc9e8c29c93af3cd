/**
 * What a repetition could do. `read`: nothing · `repeatable`: the same again (PATCH, ticking interests) · `create`: a second
 * record, so it is sent again only when the first one was certainly not taken.
 */
export type RequestKind = 'read' | 'repeatable' | 'create';

/** How one try of one request went wrong. */
export interface Failure {
  /** HTTP status; 0: no answer. */
  readonly status: number;
  /** Short class name of the server's exception, '' when the answer named none. */
  readonly errorType: string;
  /** False only when it is certain that nothing of the request reached a server. */
  readonly sent: boolean;
  /** A good status, but an answer that nobody can read: cut JSON, a web page. */
  readonly garbled: boolean;
  /** The Retry-After header. */
  readonly retryAfter: string | null;
  /** Will be so tomorrow: a certificate, a proxy that refuses. */
  readonly permanent: boolean;
}

/** `budgetMs` bounds all waits of one request, from its first failure on. */
export const retryLimits = {
  tries: 6,
  baseMs: 500,
  capMs: 30_000,
  retryAfterCapMs: 120_000,
  budgetMs: 180_000,
};

/** A wait of nothing would hammer a server that has just asked for mercy. */
const shortestWaitMs = 100;

/** Tries in all, by status, for requests that may be repeated. How SuperOffice throttles is undocumented (reading.md, 6.2). */
const transientStatuses: ReadonlyMap<number, number> = new Map([
  [408, 6],
  [429, 6],
  [500, 3],
  [502, 6],
  [503, 6],
  [504, 6],
]);

/**
 * Was the request turned away before any work was done? 429 says so, and a 503 that names a time to come back; a bare 503
 * may come from a gateway that lost its server in the middle.
 */
function refusedBeforeWork({ status, retryAfter }: Failure): boolean {
  return status === 429 || (status === 503 && retryAfter !== null);
}

/** Exceptions whose 500 may pass next time. Every other named exception is the server's verdict and stays (reading.md, 6.3). */
const transientExceptions: ReadonlySet<string> = new Set([
  'SoAsyncProviderTimeoutException',
  'SoServerException',
  'TimeoutException',
]);

/** How often this request may be sent in all, after a failure like this one; 1: never again. */
export function triesAllowed(kind: RequestKind, failure: Failure): number {
  if (failure.permanent) return 1;
  if (kind === 'create') {
    const neverTaken = failure.status === 0 ? !failure.sent : refusedBeforeWork(failure);
    return neverTaken ? retryLimits.tries : 1;
  }
  if (failure.garbled) return 3;
  if (failure.status === 0) return retryLimits.tries;
  if (failure.status === 500 && failure.errorType !== '' && !transientExceptions.has(failure.errorType))
    return 1;
  return transientStatuses.get(failure.status) ?? 1;
}

/**
 * Did a write perhaps happen although this try failed? A gateway that gave up (502, 503, 504) may have passed it on; a 500
 * with a named exception is SuperOffice's own refusal, one without may come from anything on the way.
 */
export function mayHaveHappened(kind: RequestKind, failure: Failure): boolean {
  if (kind === 'read' || !failure.sent) return false;
  if (failure.status === 0 || failure.garbled) return true;
  return failure.status >= 500 && failure.errorType === '' && !refusedBeforeWork(failure);
}

/**
 * Milliseconds before the next try. The server's own wish is obeyed up to a cap; ours is drawn from the upper half
 * of a window that doubles with every try (`tryNumber` counts from 1): senders do not come back at the same moment, and
 * six tries outlast a restart of the server.
 */
export function waitBeforeNext(tryNumber: number, retryAfterMs: number | null, random: number): number {
  if (retryAfterMs !== null)
    return Math.max(shortestWaitMs, Math.min(retryAfterMs, retryLimits.retryAfterCapMs));
  const window = Math.min(retryLimits.capMs, retryLimits.baseMs * 2 ** (tryNumber - 1));
  return Math.round((window * (1 + random)) / 2);
}

const httpDate = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/** Milliseconds that a Retry-After header asks for (seconds or an HTTP date), or null when it is absent or nonsense. */
export function parseRetryAfter(header: string | null, wallClockMs: number): number | null {
  const value = header?.trim() ?? '';
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000;
  if (!httpDate.test(value)) return null;
  const at = Date.parse(value);
  return Number.isNaN(at) ? null : Math.max(0, at - wallClockMs);
}
