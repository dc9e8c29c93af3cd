import { SicError } from '../problems/sic-error.ts';
import type { Brake } from './brake.ts';
import { type Call, label, outgoingOf } from './call.ts';
import { interrupted, sameVerdict, unsendable } from './call-errors.ts';
import { SuperOfficeError } from './error.ts';
import { Interrupted, type Limiter, type Standing } from './limiter.ts';
import { explainNetworkFault, isNetworkError } from './network-fault.ts';
import {
  type Refusal,
  refusalFromMissing,
  refusalFromNetwork,
  refusalFromOtherBody,
  refusalFromStatus,
  refusalFromUnreadable,
  refusalFromWords,
  scopeOf,
} from './refusal.ts';
import { mayHaveHappened, parseRetryAfter, retryLimits, triesAllowed, waitBeforeNext } from './retry.ts';
import { refusalInside } from './server-words.ts';
import type { Pass, Session } from './session.ts';
import { sleep, type Timing } from './timing.ts';
import { type Outgoing, type Received, type Reply, type Transport, UploadError } from './transport.ts';
import type { Note } from './wait.ts';

export interface RequestCounts {
  readonly total: number;
  readonly read: number;
  readonly write: number;
  readonly retried: number;
}

/** JSON over HTTP with manners: one gate, finite retries, every wait told, every refusal explained. */
export interface Http {
  readonly requests: RequestCounts;
  /** Parsed JSON of a 2xx answer, undefined when it had no body. Throws SuperOfficeError, or the SicError of an upload. */
  send(call: Call): Promise<unknown>;
  /** Waits for nothing, gives sockets back. */
  close(): Promise<void>;
}

export interface HttpOptions {
  readonly transport: Transport;
  readonly session: Session;
  readonly limiter: Limiter;
  readonly timing: Timing;
  readonly mask: (text: string) => string;
  readonly note: Note;
  readonly signal: AbortSignal;
  /** Fires a little after `signal`: a write in flight is given time to be answered, since its fate is worth knowing. */
  readonly writeSignal: AbortSignal;
  readonly brake: Brake;
}

export function createHttp(options: HttpOptions): Http {
  const { transport, session, limiter, timing, mask, brake } = options;
  const requests = { total: 0, read: 0, write: 0, retried: 0 };
  /** Let through by `place`: a few more than were sent, since signing in stands between. */
  let admitted = 0;
  /** Ends the waits between tries, with the verdict that they would only hear again. Renewed after each verdict. */
  let verdict = new AbortController();

  async function send(call: Call): Promise<unknown> {
    const outgoing = outgoingOf(call);
    // Counted from the first failure on: neither the queue nor a slow first try may eat it.
    let deadline: number | null = null;
    let lost = false;
    const remedied = new Set<number>();
    for (let tryNumber = 1; ; tryNumber++) {
      const release = await place(call, tryNumber, lost);
      let wait: number | null;
      try {
        const result = await tryOnce(call, outgoing, lost);
        if ('json' in result) return result.json;
        const { refusal } = result;
        lost ||= mayHaveHappened(call.kind, refusal);
        if (await remedy(call, result, remedied, lost)) {
          requests.retried++;
          continue;
        }
        deadline ??= timing.now() + retryLimits.budgetMs;
        wait = nextWait(call, refusal, tryNumber, deadline);
        // All of it before the place is free: the next in the queue would start at once.
        if (wait === null) throw callOffOthers(failed(call, refusal, lost));
        // The server asked for a pause, so everybody pauses: the others would only be refused as well.
        if (refusal.status === 429 || refusal.retryAfter !== null) limiter.pause(wait);
        // Nobody is there: those who know it go on asking, the others need not find out for themselves.
        if (!refusal.sent) limiter.holdNewcomers(wait);
        options.note(mask(waitNote(call, refusal, wait, tryNumber)), {
          milliseconds: wait,
          nextTry: tryNumber + 1,
          tries: triesAllowed(call.kind, refusal),
          status: refusal.status,
        });
      } finally {
        release();
      }
      const { signal } = verdict;
      const braked = begins(call, lost) ? [brake.signal] : [];
      if (!(await sleep(timing, wait, AbortSignal.any([options.signal, signal, ...braked])))) {
        if (options.signal.aborted) throw interrupted(call, lost);
        if (signal.aborted) throw sameVerdict(call, signal.reason, lost);
        brake.signal.throwIfAborted();
      }
      requests.retried++;
    }
  }

  async function place(call: Call, tryNumber: number, lost: boolean): Promise<() => void> {
    const { signal } = verdict;
    if (begins(call, lost)) brake.signal.throwIfAborted();
    let release: () => void;
    try {
      release = await limiter.acquire(standingOf(call, tryNumber));
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error;
      if (signal.aborted) throw sameVerdict(call, signal.reason, lost);
      if (!options.signal.aborted && begins(call, lost)) brake.signal.throwIfAborted();
      throw interrupted(call, lost);
    }
    try {
      if (begins(call, lost)) {
        brake.before(admitted);
        brake.signal.throwIfAborted();
      }
    } catch (error) {
      release();
      throw error;
    }
    admitted++;
    return release;
  }

  async function tryOnce(
    call: Call,
    outgoing: Outgoing,
    lost: boolean,
  ): Promise<{ json: unknown } | Refused> {
    const stop = call.kind === 'read' ? options.signal : options.writeSignal;
    const pass = await signedIn(call, lost, () => session.pass());
    const { host } = new URL(pass.address.origin);
    try {
      requests.total++;
      if (call.kind === 'read') requests.read++;
      else requests.write++;
      const judged = judge(call, await transport.send(outgoing, pass, stop), host);
      return 'json' in judged ? judged : { ...judged, pass };
    } catch (error) {
      if (stop.aborted) throw interrupted(call, lost || call.kind !== 'read');
      if (error instanceof UploadError) throw unsendable(call, error, lost);
      // A file that was to be sent cannot be read: nothing that SuperOffice or the network could mend.
      if (error instanceof SicError) throw error;
      // Anything else is a mistake in this program: it must show its stack, not be tried again.
      if (!isNetworkError(error)) throw error;
      const fault = explainNetworkFault(error, {
        target: host,
        proxy: transport.proxyTo(pass.address.origin),
      });
      return { refusal: refusalFromNetwork(fault, error), pass };
    }
  }

  /**
   * A refused sign-in is renewed, and a tenant that moved is looked for, once per request: nothing of the request was done,
   * so a create is sent again like any other.
   */
  async function remedy(
    call: Call,
    { refusal, pass }: Refused,
    remedied: Set<number>,
    lost: boolean,
  ): Promise<boolean> {
    const { status } = refusal;
    if (status < 400 || remedied.has(status)) return false;
    remedied.add(status);
    return signedIn(call, lost, () => session.remedy(status, pass));
  }

  /** Signing in fails with a SicError; whoever sends requests knows only the one kind of failure. */
  async function signedIn<T>(call: Call, lost: boolean, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (options.signal.aborted) throw interrupted(call, lost);
      if (!(error instanceof SicError)) throw error;
      throw callOffOthers(
        new SuperOfficeError(mask(`${label(call)}: ${error.message}`), {
          status: error.code === 'sign-in' ? 401 : 0,
          request: label(call),
          lost,
          scope: 'tenant',
          hint: error.hint ?? '',
          cause: error,
        }),
      );
    }
  }

  /**
   * What concerns the whole tenant is the answer to every request that waits: none of them is sent. A locked account is
   * not tried hundreds of times, and a SuperOffice that is gone does not keep a run waiting once for every row. A lost
   * write says nothing yet: it is looked up first.
   */
  function callOffOthers(error: SuperOfficeError): SuperOfficeError {
    if (error.scope === 'tenant' && !error.lost) {
      const ended = verdict;
      verdict = new AbortController();
      ended.abort(error);
      limiter.callOff();
    }
    return error;
  }

  /** null: give up. A wait that would end after the deadline is not begun. */
  function nextWait(call: Call, refusal: Refusal, tryNumber: number, deadline: number): number | null {
    if (call.firstContact && refusal.nobodyThere) return null;
    if (tryNumber >= triesAllowed(call.kind, refusal)) return null;
    const asked = parseRetryAfter(refusal.retryAfter, timing.wallClock());
    const wait = waitBeforeNext(tryNumber, asked, timing.random());
    return timing.now() + wait > deadline ? null : wait;
  }

  function failed(call: Call, refusal: Refusal, lost: boolean): SuperOfficeError {
    return new SuperOfficeError(mask(`${label(call)}: ${refusal.message}`), {
      status: refusal.status,
      errorType: refusal.errorType,
      request: label(call),
      lost,
      scope: scopeOf(call.kind, refusal),
      hint: session.advice(refusal.status) ?? refusal.hint,
      cause: refusal.cause,
    });
  }

  const onBrake = (): void => limiter.callOffNewcomers();
  brake.signal.addEventListener('abort', onBrake, { once: true });
  const close = (): Promise<void> => {
    brake.signal.removeEventListener('abort', onBrake);
    return transport.close();
  };
  return { requests, send, close };
}

/** False for what completes a record, or is on its way to settle the fate of a lost request. */
function begins({ completes }: Call, lost: boolean): boolean {
  return completes !== true && !lost;
}

/** Rows wait for what is read, so reading goes ahead of writing: else nothing is left to write when its answer comes. */
function standingOf({ kind, completes }: Call, tryNumber: number): Standing {
  if (tryNumber > 1 || completes === true) return 'again';
  return kind === 'read' ? 'ahead' : 'last';
}

/** A try that failed, and what it was sent with. */
interface Refused {
  readonly refusal: Refusal;
  readonly pass: Pass;
}

function judge(call: Call, reply: Reply, host: string): { json: unknown } | { refusal: Refusal } {
  if (reply.status >= 300) return { refusal: refusalFromStatus(reply, host) };
  const { received } = reply;
  if (received && isOther(received, call))
    return { refusal: refusalFromOtherBody(received, reply.status, host) };
  const json = parseJson(reply.text);
  if (json === unreadable) return { refusal: refusalFromUnreadable(reply, host) };
  const words = refusalInside(json, call.path.startsWith('/v1/Agents/'));
  if (words) return { refusal: refusalFromWords(words, reply.status, host) };
  const missing = call.lacks?.(json) ?? null;
  return missing === null ? { json } : { refusal: refusalFromMissing(missing, reply.status, host) };
}

function isOther({ size, isPage }: Received, { awaits }: Call): boolean {
  if (!awaits) return false;
  return (isPage && !awaits.mayBePage) || (awaits.size !== null && size !== awaits.size);
}

const unreadable = Symbol('unreadable');

function parseJson(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return unreadable;
  }
}

function waitNote(call: Call, refusal: Refusal, wait: number, tryNumber: number): string {
  const seconds = (wait / 1000).toFixed(1);
  const tries = triesAllowed(call.kind, refusal);
  return `${label(call)}: ${refusal.message}; waiting ${seconds} s, then try ${tryNumber + 1} of ${tries}`;
}
