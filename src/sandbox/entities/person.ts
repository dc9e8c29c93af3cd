import type { Database } from '../store/database.ts';
import type { DbRow } from '../store/table.ts';
import { allocatedNumber } from './allocated-number.ts';
import { associateCarrier, groupOf } from './carriers/associate.ts';
import { simpleContact } from './carriers/contact-simple.ts';
import { categoryCarrier, countryCarrier, firstItem, listItemCarrier } from './carriers/list-item.ts';
import { formalName, personName } from './carriers/names.ts';
import { simplePerson } from './carriers/person-simple.ts';
import { phoneTypes } from './carriers/primary.ts';
import type { Draft } from './draft.ts';
import { defineEntity } from './entity.ts';
import { personCountryFollowsCompany } from './open-points.ts';
import { preferences } from './preferences.ts';
import { address, addressColumns, personBlocks } from './properties/address.ts';
import { birthDate } from './properties/birth-date.ts';
import { elements, emailStore, phoneStore, urlStore } from './properties/elements.ts';
import { type InterestStore, interests } from './properties/interests.ts';
import { note, textTypes } from './properties/note.ts';
import { ofCompany } from './properties/of-company.ts';
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
import { stampAssociate, supportReferences } from './properties/shared-references.ts';
import type { EntityRecord, Property } from './property.ts';
import { numberOf } from './values.ts';

export const personInterests: InterestStore = {
  main: 'person',
  links: 'personinterest',
  owner: 'person_id',
  item: 'pinterest_idx',
  list: 'persint',
};

const support = supportReferences('null');

const blank: DbRow = {
  contact_id: 0,
  rank: 0,
  firstname: '',
  middleName: '',
  lastname: '',
  mrmrs: '',
  title: '',
  salutation: '',
  person_number: '',
  position_idx: 0,
  country_id: 0,
  associate_id: 0,
  group_id: 0,
  business_idx: 0,
  category_idx: 0,
  year_of_birth: 0,
  month_of_birth: 0,
  day_of_birth: 0,
  usepersonaddress: 0,
  nomailing: 0,
  retired: 0,
  gender: 0,
  supportAssociateId: 0,
  ticketPriorityId: 0,
  supportLanguageId: 0,
  source: 0,
  leadstatus_id: 0,
  dbi_agent_id: 0,
  dbi_key: '',
  activeInterests: 0,
  deleted: 0,
};

/** Person: writing.md, section 2; column names and lengths section 7.1. */
export const person = defineEntity({
  name: 'Person',
  table: 'person',
  idProperty: 'PersonId',
  properties: [
    readOnlyInteger('PersonId', 'person_id'),
    text('Firstname', 'firstname', 99, true),
    text('MiddleName', 'middleName', 99),
    text('Lastname', 'lastname', 99),
    { ...text('Mrmrs', 'mrmrs', 239), list: 'mrmrs' },
    text('Title', 'title', 239),
    readOnlyDate('UpdatedDate', 'updated'),
    readOnlyDate('CreatedDate', 'registered'),
    birthDate('BirthDate'),
    stampAssociate('CreatedBy', 'registered_associate_id'),
    elements('Emails', emailStore('person_id', 0)),
    note('Description', 'person', textTypes.personInfo),
    { name: 'IsAssociate', read: record => associateIdOf(record) > 0 },
    elements('PrivatePhones', phoneStore(phoneTypes.private)),
    elements('Faxes', phoneStore(phoneTypes.personFax)),
    elements('MobilePhones', phoneStore(phoneTypes.mobile)),
    elements('OfficePhones', phoneStore(phoneTypes.direct)),
    elements('OtherPhones', phoneStore(phoneTypes.pager)),
    reference({
      name: 'Position',
      column: 'position_idx',
      idProperty: 'Id',
      table: 'perspos',
      list: 'perspos',
      field: { type: 'SuperOffice.CRM.Services.Position', length: 4 },
      carrier: (id, reading) => listItemCarrier('perspos', id, reading),
    }),
    stampAssociate('UpdatedBy', 'updated_associate_id'),
    reference({
      name: 'Contact',
      column: 'contact_id',
      idProperty: 'ContactId',
      table: 'contact',
      list: 'contact_new',
      field: mandatoryField('SuperOffice.CRM.Services.Contact', 4),
      carrier: simpleContact,
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
    interests('Interests', personInterests),
    text('PersonNumber', 'person_number', 49, true),
    { name: 'FullName', read: ({ row }) => personName(row) },
    flag('NoMailing', 'nomailing'),
    flag('UsePersonAddress', 'usepersonaddress'),
    flag('Retired', 'retired'),
    elements('Urls', urlStore('person_id')),
    { name: 'FormalName', read: ({ row }) => formalName(row) },
    address(personBlocks),
    text('Post3', 'post3', 99),
    text('Post2', 'post2', 99),
    text('Post1', 'post1', 99),
    text('Kanalname', 'kanalname', 99),
    text('Kanafname', 'kanafname', 99),
    {
      name: 'CorrespondingAssociate',
      field: { type: 'SuperOffice.CRM.Services.Associate', length: 0, mask: 'None' },
      read: record => associateCarrier(associateIdOf(record), record.reading),
    },
    ofCompany('Category', 'category_idx', 'category', categoryCarrier),
    ofCompany('Business', 'business_idx', 'business', (id, reading) =>
      listItemCarrier('business', id, reading),
    ),
    ofCompany('Associate', 'associate_id', 'associate', associateCarrier),
    { ...text('Salutation', 'salutation', 239), list: 'salutation' },
    readOnlyInteger('ActiveInterests', 'activeInterests'),
    support.SupportAssociate,
    support.TicketPriority,
    support.CustomerLanguage,
    integer('DbiAgentId', 'dbi_agent_id'),
    text('DbiKey', 'dbi_key', 255),
    readOnlyDate('DbiLastModified', 'dbi_last_modified'),
    readOnlyDate('DbiLastSyncronized', 'dbi_last_syncronized'),
    integer('SentInfo', 'sentInfo', 2),
    integer('ShowContactTickets', 'showContactTickets', 2),
    constant('UserInfo', null),
    elements('ChatEmails', emailStore('person_id', 1)),
    elements('InternetPhones', emailStore('person_id', 2)),
    integer('Source', 'source', 2),
    constant('ActiveErpLinks', 0),
    // The sandbox has no tables for mailing types and consents: nothing is kept of what is sent.
    constant('ShipmentTypes', []),
    constant('Consents', []),
    constant('BounceEmails', []),
    constant('ActiveStatusMonitorId', 0),
    constant('CreatedByFormId', 0),
    constant('UtmParameters', null),
    integer('LeadstatusId', 'leadstatus_id'),
    constant('Leadstatus', ''),
  ],
  extraFields: Object.entries(addressColumns).map(
    ([name, [, length]]): Property => ({
      ...constant(`Address.${name}`, null),
      field: { type: 'System.String', length },
    }),
  ),
  archives: ['Activities', 'Appointments', 'Documents', 'Sales', 'Relations', 'Tickets'],
  blank,
  defaults,
  complete,
  simple: simplePerson,
  links: ({ row }): Readonly<Record<string, string>> =>
    numberOf(row.contact_id) > 0 ? { Contact: `Contact/${row.contact_id}` } : {},
});

function associateIdOf({ id, reading }: EntityRecord): number {
  return id === 0 ? 0 : (reading.database.table('associate').find('person_id', id)[0] ?? 0);
}

function defaults({ columns, writing: { database, associateId } }: Draft): void {
  columns.person_number = allocatedNumber(database, 'person');
  columns.associate_id = associateId;
  columns.group_id = groupOf(database, associateId);
}

function complete(draft: Draft): void {
  const { columns, before, writing } = draft;
  const company = writing.database.table('contact').get(draft.number('contact_id'));
  if (!company && preferences.MandatoryContactOnPerson && draft.rejections.length === 0)
    draft.reject('Contact', 'a person must belong to a company (preference MandatoryContactOnPerson)');
  if (draft.changes('contact_id') && company)
    Object.assign(columns, placeInCompany(writing.database, company));
  if (before !== null) return;
  if ((draft.value('person_number') ?? '') === '')
    columns.person_number = allocatedNumber(writing.database, 'person');
  if (draft.number('country_id') === 0)
    columns.country_id =
      (personCountryFollowsCompany ? numberOf(company?.country_id) : 0) ||
      firstItem(writing.database, 'country');
}

/** Columns that follow from the company a person belongs to; it comes last among its persons. */
export function placeInCompany(database: Database, company: DbRow): DbRow {
  const id = numberOf(company.contact_id);
  return {
    contact_id: id,
    rank: database.table('person').find('contact_id', id).length + 1,
    associate_id: numberOf(company.associate_id),
    group_id: numberOf(company.group_id),
    business_idx: numberOf(company.business_idx),
    category_idx: numberOf(company.category_idx),
  };
}
