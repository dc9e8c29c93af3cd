import { SandboxError } from '../http/exchange.ts';
import type { Database, DbUser } from '../store/context.ts';
import { AccessTokens } from './access-tokens.ts';
import { systemAssociateType } from './accounts.ts';
import { type SessionLifetimes, sessionLifetimes } from './lifetimes.ts';
import { Tickets } from './tickets.ts';

/** Basic credentials that were right are remembered, to spare decoding them for each of thousands of requests. */
const rememberedCredentials = 100;

/** Answers who a request runs as: Basic, SOTicket and Bearer, the scheme in any case (reading.md, section 4). */
export class Authenticator {
  readonly #database: Database;
  readonly #tickets: Tickets;
  readonly #accessTokens: AccessTokens;
  readonly #remembered = new Map<string, number>();

  constructor(database: Database, lifetimes: SessionLifetimes = sessionLifetimes) {
    this.#database = database;
    this.#tickets = new Tickets(lifetimes.ticket);
    this.#accessTokens = new AccessTokens(lifetimes.accessToken);
  }

  /** `appToken` is what the header `SO-AppToken` says. Throws SandboxError 401 without credentials that hold. */
  authenticate(authorization: string | undefined, now: Date, appToken?: string): DbUser {
    const [, scheme = '', credentials = ''] = /^(\w+) +(.*)$/.exec(authorization?.trim() ?? '') ?? [];
    const associateId = this.#associateOf(scheme.toLowerCase(), credentials, now, appToken);
    const user = associateId === undefined ? undefined : this.#userOf(associateId);
    if (!user)
      throw new SandboxError(401, 'SoSessionException', refusals[credentials === '' ? 'none' : 'wrong']);
    return user;
  }

  /** A ticket that works as `SOTicket …`, as `Bearer …` and as Basic user name with any password. */
  issueTicket(user: DbUser, now: Date): string {
    return this.#tickets.issue(user.associateId, now);
  }

  /** A ticket of the online flow: it works as `SOTicket …` only, and only with the client secret in `SO-AppToken`. */
  issueOnlineTicket(associateId: number, clientSecret: string, now: Date): string {
    return this.#tickets.issue(associateId, now, clientSecret);
  }

  /** An access token of OAuth, which works as `Bearer …`. */
  issueAccessToken(associateId: number, tenant: string, now: Date): string {
    return this.#accessTokens.issue(associateId, tenant, now);
  }

  /** No ticket that was given out holds any more. */
  expireTickets(): void {
    this.#tickets.expireAll();
  }

  /** No access token that was given out holds any more. */
  expireAccessTokens(): void {
    this.#accessTokens.expireAll();
  }

  #associateOf(
    scheme: string,
    credentials: string,
    now: Date,
    appToken: string | undefined,
  ): number | undefined {
    if (scheme === 'soticket') return this.#tickets.use(credentials, now, appToken);
    // Without the application's word on it a ticket of the online flow is no bearer token.
    if (scheme === 'bearer')
      return this.#accessTokens.use(credentials, now) ?? this.#tickets.use(credentials, now);
    return scheme === 'basic' ? this.#basic(credentials, now) : undefined;
  }

  #basic(credentials: string, now: Date): number | undefined {
    const known = this.#remembered.get(credentials);
    if (known !== undefined) return known;
    const text = Buffer.from(credentials, 'base64').toString('utf8');
    // A ticket has a colon of its own, so it is cut out before the text is split at one.
    const ticket = /^(7T:[^:]+)(:|$)/.exec(text)?.[1];
    if (ticket !== undefined) return this.#tickets.use(ticket, now);
    const colon = text.indexOf(':');
    if (colon < 0) return undefined;
    const associateId = this.#withPassword(text.slice(0, colon), text.slice(colon + 1));
    if (associateId !== undefined && this.#remembered.size < rememberedCredentials)
      this.#remembered.set(credentials, associateId);
    return associateId;
  }

  #withPassword(name: string, password: string): number | undefined {
    if (name === '' || password === '') return undefined;
    const wanted = name.toLowerCase();
    for (const [id, row] of this.#database.table('associate').rows) {
      const names = [row.name, row.userName].map(value => String(value ?? '').toLowerCase());
      if (names.includes(wanted) && row.password === password) return id;
    }
    return undefined;
  }

  /** undefined for retired users. */
  #userOf(associateId: number): DbUser | undefined {
    const row = this.#database.table('associate').get(associateId);
    if (!row || row.deleted === 1) return undefined;
    return {
      associateId,
      name: String(row.name ?? ''),
      isSystemUser: row.type === systemAssociateType,
    };
  }
}

const refusals = {
  none: 'Not authenticated. Send an Authorization header.',
  wrong: 'Authentication failed. The user name, password, ticket, token or SO-AppToken is not valid.',
} as const;
