import type { Exchange } from '../http/exchange.ts';
import type { Database } from '../store/database.ts';
import type { DbRow } from '../store/table.ts';

/** A mail that SuperOffice would have sent. The sandbox keeps it and sends nothing. */
export interface SentMail {
  readonly id: number;
  /** ISO, UTC. */
  readonly sentAt: string;
  readonly associateId: number;
  readonly messageId: number;
  readonly ticketId: number;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  readonly subject: string;
  /** 0 for none. */
  readonly replyTemplateId: number;
  readonly attachmentIds: readonly number[];
}

/** Records a mail. */
export function send(
  { database, now, user }: Exchange,
  mail: Omit<SentMail, 'id' | 'sentAt' | 'associateId'>,
): void {
  database.table('outbox').insert({
    sent_at: `${now.toISOString().slice(0, 19)}Z`,
    associate_id: user.associateId,
    message_id: mail.messageId,
    ticket_id: mail.ticketId,
    mail_to: JSON.stringify(mail.to),
    mail_cc: JSON.stringify(mail.cc),
    mail_bcc: JSON.stringify(mail.bcc),
    subject: mail.subject,
    reply_template_id: Math.max(0, mail.replyTemplateId),
    attachments: JSON.stringify(mail.attachmentIds),
  });
}

/** Everything that was sent, oldest first. */
export function sentMails(database: Database): SentMail[] {
  return [...database.table('outbox').rows.values()].map(mailOf);
}

function mailOf(row: DbRow): SentMail {
  return {
    id: Number(row.id),
    sentAt: String(row.sent_at),
    associateId: Number(row.associate_id),
    messageId: Number(row.message_id),
    ticketId: Number(row.ticket_id),
    to: JSON.parse(String(row.mail_to)),
    cc: JSON.parse(String(row.mail_cc)),
    bcc: JSON.parse(String(row.mail_bcc)),
    subject: String(row.subject),
    replyTemplateId: Number(row.reply_template_id),
    attachmentIds: JSON.parse(String(row.attachments)),
  };
}
