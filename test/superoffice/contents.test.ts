import { EventEmitter, once } from 'node:events';
import { createReadStream, type ReadStream, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, describe, expect, test } from 'vitest';
import { Contents, type Receive } from '../../src/superoffice/contents.ts';
import type { Upload } from '../../src/superoffice/transport.ts';
import { folderOfFile } from '../support/folders.ts';
import { openHttp } from './open-http.ts';
import { type LoggedRequest, type Script, type ScriptedAnswer, startServer } from './scripted-server.ts';

const folder = folderOfFile();
const cleanUp: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of cleanUp.splice(0).reverse()) await close();
});

async function open(script: Script | readonly ScriptedAnswer[]) {
  const answers: Script =
    typeof script === 'function' ? script : (_, turn) => script[Math.min(turn, script.length) - 1] ?? {};
  const server = await startServer(answers);
  const opened = await openHttp(server.root);
  cleanUp.push(server.close, () => opened.http.close());
  return { log: server.log, contents: new Contents(opened.http), ...opened };
}

/** A file that counts how often it was opened. */
function fileOf(text: string): Upload & { readonly opened: number } {
  let opened = 0;
  const bytes = Buffer.from(text);
  return {
    size: bytes.length,
    open: () => {
      opened++;
      const half = Math.ceil(bytes.length / 2);
      return Readable.from([bytes.subarray(0, half), bytes.subarray(half)]);
    },
    get opened() {
      return opened;
    },
  };
}

const asked = (log: readonly LoggedRequest[]): string[] => log.map(({ method, path }) => `${method} ${path}`);

/** What was received, as text. */
function receiver(): { readonly receive: Receive; readonly texts: string[] } {
  const texts: string[] = [];
  return {
    texts,
    receive: async body => {
      const at = texts.push('') - 1;
      for await (const piece of body) texts[at] += Buffer.from(piece).toString('latin1');
    },
  };
}

const content = 'Tilbud på 東京\n'.repeat(20_000);

describe('the file of a document', () => {
  test('goes up as it is, with its length, and its name comes back', async () => {
    const { contents, log, http } = await open([{ body: { DocumentId: 5, Name: 'offer(1).pdf' } }]);
    const file = fileOf(content);
    expect(await contents.putDocument(5, file)).toBe('offer(1).pdf');
    expect(asked(log)).toEqual(['PUT /v1/Document/5/Content']);
    expect(log[0]?.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-length': String(file.size),
    });
    expect(log[0]?.headers).not.toHaveProperty('transfer-encoding');
    expect(log[0]?.body).toBe(content);
    expect(http.requests).toEqual({ total: 1, read: 0, write: 1, retried: 0 });
  });

  test('goes up again from its start after a 503', async () => {
    const { contents, log, timing, http } = await open([
      { status: 503, headers: { 'retry-after': '4' } },
      { status: 503 },
      { body: { DocumentId: 5, Name: 'offer.pdf' } },
    ]);
    const file = fileOf(content);
    expect(await contents.putDocument(5, file)).toBe('offer.pdf');
    expect(file.opened).toBe(3);
    expect(log.map(({ body, headers }) => [body === content, headers['content-length']])).toEqual(
      Array.from({ length: 3 }, () => [true, String(file.size)]),
    );
    expect(timing.waits).toContain(4_000);
    expect(http.requests.retried).toBe(2);
  });

  test('goes up again when the answer was lost, since it takes the place of itself', async () => {
    const { contents, log } = await open([
      { cut: 'before' },
      { cut: 'inside', body: '{"DocumentId":5' },
      { body: { DocumentId: 5, Name: 'offer.pdf' } },
    ]);
    const file = fileOf(content);
    expect(await contents.putDocument(5, file)).toBe('offer.pdf');
    expect(log.map(({ body }) => body === content)).toEqual([true, true, true]);
  });

  test('may be there when no answer ever comes', async () => {
    const { contents, log } = await open([{ cut: 'before' }]);
    await expect(contents.putDocument(5, fileOf('x'))).rejects.toMatchObject({ lost: true, status: 0 });
    expect(log.length).toBeGreaterThan(1);
  });

  test('is not there when SuperOffice refuses it', async () => {
    const { contents, log } = await open([
      { status: 500, body: { ErrorType: 'SoDocumentException', ErrorMessage: 'locked by Anna' } },
    ]);
    await expect(contents.putDocument(5, fileOf('x'))).rejects.toMatchObject({
      lost: false,
      scope: 'row',
      message: expect.stringContaining('locked by Anna'),
    });
    expect(log).toHaveLength(1);
  });

  test.each([[{ DocumentId: 6, Name: 'x' }], [''], [{ Name: 'x' }]])(
    'answered with %j went somewhere else, or nowhere',
    async body => {
      const { contents } = await open([{ body }]);
      await expect(contents.putDocument(5, fileOf('x'))).rejects.toThrow('the id of document 5');
    },
  );

  test('has a length, and none is 0', async () => {
    const { contents, log } = await open([{ body: '1234' }, { body: '0' }]);
    expect(await contents.documentLength(5)).toBe(1234);
    expect(await contents.documentLength(5)).toBe(0);
    expect(asked(log)).toEqual(['GET /v1/Document/5/Length', 'GET /v1/Document/5/Length']);
  });

  test('without a length in the answer is told', async () => {
    const { contents } = await open([{ body: { Length: 5 } }]);
    await expect(contents.documentLength(5)).rejects.toThrow('a length');
  });
});

/** A server that is given the request and the response as they are. */
async function openRaw(handle: (request: IncomingMessage, response: ServerResponse) => void) {
  const server = createServer(handle);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { http } = await openHttp(`http://127.0.0.1:${(server.address() as AddressInfo).port}/x`);
  cleanUp.push(
    () => new Promise(resolve => server.close(() => resolve())),
    () => http.close(),
  );
  return new Contents(http);
}

describe('a file that is not what it was when the row was read', () => {
  const pieces = (...texts: string[]): Readable => Readable.from(texts.map(text => Buffer.from(text)));
  async function* broken(): AsyncGenerator<Buffer> {
    yield Buffer.from('ab');
    throw new Error('wrong checksum');
  }
  test.each<[string, Upload, string]>([
    ['gone', { size: 4, open: () => createReadStream(join(folder, 'gone.pdf')) }, 'cannot be read (ENOENT'],
    ['damaged', { size: 4, open: () => Readable.from(broken()) }, 'cannot be read (wrong checksum)'],
    ['shorter', { size: 4, open: () => pieces('ab') }, 'was changed while it was being sent'],
    ['longer', { size: 4, open: () => pieces('ab', 'cd', 'ef') }, 'was changed while it was being sent'],
    ['empty', { size: 4, open: () => pieces() }, 'was changed while it was being sent'],
  ])('%s: the matter of its row, told once, and nothing whole arrives', async (_, upload, message) => {
    const whole: string[] = [];
    const contents = await openRaw((request, response) => {
      request.on('error', () => response.destroy());
      request.on('end', () => {
        whole.push(request.url ?? '');
        response.end(JSON.stringify({ DocumentId: 5, Name: 'a.pdf' }));
      });
      request.resume();
    });
    await expect(contents.putDocument(5, upload)).rejects.toMatchObject({
      name: 'SuperOfficeError',
      message: expect.stringContaining(message),
      scope: 'row',
      lost: false,
    });
    // The connection serves the next row as if nothing had been.
    expect(await contents.putDocument(5, fileOf('good'))).toBe('a.pdf');
    expect(whole).toHaveLength(1);
  });
});

test('an upload that is broken off in the middle goes up again, and its file is closed', async () => {
  const path = join(folder, 'large.bin');
  const bytes = Buffer.alloc(3_000_000, 'sic');
  writeFileSync(path, bytes);
  const streams: ReadStream[] = [];
  let turn = 0;
  const contents = await openRaw((request, response) => {
    if (++turn < 3) return void request.once('data', () => request.socket.destroy());
    let size = 0;
    request.on('data', (piece: Buffer) => {
      size += piece.length;
    });
    request.on('end', () => response.end(JSON.stringify({ DocumentId: 5, Name: `${size} bytes` })));
  });
  const open = () => {
    const stream = createReadStream(path);
    streams.push(stream);
    return stream;
  };
  expect(await contents.putDocument(5, { size: bytes.length, open })).toBe('3000000 bytes');
  expect(turn).toBe(3);
  expect(streams.map(({ destroyed }) => destroyed)).toEqual([true, true, true]);
});

describe('nothing is held whole', () => {
  test('of an upload: SuperOffice has the first piece before the last is read', async () => {
    const server = new EventEmitter();
    const firstPiece = once(server, 'piece');
    const contents = await openRaw((request, response) => {
      let size = 0;
      request.on('data', (piece: Buffer) => {
        size += piece.length;
        server.emit('piece');
      });
      request.on('end', () => response.end(JSON.stringify({ DocumentId: 5, Name: String(size) })));
    });
    async function* pieces(): AsyncGenerator<Buffer> {
      yield Buffer.alloc(60_000, 1);
      yield Buffer.alloc(40_000, 2);
      await firstPiece;
      yield Buffer.alloc(50_000, 3);
    }
    const upload = { size: 150_000, open: () => Readable.from(pieces()) };
    expect(await contents.putDocument(5, upload)).toBe('150000');
  });

  test('of a download: the first piece is there before the second is sent', async () => {
    const reader = new EventEmitter();
    const firstPiece = once(reader, 'piece');
    const contents = await openRaw(async (_request, response) => {
      response.writeHead(200, { 'content-length': '150000' });
      response.write(Buffer.alloc(100_000, 1));
      await firstPiece;
      response.end(Buffer.alloc(50_000, 2));
    });
    let size = 0;
    await contents.readDocument(5, async body => {
      for await (const piece of body) {
        size += piece.length;
        reader.emit('piece');
      }
    });
    expect(size).toBe(150_000);
  });
});

describe('reading a file', () => {
  test('asks for bytes and gives them as they are', async () => {
    const { contents, log } = await open([{ body: 'PK\u0003\u0004 { not JSON' }, { body: 'two' }]);
    const { receive, texts } = receiver();
    await contents.readDocument(5, receive);
    await contents.readAttachment(7, receive);
    expect(texts).toEqual(['PK\u0003\u0004 { not JSON', 'two']);
    expect(asked(log)).toEqual(['GET /v1/Document/5/Content', 'GET /v1/Attachment/7/Content']);
    expect(log[0]?.headers.accept).toBe('application/octet-stream');
  });

  test('that breaks off begins anew', async () => {
    const { contents } = await open([
      { status: 503 },
      { cut: 'inside', body: 'the first ha' },
      { body: 'the whole file' },
    ]);
    const { receive, texts } = receiver();
    await contents.readDocument(5, receive);
    expect(texts.at(-1)).toBe('the whole file');
    // The refusal is no file: nobody is given its body.
    expect(texts).toHaveLength(2);
  });

  test('that is not there is the row’s matter, and nobody is given the refusal', async () => {
    const { contents } = await open([{ status: 404, body: { Message: 'no such document' } }]);
    const { receive, texts } = receiver();
    await expect(contents.readDocument(5, receive)).rejects.toMatchObject({ status: 404, scope: 'row' });
    expect(texts).toEqual([]);
  });
});

describe('attachments', () => {
  test('are made first, then filled', async () => {
    const { contents, log } = await open(({ path }) => ({
      body: path === '/v1/Attachment' ? { AttachmentId: 9 } : '',
    }));
    const file = fileOf(content);
    expect(await contents.addAttachment('å.pdf', 'application/pdf', file)).toBe(9);
    expect(asked(log)).toEqual(['POST /v1/Attachment', 'POST /v1/Attachment/9/Content']);
    expect(JSON.parse(log[0]?.body ?? '')).toEqual({
      Name: 'å.pdf',
      ContentType: 'application/pdf',
      InlineImage: false,
    });
    expect(log[1]?.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-length': String(file.size),
    });
    expect(log[1]?.body).toBe(content);
  });

  test('are made anew after a lost answer, and filled from the start after a 503', async () => {
    const { contents, log } = await open([
      { cut: 'before' },
      { body: { AttachmentId: 10 } },
      { status: 503 },
      { cut: 'before' },
      {},
    ]);
    const file = fileOf(content);
    expect(await contents.addAttachment('a.pdf', 'application/pdf', file)).toBe(10);
    expect(asked(log)).toEqual([
      'POST /v1/Attachment',
      'POST /v1/Attachment',
      ...Array.from({ length: 3 }, () => 'POST /v1/Attachment/10/Content'),
    ]);
    expect(log.slice(2).map(({ body }) => body === content)).toEqual([true, true, true]);
    expect(file.opened).toBe(3);
  });

  test('without an id are not filled', async () => {
    const { contents, log } = await open([{ body: { AttachmentId: 0 } }]);
    const file = fileOf('x');
    await expect(contents.addAttachment('a', 'text/plain', file)).rejects.toThrow('id of the attachment');
    expect(new Set(asked(log))).toEqual(new Set(['POST /v1/Attachment']));
    expect(file.opened).toBe(0);
  });

  test('of a message', async () => {
    const { contents } = await open([
      { body: [{ AttachmentId: 3, Name: 'a.pdf', AttSize: 12, ContentType: 'application/pdf' }, null] },
    ]);
    expect(await contents.attachmentsOf(5)).toEqual([{ id: 3, name: 'a.pdf', size: 12 }]);
  });
});

describe('hanging attachments on a message', () => {
  const there = (...ids: number[]): ScriptedAnswer => ({
    body: ids.map(AttachmentId => ({ AttachmentId, Name: `${AttachmentId}.pdf`, AttSize: 1 })),
  });
  const posted = (log: readonly LoggedRequest[]): unknown[] =>
    log.filter(({ method }) => method === 'POST').map(({ body }) => JSON.parse(body));

  test('is one request', async () => {
    const { contents, log } = await open([{}]);
    await contents.attach(5, [7, 8]);
    expect(asked(log)).toEqual(['POST /v1/TicketMessage/5/Attachment']);
    expect(posted(log)).toEqual([[7, 8]]);
  });

  test.each<[string, ScriptedAnswer, number[][]]>([
    ['it arrived', there(1, 7, 8), [[7, 8]]],
    ['half of it arrived', there(1, 7), [[7, 8], [8]]],
    [
      'nothing arrived',
      there(1),
      [
        [7, 8],
        [7, 8],
      ],
    ],
  ])('after a lost answer asks before it sends again: %s', async (_, list, sent) => {
    const { contents, log } = await open(({ method }, turn) =>
      turn === 1 ? { cut: 'before' } : method === 'GET' ? list : {},
    );
    await contents.attach(5, [7, 8]);
    expect(asked(log).slice(0, 2)).toEqual([
      'POST /v1/TicketMessage/5/Attachment',
      'GET /v1/TicketMessage/5/Attachment',
    ]);
    expect(posted(log)).toEqual(sent);
  });

  test('does not send again when nobody can be asked', async () => {
    const { contents, log } = await open([{ cut: 'before' }, { status: 404, body: { Message: 'gone' } }]);
    await expect(contents.attach(5, [7])).rejects.toMatchObject({ status: 404 });
    expect(posted(log)).toEqual([[7]]);
  });

  test('a refusal is a refusal', async () => {
    const { contents, log } = await open([{ status: 400, body: { Message: 'not this message' } }]);
    await expect(contents.attach(5, [7])).rejects.toMatchObject({ status: 400, lost: false });
    expect(log).toHaveLength(1);
  });
});
