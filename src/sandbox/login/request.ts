import type { Authenticator } from '../auth/authenticator.ts';
import type { Answer } from '../http/exchange.ts';
import { isObject } from '../http/names.ts';
import type { Database } from '../store/database.ts';
import type { AuthorizationCodes } from './codes.ts';
import type { KeyRing } from './key-ring.ts';
import type { Lifetimes } from './lifetimes.ts';
import type { LoginOpenPoints } from './open-points.ts';
import type { RefreshTokens } from './refresh-tokens.ts';
import type { Registration } from './registration.ts';
import type { Tenant } from './tenant.ts';

/** One request to the login host. Nobody is signed in there yet. */
export interface LoginRequest {
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Parsed JSON, a form as an object of strings, or undefined without a body. */
  readonly body: unknown;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Name and port under which the caller reached us. */
  readonly host: string;
  /** `http://127.0.0.1:PORT`: the root of the login host and the issuer of its id_tokens. */
  readonly origin: string;
  readonly url: string;
  readonly now: Date;
}

/** What the handlers of the login host work with. */
export interface LoginParts {
  readonly tenant: Tenant;
  readonly database: Database;
  readonly authenticator: Authenticator;
  readonly registration: Registration;
  readonly keys: KeyRing;
  readonly codes: AuthorizationCodes;
  readonly refreshTokens: RefreshTokens;
  readonly openPoints: LoginOpenPoints;
  readonly lifetimes: Lifetimes;
}

export type LoginHandler = (request: LoginRequest, parts: LoginParts) => Answer;

/** The parameters of an OAuth request: those of a form body, else those of the query (reading.md, section 2.3). Empty ones count as absent. */
export function oauthParameters({ query, body }: LoginRequest): Readonly<Partial<Record<string, string>>> {
  const sent: Record<string, string> = {};
  const fields = isObject(body) ? Object.entries(body) : [];
  for (const [name, value] of [...query, ...fields])
    if (typeof value === 'string' && value !== '') sent[name] = value;
  return sent;
}

/** Why nobody can sign in to the tenant just now; undefined when they can. */
export function closedBecause({ tenant, openPoints }: LoginParts): string | undefined {
  if (tenant.isRunning || !openPoints.signInNeedsRunning) return undefined;
  return `The tenant '${tenant.name}' is in state ${tenant.state}.`;
}

/** `common` stands for every tenant in the paths of OAuth. */
export function leadsToTenant({ parameters }: LoginRequest, tenant: Tenant): boolean {
  const name = parameters.tenant ?? '';
  return name.toLowerCase() === 'common' || tenant.isNamed(name);
}
