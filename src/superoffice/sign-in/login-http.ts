import type { Dispatcher } from 'undici';
import { SicError } from '../../problems/sic-error.ts';
import { openDispatcher } from '../dispatcher.ts';
import { isObject } from '../json.ts';
import { explainNetworkFault, isNetworkError } from '../network-fault.ts';
import { proxyFor } from '../proxy.ts';
import { waitBeforeNext } from '../retry.ts';
import { readServerWords } from '../server-words.ts';
import { sleep, type Timing } from '../timing.ts';
import { defaultTimeouts } from '../transport.ts';
import type { Note } from '../wait.ts';
import type { LoginHost } from './login-host.ts';

export interface LoginHttpOptions {
  readonly login: LoginHost;
  /** For HTTP_PROXY, HTTPS_PROXY, NO_PROXY. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Authorities that are trusted beside those Node knows, PEM text each. */
  readonly authorities: readonly string[];
  readonly timing: Timing;
  readonly signal: AbortSignal;
  /** Told about every wait. */
  readonly note: Note;
}

export interface LoginAnswer {
  readonly status: number;
  /** undefined: the answer had no body. */
  readonly json: unknown;
  /** The server's clock, milliseconds since 1970; null: it did not say. */
  readonly date: number | null;
}

/** Below the root of the login host: `/login/.well-known/jwks`. */
export interface LoginRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly form?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  /** Whether sending it twice does no harm. A code of a sign-in may be used once. */
  readonly repeatable: boolean;
}

/**
 * Asks the login host. Answers whatever JSON came, refusals included; throws SicError 'unreachable' when none came: nobody
 * there, a web page of a proxy, an error of the server.
 */
export interface LoginHttp {
  readonly login: LoginHost;
  ask(request: LoginRequest): Promise<LoginAnswer>;
}

const tries = 3;
const timeouts = { ...defaultTimeouts, headers: 30_000, body: 30_000 };
const transient: ReadonlySet<number> = new Set([429, 500, 502, 503, 504]);

interface RawAnswer {
  readonly status: number;
  readonly text: string;
  readonly location: string | null;
  readonly date: number | null;
}

/** One try that failed. */
interface Miss {
  readonly error: SicError;
  /** Whether it may be different in a few seconds. */
  readonly passing: boolean;
}

export function createLoginHttp(options: LoginHttpOptions): LoginHttp {
  const { login, timing, signal } = options;
  const origin = new URL(login.root);

  async function ask(request: LoginRequest): Promise<LoginAnswer> {
    for (let tryNumber = 1; ; tryNumber++) {
      const outcome = await tryOnce(request);
      if (!('error' in outcome)) return outcome;
      if (!request.repeatable || !outcome.passing || tryNumber >= tries) throw outcome.error;
      const wait = waitBeforeNext(tryNumber, null, timing.random());
      const seconds = (wait / 1000).toFixed(1);
      options.note(`${outcome.error.message} Waiting ${seconds} s, then try ${tryNumber + 1} of ${tries}.`, {
        milliseconds: wait,
        nextTry: tryNumber + 1,
        tries,
        status: 0,
      });
      if (!(await sleep(timing, wait, signal))) throw signal.reason;
    }
  }

  async function tryOnce(request: LoginRequest): Promise<LoginAnswer | Miss> {
    const proxy = proxyFor(origin, options.env);
    // No connection outlives its request: there are three in six hours, and nobody would close what is kept.
    const dispatcher = await openDispatcher({
      origin: origin.origin,
      proxy,
      connections: 1,
      timeouts,
      authorities: options.authorities,
    });
    try {
      return judge(await exchange(dispatcher, origin, request, signal), login);
    } catch (cause) {
      if (signal.aborted) throw signal.reason;
      if (!isNetworkError(cause)) throw cause;
      const fault = explainNetworkFault(cause, {
        target: login.host,
        proxy: proxy?.host ?? null,
        setting: '"environment" and "login" of the profile',
      });
      const error = new SicError('unreachable', `Signing in is not possible: ${fault.message}.`, {
        hint: fault.sent
          ? 'Run the same command again; if it stays so, ask who runs the network.'
          : fault.hint,
        cause,
      });
      return { error, passing: !fault.permanent && !fault.nobodyThere };
    } finally {
      await dispatcher.destroy();
    }
  }

  return { login, ask };
}

async function exchange(
  dispatcher: Dispatcher,
  root: URL,
  { method, path, form, json }: LoginRequest,
  signal: AbortSignal,
): Promise<RawAnswer> {
  const body = form ? new URLSearchParams(form).toString() : json ? JSON.stringify(json) : null;
  const type = form ? 'application/x-www-form-urlencoded' : 'application/json';
  const answer = await dispatcher.request({
    origin: root.origin,
    path: `${root.pathname.replace(/\/$/, '')}${path}`,
    method,
    headers: {
      accept: 'application/json',
      'user-agent': 'sic',
      ...(body === null ? {} : { 'content-type': type }),
    },
    body,
    signal,
  });
  const date = Date.parse(String(answer.headers.date ?? ''));
  const { location } = answer.headers;
  return {
    status: answer.statusCode,
    text: await answer.body.text(),
    location: (Array.isArray(location) ? location[0] : location)?.replace(/[?#].*$/s, '') ?? null,
    date: Number.isNaN(date) ? null : date,
  };
}

function judge(answer: RawAnswer, login: LoginHost): LoginAnswer | Miss {
  const { status, text, date } = answer;
  const words = readServerWords(text);
  const passing = transient.has(status);
  if (words.isPage || (status >= 300 && status < 400)) return { error: page(answer, login), passing };
  const json = parse(text);
  // A 500 that speaks JSON is a refusal like any other: which status a refused sign-in has is not documented.
  if (passing && !(status === 500 && isObject(json))) return { error: down(status, login), passing };
  if (json !== unreadable) return { status, json, date };
  // A refusal in plain words is passed on in the form of the others.
  if (status >= 400) return { status, json: { error: words.message }, date };
  const error = new SicError('unreachable', `${login.host} sent an answer that cannot be read.`, {
    hint: 'Something between here and SuperOffice damages answers: a proxy, or a filter. Ask who runs the network.',
  });
  return { error, passing: true };
}

const unreadable = Symbol('unreadable');

function parse(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return unreadable;
  }
}

function down(status: number, login: LoginHost): SicError {
  return new SicError('unreachable', `${login.host} answered ${status} when asked to sign in.`, {
    hint: 'SuperOffice is down or under maintenance. Run the same command again later.',
  });
}

/** SuperOffice's own endpoints speak JSON: a page comes from a proxy, a firewall, or a maintenance notice. */
function page({ status, text, location }: RawAnswer, login: LoginHost): SicError {
  const title = readServerWords(text).message;
  const titled = text.trim().startsWith('<') && title !== '' ? ` titled “${title}”` : '';
  const what = location === null ? `a web page${titled}` : `the advice to go to ${location}`;
  return new SicError(
    'unreachable',
    `Signing in is not possible: ${login.host} answered ${status} with ${what} instead of data.`,
    {
      hint: `A proxy or firewall stands in between, or SuperOffice is under maintenance. Open ${login.root} in a browser on this machine; ask who runs the network to let sic through, or set HTTPS_PROXY.`,
    },
  );
}
