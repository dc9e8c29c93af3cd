import type { Database } from '../store/database.ts';
import type { DbRow } from '../store/table.ts';
import { readStatuses, securityLevels, ticketBaseStatuses, ticketOrigins } from './carriers/enumerations.ts';
import { firstItem } from './carriers/list-item.ts';
import { slimMessages } from './carriers/message-slim.ts';
import { simplePerson } from './carriers/person-simple.ts';
import { serviceItem, ticketType } from './carriers/service-lists.ts';
import { ejUserOfAssociate, systemEjUser } from './carriers/service-user.ts';
import { simpleTicket, ticketTimes } from './carriers/ticket-simple.ts';
import type { Draft } from './draft.ts';
import { defineEntity } from './entity.ts';
import { ticketDefaults } from './open-points.ts';
import { enumeration } from './properties/enumeration.ts';
import { projectReference, saleReference } from './properties/record-references.ts';
import { reference } from './properties/reference.ts';
import {
  constant,
  date,
  flag,
  integer,
  mandatoryField,
  readOnlyDate,
  readOnlyInteger,
  text,
} from './properties/scalar.ts';
import { secondaryPersons } from './properties/secondary-persons.ts';
import { madeBy, owner, ownerByCategoryRules } from './properties/service-user.ts';
import { tags } from './properties/tags.ts';
import type { Property } from './property.ts';
import { stampText } from './stamps.ts';
import { numberOf, textOf } from './values.ts';

const blank: DbRow = {
  title: '',
  author: '',
  owned_by: systemEjUser,
  created_by: systemEjUser,
  category: 0,
  slevel: 0,
  priority: 0,
  status: 0,
  ticket_status: 0,
  origin: 0,
  cust_id: 0,
  contact_id: 0,
  sale_id: 0,
  project_id: 0,
  ticket_type: 0,
  alert_level: 0,
  connect_id: 0,
  read_status: numberOf(readStatuses.Red),
  ...Object.fromEntries(Object.values(ticketTimes).map(column => [column, 0])),
  time_spent: 0,
  has_attachment: 0,
  num_replies: 0,
  num_messages: 0,
  from_address: '',
  tags: '',
  dbi_key: '',
  created_at: '',
  last_changed: '',
  closed_at: '',
  replied_at: '',
};

/** Read here, changed by other means only. */
function readOnly({ write: _, ...property }: Property): Property {
  return property;
}

/**
 * Request of customer service (writing.md, section 5.1). Its company is the one of its person and no property of the
 * carrier. Users stand in the table under their ids of customer service, in the carrier as associates.
 */
export const ticket = defineEntity({
  name: 'Ticket',
  table: 'ticket',
  idProperty: 'TicketId',
  properties: [
    readOnlyInteger('TicketId', 'id'),
    text('Title', 'title', 255, true),
    readOnlyDate('CreatedAt', 'created_at'),
    readOnlyDate('LastChanged', 'last_changed'),
    date('ReadByOwner', 'read_by_owner'),
    date('ReadByCustomer', 'read_by_customer'),
    date('FirstReadByOwner', 'first_read_by_owner'),
    date('FirstReadByUser', 'first_read_by_user'),
    date('Activate', 'activate'),
    readOnlyDate('ClosedAt', 'closed_at'),
    readOnlyDate('RepliedAt', 'replied_at'),
    readOnlyDate('AlertTimeout', 'alert_timeout'),
    date('Deadline', 'deadline'),
    madeBy('CreatedBy', 'created_by'),
    text('Author', 'author', 255),
    owner('OwnedBy', 'owned_by'),
    reference({
      name: 'Category',
      column: 'category',
      idProperty: 'TicketCategoryId',
      table: 'ejcategory',
      list: 'ejcategory',
      field: mandatoryField('SuperOffice.CRM.Services.TicketCategoryEntity', 4),
      carrier: (id, reading) => serviceItem('ejcategory', id, reading),
    }),
    enumeration('Slevel', 'slevel', securityLevels, 'TicketSecurityLevel'),
    reference({
      name: 'Priority',
      column: 'priority',
      idProperty: 'TicketPriorityId',
      table: 'ticketpriority',
      list: 'ticketpriority',
      field: { type: 'SuperOffice.CRM.Services.TicketPriorityEntity', length: 4 },
      carrier: (id, reading) => serviceItem('ticketpriority', id, reading),
    }),
    readOnly(enumeration('BaseStatus', 'status', ticketBaseStatuses, 'TicketBaseStatus')),
    reference({
      name: 'Status',
      column: 'ticket_status',
      idProperty: 'TicketStatusId',
      table: 'ticketstatus',
      list: 'ticketstatus',
      field: { type: 'SuperOffice.CRM.Services.TicketStatusEntity', length: 4 },
      carrier: (id, reading) => serviceItem('ticketstatus', id, reading),
    }),
    enumeration('Origin', 'origin', ticketOrigins, 'TicketOrigin'),
    reference({
      name: 'Person',
      column: 'cust_id',
      idProperty: 'PersonId',
      table: 'person',
      list: 'person_new',
      field: { type: 'SuperOffice.CRM.Services.Person', length: 4 },
      carrier: simplePerson,
    }),
    secondaryPersons('SecondaryPersons'),
    integer('AlertLevel', 'alert_level', 2),
    integer('ConnectId', 'connect_id'),
    enumeration('ReadStatus', 'read_status', readStatuses, 'TicketReadStatus'),
    ...Object.entries(ticketTimes).map(([name, column]) => readOnlyInteger(name, column)),
    readOnlyInteger('TimeSpent', 'time_spent'),
    readOnly(flag('HasAttachment', 'has_attachment')),
    readOnlyInteger('NumReplies', 'num_replies'),
    readOnlyInteger('NumMessages', 'num_messages'),
    text('FromAddress', 'from_address', 255),
    { name: 'Messages', read: ({ id, reading }) => (id === 0 ? [] : slimMessages(id, reading)) },
    tags('Tags', 'tags'),
    constant('Language', ''),
    constant('Sentiment', 0),
    constant('SentimentConfidence', 0),
    constant('SuggestedCategoryId', 0),
    constant('SuggestedCategoryName', ''),
    constant('OrigHumanCategoryId', 0),
    constant('IconHint', ''),
    saleReference,
    projectReference,
    constant('FormSubmission', null),
    reference({
      name: 'TicketType',
      column: 'ticket_type',
      idProperty: 'TicketTypeId',
      table: 'tickettype',
      list: 'tickettype',
      field: { type: 'SuperOffice.CRM.Services.TicketType', length: 4 },
      carrier: ticketType,
    }),
    constant('ActiveStatusMonitorId', 0),
  ],
  archives: ['Messages'],
  blank,
  defaults,
  complete,
  saved,
  stamps: { created: () => ({}), updated: (_, now) => ({ last_changed: stampText(now) }) },
  simple: simpleTicket,
});

function defaults(draft: Draft): void {
  const { database } = draft.writing;
  const types = database.table('tickettype');
  const [type = 0] = [...types.rows].find(([, row]) => row.is_default === 1) ?? [];
  draft.columns.slevel = numberOf(securityLevels[ticketDefaults.slevel]);
  draft.columns.origin = numberOf(ticketOrigins[ticketDefaults.origin]);
  draft.columns.category = firstItem(database, 'ejcategory');
  draft.columns.owned_by = ejUserOfAssociate(database, draft.writing.associateId) || systemEjUser;
  Object.assign(draft.columns, ofType(database, type), made(draft));
}

/** What a ticket of a type starts with; a type that names no status or priority leaves them to the lists. */
export function ofType(database: Database, typeId: number): DbRow {
  const type = database.table('tickettype').get(typeId);
  const status = numberOf(type?.default_ticket_status) || statusOf(database, 'Active');
  const priorities = [...database.table('ticketpriority').rows];
  const [priority = 0] = priorities.find(([, row]) => row.flags === 'Default') ?? priorities[0] ?? [];
  return {
    ticket_type: type ? typeId : 0,
    ticket_status: status,
    status: baseStatusOf(database, status),
    priority: numberOf(type?.default_ticket_priority) || priority,
  };
}

function made({ writing: { database, now, associateId } }: Draft): DbRow {
  return {
    created_at: stampText(now),
    last_changed: stampText(now),
    created_by: ejUserOfAssociate(database, associateId) || systemEjUser,
  };
}

/** The first user-defined status of a base status, the default one before others; 0 without one. */
export function statusOf(database: Database, baseStatus: string): number {
  const statuses = [...database.table('ticketstatus').rows].filter(([, row]) => row.status === baseStatus);
  const [id = 0] = statuses.find(([, row]) => row.is_default === 1) ?? statuses[0] ?? [];
  return id;
}

/** Database number of the base status that a user-defined status stands for. */
function baseStatusOf(database: Database, statusId: number): number {
  return ticketBaseStatuses[textOf(database.table('ticketstatus').get(statusId)?.status)] ?? 0;
}

function complete(draft: Draft): void {
  const { columns, before, writing } = draft;
  const { database, now } = writing;
  if (before === null) Object.assign(columns, made(draft));
  if (draft.changes('cust_id'))
    columns.contact_id = numberOf(database.table('person').get(draft.number('cust_id'))?.contact_id);
  if (draft.changes('ticket_status')) {
    const base = baseStatusOf(database, draft.number('ticket_status'));
    columns.status = base;
    if (base !== numberOf(before?.status))
      columns.closed_at = base === ticketBaseStatuses.Closed ? stampText(now) : '';
  }
  if (draft.number('owned_by') === ownerByCategoryRules)
    columns.owned_by = ownerOfCategory(database, draft.number('category'));
}

/** A category that delegates gives tickets to its master; the sandbox has no other members to choose from. */
function ownerOfCategory(database: Database, categoryId: number): number {
  const category = database.table('ejcategory').get(categoryId);
  const master = numberOf(category?.category_master);
  return category && category.delegate_method !== 'Not' && master > 0 ? master : systemEjUser;
}

/** Messages carry a copy of the title. */
function saved(row: Readonly<DbRow>, changed: ReadonlySet<string>, database: Database): void {
  if (!changed.has('title')) return;
  const messages = database.table('ej_message');
  for (const id of messages.find('ticket_id', numberOf(row.id)))
    messages.update(id, { search_title: textOf(row.title) });
}
