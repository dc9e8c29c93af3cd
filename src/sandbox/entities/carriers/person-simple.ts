import type { Reading } from '../property.ts';
import { rowsWith } from '../rows.ts';
import { numberOf, textOf } from '../values.ts';
import { associateName } from './associate.ts';
import { listItemName } from './list-item.ts';
import { contactName, formalName, personName } from './names.ts';
import { phoneTypes, primaryEmail, primaryPhone } from './primary.ts';
import { fullRight } from './rights.ts';

/** The flat `Person` carrier: `GET /v1/Person/{id}/Simple`, `Contact.Persons`. null for id 0 and for no such person. */
export function simplePerson(id: number, reading: Reading): Record<string, unknown> | null {
  const { database } = reading;
  const row = database.table('person').get(id);
  if (!row) return null;
  const contactId = numberOf(row.contact_id);
  const contact = database.table('contact').get(contactId);
  const email = primaryEmail(database, 'person_id', id);
  const phone = (type: number): string => primaryPhone(database, type, id);
  return {
    Position: listItemName('perspos', numberOf(row.position_idx), reading),
    PersonId: id,
    Mrmrs: textOf(row.mrmrs),
    Firstname: textOf(row.firstname),
    Lastname: textOf(row.lastname),
    MiddleName: textOf(row.middleName),
    Title: textOf(row.title),
    Description: textOf(database.table('text').get(numberOf(row.text_id))?.text),
    Email: textOf(email?.email_address),
    FullName: personName(row),
    DirectPhone: phone(phoneTypes.direct),
    FormalName: formalName(row),
    CountryId: numberOf(row.country_id),
    ContactId: contactId,
    ContactName: textOf(contact?.name),
    Retired: numberOf(row.retired),
    Rank: numberOf(row.rank),
    ActiveInterests: numberOf(row.activeInterests),
    ContactDepartment: textOf(contact?.department),
    ContactCountryId: numberOf(contact?.country_id),
    ContactOrgNr: textOf(contact?.orgNr),
    FaxPhone: phone(phoneTypes.personFax),
    MobilePhone: phone(phoneTypes.mobile),
    ContactPhone: primaryPhone(database, phoneTypes.contact, contactId),
    AssociateName: associateName(database, numberOf((contact ?? row).associate_id)),
    AssociateId: numberOf((contact ?? row).associate_id),
    UsePersonAddress: row.usepersonaddress === 1,
    ContactFax: primaryPhone(database, phoneTypes.contactFax, contactId),
    Kanafname: textOf(row.kanafname),
    Kanalname: textOf(row.kanalname),
    Post1: textOf(row.post1),
    Post2: textOf(row.post2),
    Post3: textOf(row.post3),
    EmailName: textOf(email?.description),
    ContactFullName: contact ? contactName(contact) : '',
    ActiveErpLinks: 0,
    TicketPriorityId: numberOf(row.ticketPriorityId),
    SupportLanguageId: numberOf(row.supportLanguageId),
    SupportAssociateId: numberOf(row.supportAssociateId),
    CategoryName: listItemName('category', numberOf((contact ?? row).category_idx), reading),
    PersonNumber: textOf(row.person_number),
    TableRight: fullRight,
    FieldProperties: {},
  };
}

/** Persons of a company that are not deleted, by rank. */
export function personsOf(contactId: number, reading: Reading): unknown[] {
  return rowsWith(reading.database.table('person'), 'contact_id', contactId)
    .filter(row => row.deleted !== 1)
    .sort((a, b) => numberOf(a.rank) - numberOf(b.rank))
    .map(row => simplePerson(numberOf(row.person_id), reading));
}
