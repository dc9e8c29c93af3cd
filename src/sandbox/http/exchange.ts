import type { Contents, StoredContent } from '../store/contents.ts';
import type { Database, DbUser } from '../store/context.ts';

/** One request as the handlers see it. */
export interface Exchange {
  readonly method: string;
  /** Path below `/{tenant}/api`, decoded, without a trailing slash: `/v1/Contact/5`. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Parsed JSON (property names as sent), a form as an object of strings, or undefined without a body. */
  readonly body: unknown;
  /** The signed-in user. */
  readonly user: DbUser;
  readonly database: Database;
  /** Files behind records, and the one that the request brought. */
  readonly contents: Contents;
  /** Seconds-exact server time, for stamps. */
  readonly now: Date;
  /** Language asked for by SO-Language or Accept-Language, without region and in lower case (`en`); null = raw multi-language texts. */
  readonly language: string | null;
  /** `http://127.0.0.1:PORT/Sandbox/api`, as the caller addressed us: what links start with. */
  readonly apiRoot: string;
}

/** What a handler answers; without `json`, `text` and `content` no body is sent. */
export interface Answer {
  readonly status: number;
  readonly json?: unknown;
  /** A body that is not JSON; its `content-type` stands in `headers`. */
  readonly text?: string;
  /** A body of bytes, `application/octet-stream` unless `headers` say something else. */
  readonly content?: StoredContent;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Handler = (exchange: Exchange, parameters: Readonly<Record<string, string>>) => Answer;

/** How the body of a route is taken in. */
export interface BodyRule {
  /** `content`: a file. It is put aside and stands in `contents.upload`; `body` is undefined then. */
  readonly as: 'value' | 'content';
  /** Bytes that are taken; more is 413. */
  readonly limit: number;
}

/**
 * `['GET', '/v1/Contact/{id}', handler]`; literal segments win over parameters; paths match without regard to case.
 * Parameters are decoded. Without a rule the body is a value of at most `valueLimit` (body.ts).
 */
export type Route = RouteTo<Handler>;

/** A route to handlers of another kind, those of the login host. */
export type RouteTo<Target> = readonly [method: string, pattern: string, handler: Target, body?: BodyRule];

/** A refusal in SuperOffice's own words and shape (reading.md, section 6.1). */
export class SandboxError extends Error {
  override readonly name = 'SandboxError';
  readonly status: number;
  readonly errorType: string;

  constructor(status: number, errorType: string, message: string) {
    super(message);
    this.status = status;
    this.errorType = errorType;
  }
}

/**
 * A request that ASP.NET refuses before any service sees it: bad JSON, a missing parameter. It has a body of its own
 * form, `{Message, MessageDetail}` (reading.md, section 6.1).
 */
export class BindingError extends Error {
  override readonly name = 'BindingError';
  readonly status: number;
  readonly detail: string;

  constructor(detail: string, status = 400) {
    super('The request is invalid.');
    this.status = status;
    this.detail = detail;
  }
}

export function ok(json: unknown): Answer {
  return { status: 200, json };
}

/** The answer of a void operation. */
export const noContent: Answer = { status: 204 };
