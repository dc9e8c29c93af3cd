import { type Exchange, noContent, ok, type Route } from '../../http/exchange.ts';
import { pick } from '../../http/names.ts';
import { entityId, find, saveBody } from '../agents.ts';
import { entityCarrier, readingOf } from '../carrier.ts';
import { simpleTicket } from '../carriers/ticket-simple.ts';
import { idOf, idsIn, refusal, wrapped } from '../requests.ts';
import { requireBody } from '../rest.ts';
import { defaultRecord, liveRow } from '../store.ts';
import { ofType, ticket } from '../ticket.ts';
import { moveToStatus, ticketAttachments } from './ticket-routes.ts';

const agent = '/v1/Agents/Ticket';

/** What a new ticket of a type starts with, unsaved. */
function defaultForType(exchange: Exchange): Record<string, unknown> {
  const id = idOf(exchange, 'TicketTypeId');
  if (!exchange.database.table('tickettype').get(id)) throw refusal(`there is no TicketType ${id}`);
  const record = defaultRecord(exchange, ticket);
  return entityCarrier(ticket, { ...record, row: { ...record.row, ...ofType(exchange.database, id) } }, null);
}

/** Ids of the tickets that exist; the status of each becomes one of `baseStatus`. */
function moveAll(exchange: Exchange, baseStatus: 'Active' | 'Deleted'): number[] {
  const moved: number[] = [];
  for (const id of idsIn(pick(exchange.body, 'TicketIds'), 'TicketIds')) {
    const row = liveRow(exchange, ticket, id);
    if (!row) continue;
    moveToStatus(exchange, row, baseStatus);
    moved.push(id);
  }
  return moved;
}

/** The ticket's part of the ticket agent: POST only, no links, null for what is not there. */
export const ticketAgentRoutes: readonly Route[] = [
  [
    'POST',
    `${agent}/CreateDefaultTicketEntity`,
    exchange => ok(entityCarrier(ticket, defaultRecord(exchange, ticket), null)),
  ],
  ['POST', `${agent}/CreateDefaultForTicketType`, exchange => ok(defaultForType(exchange))],
  ['POST', `${agent}/GetTicketEntity`, exchange => ok(find(ticket, exchange, entityId(ticket, exchange)))],
  [
    'POST',
    `${agent}/SaveTicketEntity`,
    exchange => ok(find(ticket, exchange, saveBody(ticket, exchange, requireBody(exchange)))),
  ],
  [
    'POST',
    `${agent}/SaveTicketEntityWithNotify`,
    exchange => ok(find(ticket, exchange, saveBody(ticket, exchange, wrapped(exchange, 'NewEntity')))),
  ],
  [
    'POST',
    `${agent}/DeleteTicketEntity`,
    exchange => {
      const row = liveRow(exchange, ticket, idOf(exchange, 'TicketEntityId'));
      if (row) moveToStatus(exchange, row, 'Deleted');
      return noContent;
    },
  ],
  ['POST', `${agent}/SetDeletedStatusByIds`, exchange => ok(moveAll(exchange, 'Deleted'))],
  [
    'POST',
    `${agent}/UndeleteByIds`,
    exchange => {
      moveAll(exchange, 'Active');
      return noContent;
    },
  ],
  [
    'POST',
    `${agent}/GetTickets`,
    exchange =>
      ok(
        idsIn(pick(exchange.body, 'TicketIds'), 'TicketIds').flatMap(
          id => simpleTicket(id, readingOf(exchange)) ?? [],
        ),
      ),
  ],
  [
    'POST',
    `${agent}/GetTicketAttachments`,
    exchange => ok(ticketAttachments(exchange, idOf(exchange, 'TicketEntityId'))),
  ],
];
