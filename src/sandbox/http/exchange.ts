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
  /** Seconds-exact server time, for stamps. */
  readonly now: Date;
  /** Language asked for by Accept-Language or SO-Language; null = raw multi-language texts. */
  readonly language: string | null;
}

/** What a handler answers; `json` undefined sends no body. */
export interface Answer {
  readonly status: number;
  readonly json?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Handler = (exchange: Exchange, parameters: Readonly<Record<string, string>>) => Answer;

/** `['GET', '/v1/Contact/{id}', handler]`; literal segments win over parameters; paths match without regard to case. */
export type Route = readonly [method: string, pattern: string, handler: Handler];

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

export function ok(json: unknown): Answer {
  return { status: 200, json };
}
