import type { Database } from '../store/database.ts';
import type { DbRow } from '../store/table.ts';
import { attachmentCarrier, attachmentsOfMessage } from './attachment.ts';
import { associateName } from './carriers/associate.ts';
import { messageBadges, messageCategories, messageTypes, securityLevels } from './carriers/enumerations.ts';
import { simplePerson } from './carriers/person-simple.ts';
import { ejUserOfAssociate, systemEjUser } from './carriers/service-user.ts';
import { simpleTicket } from './carriers/ticket-simple.ts';
import type { Draft } from './draft.ts';
import { defineEntity } from './entity.ts';
import { ticketDefaults } from './open-points.ts';
import { enumeration } from './properties/enumeration.ts';
import { messageHeadersProperty, removeHeaders } from './properties/message-headers.ts';
import { reference } from './properties/reference.ts';
import { constant, date, flag, integer, mandatoryField, readOnlyInteger, text } from './properties/scalar.ts';
import { madeBy } from './properties/service-user.ts';
import type { Property, Reading } from './property.ts';
import { stampText } from './stamps.ts';
import { refreshTicket } from './ticket-counters.ts';
import { numberOf, textOf } from './values.ts';

/** Bodies are as long as they are. */
const unlimited = 2_147_483_647;

const blank: DbRow = {
  ticket_id: 0,
  created_by: systemEjUser,
  author: '',
  slevel: 0,
  type: 0,
  message_id: '',
  time_spent: 0,
  body: '',
  html_body: '',
  email_header: '',
  debug_info: '',
  mail_sorter: '',
  message_category: 0,
  customer_id: 0,
  search_title: '',
  important: 0,
  badge: 0,
};

/** Message of a request (writing.md, section 5.3); the id is `EjMessageId`. Saving one sends nothing. */
export const ticketMessage = defineEntity({
  name: 'TicketMessage',
  table: 'ej_message',
  idProperty: 'EjMessageId',
  properties: [
    readOnlyInteger('EjMessageId', 'id'),
    reference({
      name: 'Ticket',
      column: 'ticket_id',
      idProperty: 'TicketId',
      table: 'ticket',
      field: mandatoryField('SuperOffice.CRM.Services.Ticket', 4),
      carrier: simpleTicket,
    }),
    createdAt('CreatedAt', 'created_at'),
    madeBy('CreatedBy', 'created_by'),
    text('Author', 'author', 255),
    enumeration('Slevel', 'slevel', securityLevels, 'TicketSecurityLevel'),
    enumeration('Type', 'type', messageTypes, 'TicketMessageType'),
    text('MessageId', 'message_id', 850),
    integer('TimeSpent', 'time_spent'),
    text('Body', 'body', unlimited),
    text('HtmlBody', 'html_body', unlimited),
    text('EmailHeader', 'email_header', unlimited),
    text('DebugInfo', 'debug_info', unlimited),
    text('MailSorter', 'mail_sorter', 255),
    enumeration('MessageCategory', 'message_category', messageCategories, 'MessageCategory'),
    reference({
      name: 'Person',
      column: 'customer_id',
      idProperty: 'PersonId',
      table: 'person',
      list: 'person_new',
      field: { type: 'SuperOffice.CRM.Services.Person', length: 4 },
      carrier: simplePerson,
    }),
    { name: 'SearchTitle', read: ({ row }) => textOf(row.search_title) },
    messageHeadersProperty('MessageHeaders'),
    flag('Important', 'important'),
    constant('Language', ''),
    constant('Sentiment', 0),
    constant('SentimentConfidence', 0),
    enumeration('Badge', 'badge', messageBadges, 'TicketMessageBadge'),
    { name: 'AttachmentsInfo', read: ({ id, reading }) => (id === 0 ? [] : attachmentInfos(id, reading)) },
  ],
  archives: [],
  blank,
  defaults,
  complete,
  stamps: { created: () => ({}), updated: (_, now) => ({ changed_at: stampText(now) }) },
});

/** When a message was posted; settable for a new one only. */
function createdAt(name: string, column: string): Property {
  const { write, ...property } = date(name, column);
  return {
    ...property,
    write: (draft, value) => {
      const isKept = draft.writing.database.quirks['message-created-at-honoured'] === 'yes';
      if (draft.before === null && isKept) write?.(draft, value);
    },
  };
}

/** Carriers of a message's attachments; whether they know their size is the installation's matter. */
export function attachmentInfos(messageId: number, reading: Reading): Record<string, unknown>[] {
  return attachmentsOfMessage(reading.database, messageId)
    .map(id => attachmentCarrier(id, reading))
    .filter(carrier => carrier !== null)
    .map(carrier =>
      reading.database.quirks['attachment-list-sizes'] === 'yes' ? carrier : { ...carrier, AttSize: 0 },
    );
}

function defaults(draft: Draft): void {
  draft.columns.type = numberOf(messageTypes.Plain);
  draft.columns.slevel = numberOf(securityLevels[ticketDefaults.slevel]);
  Object.assign(draft.columns, made(draft));
}

function made({ writing: { database, now, associateId } }: Draft): DbRow {
  return {
    created_at: stampText(now),
    created_by: ejUserOfAssociate(database, associateId) || systemEjUser,
    author: associateName(database, associateId),
  };
}

function complete(draft: Draft): void {
  const { columns, before, writing } = draft;
  const { database, now } = writing;
  const ticketId = draft.number('ticket_id');
  if (ticketId === 0 && !draft.rejections.some(({ field }) => field === 'Ticket'))
    draft.reject('Ticket', 'a message must belong to a ticket');
  if (before === null)
    for (const [column, value] of Object.entries(made(draft)))
      if (textOf(draft.value(column)) === '') columns[column] = value;
  columns.search_title = textOf(database.table('ticket').get(ticketId)?.title);
  // A save changes the row in place: what it was must be asked before.
  const tickets = new Set([ticketId, numberOf(before?.ticket_id)]);
  draft.parts.set('Ticket', () => {
    for (const id of tickets) refreshTicket(database, id, now);
    return false;
  });
}

/** Takes a message away, with its headers and its links to attachments; the attachments stay. */
export function removeMessage(database: Database, row: Readonly<DbRow>, now: Date): void {
  const id = numberOf(row.id);
  removeHeaders(database, id);
  const links = database.table('ticket_attachment');
  for (const link of links.find('message_id', id)) links.delete(link);
  const ticketId = numberOf(row.ticket_id);
  database.table('ej_message').delete(id);
  refreshTicket(database, ticketId, now);
}
