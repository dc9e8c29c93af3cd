import type { ChosenProfile } from '../../config/profiles.ts';
import type { Account } from '../../report/account.ts';
import { SuperOfficeError } from '../../superoffice/error.ts';
import type { SuperOffice } from '../../superoffice/superoffice.ts';
import type { Connection } from '../connection.ts';

/** How the documents spell the right "Can bulk update": both ways (writing.md, section 10). */
const bulkUpdateRights = ['allow-bulk-edit', 'allow-bulk-update'];

const kinds: ReadonlyMap<string, string> = new Map([
  ['InternalAssociate', 'employee'],
  ['ResourceAssociate', 'resource'],
  ['ExternalAssociate', 'external user'],
  ['AnonymousAssociate', 'anonymous user'],
  ['SystemAssociate', 'system user'],
]);

/** Signs in and asks who that is. Throws what connecting throws. */
export async function readAccount(
  chosen: ChosenProfile,
  connection: Connection,
  now: () => number,
): Promise<Account> {
  const superoffice = await connection.connect();
  try {
    return await accountOf(chosen, connection, superoffice, now);
  } finally {
    await superoffice.close();
  }
}

async function accountOf(
  chosen: ChosenProfile,
  connection: Connection,
  superoffice: SuperOffice,
  now: () => number,
): Promise<Account> {
  const user = await superoffice.principal();
  const version = await versionOf(superoffice);
  const credentials = connection.credentials();
  if (credentials === null) throw new Error('connected without credentials');
  const { isAdministrator, ...term } = credentials.term(now());
  const { functionRights } = user;
  return {
    profile: chosen.name,
    tenant: superoffice.tenant,
    address: await credentials.root(),
    version,
    user: {
      login: user.associate,
      fullName: user.fullName,
      email: user.email,
      kind: kinds.get(user.userType) ?? 'user of an unknown kind',
      role: user.role,
    },
    rights: {
      massOperations: user.isSystemUser,
      // A system user is not bound by rights of roles and data (reading.md, section 3.4).
      administrator: user.isSystemUser || isAdministrator,
      bulkUpdate:
        functionRights.length === 0 ? null : functionRights.some(right => bulkUpdateRights.includes(right)),
      functional: functionRights,
    },
    signIn: { type: chosen.kind === 'sandbox' ? 'basic' : chosen.profile.auth.type, ...term },
  };
}

/** A gateway in front of an installation may not let that address through. It is good to know, no more. */
async function versionOf(superoffice: SuperOffice): Promise<string> {
  try {
    return await superoffice.netServerVersion();
  } catch (error) {
    if (error instanceof SuperOfficeError) return '';
    throw error;
  }
}
