import { randomInt } from 'node:crypto';
import { archiveRoutes } from './archive/routes.ts';
import { accounts, ensureAccounts } from './auth/accounts.ts';
import { Authenticator } from './auth/authenticator.ts';
import { entityRoutes } from './entities/routes.ts';
import { indexExtraFields } from './extra-fields/definitions.ts';
import { foreignRoutes } from './foreign/routes.ts';
import { Application } from './http/application.ts';
import { listen } from './http/listen.ts';
import { listRoutes } from './lists/routes.ts';
import { documentedLifetimes, type Lifetimes } from './login/lifetimes.ts';
import { LoginHost } from './login/login-host.ts';
import { type LoginOpenPoints, loginOpenPoints } from './login/open-points.ts';
import type { RegisteredApp } from './login/registered-app.ts';
import { ensureRegistration } from './login/registration.ts';
import { Tenant, type TenantState } from './login/tenant.ts';
import { massOperationRoutes } from './mass-operations/routes.ts';
import { type SentMail, sentMails } from './outbox/outbox.ts';
import { outboxRoutes } from './outbox/routes.ts';
import type { Quirks } from './quirks.ts';
import { seedDemo } from './seed/demo.ts';
import { seedEmpty } from './seed/empty.ts';
import { ContentStore } from './store/contents.ts';
import { type DataFile, openDataFile } from './store/data-file.ts';
import { type ChangeSet, Database, udefOwners } from './store/database.ts';
import { indexColumn } from './udef/allocate.ts';
import { udefRoutes } from './udef/routes.ts';
import { userRoutes } from './users/routes.ts';

export type { Lifetimes } from './login/lifetimes.ts';
export type { LoginOpenPoints } from './login/open-points.ts';
export type { RegisteredApp } from './login/registered-app.ts';
export type { TenantState } from './login/tenant.ts';
export type { SentMail } from './outbox/outbox.ts';
export { type QuirkName, type Quirks, quirkTable } from './quirks.ts';
export { DataFileError } from './store/data-file-error.ts';

export interface SandboxOptions {
  /** 0 picks a free one. */
  readonly port: number;
  /** File that keeps the data; what documents contain lies in the folder `FILE.contents` beside it. null: memory only. */
  readonly data: string | null;
  /** Added to every answer, in milliseconds. */
  readonly latency: number;
  readonly seed: 'demo' | 'empty';
  /** What the tenant is at first; `Running` unless it is said. */
  readonly state?: TenantState;
  /** Those that differ from the documented ones, in seconds. */
  readonly lifetimes?: Partial<Lifetimes>;
  /** What the login host does where the documents are silent, as far as it shall differ from the usual. */
  readonly openPoints?: Partial<LoginOpenPoints>;
  /** The system's unless it is given. */
  readonly clock?: () => Date;
  /** Open points that it takes otherwise than usual (quirks.ts). */
  readonly quirks?: Partial<Quirks>;
}

export interface RunningSandbox {
  /** `http://127.0.0.1:PORT/Sandbox`; the REST root is `url + '/api'`, until `moveApi`. */
  readonly url: string;
  /**
   * `http://127.0.0.1:PORT`: the root of the login host, where `/api/state/Sandbox` and `/login/…` are. Its authorize page
   * takes `login_hint=NAME&sandbox_consent=yes` (or `no`) for a user's answer, so that no browser is needed.
   */
  readonly login: string;
  readonly tenant: 'Sandbox';
  /** The system user. */
  readonly username: string;
  readonly password: string;
  /** The ordinary user. */
  readonly ordinary: { readonly username: string; readonly password: string };
  /** Mails that a SuperOffice would have sent, oldest first; the sandbox sends none. */
  outbox(): readonly SentMail[];
  /** The application that is registered with the login host. */
  app(): RegisteredApp;
  /** While the tenant does not run, its API answers 503 with a page; signing in goes on. */
  setState(state: TenantState): void;
  /**
   * The API moves to another port. The former one answers 421, as the wrong subdomain does; the login host stays and tells
   * the new root. Answers the new `url`.
   */
  moveApi(): Promise<string>;
  /** Tickets that were given out are refused from now on. */
  expireTickets(): void;
  /** Access tokens that were given out are refused from now on; refresh tokens stay good. */
  expireAccessTokens(): void;
  /** Refresh tokens that were given out are refused from now on; a new sign-in gives a new one. */
  revokeRefreshTokens(): void;
  /**
   * The tenant takes its consent to the application back: tickets, access tokens, refresh tokens and the system user token
   * are refused from now on. A new sign-in consents again; that of an administrator gives a new system user token.
   */
  revokeConsent(): void;
  close(): Promise<void>;
}

const tenantName = 'Sandbox';

/**
 * Starts a SuperOffice on loopback. A data file that holds data wins over the seed. Throws DataFileError for a data file
 * that is in use, damaged or newer, and node's own for a port that is taken.
 */
export async function startSandbox(options: SandboxOptions): Promise<RunningSandbox> {
  const database = new Database(options.quirks);
  const file = options.data === null ? null : openDataFile(options.data, database);
  try {
    fill(database, file, options.seed);
    const contents = new ContentStore(database, options.data === null ? null : `${options.data}.contents`);
    const clock = options.clock ?? (() => new Date());
    const keep = (changes: ChangeSet) => file?.append(changes);
    const tenant = new Tenant(tenantName, options.state);
    const lifetimes = { ...documentedLifetimes, ...options.lifetimes };
    const openPoints = { ...loginOpenPoints, ...options.openPoints };
    const authenticator = new Authenticator(database, lifetimes);
    const login = new LoginHost({
      tenant,
      database,
      authenticator,
      change: work => database.transact(work, keep),
      clock,
      openPoints,
      lifetimes,
    });
    const routes = [
      ...entityRoutes,
      ...foreignRoutes,
      ...archiveRoutes,
      ...listRoutes,
      ...udefRoutes,
      ...userRoutes(authenticator, tenantName),
      ...massOperationRoutes,
      ...outboxRoutes,
    ];
    const application = new Application({
      tenant,
      login: request => login.admit(request),
      stoppedStatus: openPoints.stoppedStatus,
      database,
      contents,
      routes,
      authenticator,
      keep,
      clock,
    });
    const first = await listen(application, contents, options.port, options.latency);
    const doors = [first];
    const origin = `http://127.0.0.1:${first.port}`;
    return {
      url: `${origin}/${tenantName}`,
      login: origin,
      tenant: tenantName,
      ...accounts.system,
      ordinary: accounts.ordinary,
      outbox: () => sentMails(database),
      app: () => login.app(),
      setState: state => {
        tenant.state = state;
      },
      moveApi: async () => {
        const next = await listen(application, contents, 0, options.latency);
        doors.push(next);
        tenant.moveApi(first.port, next.port);
        return `http://127.0.0.1:${next.port}/${tenantName}`;
      },
      expireTickets: () => authenticator.expireTickets(),
      expireAccessTokens: () => authenticator.expireAccessTokens(),
      revokeRefreshTokens: () => login.revokeRefreshTokens(),
      revokeConsent: () => login.revokeConsent(),
      close: async () => {
        await Promise.all(doors.map(door => door.close()));
        await contents.close();
        file?.close();
      },
    };
  } catch (error) {
    file?.close();
    throw error;
  }
}

/** Loads indexes that publishing made, or seeds a database that is new. */
function fill(database: Database, file: DataFile | null, seed: SandboxOptions['seed']): void {
  if (file?.hadContent) {
    for (const owner of udefOwners)
      for (const field of database.layout(owner).published)
        if (field.isIndexed) indexColumn(database, owner, field);
    indexExtraFields(database);
    database.transact(
      () => {
        ensureAccounts(database);
        ensureRegistration(database);
      },
      changes => file.append(changes),
    );
    return;
  }
  database.serial = randomInt(1, 2 ** 31);
  if (seed === 'demo') seedDemo(database);
  else seedEmpty(database);
  ensureAccounts(database);
  ensureRegistration(database);
  file?.rewrite();
}
