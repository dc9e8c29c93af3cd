import type { Exchange } from '../../http/exchange.ts';
import { send as record } from '../../outbox/outbox.ts';
import { attachmentsOfMessage } from '../attachment.ts';
import { refusal } from '../requests.ts';
import { requireRow } from '../store.ts';
import { ticketMessage } from '../ticket-message.ts';
import { numberOf, shown } from '../values.ts';

/** Who gets a message, and how it is called there. */
export interface Sending {
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  readonly subject: string;
  readonly replyTemplateId: number;
}

/** An e-mail address and nothing else: the form with a name beside it is not documented (writing.md, section 5.5). */
const address = /^[^\s@<>",;]+@[^\s@<>",;]+\.[^\s@<>",;.]+$/;

/** Puts a saved message into the outbox. Throws 404 for no such message, 400 for what is no address and for nobody in To. */
export function sendMessage(exchange: Exchange, messageId: number, sending: Sending): void {
  const row = requireRow(exchange, ticketMessage, messageId);
  if (sending.to.length === 0) throw refusal('the message has no recipient: To is empty');
  const wrong = [...sending.to, ...sending.cc, ...sending.bcc].find(recipient => !address.test(recipient));
  if (wrong !== undefined) throw refusal(`${shown(wrong)} is no e-mail address`);
  record(exchange, {
    ...sending,
    messageId,
    ticketId: numberOf(row.ticket_id),
    attachmentIds: attachmentsOfMessage(exchange.database, messageId),
  });
}
