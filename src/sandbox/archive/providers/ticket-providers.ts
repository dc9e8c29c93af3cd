import { isClosed, isInArchive, ticketGroup } from '../columns/ticket.ts';
import { ticketMessageGroup } from '../columns/ticket-message.ts';
import type { Provider } from '../provider.ts';
import { type TableProvider, tableProvider } from './table-provider.ts';

const simple: TableProvider = {
  name: 'SimpleTicket',
  table: 'ticket',
  key: 'ticketId',
  entities: [{ name: 'ticket', label: 'Request', holds: isInArchive }],
  entityName: 'ticket',
  columns: ticketGroup,
  defaults: ['ticketId', 'title', 'createdAt', 'ownedBy', 'categoryFullName', 'ticketStatusName'],
  link: 'ticket',
};

/** reading.md, section 9.7: one entity, closed requests included. */
export const simpleTicket: Provider = tableProvider(simple);

/** Closed requests are an entity of their own: `$entities=ticket` leaves them out. */
export const ticket: Provider = tableProvider({
  ...simple,
  name: 'Ticket',
  entities: [
    { name: 'ticket', label: 'Request', holds: row => isInArchive(row) && !isClosed(row) },
    { name: 'ticketdisplayclosed', label: 'Closed request', holds: isClosed },
  ],
});

/** reading.md, section 9.8. */
export const ticketMessage: Provider = tableProvider({
  name: 'TicketMessage',
  table: 'ej_message',
  key: 'ticketMessageId',
  entities: [{ name: 'ticketmessage', label: 'Message', holds: () => true }],
  columns: ticketMessageGroup,
  defaults: ['ticketMessageId', 'ticketId', 'author', 'createdAt', 'slevel'],
  link: 'ticketmessage',
});
