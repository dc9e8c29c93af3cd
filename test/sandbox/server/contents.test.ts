import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readlinkSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { FormData, request } from 'undici';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ensureAccounts } from '../../../src/sandbox/auth/accounts.ts';
import { Authenticator } from '../../../src/sandbox/auth/authenticator.ts';
import { Application } from '../../../src/sandbox/http/application.ts';
import { contentAnswer } from '../../../src/sandbox/http/content-answer.ts';
import type { Route } from '../../../src/sandbox/http/exchange.ts';
import { type Listening, listen } from '../../../src/sandbox/http/listen.ts';
import { Tenant } from '../../../src/sandbox/login/tenant.ts';
import { seedEmpty } from '../../../src/sandbox/seed/empty.ts';
import { ContentStore } from '../../../src/sandbox/store/contents.ts';
import { Database } from '../../../src/sandbox/store/database.ts';
import { basic } from './talk.ts';

const megabyte = 1024 * 1024;
const limit = 6 * megabyte;
const authorization = basic('SIC', 'sandbox');

let parent: string;
beforeAll(() => {
  parent = mkdtempSync(join(tmpdir(), 'sic-contents-test-'));
});
afterAll(() => rmSync(parent, { recursive: true }));

let folder: string;
let database: Database;
let contents: ContentStore;
let server: Listening;
let number = 0;

/** Content is that of the last upload that was taken; `/Refused` takes its upload and then fails. */
const routes: Route[] = [
  [
    'PUT',
    '/v1/Thing',
    ({ contents, database }) => {
      if (!contents.upload) throw new Error('the rule gives an upload');
      for (const id of [...database.table('content').rows.keys()]) contents.remove(id);
      return { status: 200, json: { id: contents.keep(contents.upload), sha: contents.upload.sha256 } };
    },
    { as: 'content', limit },
  ],
  [
    'PUT',
    '/v1/Refused',
    ({ contents, database }) => {
      if (contents.upload) contents.keep(contents.upload);
      for (const id of [...database.table('content').rows.keys()]) contents.remove(id);
      throw new Error('the handler fails at its end');
    },
    { as: 'content', limit },
  ],
  [
    'GET',
    '/v1/Thing/{id}',
    ({ contents, headers }, { id }) => {
      const content = contents.read(Number(id));
      return content ? contentAnswer(content, headers.accept) : { status: 404 };
    },
  ],
];

beforeEach(async () => {
  folder = join(parent, `${number++}.contents`);
  database = new Database();
  seedEmpty(database);
  ensureAccounts(database);
  contents = new ContentStore(database, folder);
  const application = new Application({
    tenant: new Tenant('Sandbox'),
    login: () => undefined,
    stoppedStatus: 503,
    database,
    contents,
    routes,
    authenticator: new Authenticator(database),
    keep: () => {},
    clock: () => new Date(),
  });
  server = await listen(application, contents, 0, 0);
});
afterEach(async () => {
  await server.close();
  await contents.close();
});

function url(path: string): string {
  return `http://127.0.0.1:${server.port}/Sandbox/api/v1/${path}`;
}

async function put(path: string, type: string | undefined, body: Buffer | string | Readable | FormData) {
  const headers = { authorization, ...(type === undefined ? {} : { 'content-type': type }) };
  const reply = await request(url(path), { method: 'PUT', headers, body });
  const text = await reply.body.text();
  return { status: reply.statusCode, text, json: text === '' ? undefined : JSON.parse(text) };
}

async function read(id: number, accept?: string) {
  const headers = { authorization, ...(accept === undefined ? {} : { accept }) };
  const { statusCode, headers: answered, body } = await request(url(`Thing/${id}`), { headers });
  expect(statusCode).toBe(200);
  const bytes = Buffer.from(await body.arrayBuffer());
  expect(answered['content-length']).toBe(String(bytes.length));
  return { bytes, type: answered['content-type'] };
}

async function get(id: number): Promise<Buffer> {
  return (await read(id, 'application/octet-stream')).bytes;
}

/** Files in the folder that this process has open. */
function openFiles(): string[] {
  return readdirSync('/proc/self/fd').flatMap(name => {
    try {
      const target = readlinkSync(`/proc/self/fd/${name}`);
      return target.startsWith(folder) ? [target] : [];
    } catch {
      return [];
    }
  });
}

function form(bytes: Buffer): FormData {
  const result = new FormData();
  result.set('title', 'a text part comes first');
  result.set('file', new Blob([new Uint8Array(bytes)]), 'a.pdf');
  return result;
}

describe('an upload', () => {
  const bytes = randomBytes(5 * megabyte + 7);
  const sha = createHash('sha256').update(bytes).digest('hex');

  it.each<[string, string | undefined, () => Buffer | string | Readable | FormData]>([
    ['raw bytes', 'application/octet-stream', () => bytes],
    [
      'raw bytes in chunks of unknown length',
      'image/png',
      () => Readable.from([bytes.subarray(0, 99), bytes.subarray(99)]),
    ],
    ['a base64 text', 'application/json; charset=utf-8', () => JSON.stringify(bytes.toString('base64'))],
    ['a form', undefined, () => form(bytes)],
  ])('comes as %s and goes as bytes with their length', async (_, type, body) => {
    const reply = await put('Thing', type, body());
    expect(reply.json).toEqual({ id: 1, sha });
    expect((await get(1)).equals(bytes)).toBe(true);
    expect(readdirSync(folder)).toEqual(['1']);
  });

  it('lies in files of the owner alone', async () => {
    await put('Thing', 'application/octet-stream', bytes);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, '1')).mode & 0o777).toBe(0o600);
  });

  it('leaves no trace when the request fails, and takes nothing away', async () => {
    await put('Thing', 'application/octet-stream', bytes);
    expect((await put('Refused', 'application/octet-stream', Buffer.from('other'))).status).toBe(500);
    expect(readdirSync(folder)).toEqual(['1']);
    expect((await get(1)).equals(bytes)).toBe(true);
  });

  it('leaves no trace when the caller goes away in the middle of it', async () => {
    await put('Thing', 'application/octet-stream', bytes);
    const socket = connect(server.port, '127.0.0.1');
    socket.write(
      `PUT /Sandbox/api/v1/Thing HTTP/1.1\r\nhost: x\r\nauthorization: ${authorization}\r\n` +
        `content-type: application/octet-stream\r\ncontent-length: ${3 * megabyte}\r\n\r\n`,
    );
    socket.write(randomBytes(megabyte));
    await expect.poll(() => readdirSync(folder).length).toBe(2);
    socket.destroy();
    await expect.poll(() => readdirSync(folder)).toEqual(['1']);
    expect((await get(1)).equals(bytes)).toBe(true);
  });

  it('does not change what is being read', async () => {
    await put('Thing', 'application/octet-stream', bytes);
    const open = await request(url('Thing/1'), { headers: { authorization, accept: 'image/png' } });
    await put('Thing', 'application/octet-stream', Buffer.from('other'));
    expect(readdirSync(folder)).toEqual(['2']);
    expect(Buffer.from(await open.body.arrayBuffer()).equals(bytes)).toBe(true);
  });

  it.each<[string, string | undefined, () => Buffer | string | Readable | FormData, number]>([
    ['too long, as it says itself', 'application/octet-stream', () => Buffer.alloc(limit + 1), 413],
    [
      'too long, as it turns out',
      'application/octet-stream',
      () => Readable.from([Buffer.alloc(limit), Buffer.alloc(1)]),
      413,
    ],
    [
      'too long in base64',
      'application/json',
      () => JSON.stringify(Buffer.alloc(limit + 1).toString('base64')),
      413,
    ],
    ['too long in a form', undefined, () => form(Buffer.alloc(limit + 1)), 413],
    ['of a type that is not listed', 'application/pdf', () => bytes, 415],
    ['of no type', '', () => bytes, 415],
    ['no base64', 'application/json', () => '"%%%"', 400],
    ['no text', 'application/json', () => '{"Stream":""}', 400],
    ['a form without a file', 'application/x-www-form-urlencoded', () => 'a=b', 415],
    ['a form in pieces', 'multipart/form-data; boundary=x', () => '--x\r\nnonsense', 400],
  ])('is refused when it is %s', async (_, type, body, status) => {
    const reply = await put('Thing', type, body());
    expect(reply.status).toBe(status);
    expect(reply.json).toMatchObject({
      Message: 'The request is invalid.',
      MessageDetail: expect.any(String),
    });
    await expect.poll(() => (existsSync(folder) ? readdirSync(folder) : [])).toEqual([]);
  });

  it('takes exactly the limit', async () => {
    expect((await put('Thing', 'application/octet-stream', Buffer.alloc(limit))).status).toBe(200);
    expect((await get(1)).length).toBe(limit);
  });

  it('is not even received from a stranger', async () => {
    const reply = await request(url('Thing'), {
      method: 'PUT',
      headers: { 'content-type': 'application/octet-stream' },
      body: bytes,
    });
    expect(reply.statusCode).toBe(401);
    await reply.body.dump();
    expect(existsSync(folder)).toBe(false);
  });
});

describe('an answer', () => {
  const json = 'application/json; charset=utf-8';

  it.each([
    ['application/octet-stream', 'application/octet-stream'],
    ['application/pdf, application/json', 'application/pdf'],
    ['text/xml, image/png;q=0.5', 'image/png'],
    ['application/json, application/pdf', json],
    ['text/json', json],
    ['*/*', json],
    [undefined, json],
  ])('to Accept %s is %s', async (accept, type) => {
    for (const size of [0, 1, 2, 3, 200_000]) {
      const bytes = randomBytes(size);
      const { id } = (await put('Thing', 'application/octet-stream', bytes)).json;
      const answer = await read(id, accept);
      expect(answer.type).toBe(type);
      const content =
        type === json ? Buffer.from(JSON.parse(answer.bytes.toString()), 'base64') : answer.bytes;
      expect(content.equals(bytes)).toBe(true);
    }
  });

  it.skipIf(process.platform !== 'linux')('that nobody waits for closes its file', async () => {
    await put('Thing', 'application/octet-stream', randomBytes(5 * megabyte));
    const before = openFiles();
    const cut = await request(url('Thing/1'), { headers: { authorization } });
    expect(openFiles()).toContain(join(folder, '1'));
    cut.body.on('error', () => {}).destroy();
    await expect.poll(openFiles).toEqual(before);
  });
});

describe('the folder', () => {
  it('is swept of what no row points to, and of nothing else', async () => {
    await put('Thing', 'application/octet-stream', Buffer.from('kept'));
    for (const name of ['2', 'aside-1', 'README']) writeFileSync(join(folder, name), 'x');
    const again = new ContentStore(database, folder);
    expect(readdirSync(folder).sort()).toEqual(['1', 'README']);
    await again.close();
  });

  it('is a temporary one without a data file, and goes with the store', async () => {
    const store = new ContentStore(new Database(), null);
    const { path } = await store.receive([Buffer.from('x')]);
    expect(existsSync(path)).toBe(true);
    await store.close();
    expect(existsSync(join(path, '..'))).toBe(false);
  });
});
