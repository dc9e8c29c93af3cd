import type { Authenticator } from '../auth/authenticator.ts';
import type { Admitted, RequestHead } from '../http/application.ts';
import { parseBody } from '../http/body.ts';
import type { Answer } from '../http/exchange.ts';
import { notFound, refusalOf } from '../http/refusals.ts';
import { Router } from '../http/router.ts';
import type { Database } from '../store/database.ts';
import { AuthorizationCodes } from './codes.ts';
import { type Change, KeyRing } from './key-ring.ts';
import type { Lifetimes } from './lifetimes.ts';
import type { LoginOpenPoints } from './open-points.ts';
import { RefreshTokens } from './refresh-tokens.ts';
import { type RegisteredApp, registeredApp } from './registered-app.ts';
import { Registration } from './registration.ts';
import type { LoginParts, LoginRequest } from './request.ts';
import { loginRoutes } from './routes.ts';
import type { Tenant } from './tenant.ts';

export interface LoginHostSetup {
  readonly tenant: Tenant;
  readonly database: Database;
  readonly authenticator: Authenticator;
  /** Makes a change of the database durable. */
  readonly change: Change;
  readonly clock: () => Date;
  readonly openPoints: LoginOpenPoints;
  readonly lifetimes: Lifetimes;
}

const router = new Router(loginRoutes);

/** SuperID: tenant states, OAuth 2.0 and the system user flow (reading.md, sections 1 to 3). */
export class LoginHost {
  readonly #parts: LoginParts;
  readonly #clock: () => Date;

  constructor({ change, clock, ...given }: LoginHostSetup) {
    const { database, lifetimes } = given;
    this.#clock = clock;
    this.#parts = {
      ...given,
      registration: new Registration(database, change),
      keys: new KeyRing(database, change),
      codes: new AuthorizationCodes(lifetimes.code),
      refreshTokens: new RefreshTokens(database, change),
    };
  }

  app(): RegisteredApp {
    return registeredApp(this.#parts.registration, this.#parts.keys);
  }

  /** Codes and refresh tokens that were given out are refused from now on. */
  revokeRefreshTokens(): void {
    this.#parts.codes.clear();
    this.#parts.refreshTokens.revokeAll();
  }

  /** The tenant takes its consent back: nothing that the application holds opens anything any more. */
  revokeConsent(): void {
    const { authenticator, registration } = this.#parts;
    this.revokeRefreshTokens();
    registration.revokeSystemUser();
    authenticator.expireTickets();
    authenticator.expireAccessTokens();
  }

  /** undefined for requests that are not for the login host. */
  admit(request: RequestHead): Admitted | Answer | undefined {
    if (!this.#parts.tenant.isLoginHost(request.port)) return undefined;
    const { method, headers } = request;
    const [path = '/', ...rest] = request.url.split('?');
    const host = headers.host ?? 'localhost';
    const origin = `http://${host}`;
    const url = `${origin}${request.url}`;
    const match = router.match(method, path);
    if (!match) return /^\/login(\/|$)/i.test(path) ? notFound(url) : undefined;
    const query = new URLSearchParams(rest.join('?'));
    const { handler, parameters, body: rule } = match;
    const answer = (bytes: unknown): Answer => {
      try {
        const body = Buffer.isBuffer(bytes) ? parseBody(bytes, headers['content-type']) : undefined;
        const now = this.#clock();
        const asked: LoginRequest = { parameters, query, body, headers, host, origin, url, now };
        return handler(asked, this.#parts);
      } catch (error) {
        return refusalOf(error);
      }
    };
    return { body: rule, answer };
  }
}
