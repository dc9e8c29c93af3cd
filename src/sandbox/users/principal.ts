import { associateCarrier } from '../entities/carriers/associate.ts';
import type { Exchange } from '../http/exchange.ts';
import { translate } from '../lists/text.ts';
import type { DbRow } from '../store/table.ts';

const nothing: DbRow = {};

/** How the documents spell "Can bulk update": both ways (writing.md, section 10). */
const bulkRights = ['allow-bulk-edit', 'allow-bulk-interest', 'allow-bulk-update'];

/** `SoPrincipalCarrier` of the signed-in user, every property of the specs. */
export function principal(exchange: Exchange, tenant: string): object {
  const { database, user, language } = exchange;
  const carrier = currentAssociate(exchange);
  const associate = database.table('associate').get(user.associateId) ?? nothing;
  const person = database.table('person').get(number(associate, 'person_id')) ?? nothing;
  const contact = database.table('contact').get(number(person, 'contact_id')) ?? nothing;
  const role = database.table('role').get(number(associate, 'role_id')) ?? nothing;
  const country = number(person, 'country_id') || number(contact, 'country_id');
  const personId = number(associate, 'person_id');
  return {
    UserType: carrier?.Type ?? 'Unknown',
    Associate: user.name,
    AssociateId: user.associateId,
    IsPerson: personId !== 0,
    PersonId: personId,
    CountryId: country,
    HomeCountryId: country,
    ContactId: number(person, 'contact_id'),
    GroupId: number(associate, 'group_idx'),
    BusinessId: number(contact, 'business_idx'),
    CategoryId: number(contact, 'category_idx'),
    ContactOwner: number(contact, 'associate_id'),
    RoleId: number(associate, 'role_id'),
    RoleName: translate(text(role, 'name'), language),
    RoleDescription: translate(text(role, 'tooltip'), language),
    RoleType: user.isSystemUser ? 'System' : 'Employee',
    Licenses: [],
    FullName: carrier?.FullName ?? '',
    EMailAddress: emailOf(exchange, personId),
    FunctionRights: user.isSystemUser ? bulkRights : [],
    EjUserId: number(associate, 'ejuser_id'),
    EjAccessLevel: 0,
    EjUserStatus: number(associate, 'ejuser_id') === 0 ? 'StatusNone' : 'StatusNormal',
    ProvidedCredentials: [],
    SecondaryGroups: [],
    DatabaseContextIdentifier: `${tenant}-${database.serial}`,
    UserName: text(associate, 'userName'),
  };
}

function emailOf({ database }: Exchange, personId: number): string {
  const emails = database.table('email');
  const [first = 0] = personId === 0 ? [] : emails.find('person_id', personId);
  return text(emails.get(first) ?? nothing, 'email_address');
}

/** The `Associate` carrier of the signed-in user. */
export function currentAssociate({ database, user, language, apiRoot }: Exchange) {
  return associateCarrier(user.associateId, { database, language, zone: '', root: `${apiRoot}/v1` });
}

function number(row: DbRow, column: string): number {
  const value = row[column];
  return typeof value === 'number' ? value : 0;
}

function text(row: DbRow, column: string): string {
  return String(row[column] ?? '');
}
