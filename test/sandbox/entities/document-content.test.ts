import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { documentLimit } from '../../../src/sandbox/entities/open-points.ts';
import { type RunningSandbox, startSandbox } from '../../../src/sandbox/server.ts';
import { basic, caller } from '../server/talk.ts';
import { webapi } from '../server/webapi.ts';
import { type Json, object } from './tenant.ts';

const megabyte = 1024 * 1024;
const raw = 'application/octet-stream';

let folder: string;
let data: string;
let sandbox: RunningSandbox;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sic-documents-'));
  data = join(folder, 'crm.ndjson');
  sandbox = await start();
});
afterAll(async () => {
  await sandbox.close();
  rmSync(folder, { recursive: true });
});

function start(): Promise<RunningSandbox> {
  return startSandbox({ port: 0, data, latency: 0, seed: 'demo' });
}

function authorization(): string {
  return basic(sandbox.username, sandbox.password);
}

async function json(method: string, path: string, body?: unknown): Promise<Json> {
  const reply = await caller(sandbox)(method, path, body === undefined ? {} : { body });
  expect(reply.status, reply.text).toBe(200);
  return object(reply.json);
}

async function create(Name: string): Promise<unknown> {
  return (await json('POST', '/v1/Document', { Header: 'H', Name })).DocumentId;
}

async function upload(id: unknown, body: Buffer | Readable): Promise<Json> {
  const reply = await request(`${sandbox.url}/api/v1/Document/${id}/Content`, {
    method: 'PUT',
    headers: { authorization: authorization(), 'content-type': raw },
    body,
  });
  expect(reply.statusCode).toBe(200);
  return object(await reply.body.json());
}

async function download(id: unknown, accept = raw): Promise<Buffer> {
  const headers = { authorization: authorization(), accept };
  const reply = await request(`${sandbox.url}/api/v1/Document/${id}/Content`, { headers });
  expect(reply.statusCode).toBe(200);
  return Buffer.from(await reply.body.arrayBuffer());
}

async function lengthOf(id: unknown): Promise<unknown> {
  return (await caller(sandbox)('GET', `/v1/Document/${id}/Length`)).json;
}

function files(): string[] {
  return readdirSync(`${data}.contents`);
}

describe('a file', () => {
  test('of several megabytes comes and goes as it is, and survives a restart', async () => {
    const bytes = randomBytes(9 * megabyte + 1);
    const id = await create('plan.dwg');
    const answer = await upload(id, Readable.from([bytes.subarray(0, megabyte), bytes.subarray(megabyte)]));
    expect(answer).toMatchObject({ DocumentId: id, Name: 'plan.dwg', UpdatedBy: { Name: 'SIC' } });
    expect(answer).not.toHaveProperty('_Links');
    expect(await lengthOf(id)).toBe(bytes.length);
    await sandbox.close();
    sandbox = await start();
    expect((await download(id)).equals(bytes)).toBe(true);
    expect(
      Buffer.from(JSON.parse((await download(id, 'application/json')).toString()), 'base64').equals(bytes),
    ).toBe(true);
    expect(await json('GET', `/v1/Document/${id}`)).toMatchObject({ Name: 'plan.dwg' });
  });

  test('is replaced by the next one, and only that one is kept', async () => {
    const id = await create('twice.txt');
    await upload(id, Buffer.from('first'));
    const before = files().length;
    expect(await upload(id, Buffer.from('second'))).toMatchObject({ Name: 'twice.txt' });
    expect((await download(id)).toString()).toBe('second');
    expect(files()).toHaveLength(before);
  });

  test('goes with its document, or alone', async () => {
    const before = files().length;
    const [kept, gone] = [await create('kept.txt'), await create('gone.txt')];
    await upload(kept, Buffer.from('x'));
    await upload(gone, Buffer.from('x'));
    expect(files()).toHaveLength(before + 2);
    expect((await caller(sandbox)('DELETE', `/v1/Document/${gone}`)).status).toBe(204);
    expect(await json('DELETE', `/v1/Document/${kept}/Content`)).toMatchObject({
      Success: true,
      Type: 'None',
    });
    expect(files()).toHaveLength(before);
    expect(await lengthOf(kept)).toBe(0);
    const missing = await caller(sandbox)('GET', `/v1/Document/${kept}/Content`);
    expect(missing.status).toBe(404);
    expect(missing.json).toMatchObject({ ErrorType: 'SoFileNotFoundException' });
    expect((await caller(sandbox)('PUT', `/v1/Document/${gone}/Content`, { body: '"eA=="' })).status).toBe(
      404,
    );
    expect(files()).toHaveLength(before);
  });

  test('that is cut off changes nothing', async () => {
    const id = await create('cut.txt');
    await upload(id, Buffer.from('whole'));
    const before = files();
    const { port } = new URL(sandbox.url);
    const socket = connect(Number(port), '127.0.0.1');
    socket.write(
      `PUT /Sandbox/api/v1/Document/${id}/Content HTTP/1.1\r\nhost: x\r\nauthorization: ${authorization()}\r\n` +
        `content-type: ${raw}\r\ncontent-length: ${2 * megabyte}\r\n\r\n`,
    );
    socket.write(randomBytes(megabyte));
    await expect.poll(() => files().length).toBe(before.length + 1);
    expect((await download(id)).toString()).toBe('whole');
    socket.destroy();
    await expect.poll(files).toEqual(before);
    expect((await download(id)).toString()).toBe('whole');
  });

  test('above the limit is refused before it comes', async () => {
    const id = await create('big.bin');
    const status = await new Promise((resolve, reject) => {
      const headers = {
        authorization: authorization(),
        'content-type': raw,
        'content-length': documentLimit + 1,
      };
      const url = `${sandbox.url}/api/v1/Document/${id}/Content`;
      const sent = httpRequest(url, { method: 'PUT', headers }, response => {
        resolve(response.statusCode);
        sent.destroy();
      });
      sent.on('error', reject);
      sent.flushHeaders();
    });
    expect(status).toBe(413);
  });

  test('can be made from the template', async () => {
    const id = await create('');
    const answer = await json('POST', `/v1/Document/${id}/Content?uiCulture=en-US`, { tag1: 'value' });
    expect(answer).toMatchObject({ Name: 'letter.docx' });
    expect((await download(id)).toString()).toContain('tag1: value');
    expect(await lengthOf(id)).toBe((await download(id)).length);
  });
});

describe('the name of a file', () => {
  test.each([
    ['kept', 'Contract 7 – æøå.pdf', 'Contract 7 – æøå.pdf'],
    ['without restricted characters', 'a/b\\c:d*e?f"g<h>i|j\u0007.pdf', 'a_b_c_d_e_f_g_h_i_j_.pdf'],
    ['without spaces at its ends', '  spaced .pdf ', 'spaced .pdf'],
    ['without an extension', 'README', 'README'],
    ['that begins with a dot', '.profile', '.profile'],
  ])('%s', async (_, wanted, name) => {
    const id = await create(wanted);
    expect(await json('GET', `/v1/Document/${id}`)).toMatchObject({ Name: wanted });
    expect(await upload(id, Buffer.from('x'))).toMatchObject({ Name: name });
    expect(await json('GET', `/v1/Document/${id}`)).toMatchObject({ Name: name });
  });

  test('is numbered when another document has it, whatever its case', async () => {
    const names: unknown[] = [];
    for (const wanted of ['scan.pdf', 'Scan.PDF', 'scan.pdf', 'scan', 'scan'])
      names.push((await upload(await create(wanted), Buffer.from('x'))).Name);
    expect(names).toEqual(['scan.pdf', 'Scan_1.PDF', 'scan_2.pdf', 'scan', 'scan_1']);
  });

  test('stays within its column', async () => {
    const wanted = `${'x'.repeat(507)}.pdf`;
    await upload(await create(wanted), Buffer.from('x'));
    const { Name } = await upload(await create(wanted), Buffer.from('x'));
    expect(Name).toBe(`${'x'.repeat(505)}_1.pdf`);
  });

  test('that a document without content has is free, and so is one that was given up', async () => {
    await create('free.pdf');
    const id = await create('free.pdf');
    expect(await upload(id, Buffer.from('x'))).toMatchObject({ Name: 'free.pdf' });
    expect(await json('PATCH', `/v1/Document/${id}`, { Name: 'other.pdf' })).toMatchObject({
      Name: 'other.pdf',
    });
    expect(await upload(await create('free.pdf'), Buffer.from('x'))).toMatchObject({ Name: 'free.pdf' });
  });

  test('changes by the same rules once there is a file', async () => {
    await upload(await create('taken.pdf'), Buffer.from('x'));
    const id = await create('mine.pdf');
    await upload(id, Buffer.from('mine'));
    const path = `/v1/Document/${id}`;
    expect(await json('PATCH', path, { Name: 'taken.pdf' })).toMatchObject({ Name: 'taken_1.pdf' });
    expect(await json('PATCH', path, { Header: 'other' })).toMatchObject({ Name: 'taken_1.pdf' });
    expect(await json('PUT', path, { Header: 'H', Name: 'a:b.pdf' })).toMatchObject({ Name: 'a_b.pdf' });
    const rename = { DocumentId: id, NewFilename: 'taken.pdf' };
    const reply = await caller(sandbox)('POST', '/v1/Agents/Document/RenameDocument', { body: rename });
    expect(reply.json).toBe('taken_1.pdf');
    expect(await json('GET', path)).toMatchObject({ Name: 'taken_1.pdf' });
    expect((await download(id)).toString()).toBe('mine');
  });

  test.each([
    ['nothing', '', 400],
    ['too much', 'x'.repeat(512), 400],
  ])('cannot be changed to %s', async (_, NewFilename, status) => {
    const body = { DocumentId: await create('a.txt'), NewFilename };
    expect((await caller(sandbox)('POST', '/v1/Agents/Document/RenameDocument', { body })).status).toBe(
      status,
    );
  });
});

describe('the agent', () => {
  const agent = '/v1/Agents/Document';

  test('sets a stream by id, and by entity only as it is told', async () => {
    const id = await create('agent.txt');
    const Stream = Buffer.from('by id').toString('base64');
    const byEntity = (OverwriteExistingData: boolean) =>
      caller(sandbox)('POST', `${agent}/SetDocumentStream`, {
        body: { DocumentEntity: { DocumentId: id }, Stream, OverwriteExistingData },
      });
    expect((await byEntity(true)).status).toBe(400);
    const set = await json('POST', `${agent}/SetDocumentStreamFromId`, { documentId: id, stream: Stream });
    expect(set).toMatchObject({ DocumentId: id, Name: 'agent.txt' });
    expect((await byEntity(false)).status).toBe(400);
    expect((await byEntity(true)).status).toBe(200);
    expect((await download(id)).toString()).toBe('by id');
    const bad = await caller(sandbox)('POST', `${agent}/SetDocumentStreamFromId`, {
      body: { DocumentId: id, Stream: 'not base64!' },
    });
    expect(bad.status).toBe(400);
    expect((await download(id)).toString()).toBe('by id');
  });

  test('takes a stream of the official client', async () => {
    const { url, username, password } = sandbox;
    const config = { auth: { username, password } };
    const created = await new webapi.DocumentRestApi(`${url}/api/`, config).postAsync({
      header: 'Contract',
      name: 'official.pdf',
    });
    const documents = new webapi.DocumentAgent(`${url}/api/`, config);
    const bytes = randomBytes(3 * megabyte);
    const stream = new Uint8Array(bytes).buffer;
    const set = await documents.setDocumentStreamFromIdAsync(created.documentId ?? 0, stream);
    expect(set).toMatchObject({ name: 'official.pdf' });
    expect((await download(created.documentId)).equals(bytes)).toBe(true);
    expect(await documents.renameDocumentAsync(created.documentId ?? 0, 'renamed.pdf')).toBe('renamed.pdf');
    const patched = await new webapi.DocumentRestApi(`${url}/api/`, config).patchByIdAsync(
      created.documentId ?? 0,
      {
        header: 'Changed',
      },
    );
    expect(patched).toMatchObject({ header: 'Changed', name: 'renamed.pdf' });
  });
});
