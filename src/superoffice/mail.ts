import type { Http } from './http.ts';

/** A message to be sent by mail. Addresses are bare: `kari@fjordbygg.no`. */
export interface Mail {
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  readonly subject: string;
}

/**
 * Sends a saved message by mail (writing.md, section 5.5): the agent, since the REST form cannot do without a copy.
 * Never sent twice: with `lost` in the error it may have gone out.
 */
export async function sendMessage(http: Http, messageId: number, mail: Mail): Promise<void> {
  await http.send({
    kind: 'create',
    completes: true,
    method: 'POST',
    path: '/v1/Agents/Ticket/SendTicketMessage',
    json: {
      TicketMessageEntityId: messageId,
      To: mail.to,
      Cc: mail.cc,
      Bcc: mail.bcc,
      Subject: mail.subject,
      ReplyTemplateId: 0,
      GdprSource: '',
    },
  });
}
