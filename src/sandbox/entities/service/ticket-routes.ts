import type { Exchange } from '../../http/exchange.ts';
import { noContent, ok, type Route } from '../../http/exchange.ts';
import type { Database } from '../../store/database.ts';
import type { DbRow } from '../../store/table.ts';
import { readingOf } from '../carrier.ts';
import { ticketBaseStatuses } from '../carriers/enumerations.ts';
import { simpleTicket } from '../carriers/ticket-simple.ts';
import { idIn } from '../rest.ts';
import { rowsWith } from '../rows.ts';
import { stampText } from '../stamps.ts';
import { requireRow } from '../store.ts';
import { statusOf, ticket } from '../ticket.ts';
import { attachmentInfos } from '../ticket-message.ts';
import { numberOf } from '../values.ts';
import { foreignKeyRoute, serviceVerbs } from './verbs.ts';

/** Gives a ticket a base status and the first user-defined status that stands for it. */
export function moveToStatus(
  { database, now }: Exchange,
  row: Readonly<DbRow>,
  baseStatus: 'Active' | 'Deleted',
): void {
  database.table('ticket').update(numberOf(row.id), {
    ticket_status: statusOf(database, baseStatus),
    status: numberOf(ticketBaseStatuses[baseStatus]),
    last_changed: stampText(now),
  });
}

/** Attachments of all messages of a ticket, oldest message first. */
export function ticketAttachments(exchange: Exchange, ticketId: number): unknown[] {
  return messageIds(exchange.database, ticketId).flatMap(id => attachmentInfos(id, readingOf(exchange)));
}

function messageIds(database: Database, ticketId: number): number[] {
  return rowsWith(database.table('ej_message'), 'ticket_id', ticketId)
    .map(row => numberOf(row.id))
    .sort((a, b) => a - b);
}

/** `/v1/Ticket` (writing.md, section 5.1); `{id}/Messages` is an archive. */
export const ticketRoutes: readonly Route[] = [
  ...serviceVerbs(ticket, {
    links: 'read',
    // Deleted tickets keep their rows until a job of SuperOffice takes them away; until then they can be read here.
    remove: (exchange, row) => moveToStatus(exchange, row, 'Deleted'),
  }),
  [
    'GET',
    '/v1/Ticket/{id}/Simple',
    (exchange, parameters) => {
      const id = idIn(parameters);
      requireRow(exchange, ticket, id);
      return ok(simpleTicket(id, readingOf(exchange)));
    },
  ],
  [
    'GET',
    '/v1/Ticket/{id}/Attachments',
    (exchange, parameters) => {
      const id = idIn(parameters);
      requireRow(exchange, ticket, id);
      return ok(ticketAttachments(exchange, id));
    },
  ],
  foreignKeyRoute(ticket),
  // Whom they would tell has nothing to be told by in the sandbox.
  ...['NotifyNewTicket', 'NotifyNewMessage'].map(
    (name): Route => [
      'POST',
      `/v1/Ticket/{id}/${name}`,
      (exchange, parameters) => {
        requireRow(exchange, ticket, idIn(parameters));
        return noContent;
      },
    ],
  ),
];
