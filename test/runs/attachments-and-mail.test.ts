import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { documentOf } from '../support/document.ts';
import { failOnce, refusalOf, requests } from '../support/faults.ts';
import { type Fault, type FaultyProxy, startFaultyProxy } from '../support/faulty-proxy.ts';
import { runSic, startSic } from '../support/program.ts';
import { startTenant, type Tenant } from '../support/tenant.ts';
import { hurriedWorkplace, type Workplace } from '../support/workplace.ts';

let tenant: Tenant;
beforeAll(async () => {
  tenant = await startTenant();
});
afterAll(() => tenant.close());

interface Desk {
  readonly place: Workplace;
  readonly proxy: FaultyProxy;
  readonly key: string;
  run(): Promise<ReturnType<typeof documentOf>>;
}

let desks = 0;

/** A message with two attachments, of a request that is there. With `mail` it is to be sent. */
async function desk(mail: boolean): Promise<Desk> {
  const key = `M-${++desks}`;
  const proxy = await startFaultyProxy(tenant.url);
  const place = await hurriedWorkplace(tenant, proxy.url, { config: { tickets: { sendMail: mail } } });
  await mkdir(path.join(place.cwd, 'attachments'));
  await place.write('attachments/a.txt', 'The first file\n');
  await place.write('attachments/b.txt', 'The second file\n');
  const run = async (file: string) => documentOf(await runSic(['import', file, '--json'], place));
  await place.write('tickets.csv', `TickUserKey01;Title\nT-${key};Request of ${key}\n`);
  expect((await run('tickets.csv')).counts.created).toBe(1);
  const to = mail ? [';SendTo', ';kari@fjordbygg.no'] : ['', ''];
  await place.write(
    'messages.csv',
    `MessUserKey01;TickUserKey01;Body;AttachmentNames${to[0]}\n${key};T-${key};Text of ${key};a.txt|b.txt${to[1]}\n`,
  );
  return { place, proxy, key, run: () => run('messages.csv') };
}

async function messageId(key: string): Promise<number> {
  const query = new URLSearchParams({
    $select: 'recordId,keyName,keyValue',
    $filter: `keyValue is '${key}' and keyName is 'MessUserKey01'`,
  });
  const { value } = await tenant.ask<{ value: { recordId: number }[] }>(
    'GET',
    `/v1/Archive/ForeignKeys?${query}`,
  );
  expect(value).toHaveLength(1);
  return Number(value[0]?.recordId);
}

/** Names of the attachments of the one message that has this key. */
async function attached(key: string): Promise<string[]> {
  const id = await messageId(key);
  const files = await tenant.ask<{ Name: string }[]>('GET', `/v1/TicketMessage/${id}/Attachment`);
  return files.map(({ Name }) => Name).sort();
}

async function mailsOf(key: string): Promise<number> {
  const id = await messageId(key);
  const mails = await tenant.ask<{ messageId: number }[]>('GET', '/v1/Sandbox/Outbox');
  return mails.filter(mail => mail.messageId === id).length;
}

const upload = /^\/v1\/Attachment\/\d+\/Content$/;
const link = /^\/v1\/TicketMessage\/\d+\/Attachment$/;
const send = '/v1/Agents/Ticket/SendTicketMessage';
const refused = refusalOf(500, 'SoException', 'Not today');

test('a message with two attachments and a mail costs eight writes, and nothing the second time', async () => {
  const { proxy, key, run } = await desk(true);
  const first = await run();
  // The message and its key, two for each attachment, one for hanging both on it, one for the mail.
  expect(first.counts).toMatchObject({ created: 1 });
  expect(first.requests.write).toBe(2 + 2 * 2 + 1 + 1);
  expect(await attached(key)).toEqual(['a.txt', 'b.txt']);
  expect(await mailsOf(key)).toBe(1);
  const sent = proxy.seen.length;
  expect((await run()).counts).toMatchObject({ unchanged: 1 });
  expect(requests(proxy, 'POST', /Attachment|Send/, sent)).toEqual([]);
});

describe('attachments', () => {
  test.each<[string, string | RegExp, Fault, number]>([
    ['an answer is lost', '/v1/Attachment', 'lose-answer', 1],
    ['the answer to an upload is lost', upload, 'lose-answer', 2],
    ['SuperOffice is busy during an upload', upload, { status: 503 }, 1],
    ['the answer to hanging them on the message is lost', link, 'lose-answer', 1],
    ['hanging them on the message does not get through', link, 'cut', 1],
  ])('%s: each is on the message once', async (_, which, fault, turn) => {
    const { proxy, key, run } = await desk(false);
    failOnce(proxy, 'POST', which, fault, turn);
    expect((await run()).counts).toMatchObject({ created: 1 });
    expect(await attached(key)).toEqual(['a.txt', 'b.txt']);
    expect((await run()).counts).toMatchObject({ unchanged: 1 });
  });

  test('what hangs on the message is asked before it is sent again', async () => {
    const { proxy, run } = await desk(false);
    failOnce(proxy, 'POST', link, 'lose-answer');
    await run();
    expect(requests(proxy, 'POST', link)).toHaveLength(1);
    expect(requests(proxy, 'GET', link)).toHaveLength(1);
  });

  test('an upload breaks off in its middle: sent again whole', async () => {
    const { place, proxy, key, run } = await desk(false);
    const large = 'x'.repeat(3_000_000);
    await place.write('attachments/b.txt', large);
    let broken = 0;
    proxy.breakBodies((_, path) => (upload.test(path) && broken++ === 1 ? 1_000_000 : null));
    expect((await run()).counts).toMatchObject({ created: 1 });
    expect(broken).toBe(3);
    const id = await messageId(key);
    const files = await tenant.ask<{ Name: string; AttSize: number }[]>(
      'GET',
      `/v1/TicketMessage/${id}/Attachment`,
    );
    expect(files.find(({ Name }) => Name === 'b.txt')?.AttSize).toBe(large.length);
    expect(files).toHaveLength(2);
  });

  test.each<[string, string | RegExp, number]>([
    ['the second file', '/v1/Attachment', 2],
    ['an upload', upload, 1],
    ['hanging them on the message', link, 1],
  ])('%s is refused: told, and the next run adds what is missing', async (_, which, turn) => {
    const { proxy, key, run } = await desk(false);
    failOnce(proxy, 'POST', which, refused, turn);
    const first = await run();
    expect(first.counts).toMatchObject({ failed: 1 });
    expect(first.rows[0]?.problems[0]?.message).toMatch(/^The message is in SuperOffice \(id \d+\), but/);
    expect(await attached(key)).toEqual([]);
    proxy.script(() => null);
    expect((await run()).counts).toMatchObject({ updated: 1 });
    expect(await attached(key)).toEqual(['a.txt', 'b.txt']);
    expect(requests(proxy, 'POST', '/v1/TicketMessage')).toHaveLength(1);
    expect((await run()).counts).toMatchObject({ unchanged: 1 });
  });

  test.each<[string, Fault]>([
    ['is cut on the way', 'truncate'],
    ['is the page of a gateway', { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>' }],
  ])('what hangs there %s: it is read again, not taken for another file', async (_, fault) => {
    const { place, proxy, key, run } = await desk(false);
    const file = `MessUserKey01;TickUserKey01;Body;AttachmentNames\n${key};T-${key};Text of ${key};`;
    await place.write('messages.csv', `${file}a.txt\n`);
    await run();
    await place.write('messages.csv', `${file}a.txt|b.txt\n`);
    failOnce(proxy, 'GET', upload, fault);
    expect((await run()).counts).toMatchObject({ updated: 1 });
    expect(await attached(key)).toEqual(['a.txt', 'b.txt']);
    expect(requests(proxy, 'GET', upload)).toHaveLength(2);
  });

  test('one hangs there already: only the other is added', async () => {
    const { place, proxy, key, run } = await desk(false);
    const file = `MessUserKey01;TickUserKey01;Body;AttachmentNames\n${key};T-${key};Text of ${key};`;
    await place.write('messages.csv', `${file}a.txt\n`);
    await run();
    await place.write('messages.csv', `${file}a.txt|b.txt\n`);
    const before = proxy.seen.length;
    const second = await run();
    expect(second.counts).toMatchObject({ updated: 1 });
    expect(second.requests.write).toBe(3);
    expect(requests(proxy, 'POST', upload, before)).toHaveLength(1);
    expect(await attached(key)).toEqual(['a.txt', 'b.txt']);
  });
});

describe('mail', () => {
  test('its answer is lost: never sent again, and the row says that it may have gone out', async () => {
    const { proxy, key, run } = await desk(true);
    failOnce(proxy, 'POST', send, 'lose-answer');
    const first = await run();
    expect(first.exitCode).toBe(1);
    expect(first.counts).toMatchObject({ unknown: 1 });
    const problem = first.rows[0]?.problems[0];
    expect(problem).toMatchObject({ code: 'mail-perhaps-sent' });
    expect(problem?.message).toMatch(/^The mail of message \d+ may have gone out: /);
    expect(await mailsOf(key)).toBe(1);
    proxy.script(() => null);
    const second = await run();
    expect(second.counts).toMatchObject({ current: 1 });
    expect(second.rows[0]?.warnings.map(({ code }) => code)).toEqual(['mail-in-doubt']);
    expect((await run()).counts).toMatchObject({ unchanged: 1 });
    expect(requests(proxy, 'POST', send)).toHaveLength(1);
    expect(await mailsOf(key)).toBe(1);
  });

  test('it is refused: told, and not sent later', async () => {
    const { proxy, key, run } = await desk(true);
    failOnce(proxy, 'POST', send, refused);
    const first = await run();
    expect(first.counts).toMatchObject({ failed: 1 });
    expect(first.rows[0]?.problems[0]?.message).toMatch(/but its mail was not sent: .*Not today/);
    proxy.script(() => null);
    expect((await run()).counts).toMatchObject({ current: 1 });
    expect(requests(proxy, 'POST', send)).toHaveLength(1);
    expect(await mailsOf(key)).toBe(0);
  });

  test.each<[string, string, string | RegExp]>([
    ['its key', 'PUT', /\/Key$/],
    ['an attachment', 'POST', upload],
    ['hanging the attachments on it', 'POST', link],
  ])('%s is refused before it: no mail, now or later, and the row says so', async (_, method, which) => {
    const { proxy, key, run } = await desk(true);
    failOnce(proxy, method, which, refused);
    const first = await run();
    expect(first.counts).toMatchObject({ failed: 1 });
    expect(first.rows[0]?.problems[0]?.tip).toContain('Its mail was not sent, and no later run sends it');
    proxy.script(() => null);
    const second = await run();
    expect(second.exitCode).toBe(0);
    expect(second.rows[0]?.warnings.map(({ code }) => code)).toEqual(['mail-in-doubt']);
    expect(await attached(key)).toEqual(['a.txt', 'b.txt']);
    expect(requests(proxy, 'POST', send)).toEqual([]);
    expect((await run()).counts).toMatchObject({ unchanged: 1 });
  });

  test('the message itself is refused: the next run makes it and sends it', async () => {
    const { proxy, key, run } = await desk(true);
    failOnce(proxy, 'POST', '/v1/TicketMessage', refused);
    expect((await run()).counts).toMatchObject({ failed: 1 });
    proxy.script(() => null);
    expect((await run()).counts).toMatchObject({ created: 1 });
    expect(await mailsOf(key)).toBe(1);
  });

  test.each<[string, 'SIGTERM' | 'SIGKILL']>([
    ['stopped', 'SIGTERM'],
    ['killed', 'SIGKILL'],
  ])('%s before it: not sent later, and that is said', async (_, signal) => {
    const { place, proxy, key, run } = await desk(true);
    // Stops while the last upload is on its way, which a clean end waits for.
    const running = startSic(['import', 'messages.csv', '--json'], place);
    proxy.script(one => {
      if (one.method === 'POST' && upload.test(one.path)) running.child.kill(signal);
      return null;
    });
    const ended = await running.ended;
    expect(ended.signal ?? ended.code).toBe(signal === 'SIGKILL' ? 'SIGKILL' : 143);
    if (signal === 'SIGTERM') {
      const { counts, rows, error } = documentOf(ended);
      expect(error?.code).toBe('interrupted');
      expect(counts).toMatchObject({ failed: 1 });
      expect(rows[0]?.problems[0]?.tip).toContain('Its mail was not sent, and no later run sends it');
    }
    proxy.script(() => null);
    const second = await run();
    expect(second.exitCode).toBe(0);
    expect(second.rows[0]?.warnings.map(({ code }) => code)).toEqual(['mail-in-doubt']);
    expect(await attached(key)).toEqual(['a.txt', 'b.txt']);
    expect(await mailsOf(key)).toBe(0);
  });
});

test('killed before its mail, and killed again when the rest was being done: that it was not sent is still said', async () => {
  const { place, proxy, key, run } = await desk(true);
  const killedAt = async (which: RegExp, ...files: string[]): Promise<void> => {
    const running = startSic(['import', ...files, '--json'], place);
    proxy.script(one => {
      if (one.method === 'POST' && which.test(one.path)) running.child.kill('SIGKILL');
      return null;
    });
    expect((await running.ended).signal).toBe('SIGKILL');
    await proxy.idle();
    proxy.script(() => null);
  };
  await killedAt(upload, 'messages.csv');
  // A write before it: from then on the second run stands for the first one, too.
  await place.write('companies.csv', `CompUserKey01;Name\nC-${key};Company of ${key}\n`);
  await killedAt(link, 'companies.csv', 'messages.csv');
  const third = await run();
  expect(third.exitCode).toBe(0);
  expect(third.rows[0]?.warnings.map(({ code }) => code)).toEqual(['mail-in-doubt']);
  expect(await attached(key)).toEqual(['a.txt', 'b.txt']);
  expect(await mailsOf(key)).toBe(0);
  expect((await run()).counts).toMatchObject({ unchanged: 1 });
});

test('the journal knows no addresses and no texts', async () => {
  const { place, run } = await desk(true);
  await run();
  for (const [name, content] of await place.state())
    if (name.endsWith('journal.ndjson'))
      for (const value of ['kari', 'fjordbygg', 'Text of', 'a.txt']) expect(content).not.toContain(value);
});
