import type { Datatype } from './datatype.ts';
import type { Field } from './field.ts';
import { readOnlyFields, relationField } from './shared-fields.ts';
import { securityLevelField } from './ticket.ts';

/** A message has no documented limit; this is what one record of a file may hold. */
const longestBody = 8_000_000;

function mail(name: string, kind: 'addresses' | 'text', meaning: string): Field {
  return {
    name,
    kind,
    ...(kind === 'text' ? { length: 255 } : {}),
    meaning: `${meaning} Only for new messages, and only when the config turns mail on.`,
    slot: { at: 'input', becomes: 'Agents/Ticket/SendTicketMessage' },
  };
}

/** Slots and lengths: writing.md, sections 5.3 to 5.5; reading.md, section 9.8. */
const fields: readonly Field[] = [
  relationField(
    'Ticket',
    'ticketId',
    'User key of the request that the message belongs to. A new message needs one, and the cell is never blank.',
    'create',
  ),
  relationField('Person', 'person/personId', 'User key of the person who wrote it.'),
  {
    name: 'Body',
    kind: 'text',
    length: longestBody,
    meaning: 'The message as plain text. A new message needs a Body or an HtmlBody.',
    slot: { at: 'property', property: 'Body', column: 'body' },
  },
  {
    name: 'HtmlBody',
    kind: 'text',
    length: longestBody,
    meaning: 'The message as HTML. With both, people see this one.',
    slot: { at: 'property', property: 'HtmlBody', column: 'htmlBody' },
  },
  {
    name: 'AttachmentNames',
    kind: 'files',
    meaning:
      'Names of files joined with |, which lie beside the data file, in its attachments folder or where --files says. They are only ever added.',
    slot: { at: 'input', becomes: 'TicketMessage/{id}/Attachment' },
  },
  securityLevelField('the message'),
  {
    name: 'Important',
    kind: 'boolean',
    meaning: 'The message is important.',
    slot: { at: 'property', property: 'Important', column: 'important' },
  },
  {
    name: 'CreatedAt',
    kind: 'datetime',
    meaning:
      'When it was written. Only for new messages; SuperOffice may put the time of the import instead.',
    slot: { at: 'input', becomes: 'TicketMessage.CreatedAt', column: 'createdAt' },
  },
  mail('SendTo', 'addresses', 'Sends the message by mail to these addresses, parted by ; or a comma.'),
  mail('SendCc', 'addresses', 'Addresses for a copy.'),
  mail('SendBcc', 'addresses', 'Addresses for a blind copy.'),
  mail('SendSubject', 'text', 'Subject of the mail; without it the title of the request.'),
  ...readOnlyFields({ id: 'ticketMessageId', createdDate: 'createdAt' }),
];

export const message: Datatype = {
  name: 'Message',
  fileWords: ['message', 'messages', 'ticketmessage', 'ticketmessages'],
  meaning: 'Messages of requests with their attachments, found again by MessUserKey01.',
  entity: 'TicketMessage',
  keyField: 'MessUserKey01',
  custom: { kind: 'extra', keyTable: 'ej_message' },
  archive: {
    provider: 'TicketMessage',
    entities: 'ticketmessage',
    idColumn: 'ticketMessageId',
    customPrefix: 'ticketMessageExtra/',
  },
  fields,
  inTurnOf: 'TickUserKey01',
  neededToCreate: [['TickUserKey01'], ['Body', 'HtmlBody']],
};
