import type { RequestKind } from './retry.ts';
import type { Outgoing, Upload } from './transport.ts';

/** One request to SuperOffice, as whoever wants something of it says it. */
export interface Call {
  readonly kind: RequestKind;
  readonly method: Outgoing['method'];
  /** Below the REST root, without query: `/v1/Contact/5`. Shown in messages. */
  readonly path: string;
  /** Encoded, without the question mark. */
  readonly query?: string;
  /** Sent beside those that every request has; names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as a form. */
  readonly form?: string;
  /** Sent as it is (writing.md, section 4: octet-stream whatever the file holds). */
  readonly upload?: Upload;
  /** Is given the body of a good answer; anew with every try. Then there is no JSON to be had. */
  readonly receive?: (body: AsyncIterable<Uint8Array>) => Promise<void>;
  /**
   * Is called when a good answer begins, anew with every try, for what is handed the rows in its `value` as they come in
   * (`cutRows`). The JSON then holds those that are left.
   */
  readonly beginRows?: () => (row: unknown) => void;
  /** What is known of that body before. Another one comes from something on the way, and is asked for again. */
  readonly awaits?: AwaitedBody;
  /** The first request of a run: an address where nobody is gets no second chance. */
  readonly firstContact?: boolean;
  /**
   * Something that belongs to a record that is begun already: it goes before requests that begin new ones, and no brake
   * holds it, so that a run that is ended leaves few records half done.
   */
  readonly completes?: boolean;
  /** Names what the answer lacks (`an id`), or null when it is good. Without it, any JSON and no JSON is good. */
  readonly lacks?: (json: unknown) => string | null;
}

export interface AwaitedBody {
  /** Bytes; null: not known. */
  readonly size: number | null;
  /** False when a web page is certainly not what was asked for. */
  readonly mayBePage: boolean;
}

/** The same as it goes out. */
export function outgoingOf(call: Call): Outgoing {
  const path = call.query ? `${call.path}?${call.query}` : call.path;
  const { method, headers = {}, beginRows } = call;
  return { method, path, headers, ...contentOf(call), ...(beginRows ? { beginRows } : {}) };
}

function contentOf({ upload, receive, form, json }: Call): Omit<Outgoing, 'method' | 'path' | 'headers'> {
  if (upload) return { contentType: 'application/octet-stream', body: null, upload };
  if (receive) return { contentType: null, body: null, receive };
  if (form !== undefined) return { contentType: 'application/x-www-form-urlencoded', body: form };
  if (json !== undefined) return { contentType: 'application/json', body: JSON.stringify(json) };
  return { contentType: null, body: null };
}

/** How messages name it: `POST /v1/Contact`. */
export function label(call: Call): string {
  return `${call.method} ${call.path}`;
}
