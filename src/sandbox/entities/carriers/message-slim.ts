import type { DbRow } from '../../store/table.ts';
import { messageHeaders } from '../properties/message-headers.ts';
import type { Reading } from '../property.ts';
import { rowsWith } from '../rows.ts';
import { noDate } from '../stamps.ts';
import { numberOf, textOf } from '../values.ts';
import { messageBadges, nameOf, securityLevels } from './enumerations.ts';
import { personName } from './names.ts';

/** The messages of a ticket without their bodies, oldest first: `Ticket.Messages`. */
export function slimMessages(ticketId: number, reading: Reading): unknown[] {
  return rowsWith(reading.database.table('ej_message'), 'ticket_id', ticketId)
    .sort((a, b) => numberOf(a.id) - numberOf(b.id))
    .map(row => slimMessage(row, reading));
}

function slimMessage(row: DbRow, reading: Reading): Record<string, unknown> {
  const { database, zone } = reading;
  const id = numberOf(row.id);
  const person = database.table('person').get(numberOf(row.customer_id));
  const contactId = numberOf(person?.contact_id);
  const contact = database.table('contact').get(contactId);
  return {
    TicketMessageId: id,
    CreatedAt: (textOf(row.created_at) || noDate) + zone,
    Slevel: nameOf(securityLevels, numberOf(row.slevel)),
    Important: row.important === 1,
    Author: textOf(row.author),
    PersonId: numberOf(row.customer_id),
    PersonFullName: person ? personName(person) : '',
    ContactId: contactId,
    ContactName: textOf(contact?.name),
    ContactDepartment: textOf(contact?.department),
    NumAttachments: database.table('ticket_attachment').find('message_id', id).length,
    EmailHeader: textOf(row.email_header),
    MessageHeaders: messageHeaders(database, id),
    Language: '',
    Sentiment: 0,
    SentimentConfidence: 0,
    CreatedBy: numberOf(row.created_by),
    ChangedAt: (textOf(row.changed_at) || noDate) + zone,
    Badge: nameOf(messageBadges, numberOf(row.badge)),
    TableRight: null,
    FieldProperties: {},
  };
}
