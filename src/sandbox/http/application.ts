import type { Authenticator } from '../auth/authenticator.ts';
import type { Tenant } from '../login/tenant.ts';
import type { ContentStore, Upload } from '../store/contents.ts';
import type { ChangeSet, Database } from '../store/database.ts';
import { parseBody } from './body.ts';
import { endpointDocument, versionDocument } from './documents.ts';
import type { Answer, BodyRule, Handler, Route } from './exchange.ts';
import { languageOf } from './language.ts';
import { notFound, outOfService, refusalOf, tooManyRequests, wrongSubdomain } from './refusals.ts';
import { decode, Router } from './router.ts';

/** A request of which the body has not been looked at yet. */
export interface RequestHead {
  readonly method: string;
  /** Path and query as they came. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The port it came in by. */
  readonly port: number;
}

/** A request that leads somewhere: how to take in its body, and what to do with it then. */
export interface Admitted {
  readonly body: BodyRule;
  /** Takes the body as bytes, or as an upload where the rule says so. Never throws. */
  readonly answer: (body: Buffer | Upload) => Answer;
}

export interface ApplicationParts {
  readonly tenant: Tenant;
  /** Takes the requests that are for the login host; undefined for the others. */
  readonly login: (request: RequestHead) => Admitted | Answer | undefined;
  /** The HTTP status of everything while the tenant does not run. */
  readonly stoppedStatus: number;
  readonly database: Database;
  readonly contents: ContentStore;
  readonly routes: readonly Route[];
  readonly authenticator: Authenticator;
  /** Makes the changes of a request durable before it is answered. */
  readonly keep: (changes: ChangeSet) => void;
  readonly clock: () => Date;
}

/** Login hosts answer state requests, never the API (reading.md, section 1.1). */
const loginHost = /^(sod|qaonline|online)\.superoffice\.com(:\d+)?$/i;

/** Where callers are told to wait. SuperOffice asks for ten; twenty are a burst that nobody overlooks (reading.md, section 6.2). */
const requestsInASecond = 20;

/** From request to answer, without sockets. Every request is one unit of work: refused ones leave no trace. */
export class Application {
  readonly #parts: ApplicationParts;
  readonly #router: Router<Handler>;
  /** Requests of the second under way. */
  #second = { of: 0, requests: 0 };

  constructor(parts: ApplicationParts) {
    this.#parts = parts;
    this.#router = new Router(parts.routes);
  }

  /** Everything that is known before the body comes: strangers and lost requests are answered without reading theirs. */
  admit(request: RequestHead): Admitted | Answer {
    try {
      return this.#route(request);
    } catch (error) {
      return refusalOf(error);
    }
  }

  #route(request: RequestHead): Admitted | Answer {
    const { tenant, login, stoppedStatus } = this.#parts;
    const admitted = login(request);
    if (admitted) return admitted;
    if (this.#isTooMuch()) return tooManyRequests;
    const host = request.headers.host ?? 'localhost';
    const [path = '/', ...query] = request.url.split('?');
    const [, first = '', second = ''] = path.split('/');
    const url = `http://${host}${request.url}`;
    if (second.toLowerCase() !== 'api') return notFound(url);
    const isHere = tenant.isNamed(decode(first) ?? first) && tenant.isApiHost(request.port);
    if (!isHere || loginHost.test(host)) return wrongSubdomain;
    if (!tenant.isRunning) return outOfService(tenant.state, stoppedStatus);

    const apiRoot = `http://${host}/${tenant.name}/api`;
    const below = path.slice(first.length + second.length + 2).replace(/\/$/, '');
    if (request.method === 'GET' && below === '') return versionDocument(apiRoot, request.headers.accept);
    if (request.method === 'GET' && below.toLowerCase() === '/v1')
      return endpointDocument(apiRoot, this.#parts.routes);
    return this.#call(request, below, new URLSearchParams(query.join('?')), apiRoot) ?? notFound(url);
  }

  /** Never, unless the installation was told to (quirks.ts). */
  #isTooMuch(): boolean {
    const { database, clock } = this.#parts;
    if (database.quirks['too-many-requests'] === 'never') return false;
    const now = Math.floor(clock().getTime() / 1000);
    if (this.#second.of !== now) this.#second = { of: now, requests: 0 };
    this.#second.requests++;
    return this.#second.requests > requestsInASecond;
  }

  #call(request: RequestHead, path: string, query: URLSearchParams, apiRoot: string): Admitted | undefined {
    const { database, contents, authenticator, keep, clock } = this.#parts;
    const user = authenticator.authenticate(
      request.headers.authorization,
      clock(),
      request.headers['so-apptoken'],
    );
    const match = this.#router.match(request.method, path);
    if (!match) return undefined;
    const answer = (body: Buffer | Upload): Answer => {
      const isUpload = !Buffer.isBuffer(body);
      const work = contents.begin(isUpload ? body : null);
      try {
        const exchange = {
          method: request.method,
          path: decode(path) ?? path,
          query,
          headers: request.headers,
          body: isUpload ? undefined : parseBody(body, request.headers['content-type']),
          user,
          database,
          contents: work,
          now: new Date(Math.floor(clock().getTime() / 1000) * 1000),
          language: languageOf(request.headers),
          apiRoot,
        };
        const result = database.transact(() => match.handler(exchange, match.parameters), keep);
        work.commit();
        return result;
      } catch (error) {
        work.rollback();
        return refusalOf(error);
      }
    };
    return { body: match.body, answer };
  }
}
