import type { Database } from '../store/database.ts';
import type { DbRow } from '../store/table.ts';
import { allocatedNumber } from './allocated-number.ts';
import { groupOf } from './carriers/associate.ts';
import { simpleContact } from './carriers/contact-simple.ts';
import { categoryCarrier, countryCarrier, firstItem, listItemCarrier } from './carriers/list-item.ts';
import { personsOf, simplePerson } from './carriers/person-simple.ts';
import { phoneTypes } from './carriers/primary.ts';
import type { Draft } from './draft.ts';
import { defineEntity } from './entity.ts';
import { address, contactBlocks } from './properties/address.ts';
import { domains } from './properties/domains.ts';
import { elements, emailStore, phoneStore, urlStore } from './properties/elements.ts';
import { type InterestStore, interests } from './properties/interests.ts';
import { note, textTypes } from './properties/note.ts';
import { reference } from './properties/reference.ts';
import {
  constant,
  flag,
  integer,
  mandatoryField,
  readOnlyDate,
  readOnlyInteger,
  text,
} from './properties/scalar.ts';
import { associate, stampAssociate, supportReferences } from './properties/shared-references.ts';
import { numberOf } from './values.ts';

export const contactInterests: InterestStore = {
  main: 'contact',
  links: 'contactinterest',
  owner: 'contact_id',
  item: 'cinterest_idx',
  list: 'contint',
};

const support = supportReferences('empty');

const blank: DbRow = {
  name: '',
  department: '',
  orgNr: '',
  number1: '',
  number2: '',
  kananame: '',
  associate_id: 0,
  group_id: 0,
  business_idx: 0,
  category_idx: 0,
  country_id: 0,
  xstop: 0,
  nomailing: 0,
  supportAssociateId: 0,
  supportPersonId: 0,
  ticketPriorityId: 0,
  supportLanguageId: 0,
  source: 0,
  dbi_agent_id: 0,
  dbi_key: '',
  activeInterests: 0,
  deleted: 0,
};

/** Columns that persons of the company carry too, so that archives find them there (writing.md, section 8.3). */
const mirrored = ['associate_id', 'group_id', 'business_idx', 'category_idx'] as const;

/** Company: writing.md, section 2; column names and lengths section 7.1. */
export const contact = defineEntity({
  name: 'Contact',
  table: 'contact',
  idProperty: 'ContactId',
  properties: [
    readOnlyInteger('ContactId', 'contact_id'),
    text('Name', 'name', 219, true),
    text('Department', 'department', 219),
    text('OrgNr', 'orgNr', 49),
    text('Number1', 'number1', 49),
    text('Number2', 'number2', 49, true),
    readOnlyDate('UpdatedDate', 'updated'),
    readOnlyDate('CreatedDate', 'registered'),
    elements('Emails', emailStore('contact_id', 0)),
    interests('Interests', contactInterests),
    elements('Urls', urlStore('contact_id')),
    elements('Phones', phoneStore(phoneTypes.contact)),
    elements('Faxes', phoneStore(phoneTypes.contactFax)),
    note('Description', 'contact', textTypes.contactInfo),
    stampAssociate('UpdatedBy', 'updated_associate_id'),
    stampAssociate('CreatedBy', 'registered_associate_id'),
    associate('Associate', 'associate_id'),
    reference({
      name: 'Business',
      column: 'business_idx',
      idProperty: 'Id',
      table: 'business',
      list: 'business',
      field: mandatoryField('SuperOffice.CRM.Services.Business', 4),
      carrier: (id, reading) => listItemCarrier('business', id, reading),
    }),
    reference({
      name: 'Category',
      column: 'category_idx',
      idProperty: 'Id',
      table: 'category',
      list: 'category',
      field: mandatoryField('SuperOffice.CRM.Services.Category', 4),
      carrier: categoryCarrier,
    }),
    reference({
      name: 'Country',
      column: 'country_id',
      idProperty: 'CountryId',
      table: 'country',
      list: 'country',
      field: { type: 'SuperOffice.CRM.Services.Country', length: 4 },
      carrier: countryCarrier,
    }),
    { name: 'Persons', read: ({ id, reading }) => (id === 0 ? [] : personsOf(id, reading)) },
    flag('NoMailing', 'nomailing'),
    text('Kananame', 'kananame', 219),
    flag('Xstop', 'xstop'),
    readOnlyInteger('ActiveInterests', 'activeInterests'),
    readOnlyInteger('GroupId', 'group_id'),
    constant('ActiveStatusMonitorId', 0),
    support.SupportAssociate,
    support.TicketPriority,
    support.CustomerLanguage,
    readOnlyInteger('Deleted', 'deleted'),
    integer('DbiAgentId', 'dbi_agent_id'),
    readOnlyDate('DbiLastSyncronized', 'dbi_last_syncronized'),
    text('DbiKey', 'dbi_key', 255),
    readOnlyDate('DbiLastModified', 'dbi_last_modified'),
    reference({
      name: 'SupportPerson',
      column: 'supportPersonId',
      idProperty: 'PersonId',
      table: 'person',
      field: { type: 'SuperOffice.CRM.Services.Person', length: 4 },
      carrier: simplePerson,
    }),
    address(contactBlocks),
    integer('Source', 'source', 2),
    constant('ActiveErpLinks', 0),
    constant('BounceEmails', []),
    domains('Domains', 'domains'),
    constant('UtmParameters', null),
  ],
  archives: [
    'Activities',
    'Appointments',
    'Documents',
    'Projects',
    'Sales',
    'Persons',
    'Relations',
    'Tickets',
  ],
  blank,
  defaults,
  complete,
  saved,
  simple: simpleContact,
});

function defaults({ columns, writing: { database, associateId } }: Draft): void {
  columns.number2 = allocatedNumber(database, 'contact');
  columns.associate_id = associateId;
  columns.group_id = groupOf(database, associateId);
  columns.business_idx = firstItem(database, 'business');
  columns.category_idx = firstItem(database, 'category');
  columns.country_id = firstItem(database, 'country');
}

function complete(draft: Draft): void {
  const { columns, before, writing } = draft;
  if (draft.changes('associate_id'))
    columns.group_id = groupOf(writing.database, draft.number('associate_id'));
  if (before === null && (draft.value('number2') ?? '') === '')
    columns.number2 = allocatedNumber(writing.database, 'contact');
}

/** Not a change of the persons themselves: their stamps stay. */
function saved(row: Readonly<DbRow>, changed: ReadonlySet<string>, database: Database): void {
  if (!mirrored.some(column => changed.has(column))) return;
  const persons = database.table('person');
  const copy = Object.fromEntries(mirrored.map(column => [column, row[column] ?? 0]));
  for (const id of persons.find('contact_id', numberOf(row.contact_id))) persons.update(id, copy);
}
