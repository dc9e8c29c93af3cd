import { accounts, systemAssociateType } from '../auth/accounts.ts';
import type { Database } from '../store/database.ts';
import type { DbRow } from '../store/table.ts';

/** Somebody who can sign in at the login host. */
export interface LoginUser {
  readonly associateId: number;
  /** Login name of the associate: `ANDERSDYRE`. */
  readonly name: string;
  /** SuperID user name, an e-mail address; the login name where there is none. */
  readonly superId: string;
  readonly personId: number;
  /** Who may consent to the system user. In the sandbox that is the account that counts as administrator everywhere. */
  readonly isAdministrator: boolean;
}

/** Users that the sign-in page offers: those with a password, who are not retired. */
export function loginUsers(database: Database): LoginUser[] {
  return [...database.table('associate').rows.values()].filter(canSignIn).map(userOf);
}

/** By id. undefined for one who has retired since. */
export function loginUser(database: Database, associateId: number): LoginUser | undefined {
  const row = database.table('associate').get(associateId);
  return row && canSignIn(row) ? userOf(row) : undefined;
}

/** By login name or SuperID, in any case: what a `login_hint` holds. */
export function namedUser(database: Database, name: string): LoginUser | undefined {
  const wanted = name.toLowerCase();
  return loginUsers(database).find(user =>
    [user.name, user.superId].some(candidate => candidate.toLowerCase() === wanted),
  );
}

/** The system user that applications run as. */
export function systemUser(database: Database): LoginUser {
  const user = namedUser(database, accounts.system.username);
  if (!user) throw new Error('the sandbox has no system user');
  return user;
}

function canSignIn(row: DbRow): boolean {
  return row.deleted !== 1 && typeof row.password === 'string' && row.password !== '';
}

function userOf(row: DbRow): LoginUser {
  const name = String(row.name ?? '');
  return {
    associateId: Number(row.associate_id),
    name,
    superId: String(row.userName ?? '') || name,
    personId: Number(row.person_id ?? 0),
    isAdministrator: row.type === systemAssociateType,
  };
}
