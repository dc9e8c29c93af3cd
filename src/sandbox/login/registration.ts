import { randomBytes, randomInt } from 'node:crypto';
import type { Database } from '../store/database.ts';
import type { DbRow } from '../store/table.ts';
import type { Change } from './key-ring.ts';

/**
 * What a native app may name as `redirect_uri`: the pattern letter for letter as the Developer Portal registers it, its dots
 * unescaped (reading.md, section 2.1).
 */
const redirectPattern = /^http:\/\/127.0.0.1:\d{4,10}$/;

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** A data file of an earlier version, or a new database, has its application afterwards. */
export function ensureRegistration(database: Database): void {
  const table = database.table('loginapp');
  if (table.rows.size > 0) return;
  table.insert({
    client_id: randomBytes(16).toString('hex'),
    client_secret: randomBytes(16).toString('hex'),
    system_user_token: newSystemUserToken(),
    system_user_revoked: 0,
  });
}

/** `Application Name-xxxxxxxxxx` (reading.md, section 3). */
function newSystemUserToken(): string {
  const end = Array.from({ length: 10 }, () => alphabet[randomInt(alphabet.length)]).join('');
  return `Sandbox App-${end}`;
}

/** The one application that is registered with the login host, and the tenant's consent to its system user. */
export class Registration {
  readonly #database: Database;
  readonly #change: Change;

  constructor(database: Database, change: Change) {
    this.#database = database;
    this.#change = change;
  }

  get clientId(): string {
    return String(this.#row.client_id);
  }

  get clientSecret(): string {
    return String(this.#row.client_secret);
  }

  get systemUserToken(): string {
    return String(this.#row.system_user_token);
  }

  get isSystemUserRevoked(): boolean {
    return this.#row.system_user_revoked === 1;
  }

  allowsRedirect(uri: string): boolean {
    return redirectPattern.test(uri);
  }

  /** The system user token signs nobody in any more. */
  revokeSystemUser(): void {
    this.#lay({ system_user_revoked: 1 });
  }

  /** An administrator signs in to the application: a tenant that had taken its consent back gets a new token. */
  consentToSystemUser(): string {
    if (this.isSystemUserRevoked)
      this.#lay({ system_user_token: newSystemUserToken(), system_user_revoked: 0 });
    return this.systemUserToken;
  }

  get #row(): DbRow {
    const [row] = this.#database.table('loginapp').rows.values();
    if (!row) throw new Error('no application is registered');
    return row;
  }

  #lay(changes: DbRow): void {
    const id = Number(this.#row.loginapp_id);
    this.#change(() => this.#database.table('loginapp').update(id, changes));
  }
}
