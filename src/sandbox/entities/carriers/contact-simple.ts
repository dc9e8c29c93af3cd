import { addressCarrier, cityOf, contactBlocks } from '../properties/address.ts';
import type { Reading } from '../property.ts';
import { numberOf, textOf } from '../values.ts';
import { associateName } from './associate.ts';
import { listItemName } from './list-item.ts';
import { contactName } from './names.ts';
import { phoneTypes, primaryEmail, primaryPhone, primaryUrl } from './primary.ts';
import { fullRight } from './rights.ts';

/** Id of the company that owns the installation: the seed's first (undocumented; only `IsOwnerContact` shows it). */
const ownerContactId = 1;

/** The flat `Contact` carrier: `GET /v1/Contact/{id}/Simple`, `Person.Contact`. null for id 0 and for no such company. */
export function simpleContact(id: number, reading: Reading): Record<string, unknown> | null {
  const { database } = reading;
  const row = database.table('contact').get(id);
  if (!row) return null;
  const email = primaryEmail(database, 'contact_id', id);
  const url = primaryUrl(database, 'contact_id', id);
  const address = addressCarrier({ id, row, reading }, contactBlocks);
  return {
    ContactId: id,
    Name: textOf(row.name),
    OrgNr: textOf(row.orgNr),
    Department: textOf(row.department),
    URL: textOf(url?.url_address),
    City: cityOf(database, id),
    DirectPhone: primaryPhone(database, phoneTypes.contact, id),
    AssociateId: numberOf(row.associate_id),
    CountryId: numberOf(row.country_id),
    EmailAddress: textOf(email?.email_address),
    Kananame: textOf(row.kananame),
    EmailAddressName: textOf(email?.description),
    URLName: textOf(url?.description),
    AssociateFullName: associateName(database, numberOf(row.associate_id)),
    BusinessName: listItemName('business', numberOf(row.business_idx), reading),
    CategoryName: listItemName('category', numberOf(row.category_idx), reading),
    CountryName: listItemName('country', numberOf(row.country_id), reading),
    Address: address,
    FormattedAddress: address.Formatted,
    FullName: contactName(row),
    IsOwnerContact: id === ownerContactId,
    ActiveErpLinks: 0,
    Number1: textOf(row.number1),
    Number2: textOf(row.number2),
    TableRight: fullRight,
    FieldProperties: {},
  };
}
