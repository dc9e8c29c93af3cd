import { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import { cutRows } from './cut-rows.ts';
import { openDispatcher } from './dispatcher.ts';
import { proxyFor } from './proxy.ts';
import type { Pass } from './session.ts';

/** Milliseconds. SuperOffice itself calls 5 s slow, so these are far above (reading.md, section 6.5). */
export interface Timeouts {
  readonly connect: number;
  readonly headers: number;
  readonly body: number;
  /** For the answer to a file, in place of `headers`. */
  readonly upload: number;
}

/** Uploads may take five minutes (writing.md, section 4). */
export const defaultTimeouts: Timeouts = {
  connect: 10_000,
  headers: 60_000,
  body: 120_000,
  upload: 300_000,
};

/** An error body is read so far, for its message; the rest is nobody's business. */
const errorBodyLimit = 64 * 1024;

export interface Outgoing {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below the REST root, with query: `/v1/Contact?$select=ContactId`. */
  readonly path: string;
  /** Of this request alone. */
  readonly headers: Readonly<Record<string, string>>;
  readonly contentType: string | null;
  readonly body: string | null;
  /** Sent instead of `body`. */
  readonly upload?: Upload;
  /** Is given the body of a good answer as it comes in; `text` is then empty. */
  readonly receive?: (body: AsyncIterable<Uint8Array>) => Promise<void>;
  /** Is called when a good answer begins, for what is handed its rows as they come in; `text` is then what is left. */
  readonly beginRows?: () => (row: unknown) => void;
}

/** Bytes to send, opened anew for every try. */
export interface Upload {
  /** Bytes. */
  readonly size: number;
  open(): Readable;
}

export interface Reply {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly location: string | null;
  readonly text: string;
  /** Of the body that `receive` was given; null where there was none. */
  readonly received: Received | null;
}

export interface Received {
  /** Bytes. */
  readonly size: number;
  readonly isPage: boolean;
}

/** The server's clock in one answer, beside ours. Milliseconds since 1970; the server's are whole seconds. */
export interface ServerClock {
  readonly there: number;
  readonly here: number;
}

/** What was to be sent cannot be read, or is not what it was: a matter of this machine, not of the way to SuperOffice. */
export class UploadError extends Error {
  override readonly name = 'UploadError';
}

/** Sends one request once. Throws what undici throws when no whole answer came, and UploadError. */
export interface Transport {
  /** To where the pass leads, signed with what it carries. */
  send(request: Outgoing, pass: Pass, signal: AbortSignal): Promise<Reply>;
  /** Host and port of the proxy on the way to an origin, or null. */
  proxyTo(origin: string): string | null;
  /** The Date header of the last answer that had one. */
  clock(): ServerClock | null;
  /** Waits for nothing. */
  close(): Promise<void>;
}

export interface TransportOptions {
  readonly concurrency: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly timeouts: Timeouts;
  /** Authorities that are trusted beside those Node knows, PEM text each. */
  readonly authorities: readonly string[];
}

/**
 * A pool of kept-alive connections per host, through a proxy where the environment says so. There is one host, and a
 * second one when the tenant moves while a run is at work.
 */
export function openTransport(options: TransportOptions): Transport {
  const pools = new Map<string, Promise<Dispatcher>>();
  const proxyTo = (origin: string): URL | null => proxyFor(new URL(origin), options.env);

  function poolOf(origin: string): Promise<Dispatcher> {
    const known = pools.get(origin);
    if (known) return known;
    const { concurrency: connections, timeouts, authorities } = options;
    const pool = openDispatcher({ origin, proxy: proxyTo(origin), connections, timeouts, authorities });
    pools.set(origin, pool);
    return pool;
  }

  // No Accept-Language: list names come raw, in every language. No SO-TimeZone: times stay the tenant's wall time. A
  // request that wants it otherwise says so.
  const common = { accept: 'application/json', 'user-agent': 'sic' };
  let clock: ServerClock | null = null;
  return {
    clock: () => clock,
    async send(request, { address, headers: signed }, signal) {
      const { upload, receive, beginRows } = request;
      const dispatcher = await poolOf(address.origin);
      const answer = await dispatcher.request({
        origin: address.origin,
        path: address.apiPath + request.path,
        method: request.method,
        headers: { ...common, ...request.headers, ...signed, ...headersOf(request) },
        body: upload ? Readable.from(bytesOf(upload), { objectMode: false }) : request.body,
        ...(upload ? { headersTimeout: options.timeouts.upload } : {}),
        signal,
      });
      const { statusCode: status, headers, body } = answer;
      clock = clockIn(first(headers.date)) ?? clock;
      const received = status < 300 && receive ? await given(receive, body, headers) : null;
      return {
        status,
        retryAfter: first(headers['retry-after']),
        location: first(headers.location),
        text:
          status >= 300
            ? await readStart(body)
            : receive
              ? ''
              : await (beginRows ? cutRows(body, beginRows()) : body.text()),
        received,
      };
    },
    proxyTo: origin => proxyTo(origin)?.host ?? null,
    async close() {
      await Promise.all([...pools.values()].map(async pool => (await pool).destroy()));
    },
  };
}

function clockIn(date: string | null): ServerClock | null {
  const there = date === null ? Number.NaN : Date.parse(date);
  return Number.isNaN(there) ? null : { there, here: Date.now() };
}

/** The last piece goes out when all of them were found right: SuperOffice never takes a part, or a mixture, for the whole. */
async function* bytesOf(upload: Upload): AsyncGenerator<Uint8Array, void, void> {
  let size = 0;
  let held: Uint8Array | null = null;
  for await (const piece of piecesOf(upload)) {
    size += piece.length;
    if (size > upload.size) break;
    if (held) yield held;
    held = piece;
  }
  if (size !== upload.size) throw new UploadError('the file was changed while it was being sent');
  if (held) yield held;
}

/** Apart from `bytesOf`: what breaks the connection off is thrown into that one, and is not the file's fault. */
async function* piecesOf(upload: Upload): AsyncGenerator<Uint8Array, void, void> {
  try {
    for await (const piece of upload.open()) yield piece;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UploadError(`the file cannot be read (${reason})`, { cause });
  }
}

async function given(
  receive: NonNullable<Outgoing['receive']>,
  body: AsyncIterable<Uint8Array>,
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Promise<Received> {
  let size = 0;
  async function* counted(): AsyncGenerator<Uint8Array, void, void> {
    for await (const piece of body) {
      size += piece.length;
      yield piece;
    }
  }
  await receive(counted());
  return { size, isPage: first(headers['content-type'])?.startsWith('text/html') ?? false };
}

function headersOf({ contentType, upload, receive }: Outgoing): Record<string, string> {
  return {
    ...(contentType === null ? {} : { 'content-type': contentType }),
    ...(upload ? { 'content-length': String(upload.size) } : {}),
    ...(receive ? { accept: 'application/octet-stream' } : {}),
  };
}

/** Ending the loop early destroys the stream, so a connection is never left half read. */
async function readStart(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    size += chunk.byteLength;
    if (size >= errorBodyLimit) break;
  }
  return new TextDecoder().decode(Buffer.concat(chunks).subarray(0, errorBodyLimit));
}

function first(header: string | string[] | undefined): string | null {
  return (Array.isArray(header) ? header[0] : header) ?? null;
}
