import { securityLevels } from '../../entities/carriers/enumerations.ts';
import type { DbRow } from '../../store/table.ts';
import type { Column } from '../column.ts';
import type { Source } from '../source.ts';
import { columnsOf, computed } from './build.ts';
import { extraGroup } from './extra.ts';
import { type ColumnGroup, columnGroup, itself, type Nested } from './group.ts';
import { numberIn, textIn } from './names.ts';
import { personIdentityGroup } from './person.ts';
import { reference } from './related.ts';
import { named, ticketGroup } from './ticket.ts';

const message = columnsOf('ej_message');

/** `To: a@b.dk`, one a line: how a message's headers are put into the one column is not documented. */
function headers(row: DbRow, { database }: Source): string {
  const table = database.table('message_header');
  return table
    .find('message_id', numberIn(row, 'id'))
    .map(id => table.get(id))
    .map(header => `${textIn(header, 'name')}: ${textIn(header, 'value')}`)
    .join('\n');
}

const base: readonly Column[] = [
  message.text('searchTitle', 'search_title'),
  computed('header', 'string', 'string', headers),
  message.integer('ticketId', 'ticket_id'),
  message.integer('ticketMessageId', 'id'),
  message.text('author', 'author'),
  message.time('createdAt', 'created_at'),
  message.text('body', 'body', { sortable: false }),
  message.text('htmlBody', 'html_body', { sortable: false }),
  message.text('messageId', 'message_id'),
  message.text('debugInfo', 'debug_info', { sortable: false }),
  message.flag('important', 'important'),
  named('slevel', 'slevel', securityLevels, 'ticketslevel'),
  message.integer('timeSpent', 'time_spent'),
];

const nested: readonly Nested[] = [
  { prefix: 'ticket', hop: reference('ej_message', 'ticket_id', 'ticket', true), group: ticketGroup },
  { prefix: 'person', hop: reference('ej_message', 'customer_id', 'person'), group: personIdentityGroup },
  { prefix: 'ticketMessageExtra', hop: itself, group: extraGroup('ej_message') },
];

/** reading.md, section 9.8. */
export const ticketMessageGroup: ColumnGroup = columnGroup(base, nested);
