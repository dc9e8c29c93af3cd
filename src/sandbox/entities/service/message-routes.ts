import { type Exchange, noContent, ok, type Route } from '../../http/exchange.ts';
import { queryValue } from '../../http/names.ts';
import { readingOf } from '../carrier.ts';
import { idsIn, refusal } from '../requests.ts';
import { idIn } from '../rest.ts';
import { requireRow } from '../store.ts';
import { attachmentInfos, removeMessage, ticketMessage } from '../ticket-message.ts';
import { toInteger } from '../values.ts';
import { linkAttachments } from './links.ts';
import { sendMessage } from './mail.ts';
import { foreignKeyRoute, serviceVerbs } from './verbs.ts';

const address = '/v1/TicketMessage/{id}';

/**
 * A repeated query parameter. All three kinds of recipients are marked required: one that is not in the address is
 * refused, an empty one names nobody.
 */
function recipients({ query }: Exchange, name: string): string[] {
  const values = [...query].filter(([key]) => key.toLowerCase() === name).map(([, value]) => value.trim());
  if (values.length === 0) throw refusal(`the query parameter ${name} is missing`);
  return values.filter(value => value !== '');
}

/** `/v1/TicketMessage` (writing.md, sections 5.3 to 5.5). */
export const messageRoutes: readonly Route[] = [
  ...serviceVerbs(ticketMessage, {
    links: 'none',
    remove: ({ database, now }, row) => removeMessage(database, row, now),
  }),
  [
    'GET',
    `${address}/Attachment`,
    (exchange, parameters) => {
      const id = idIn(parameters);
      requireRow(exchange, ticketMessage, id);
      return ok(attachmentInfos(id, readingOf(exchange)));
    },
  ],
  [
    'GET',
    `${address}/Attachment/Noninline`,
    (exchange, parameters) => {
      const id = idIn(parameters);
      requireRow(exchange, ticketMessage, id);
      return ok(attachmentInfos(id, readingOf(exchange)).filter(info => info.InlineImage !== true));
    },
  ],
  [
    'POST',
    `${address}/Attachment`,
    (exchange, parameters) => {
      const id = idIn(parameters);
      requireRow(exchange, ticketMessage, id);
      linkAttachments(exchange, id, idsIn(exchange.body, 'The body'));
      return noContent;
    },
  ],
  [
    'POST',
    `${address}/Send`,
    (exchange, parameters) => {
      sendMessage(exchange, idIn(parameters), {
        to: recipients(exchange, 'to'),
        cc: recipients(exchange, 'cc'),
        bcc: recipients(exchange, 'bcc'),
        subject: queryValue(exchange.query, 'subject') ?? '',
        replyTemplateId: toInteger(queryValue(exchange.query, 'replyTemplateId')) ?? 0,
      });
      return noContent;
    },
  ],
  foreignKeyRoute(ticketMessage),
];
