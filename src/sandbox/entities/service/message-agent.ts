import { type Exchange, noContent, ok, type Route } from '../../http/exchange.ts';
import { pick } from '../../http/names.ts';
import { decodeBase64 } from '../../http/upload.ts';
import { entityId, find, saveBody } from '../agents.ts';
import { attachment } from '../attachment.ts';
import { entityCarrier, readingOf } from '../carrier.ts';
import { idOf, idsIn, refusal, wrapped } from '../requests.ts';
import { requireBody } from '../rest.ts';
import { defaultRecord, liveRow, requireRow } from '../store.ts';
import { attachmentInfos, removeMessage, ticketMessage } from '../ticket-message.ts';
import { numberOf, shown, textOf, toText } from '../values.ts';
import { setContent } from './attachment-routes.ts';
import { linkAttachments, unlinkAttachments } from './links.ts';
import { sendMessage } from './mail.ts';
import { suggestedRecipients } from './recipients.ts';

const agent = '/v1/Agents/Ticket';

function save(exchange: Exchange, body: Readonly<Record<string, unknown>>): unknown {
  return find(ticketMessage, exchange, saveBody(ticketMessage, exchange, body));
}

/** Saves a message and links attachments to it in one call. The time of the first reply is kept up to date anyway. */
function saveWithOptions(exchange: Exchange): unknown {
  const id = saveBody(ticketMessage, exchange, wrapped(exchange, 'Entity'));
  linkAttachments(exchange, id, idsIn(pick(exchange.body, 'AttachmentIds'), 'AttachmentIds'));
  return find(ticketMessage, exchange, id);
}

function messageOf(exchange: Exchange): number {
  return numberOf(requireRow(exchange, ticketMessage, idOf(exchange, 'TicketMessageEntityId')).id);
}

function attachmentIds(exchange: Exchange): number[] {
  return idsIn(pick(exchange.body, 'AttachmentIds'), 'AttachmentIds');
}

/** An attachment is valid when it exists and has its bytes; what else SuperOffice looks at is not documented. */
function validation(exchange: Exchange, id: number): Record<string, unknown> {
  const row = liveRow(exchange, attachment, id);
  const isThere = row !== undefined && exchange.contents.size(numberOf(row.stored_content)) !== undefined;
  const fault = row === undefined ? 'does not exist' : 'has no content';
  return { AttachmentId: id, IsValid: isThere, ErrorMessage: isThere ? '' : `Attachment ${id} ${fault}` };
}

function addresses(exchange: Exchange, name: string): string[] {
  const value = pick(exchange.body, name) ?? [];
  if (!Array.isArray(value)) throw refusal(`${name} is ${shown(value)}, not an array of addresses`);
  return value.map(item => (toText(item) ?? shown(item)).trim()).filter(item => item !== '');
}

function sendByAgent(exchange: Exchange): void {
  sendMessage(exchange, idOf(exchange, 'TicketMessageEntityId'), {
    to: addresses(exchange, 'To'),
    cc: addresses(exchange, 'Cc'),
    bcc: addresses(exchange, 'Bcc'),
    subject: textOf(pick(exchange.body, 'Subject')),
    replyTemplateId: idOf(exchange, 'ReplyTemplateId'),
  });
}

function done(work: (exchange: Exchange) => void): Route[2] {
  return exchange => {
    work(exchange);
    return noContent;
  };
}

/** The ticket agent's part for messages and attachments. */
export const messageAgentRoutes: readonly Route[] = [
  [
    'POST',
    `${agent}/CreateDefaultTicketMessageEntity`,
    exchange => ok(entityCarrier(ticketMessage, defaultRecord(exchange, ticketMessage), null)),
  ],
  [
    'POST',
    `${agent}/GetTicketMessageEntity`,
    exchange => ok(find(ticketMessage, exchange, entityId(ticketMessage, exchange))),
  ],
  ['POST', `${agent}/SaveTicketMessageEntity`, exchange => ok(save(exchange, requireBody(exchange)))],
  [
    'POST',
    `${agent}/SaveTicketMessageEntityWithNotify`,
    exchange => ok(save(exchange, wrapped(exchange, 'NewEntity'))),
  ],
  ['POST', `${agent}/SaveTicketMessageEntityWithOptions`, exchange => ok(saveWithOptions(exchange))],
  [
    'POST',
    `${agent}/DeleteTicketMessageEntity`,
    done(exchange => {
      const row = liveRow(exchange, ticketMessage, idOf(exchange, 'TicketMessageEntityId'));
      if (row) removeMessage(exchange.database, row, exchange.now);
    }),
  ],
  [
    'POST',
    `${agent}/AddAttachments`,
    done(exchange => linkAttachments(exchange, messageOf(exchange), attachmentIds(exchange))),
  ],
  [
    'POST',
    `${agent}/RemoveMessageAttachments`,
    done(exchange => unlinkAttachments(exchange, messageOf(exchange), attachmentIds(exchange))),
  ],
  [
    'POST',
    `${agent}/ValidateAttachments`,
    exchange => ok(attachmentIds(exchange).map(id => validation(exchange, id))),
  ],
  [
    'POST',
    `${agent}/GetAttachmentInfo`,
    exchange => ok(attachmentInfos(messageOf(exchange), readingOf(exchange))),
  ],
  [
    'POST',
    `${agent}/UploadAttachment`,
    done(exchange => {
      const bytes = decodeBase64(pick(exchange.body, 'Content'));
      setContent(exchange, idOf(exchange, 'AttachmentId'), exchange.contents.write(bytes));
    }),
  ],
  ['POST', `${agent}/SendTicketMessage`, done(sendByAgent)],
  ['POST', `${agent}/CalculateMessageRecipients`, exchange => ok(suggestedRecipients(exchange))],
  [
    'POST',
    `${agent}/CreateDefaultAttachmentEntity`,
    exchange => ok(entityCarrier(attachment, defaultRecord(exchange, attachment), null)),
  ],
  [
    'POST',
    `${agent}/GetAttachmentEntity`,
    exchange => ok(find(attachment, exchange, entityId(attachment, exchange))),
  ],
  [
    'POST',
    `${agent}/SaveAttachmentEntity`,
    exchange => ok(find(attachment, exchange, saveBody(attachment, exchange, requireBody(exchange)))),
  ],
];
