import type { Exchange } from '../../http/exchange.ts';
import { pick } from '../../http/names.ts';
import { personName } from '../carriers/names.ts';
import { primaryEmail } from '../carriers/primary.ts';
import { idOf } from '../requests.ts';
import { rowsWith } from '../rows.ts';
import { requireRow } from '../store.ts';
import { ticket } from '../ticket.ts';
import { numberOf, textOf } from '../values.ts';

/**
 * Whom a reply would go to: the person of the ticket, with `ReplyAll` the secondary persons as Cc. Nobody for the other
 * actions, and nobody without an address. How SuperOffice chooses is not documented.
 */
export function suggestedRecipients(exchange: Exchange): unknown[] {
  const { database, body } = exchange;
  const action = textOf(pick(body, 'ActionType'));
  if (action !== 'Reply' && action !== 'ReplyAll') return [];
  const row = requireRow(exchange, ticket, idOf(exchange, 'TicketId'));
  const others = rowsWith(database.table('ticket_customers'), 'ticket_id', numberOf(row.id));
  return [
    ...recipient(exchange, 'To', numberOf(row.cust_id)),
    ...(action === 'ReplyAll'
      ? others.flatMap(other => recipient(exchange, 'CC', numberOf(other.customer_id)))
      : []),
  ];
}

function recipient({ database }: Exchange, type: 'To' | 'CC', personId: number): unknown[] {
  const person = database.table('person').get(personId);
  const email = textOf(primaryEmail(database, 'person_id', personId)?.email_address);
  if (!person || email === '') return [];
  return [{ Type: type, Value: email, DisplayValue: personName(person) }];
}
