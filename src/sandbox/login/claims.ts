import { type Claims, numericDate } from './jwt.ts';
import { identityProvider, soapPath, tokenWindow } from './open-points.ts';
import type { LoginParts, LoginRequest } from './request.ts';
import type { LoginUser } from './users.ts';

const prefix = 'http://schemes.superoffice.net/identity/';

/** SuperOffice's own claims carry its prefix. */
export function superOfficeClaims(claims: Claims): Claims {
  return Object.fromEntries(Object.entries(claims).map(([name, value]) => [`${prefix}${name}`, value]));
}

/**
 * Who a token is about, and where (reading.md, sections 2.5 and 3.3). The addresses are those under the login host, as in
 * the recorded samples: they lead nowhere once the API lives elsewhere, and only the tenant's state knows where that is.
 */
export function identityClaims(
  user: LoginUser,
  { origin }: LoginRequest,
  { tenant, database }: LoginParts,
): Claims {
  const person = database.table('person').get(user.personId);
  const company = database.table('contact').get(Number(person?.contact_id ?? 0));
  return superOfficeClaims({
    associateid: String(user.associateId),
    personid: String(user.personId),
    identityprovider: identityProvider,
    email: user.superId,
    upn: user.superId,
    so_primary_email_address: user.superId,
    initials: user.name,
    ctx: tenant.name,
    company_id: String(company?.contact_id ?? 0),
    company_name: String(company?.name ?? tenant.name),
    serial: String(database.serial),
    netserver_url: `${origin}/${tenant.name}${soapPath}`,
    webapi_url: `${origin}/${tenant.name}/api/`,
    is_administrator: user.isAdministrator ? 'True' : 'False',
  });
}

/** From when to when a token holds. Short: it is looked at once, when it comes. */
export function validity(now: Date): { readonly nbf: number; readonly exp: number } {
  const issued = numericDate(now);
  return { nbf: issued - tokenWindow.before, exp: issued + tokenWindow.after };
}
