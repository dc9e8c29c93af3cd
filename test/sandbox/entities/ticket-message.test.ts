import { randomBytes } from 'node:crypto';
import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { basic, type Reply } from '../server/talk.ts';
import expectedNames from './service-properties.json' with { type: 'json' };
import { array, at, type Json, Tenant } from './tenant.ts';

let tenant: Tenant;
let ticket: number;

beforeAll(async () => {
  tenant = await Tenant.start();
  ticket = await newTicket();
});

afterAll(async () => {
  await tenant.close();
});

async function newTicket(): Promise<number> {
  return Number((await tenant.json('POST', '/v1/Ticket', { Title: 'Late' })).TicketId);
}

async function newMessage(body: Json = {}): Promise<number> {
  const created = await tenant.json('POST', '/v1/TicketMessage', { Ticket: { TicketId: ticket }, ...body });
  return Number(created.EjMessageId);
}

async function newAttachment(content: Uint8Array | null = null, name = 'a.pdf'): Promise<number> {
  const { AttachmentId } = await tenant.json('POST', '/v1/Attachment', { Name: name });
  if (content !== null) expect((await upload(Number(AttachmentId), content)).status).toBe(204);
  return Number(AttachmentId);
}

/** Bytes as they are, as an importer sends them. */
async function upload(id: number, content: Uint8Array): Promise<{ status: number; text: string }> {
  const { url, username, password } = tenant.sandbox;
  const { statusCode, body } = await request(`${url}/api/v1/Attachment/${id}/Content`, {
    method: 'POST',
    headers: { authorization: basic(username, password), 'content-type': 'application/octet-stream' },
    body: content,
  });
  return { status: statusCode, text: await body.text() };
}

async function download(id: number): Promise<Buffer> {
  const { url, username, password } = tenant.sandbox;
  const { body } = await request(`${url}/api/v1/Attachment/${id}/Content`, {
    headers: { authorization: basic(username, password), accept: 'application/octet-stream' },
  });
  return Buffer.from(await body.arrayBuffer());
}

function attach(message: number, ids: readonly number[]): Promise<Reply> {
  return tenant.call('POST', `/v1/TicketMessage/${message}/Attachment`, { body: ids });
}

function agent(method: string, body: unknown): Promise<Reply> {
  return tenant.call('POST', `/v1/Agents/Ticket/${method}`, { body });
}

describe('TicketMessage', () => {
  test('the carrier has exactly the properties of the specs', async () => {
    const id = await newMessage();
    const names = Object.keys(await tenant.json('GET', `/v1/TicketMessage/${id}?embedImages=Link`));
    expect(names).toEqual(expectedNames.TicketMessageEntity);
  });

  test('everything an importer sets comes back', async () => {
    const PersonId = await tenant.person();
    const body = {
      Body: 'plain\nversion',
      HtmlBody: '<p>Hej æøå</p>',
      Type: 'Html',
      Slevel: 'External',
      Author: 'ERP',
      Person: { PersonId },
      Important: true,
      TimeSpent: 15,
      MessageCategory: 'Bounce',
      Badge: 'Incoming',
      MessageId: '<1@erp>',
      CreatedAt: '2019-06-19T14:35:56',
      MessageHeaders: [
        { Name: 'To', Value: 'a@b.dk' },
        { Name: 'Cc', Value: 'c@b.dk' },
      ],
      CustomFields: { x_messuserkey01: 'M-1', x_check01: '[I:1]' },
    };
    const id = await newMessage(body);
    expect(await tenant.json('GET', `/v1/TicketMessage/${id}`)).toMatchObject({
      ...body,
      Ticket: { TicketId: ticket },
      SearchTitle: 'Late',
      AttachmentsInfo: [],
    });
  });

  test('a short one is plain, internal and by whoever sends it', async () => {
    const id = await newMessage({ Body: 'x' });
    expect(await tenant.json('GET', `/v1/TicketMessage/${id}`)).toMatchObject({
      Type: 'Plain',
      Slevel: 'Internal',
      Author: 'SIC',
      CreatedBy: { Name: 'SIC' },
      MessageCategory: 'Message',
    });
  });

  test.each([
    ['no ticket', {}],
    ['an unknown ticket', { Ticket: { TicketId: 999_999 } }],
    ['ticket 0', { Ticket: { TicketId: 0 } }],
    ['null', { Ticket: null }],
  ])('is refused with %s', async (_what, body) => {
    const { status, json } = await tenant.call('POST', '/v1/TicketMessage', { body });
    expect([status, at(json, 'ErrorMessage')]).toEqual([400, expect.stringContaining('Ticket')]);
  });

  test('PATCH changes what it names; the time of posting stays', async () => {
    const id = await newMessage({ Body: 'a', MessageHeaders: [{ Name: 'To', Value: 'a@b.dk' }] });
    const { CreatedAt } = await tenant.json('GET', `/v1/TicketMessage/${id}`);
    await tenant.json('PATCH', `/v1/TicketMessage/${id}`, { Body: 'b', CreatedAt: '2001-01-01T00:00:00' });
    expect(await tenant.json('GET', `/v1/TicketMessage/${id}`)).toMatchObject({
      Body: 'b',
      CreatedAt,
      MessageHeaders: [{ Name: 'To' }],
    });
    await tenant.json('PATCH', `/v1/TicketMessage/${id}`, [
      { op: 'add', path: '/MessageHeaders/-', value: { Name: 'Cc', Value: 'c@b.dk' } },
    ]);
    const { MessageHeaders } = await tenant.json('GET', `/v1/TicketMessage/${id}`);
    expect(array(MessageHeaders).map(header => header.Name)).toEqual(['To', 'Cc']);
  });

  test('its ticket counts messages, replies, time and attachments, and forgets them with the message', async () => {
    const TicketId = await newTicket();
    const PersonId = await tenant.person();
    const read = () => tenant.json('GET', `/v1/Ticket/${TicketId}`);
    const Ticket = { TicketId };
    const first = await newMessage({ Ticket, Author: 'Kari', Slevel: 'External', Person: { PersonId } });
    await newMessage({ Ticket, Slevel: 'External', TimeSpent: 5, CreatedAt: '2026-01-02T03:04:05' });
    const last = await newMessage({ Ticket, TimeSpent: 7 });
    await attach(last, [await newAttachment()]);
    expect(await read()).toMatchObject({
      Author: 'Kari',
      NumMessages: 3,
      NumReplies: 1,
      TimeSpent: 12,
      RepliedAt: '2026-01-02T03:04:05',
      HasAttachment: true,
    });
    const messages = array((await read()).Messages);
    expect(messages.map(({ TicketMessageId }) => TicketMessageId)).toEqual([first, first + 1, last]);
    expect(messages[2]).toMatchObject({ NumAttachments: 1, Slevel: 'Internal' });
    expect((await tenant.call('DELETE', `/v1/TicketMessage/${last}`)).status).toBe(204);
    expect((await tenant.call('GET', `/v1/TicketMessage/${last}`)).status).toBe(404);
    expect(await read()).toMatchObject({ NumMessages: 2, TimeSpent: 5, HasAttachment: false });
  });

  test('one that moves to another ticket is counted there and no more where it was', async () => {
    const [from, to] = [await newTicket(), await newTicket()];
    const id = await newMessage({ Ticket: { TicketId: from } });
    await tenant.json('PATCH', `/v1/TicketMessage/${id}`, [
      { op: 'replace', path: '/Ticket', value: { TicketId: to } },
    ]);
    const counts = await Promise.all(
      [from, to].map(async ticketId => (await tenant.json('GET', `/v1/Ticket/${ticketId}`)).NumMessages),
    );
    expect(counts).toEqual([0, 1]);
  });
});

describe('attachments', () => {
  test('record, bytes, link: what comes back is what was sent', async () => {
    const bytes = randomBytes(100_000);
    const id = await newAttachment(bytes, 'a b.pdf');
    expect(await download(id)).toEqual(bytes);
    const entity = await tenant.json('GET', `/v1/Attachment/${id}`);
    expect(Object.keys(entity)).toEqual(expectedNames.AttachmentEntityWithLinks);
    expect(entity).toMatchObject({ Name: 'a b.pdf', AttSize: 100_000, IsSafeFileExtension: true });
    const message = await newMessage();
    expect((await attach(message, [id, id])).status).toBe(204);
    const { json } = await tenant.call('GET', `/v1/TicketMessage/${message}/Attachment`);
    expect(array(json)).toMatchObject([{ AttachmentId: id, Name: 'a b.pdf', AttSize: 100_000 }]);
    expect(await tenant.json('GET', `/v1/TicketMessage/${message}`)).toMatchObject({
      AttachmentsInfo: [{ AttachmentId: id }],
    });
  });

  test('later bytes replace the former ones', async () => {
    const id = await newAttachment(randomBytes(10));
    await upload(id, Buffer.from('new'));
    expect((await download(id)).toString()).toBe('new');
    expect(await tenant.json('GET', `/v1/Attachment/${id}`)).toMatchObject({ AttSize: 3 });
  });

  test('inline images are left out where they are asked to be', async () => {
    const { AttachmentId } = await tenant.json('POST', '/v1/Attachment', {
      Name: 'logo.png',
      InlineImage: true,
      ContentId: 'logo',
    });
    const plain = await newAttachment();
    const message = await newMessage();
    await attach(message, [Number(AttachmentId), plain]);
    const { json } = await tenant.call('GET', `/v1/TicketMessage/${message}/Attachment/Noninline`);
    expect(array(json).map(info => info.AttachmentId)).toEqual([plain]);
  });

  test('a message holds 25 MB of them and not a byte more', async () => {
    const limit = 25 * 1024 * 1024;
    const whole = await newAttachment(Buffer.alloc(limit));
    const message = await newMessage();
    expect((await attach(message, [whole])).status).toBe(204);
    const another = await newAttachment(Buffer.from('x'));
    const refused = await attach(message, [another]);
    expect([refused.status, at(refused.json, 'ErrorMessage')]).toEqual([
      400,
      expect.stringContaining(String(limit)),
    ]);
    expect((await upload(another, Buffer.alloc(limit + 1))).status).toBe(413);
    // Nor may one that is linked already grow above it.
    const empty = await newAttachment();
    expect((await attach(message, [empty])).status).toBe(204);
    expect((await upload(empty, Buffer.from('x'))).status).toBe(400);
    expect(await tenant.json('GET', `/v1/Attachment/${empty}`)).toMatchObject({ AttSize: 0 });
  });

  test('unknown ids are refused before any is linked', async () => {
    const message = await newMessage();
    const known = await newAttachment();
    expect((await attach(message, [known, 999_999])).status).toBe(400);
    expect((await tenant.call('GET', `/v1/TicketMessage/${message}/Attachment`)).json).toEqual([]);
    expect((await attach(999_999, [known])).status).toBe(404);
    expect((await upload(999_999, Buffer.from('x'))).status).toBe(404);
  });

  test('the agent validates, uploads, adds and removes', async () => {
    const [bare, filled] = [await newAttachment(), await newAttachment()];
    const content = { AttachmentId: filled, Content: Buffer.from('hello').toString('base64') };
    expect((await agent('UploadAttachment', content)).status).toBe(204);
    expect((await download(filled)).toString()).toBe('hello');
    const { json } = await agent('ValidateAttachments', { AttachmentIds: [bare, filled, 999_999] });
    expect(array(json).map(result => [result.AttachmentId, result.IsValid])).toEqual([
      [bare, false],
      [filled, true],
      [999_999, false],
    ]);
    const saved = await tenant.json('POST', '/v1/Agents/Ticket/SaveTicketMessageEntityWithOptions', {
      Entity: { Ticket: { TicketId: ticket }, Body: 'with files' },
      Notify: false,
      AttachmentIds: [filled, bare],
      UpdateRepliedAt: false,
    });
    expect(array(saved.AttachmentsInfo).map(info => info.AttachmentId)).toEqual([filled, bare]);
    const ids = { TicketMessageEntityId: saved.EjMessageId, AttachmentIds: [bare] };
    expect((await agent('RemoveMessageAttachments', ids)).status).toBe(204);
    const info = await agent('GetAttachmentInfo', ids);
    expect(array(info.json).map(({ AttachmentId }) => AttachmentId)).toEqual([filled]);
  });
});

describe('mail', () => {
  const sendTo = (id: number, query: string) => tenant.call('POST', `/v1/TicketMessage/${id}/Send?${query}`);

  test('saving a message sends nothing, sending it puts it into the outbox once', async () => {
    const before = tenant.sandbox.outbox().length;
    const id = await newMessage({ MessageHeaders: [{ Name: 'To', Value: 'a@x.dk' }] });
    const file = await newAttachment();
    await attach(id, [file]);
    expect(tenant.sandbox.outbox()).toHaveLength(before);
    const query = 'to=a%40x.dk&to=b%40y.dk&cc=c%40x.dk&bcc=&subject=Your%20order&replyTemplateId=0';
    expect((await sendTo(id, query)).status).toBe(204);
    expect(tenant.sandbox.outbox().slice(before)).toMatchObject([
      {
        messageId: id,
        ticketId: ticket,
        to: ['a@x.dk', 'b@y.dk'],
        cc: ['c@x.dk'],
        bcc: [],
        subject: 'Your order',
        attachmentIds: [file],
        associateId: 1,
      },
    ]);
    const { json } = await tenant.call('GET', '/v1/Sandbox/Outbox');
    expect(json).toEqual(tenant.sandbox.outbox());
  });

  test('the agent takes arrays, and none for Cc and Bcc', async () => {
    const id = await newMessage();
    const sent = await agent('SendTicketMessage', {
      TicketMessageEntityId: id,
      To: ['a@x.dk'],
      Cc: [],
      Bcc: [],
      Subject: 'æ',
    });
    expect(sent.status).toBe(204);
    expect(tenant.sandbox.outbox().at(-1)).toMatchObject({ messageId: id, subject: 'æ', cc: [], bcc: [] });
  });

  test.each([
    ['nobody', 'to=&cc=&bcc='],
    ['no cc in the address', 'to=a%40x.dk&bcc='],
    ['a name beside the address', `to=${encodeURIComponent('"A" <a@x.dk>')}&cc=&bcc=`],
    ['a bad copy', 'to=a%40x.dk&cc=nobody&bcc='],
  ])('%s is refused and nothing is kept', async (_what, query) => {
    const before = tenant.sandbox.outbox().length;
    expect((await sendTo(await newMessage(), query)).status).toBe(400);
    expect(tenant.sandbox.outbox()).toHaveLength(before);
  });

  test('a message that does not exist is 404', async () => {
    expect((await sendTo(999_999, 'to=a%40x.dk&cc=&bcc=')).status).toBe(404);
  });

  test('recipients of a reply are the persons of the ticket who have an address', async () => {
    const [one, two, three] = [
      await tenant.person({ Emails: [{ Value: 'one@x.dk' }], Firstname: 'One' }),
      await tenant.person({ Emails: [{ Value: 'two@x.dk' }] }),
      await tenant.person(),
    ];
    const { TicketId } = await tenant.json('POST', '/v1/Ticket', {
      Person: { PersonId: one },
      SecondaryPersons: [{ PersonId: two }, { PersonId: three }],
    });
    const recipients = async (ActionType: string) =>
      array((await agent('CalculateMessageRecipients', { TicketId, ActionType })).json).map(
        ({ Type, Value }) => `${Type} ${Value}`,
      );
    expect(await recipients('Reply')).toEqual(['To one@x.dk']);
    expect(await recipients('ReplyAll')).toEqual(['To one@x.dk', 'CC two@x.dk']);
    expect(await recipients('Forward')).toEqual([]);
  });
});
