import type { Database } from '../store/database.ts';

/** Database number of an associate that is a system user (reading.md, section 13.1). */
export const systemAssociateType = 13;
const internalAssociateType = 0;

/** The accounts of the sandbox. Their password is no secret: it opens nothing but a sandbox on this machine. */
export const accounts = {
  system: { username: 'SIC', password: 'sandbox' },
  ordinary: { username: 'ANDERSDYRE', password: 'sandbox' },
} as const;

/** Both accounts exist and can sign in afterwards, whatever the seed or an older data file holds. */
export function ensureAccounts(database: Database): void {
  ensureAccount(database, accounts.system, systemAssociateType);
  ensureAccount(database, accounts.ordinary, internalAssociateType);
}

function ensureAccount(
  database: Database,
  { username, password }: { readonly username: string; readonly password: string },
  type: number,
): void {
  const associates = database.table('associate');
  const [existing] = associates.find('name', username);
  if (existing !== undefined) {
    associates.update(existing, { type, password, deleted: 0 });
    return;
  }
  associates.insert({
    name: username,
    person_id: 0,
    group_idx: 1,
    role_id: 1,
    type,
    deleted: 0,
    userName: '',
    ejuser_id: 0,
    rank: associates.nextId,
    tooltip: '',
    password,
  });
}
