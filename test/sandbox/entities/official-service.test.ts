import { afterAll, beforeAll, expect, test } from 'vitest';
import { webapi } from '../server/webapi.ts';
import { present, Tenant } from './tenant.ts';

let tenant: Tenant;

beforeAll(async () => {
  tenant = await Tenant.start();
});

afterAll(async () => {
  await tenant.close();
});

/** The client has no REST classes for customer service: its agent is what it talks through. */
test('a request with a message, a file and a mail', async () => {
  const { url, username, password } = tenant.sandbox;
  const agent = new webapi.TicketAgent(`${url}/api/`, { auth: { username, password } });

  const draft = await agent.createDefaultTicketEntityAsync();
  expect(draft).toMatchObject({ ticketId: 0, ownedBy: { name: 'SIC' } });
  draft.title = 'Blåbær';
  draft.tags = [{ id: 2 }];
  draft.customFields = { x_tickuserkey01: 'T-1' };
  const saved = await agent.saveTicketEntityAsync(draft);
  expect(saved).toMatchObject({
    title: 'Blåbær',
    tags: [{ id: 2, name: 'Invoice' }],
    customFields: { x_tickuserkey01: 'T-1' },
  });
  const ticketId = present(saved.ticketId);

  const attachment = await agent.createDefaultAttachmentEntityAsync();
  attachment.name = 'a.txt';
  attachment.contentType = 'text/plain';
  const { attachmentId } = await agent.saveAttachmentEntityAsync(attachment);
  const file = present(attachmentId);
  await agent.uploadAttachmentAsync(file, Buffer.from('hello').toString('base64'));
  const [validation] = await agent.validateAttachmentsAsync([file]);
  expect(validation).toMatchObject({ attachmentId: file, isValid: true });

  const message = await agent.createDefaultTicketMessageEntityAsync();
  message.ticket = { ticketId };
  message.body = 'Hej';
  const posted = await agent.saveTicketMessageEntityAsync(message);
  const messageId = present(posted.ejMessageId);
  await agent.addAttachmentsAsync(messageId, [file]);
  await agent.sendTicketMessageAsync(messageId, ['a@x.dk'], [], [], 'Order', 0, '');
  expect(tenant.sandbox.outbox()).toMatchObject([{ messageId, to: ['a@x.dk'], attachmentIds: [file] }]);

  expect(await agent.getTicketEntityAsync(ticketId)).toMatchObject({
    numMessages: 1,
    hasAttachment: true,
    messages: [{ ticketMessageId: messageId, numAttachments: 1 }],
  });
  expect(await agent.setDeletedStatusByIdsAsync([ticketId])).toEqual([ticketId]);
  expect(await agent.getTicketEntityAsync(ticketId)).toMatchObject({ baseStatus: 'Deleted' });
});
