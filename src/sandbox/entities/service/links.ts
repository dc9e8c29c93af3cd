import type { Exchange } from '../../http/exchange.ts';
import { attachment, attachmentsOfMessage } from '../attachment.ts';
import { refusal } from '../requests.ts';
import { liveRow } from '../store.ts';
import { refreshTicket } from '../ticket-counters.ts';
import { numberOf } from '../values.ts';

/** What the attachments of one message may come to, in bytes (writing.md, section 5.4). */
export const messageAttachmentLimit = 25 * 1024 * 1024;

/** Links attachments to a message; those that are linked already stay so. Throws 400 for unknown ids and above the limit. */
export function linkAttachments(exchange: Exchange, messageId: number, ids: readonly number[]): void {
  const { database } = exchange;
  const unknown = ids.find(id => !liveRow(exchange, attachment, id));
  if (unknown !== undefined) throw refusal(`there is no attachment with AttachmentId ${unknown}`);
  const linked = attachmentsOfMessage(database, messageId);
  const added = [...new Set(ids)].filter(id => !linked.includes(id));
  refuseTooMuch(exchange, messageId, [...linked, ...added]);
  for (const id of added)
    database.table('ticket_attachment').insert({ message_id: messageId, attachment_id: id });
  refresh(exchange, messageId);
}

/** Takes links away; the attachments stay. */
export function unlinkAttachments(exchange: Exchange, messageId: number, ids: readonly number[]): void {
  const table = exchange.database.table('ticket_attachment');
  for (const link of table.find('message_id', messageId))
    if (ids.includes(numberOf(table.get(link)?.attachment_id))) table.delete(link);
  refresh(exchange, messageId);
}

/** Throws 400 when a content that grew takes a message that it is linked to above the limit. */
export function refuseTooMuchAfter(exchange: Exchange, attachmentId: number): void {
  const table = exchange.database.table('ticket_attachment');
  for (const link of table.find('attachment_id', attachmentId)) {
    const messageId = numberOf(table.get(link)?.message_id);
    refuseTooMuch(exchange, messageId, attachmentsOfMessage(exchange.database, messageId));
  }
}

function refuseTooMuch({ database }: Exchange, messageId: number, ids: readonly number[]): void {
  const size = ids.reduce((sum, id) => sum + numberOf(database.table('attachment').get(id)?.att_size), 0);
  if (size > messageAttachmentLimit)
    throw refusal(
      `the attachments of message ${messageId} would have ${size} bytes, a message holds ${messageAttachmentLimit}`,
      'SoValidationException',
    );
}

function refresh({ database, now }: Exchange, messageId: number): void {
  refreshTicket(database, numberOf(database.table('ej_message').get(messageId)?.ticket_id), now);
}
