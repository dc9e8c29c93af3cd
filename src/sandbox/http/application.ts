import type { Authenticator } from '../auth/authenticator.ts';
import type { ChangeSet, Database } from '../store/database.ts';
import { parseBody } from './body.ts';
import { endpointDocument, stateDocument, versionDocument } from './documents.ts';
import type { Answer, Route } from './exchange.ts';
import { languageOf } from './language.ts';
import { notFound, refusalOf, wrongSubdomain } from './refusals.ts';
import { decode, Router } from './router.ts';

/** One request with its body read. */
export interface RawRequest {
  readonly method: string;
  /** Path and query as they came. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

export interface ApplicationParts {
  readonly tenant: string;
  readonly database: Database;
  readonly routes: readonly Route[];
  readonly authenticator: Authenticator;
  /** Makes the changes of a request durable before it is answered. */
  readonly keep: (changes: ChangeSet) => void;
  readonly clock: () => Date;
}

/** Login hosts answer state requests, never the API (reading.md, section 1.1). */
const loginHost = /^(sod|qaonline|online)\.superoffice\.com(:\d+)?$/i;

/** From request to answer, without sockets. Every request is one unit of work: refused ones leave no trace. */
export class Application {
  readonly #parts: ApplicationParts;
  readonly #router: Router;

  constructor(parts: ApplicationParts) {
    this.#parts = parts;
    this.#router = new Router(parts.routes);
  }

  answer(request: RawRequest): Answer {
    try {
      return this.#route(request);
    } catch (error) {
      return refusalOf(error);
    }
  }

  #route(request: RawRequest): Answer {
    const { tenant, clock } = this.#parts;
    const host = request.headers.host ?? 'localhost';
    const [path = '/', ...query] = request.url.split('?');
    const [, first = '', second = '', third = ''] = path.split('/');
    const url = `http://${host}${request.url}`;
    if (first.toLowerCase() === 'api' && second.toLowerCase() === 'state' && request.method === 'GET')
      return isSame(third, tenant)
        ? stateDocument(tenant, `http://${host}/${tenant}`, clock())
        : notFound(url);
    if (second.toLowerCase() !== 'api') return notFound(url);
    if (!isSame(first, tenant) || loginHost.test(host)) return wrongSubdomain;

    const apiRoot = `http://${host}/${tenant}/api`;
    const below = path.slice(first.length + second.length + 2).replace(/\/$/, '');
    if (request.method === 'GET' && below === '') return versionDocument(apiRoot, request.headers.accept);
    if (request.method === 'GET' && below.toLowerCase() === '/v1')
      return endpointDocument(apiRoot, this.#parts.routes);
    return this.#call(request, below, new URLSearchParams(query.join('?')), apiRoot) ?? notFound(url);
  }

  #call(request: RawRequest, path: string, query: URLSearchParams, apiRoot: string): Answer | undefined {
    const { database, authenticator, keep, clock } = this.#parts;
    const time = clock();
    const user = authenticator.authenticate(request.headers.authorization, time);
    const match = this.#router.match(request.method, path);
    if (!match) return undefined;
    const exchange = {
      method: request.method,
      path: decode(path) ?? path,
      query,
      headers: request.headers,
      body: parseBody(request.body, request.headers['content-type']),
      user,
      database,
      now: new Date(Math.floor(time.getTime() / 1000) * 1000),
      language: languageOf(request.headers),
      apiRoot,
    };
    return database.transact(() => match.handler(exchange, match.parameters), keep);
  }
}

function isSame(segment: string, tenant: string): boolean {
  return (decode(segment) ?? segment).toLowerCase() === tenant.toLowerCase();
}
