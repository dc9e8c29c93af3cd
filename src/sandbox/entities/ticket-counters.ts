import type { Database } from '../store/database.ts';
import { securityLevels } from './carriers/enumerations.ts';
import { rowsWith } from './rows.ts';
import { stampText } from './stamps.ts';
import { numberOf, textOf } from './values.ts';

/**
 * Brings what a ticket says of its messages up to date: their number, replies, time spent, attachments. A reply is an
 * external message that no customer wrote. `now`: the ticket counts as changed then.
 */
export function refreshTicket(database: Database, ticketId: number, now: Date): void {
  const tickets = database.table('ticket');
  const row = tickets.get(ticketId);
  if (!row) return;
  const messages = rowsWith(database.table('ej_message'), 'ticket_id', ticketId).sort(
    (a, b) => numberOf(a.id) - numberOf(b.id),
  );
  const replies = messages.filter(
    message => message.slevel === securityLevels.External && numberOf(message.customer_id) === 0,
  );
  const links = database.table('ticket_attachment');
  const changed = tickets.update(ticketId, {
    num_messages: messages.length,
    num_replies: replies.length,
    time_spent: messages.reduce((sum, message) => sum + numberOf(message.time_spent), 0),
    has_attachment: messages.some(message => links.find('message_id', numberOf(message.id)).length > 0)
      ? 1
      : 0,
    replied_at: textOf(replies[0]?.created_at),
    author: textOf(row.author) || textOf(messages[0]?.author),
  });
  if (changed) tickets.update(ticketId, { last_changed: stampText(now) });
}
