import type { Datatype } from './datatype.ts';
import type { Field } from './field.ts';
import { addressFields, elementFields } from './repeated-fields.ts';
import { associateFields, countryField, listField, readOnlyFields } from './shared-fields.ts';

/** Slots and lengths: writing.md, sections 2, 7 and 11; reading.md, section 9.1. */
const fields: readonly Field[] = [
  {
    name: 'Name',
    kind: 'text',
    length: 219,
    needed: 'create',
    meaning: 'Company name. A new company needs one.',
    slot: { at: 'property', property: 'Name', column: 'name' },
  },
  {
    name: 'Department',
    kind: 'text',
    length: 219,
    meaning: 'Department or branch, shown after the name.',
    slot: { at: 'property', property: 'Department', column: 'department' },
  },
  {
    name: 'OrgNo',
    kind: 'text',
    aliases: ['CVR'],
    length: 49,
    meaning: 'Organisation or VAT number.',
    slot: { at: 'property', property: 'OrgNr', column: 'orgnr' },
  },
  {
    name: 'Number1',
    kind: 'text',
    length: 49,
    meaning: 'Code of the company.',
    slot: { at: 'property', property: 'Number1', column: 'code' },
  },
  {
    name: 'Number2',
    kind: 'text',
    length: 49,
    meaning: 'Company number; SuperOffice may allocate one by itself.',
    slot: { at: 'property', property: 'Number2', column: 'number' },
  },
  ...addressFields('Postal', 'postAddress/', 'Postal address'),
  ...addressFields('Street', 'streetAddress/', 'Visiting address'),
  countryField('countryId'),
  ...elementFields('Phone', 3, 'Phones', 'phone', 1, 'Phone number'),
  ...elementFields('Fax', 1, 'Faxes', 'phone', 3, 'Fax number'),
  ...elementFields('Email', 3, 'Emails', 'email', 0, 'E-mail address'),
  ...elementFields('Url', 3, 'Urls', 'url', 0, 'Web address'),
  listField('Category', 'category', 'Category, by its name in the list.'),
  listField('Business', 'business', 'Business, by its name in the list.'),
  ...associateFields('associateId', 'An unknown user falls back to the configured or signed-in one.'),
  {
    name: 'Interests',
    kind: 'lists',
    list: 'contint',
    missing: 'add',
    meaning: 'Interests joined with |. They are only ever added.',
    slot: { at: 'interests', table: 'contactinterest', filterColumn: 'contactInterestIds' },
  },
  {
    name: 'Description',
    kind: 'text',
    length: 2047,
    meaning: 'Note on the company; may have several lines.',
    slot: { at: 'dynamic', property: 'Description', path: 'contact.text_id.text' },
  },
  {
    name: 'Stop',
    kind: 'boolean',
    meaning: 'Stop flag: no business with this company.',
    slot: { at: 'property', property: 'Xstop', column: 'stop' },
  },
  {
    name: 'NoMailing',
    kind: 'boolean',
    meaning: 'The company wants no mailings.',
    slot: { at: 'property', property: 'NoMailing', column: 'contactNoMail' },
  },
  ...readOnlyFields({
    id: 'contactId',
    createdDate: 'registeredDate',
    updatedDate: 'updatedDate',
    createdBy: 'registeredBy',
    updatedBy: 'updatedBy',
  }),
];

export const company: Datatype = {
  name: 'Company',
  fileWords: ['company', 'companies'],
  meaning: 'Companies, found again by CompUserKey01. SuperOffice itself calls them contacts.',
  entity: 'Contact',
  keyField: 'CompUserKey01',
  custom: { kind: 'udef', prefix: 'Comp' },
  archive: {
    provider: 'SimpleContact',
    entities: 'contact',
    idColumn: 'contactId',
    customPrefix: 'contactUdef/',
  },
  fields,
  neededToCreate: [['Name']],
};
