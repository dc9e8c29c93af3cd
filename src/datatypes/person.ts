import type { Datatype } from './datatype.ts';
import type { Field } from './field.ts';
import { addressFields, elementFields } from './repeated-fields.ts';
import { associateFields, countryField, listField, readOnlyFields } from './shared-fields.ts';

/** writing.md, section 2: these three follow the company as soon as the person has one. */
const followsCompany = 'SuperOffice keeps it read-only for a person with a company: it follows the company.';

function text(name: string, length: number, column: string, meaning: string): Field {
  return { name, kind: 'text', length, meaning, slot: { at: 'property', property: name, column } };
}

/**
 * Slots and lengths: writing.md, sections 2, 7 and 11; reading.md, section 9.2. A person has one address, which
 * SuperOffice writes as Address.Street; the Postal… columns of the hosted service mean the same one.
 */
const fields: readonly Field[] = [
  {
    name: 'CompUserKey01',
    kind: 'relation',
    parent: 'Company',
    length: 39,
    needed: 'create',
    meaning:
      'User key of the company the person works for. A new person needs one, and the cell is never blank.',
    slot: { at: 'reference', property: 'Contact', idProperty: 'ContactId', column: 'contactId' },
  },
  text('Firstname', 99, 'firstName', 'First name. A new person needs a first or a last name.'),
  text('MiddleName', 99, 'middleName', 'Middle name.'),
  text('Lastname', 99, 'lastName', 'Last name. A new person needs a first or a last name.'),
  text('Mrmrs', 239, 'mrMrs', 'Form of address (Mr, Mrs); free text, no list is asked.'),
  {
    name: 'Salutation',
    kind: 'text',
    length: 239,
    meaning: 'Academic title; free text, no list is asked.',
    slot: { at: 'dynamic', property: 'Salutation', path: 'person.salutation' },
  },
  text('Title', 239, 'title', 'Job title; free text.'),
  listField('Position', 'position', 'Position, by its name in the list.'),
  text('PersonNumber', 49, 'personNumber', 'Number of the person; SuperOffice may allocate one by itself.'),
  {
    name: 'BirthDate',
    kind: 'date',
    meaning: 'Date of birth.',
    slot: { at: 'property', property: 'BirthDate', column: 'birthdate' },
  },
  ...addressFields('Street', 'personAddress/', 'Address of the person', ['Postal']),
  countryField('personCountryId'),
  {
    name: 'UsePersonAddress',
    kind: 'boolean',
    meaning: 'Mail goes to the address of the person instead of that of the company.',
    slot: { at: 'property', property: 'UsePersonAddress', column: 'useAsMailingAddress' },
  },
  ...elementFields('Phone', 3, 'OfficePhones', 'phone', 16385, 'Direct phone number'),
  ...elementFields('MobilePhone', 1, 'MobilePhones', 'phone', 16389, 'Mobile phone number'),
  ...elementFields('PrivatePhone', 1, 'PrivatePhones', 'phone', 16388, 'Private phone number'),
  ...elementFields('OtherPhone', 1, 'OtherPhones', 'phone', 16390, 'Other phone number (pager)'),
  ...elementFields('Fax', 1, 'Faxes', 'phone', 16387, 'Fax number'),
  ...elementFields('Email', 3, 'Emails', 'email', 0, 'E-mail address'),
  ...elementFields('Url', 1, 'Urls', 'url', 0, 'Web address'),
  listField('Category', 'personCategory', `Category, by its name in the list. ${followsCompany}`),
  listField('Business', 'personBusiness', `Business, by its name in the list. ${followsCompany}`),
  ...associateFields('personAssociateId', followsCompany),
  {
    name: 'Interests',
    kind: 'lists',
    list: 'persint',
    missing: 'add',
    meaning: 'Interests joined with |. They are only ever added.',
    slot: { at: 'interests', table: 'personinterest', filterColumn: 'personInterestIds' },
  },
  {
    name: 'Description',
    kind: 'text',
    length: 2047,
    meaning: 'Note on the person; may have several lines.',
    slot: { at: 'property', property: 'Description', column: 'personInfo/infoText' },
  },
  {
    name: 'Retired',
    kind: 'boolean',
    meaning: 'The person has left the company.',
    slot: { at: 'property', property: 'Retired', column: 'retired' },
  },
  {
    name: 'NoMailing',
    kind: 'boolean',
    meaning: 'The person wants no mailings.',
    slot: { at: 'property', property: 'NoMailing', column: 'personNoMail' },
  },
  ...readOnlyFields({
    id: 'personId',
    createdDate: 'personRegisteredDate',
    updatedDate: 'personUpdatedDate',
    createdBy: 'personRegisteredBy',
    updatedBy: 'personUpdatedBy',
  }),
];

export const person: Datatype = {
  name: 'Person',
  fileWords: ['person', 'persons', 'people'],
  meaning: 'People who work for a company, found again by PersUserKey01.',
  entity: 'Person',
  keyField: 'PersUserKey01',
  custom: { kind: 'udef', prefix: 'Pers' },
  archive: {
    // Provider Person with both entities: a retired person must be found by key too, else it would be made twice.
    provider: 'Person',
    entities: 'person,retiredPerson',
    idColumn: 'personId',
    customPrefix: 'personUdef/',
  },
  fields,
  neededToCreate: [['CompUserKey01'], ['Lastname', 'Firstname']],
};
