import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import type { Call } from '../../src/superoffice/call.ts';
import { SuperOfficeError } from '../../src/superoffice/error.ts';
import { type OpenedHttp, openHttp } from './open-http.ts';
import { authorization, type Script, type ScriptedAnswer, startServer } from './scripted-server.ts';

const cleanUp: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of cleanUp.splice(0).reverse()) await close();
});

async function serve(script: Script | ScriptedAnswer[], more?: Parameters<typeof openHttp>[1]) {
  const answers: Script = Array.isArray(script)
    ? (_request, turn) => script[Math.min(turn, script.length) - 1] ?? {}
    : script;
  const server = await startServer(answers);
  const opened = await openHttp(server.root, more);
  cleanUp.push(server.close, () => opened.http.close());
  return { server, ...opened };
}

const read: Call = { kind: 'read', method: 'GET', path: '/v1/Thing' };
const patch: Call = { kind: 'repeatable', method: 'PATCH', path: '/v1/Thing/5', json: [] };
const create: Call = { kind: 'create', method: 'POST', path: '/v1/Thing', json: { Name: 'Ægir' } };

async function refused({ http }: Pick<OpenedHttp, 'http'>, call: Call): Promise<SuperOfficeError> {
  const error: unknown = await http.send(call).then(
    () => null,
    thrown => thrown,
  );
  if (!(error instanceof SuperOfficeError)) throw new Error(`expected a refusal, got ${String(error)}`);
  return error;
}

describe('what goes over the wire', () => {
  test('headers, query, JSON and form bodies', async () => {
    const { server, http } = await serve([{ body: { Id: 1 } }]);
    await http.send({ ...read, query: '$select=a&$filter=b%20eq%201' });
    await http.send(create);
    await http.send({ ...read, method: 'POST', form: 'a=1' });
    const [first, second, third] = server.log;
    expect(first?.headers).toMatchObject({ accept: 'application/json', authorization });
    for (const name of ['so-timezone', 'accept-language', 'so-language', 'accept-encoding', 'content-type'])
      expect(first?.headers).not.toHaveProperty(name);
    expect(first?.query.get('$filter')).toBe('b eq 1');
    expect(second?.headers['content-type']).toBe('application/json');
    expect(second?.body).toBe('{"Name":"Ægir"}');
    expect(third?.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(http.requests).toEqual({ total: 3, read: 2, write: 1, retried: 0 });
  });

  test('204 and an empty body are no answer, and good', async () => {
    const { http } = await serve([{ status: 204 }, { body: '' }]);
    expect(await http.send(patch)).toBeUndefined();
    expect(await http.send(patch)).toBeUndefined();
  });

  test('never more connections than asked for', async () => {
    const sockets = new Set<unknown>();
    const server = createServer((request, response) => {
      sockets.add(request.socket);
      response.end('{}');
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const { http } = await openHttp(`http://127.0.0.1:${(server.address() as AddressInfo).port}/x`, {
      concurrency: 3,
    });
    cleanUp.push(
      () => new Promise(resolve => server.close(() => resolve())),
      () => http.close(),
    );
    await Promise.all(Array.from({ length: 50 }, () => http.send(read)));
    expect(sockets.size).toBe(3);
  });
});

describe('trying again', () => {
  test('a read comes through 503, 429 and a cut answer; each wait is told', async () => {
    const opened = await serve([
      { status: 503, headers: { 'retry-after': '7' } },
      { body: '{"value": [1, 2' },
      { status: 429 },
      { cut: 'before' },
      { cut: 'inside', body: '{"value":[' },
      { body: { ok: true } },
    ]);
    expect(await opened.http.send(read)).toEqual({ ok: true });
    expect(opened.http.requests).toEqual({ total: 6, read: 6, write: 0, retried: 5 });
    expect(opened.notes).toHaveLength(5);
    expect(opened.notes[0]).toMatch(
      /^GET \/v1\/Thing: 127\.0\.0\.1:\d+ answered 503 \(not available\); waiting 7\.0 s, then try 2 of 6$/,
    );
    expect(opened.timing.waits).toContain(7_000);
  });

  test('it gives up after six tries and says that nothing will pass', async () => {
    const opened = await serve([{ status: 503, body: '<html><title>Maintenance</title></html>' }]);
    const error = await refused(opened, read);
    expect(error).toMatchObject({ status: 503, scope: 'tenant', lost: false, request: 'GET /v1/Thing' });
    expect(error.message).toContain('“Maintenance”');
    expect(opened.server.log).toHaveLength(6);
  });

  test('the budget ends it before the tries do', async () => {
    const opened = await serve([{ status: 503, headers: { 'retry-after': '3600' } }]);
    const error = await refused(opened, read);
    expect(error.status).toBe(503);
    // 120 s (the cap) fit into three minutes once.
    expect(opened.server.log).toHaveLength(2);
  });

  test('on 429 all senders pause', async () => {
    const sentAt: number[] = [];
    const opened = await serve(
      (_request, turn) => {
        sentAt.push(opened.timing.now());
        return turn === 1 ? { status: 429, headers: { 'retry-after': '9' } } : { body: {} };
      },
      { concurrency: 1 },
    );
    await Promise.all([opened.http.send(read), opened.http.send(read)]);
    expect(sentAt).toEqual([0, 9_000, 9_000]);
  });

  test('a verdict on the tenant is the answer to all who wait, and not to those who come later', async () => {
    const opened = await serve([{ status: 401 }, { body: {} }], { concurrency: 1 });
    const errors = await Promise.all([
      refused(opened, read),
      refused(opened, create),
      refused(opened, patch),
    ]);
    for (const error of errors) expect(error).toMatchObject({ status: 401, scope: 'tenant', lost: false });
    expect(new Set(errors.map(error => error.message)).size).toBe(1);
    expect(errors.map(error => error.request)).toEqual(
      [read, create, patch].map(call => `${call.method} ${call.path}`),
    );
    expect(opened.server.log).toHaveLength(1);
    expect(await opened.http.send(read)).toEqual({});
  });

  test('a lost create is no verdict: the others go on', async () => {
    const opened = await serve([{ status: 504, body: '' }, { body: {} }], { concurrency: 1 });
    const [error, answer] = await Promise.all([refused(opened, create), opened.http.send(read)]);
    expect(error).toMatchObject({ lost: true });
    expect(answer).toEqual({});
  });

  test('a PATCH is repeated after a lost answer', async () => {
    const opened = await serve([{ cut: 'before' }, { body: { ContactId: 5 } }]);
    expect(await opened.http.send(patch)).toEqual({ ContactId: 5 });
    expect(opened.http.requests).toEqual({ total: 2, read: 0, write: 2, retried: 1 });
  });

  test('a PATCH whose first answer was lost and whose second is 409 may have been done', async () => {
    const opened = await serve([{ cut: 'before' }, { status: 409, body: { Message: 'test failed' } }]);
    expect(await refused(opened, patch)).toMatchObject({ status: 409, lost: true });
  });
});

describe('a create', () => {
  test.each<[string, ScriptedAnswer]>([
    ['the connection breaks before the answer', { cut: 'before' }],
    ['the answer is cut', { cut: 'inside', body: '{"ContactId":' }],
    ['the JSON is cut', { body: '{"ContactId":' }],
    ['a web page comes instead', { body: '<html><title>Login</title></html>' }],
    ['a gateway gives up', { status: 502, body: '' }],
    ['a gateway times out', { status: 504, body: '' }],
    ['a nameless 500', { status: 500, body: '<h1>Server Error</h1>' }],
  ])('is lost and sent once when %s', async (_name, answer) => {
    const opened = await serve([answer]);
    expect(await refused(opened, create)).toMatchObject({ lost: true });
    expect(opened.server.log).toHaveLength(1);
    expect(opened.notes).toEqual([]);
  });

  test('is lost when the answer takes too long', async () => {
    const opened = await serve([{ silent: true }], { timeouts: { headers: 200 } });
    const error = await refused(opened, create);
    expect(error).toMatchObject({ lost: true, scope: 'row', status: 0 });
    expect(error.message).toContain('did not answer in time');
    expect(opened.server.log).toHaveLength(1);
  });

  test('is sent again after 429 and a 503 that names a time, which come before the work', async () => {
    const opened = await serve([
      { status: 429 },
      { status: 503, headers: { 'retry-after': '1' } },
      { body: { ContactId: 9 } },
    ]);
    expect(await opened.http.send(create)).toEqual({ ContactId: 9 });
    expect(opened.server.log).toHaveLength(3);
  });

  test('is refused once and for all by the server’s verdict, also with 500', async () => {
    for (const status of [400, 500]) {
      const opened = await serve([
        {
          status,
          body: { Error: true, ErrorType: 'SoValidationException', ErrorMessage: 'Name is missing' },
        },
      ]);
      const error = await refused(opened, create);
      expect(error).toMatchObject({ status, errorType: 'SoValidationException', lost: false, scope: 'row' });
      expect(error.message).toContain('Name is missing');
      expect(opened.server.log).toHaveLength(1);
    }
  });
});

describe('what the server says', () => {
  test.each<[string, number, unknown, string, string]>([
    [
      'docs',
      404,
      { Error: true, ErrorType: 'SoNotFoundException', ErrorMessage: 'Contact id 9 not found' },
      'Contact id 9 not found',
      'SoNotFoundException',
    ],
    [
      'client fixture',
      400,
      { Error: true, ErrorType: 'ArgumentException', Message: 'Bad column' },
      'Bad column',
      'ArgumentException',
    ],
    [
      'ASP.NET',
      400,
      { Message: 'The request is invalid.', MessageDetail: 'null entry for contactEntityId' },
      'The request is invalid. null entry for contactEntityId',
      '',
    ],
    ['detail only', 400, { MessageDetail: 'null entry' }, 'null entry', ''],
    [
      'long class name',
      403,
      { ErrorType: 'SuperOffice.Exceptions.SoSentryException', ErrorMessage: 'No right' },
      'No right',
      'SoSentryException',
    ],
    ['plain text', 400, 'just\n  words', 'just words', ''],
    ['JSON text', 400, '"quoted words"', 'quoted words', ''],
    ['page', 404, '<!DOCTYPE html><html><head><title> 404 -\n Not here </title>', '“404 - Not here”', ''],
    ['nothing', 412, '', 'answered 412 (changed meanwhile)', ''],
  ])('%s', async (_name, status, body, words, errorType) => {
    const error = await refused(await serve([{ status, body }]), read);
    expect(error.message).toContain(words);
    expect(error.errorType).toBe(errorType);
    expect(error.hint).not.toBe('');
  });

  test('401 and 421 concern the whole tenant', async () => {
    expect(await refused(await serve([{ status: 401 }]), read)).toMatchObject({ scope: 'tenant' });
    const moved = await refused(await serve([{ status: 421, body: '' }]), read);
    expect(moved.scope).toBe('tenant');
    expect(moved.message).toContain('this host does not serve the tenant');
  });

  test('an endless error body is cut, and the connection still serves', async () => {
    const opened = await serve([{ status: 400, body: 'x'.repeat(5_000_000) }, { body: { ok: 1 } }]);
    const error = await refused(opened, read);
    expect(error.message.length).toBeLessThan(700);
    expect(await opened.http.send(read)).toEqual({ ok: 1 });
  });

  test.each<[string, unknown]>([
    ['null', null],
    ['an error object', { Error: true, ErrorMessage: 'no' }],
    ['a message', { Message: 'no', MessageDetail: '' }],
  ])('an agent that answers 200 with %s has failed', async (_name, body) => {
    const opened = await serve([{ body: body === null ? 'null' : body }]);
    const agent: Call = { ...patch, method: 'POST', path: '/v1/Agents/Contact/UpdateInterests' };
    expect(await refused(opened, agent)).toMatchObject({ scope: 'row', lost: false });
    expect(opened.server.log).toHaveLength(1);
  });

  test('a redirect names the place and not the session', async () => {
    const opened = await serve([
      { status: 302, headers: { location: 'https://login.example.com/x?session=abc' } },
    ]);
    const error = await refused(opened, read);
    expect(error.message).toContain('https://login.example.com/x');
    expect(error.message).not.toContain('session');
  });

  test('credentials that a server echoes appear in no error and no note', async () => {
    const encoded = authorization.slice('Basic '.length);
    const echo = `You sent ${authorization} (${encoded}), password s3cret-word`;
    const opened = await serve([
      { status: 503, body: { Message: echo } },
      { status: 400, body: { ErrorMessage: echo } },
    ]);
    const error = await refused(opened, read);
    for (const text of [error.message, error.hint, String(error.cause ?? ''), ...opened.notes])
      for (const secret of [encoded, 's3cret-word']) expect(text).not.toContain(secret);
    expect(error.message).toContain('***');
  });
});

describe('no answer at all', () => {
  test('nobody listens', async () => {
    const server = await startServer(() => ({}));
    await server.close();
    const opened = await openHttp(server.root);
    const error = await refused(opened, create);
    expect(error).toMatchObject({ status: 0, lost: false, scope: 'tenant' });
    expect(error.message).toContain(`nobody is listening at 127.0.0.1:${server.port}`);
    expect(opened.http.requests.retried).toBe(5);
    expect(await refused(opened, { ...read, firstContact: true })).toMatchObject({ status: 0 });
    expect(opened.http.requests.total).toBe(7);
    await opened.http.close();
  });

  test('TLS where there is none', async () => {
    const server = await startServer(() => ({}));
    cleanUp.push(server.close);
    const opened = await openHttp(server.root.replace('http:', 'https:'));
    const error = await refused(opened, create);
    expect(error.message).toContain('does not speak TLS');
    expect(error.lost).toBe(false);
    expect(opened.http.requests.total).toBe(1);
    await opened.http.close();
  });

  test('a proxy that refuses is named, without its password', async () => {
    const proxy = createServer();
    proxy.on('connect', (_request, socket) =>
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n'),
    );
    await new Promise<void>(resolve => proxy.listen(0, '127.0.0.1', resolve));
    const { port } = proxy.address() as AddressInfo;
    const opened = await openHttp('https://crm.example.invalid/SuperOffice', {
      env: { HTTPS_PROXY: `http://joe:pr0xy-word@127.0.0.1:${port}` },
    });
    cleanUp.push(
      () => new Promise(resolve => proxy.close(() => resolve())),
      () => opened.http.close(),
    );
    const error = await refused(opened, create);
    expect(error.message).toContain(`the proxy 127.0.0.1:${port} answered 407`);
    expect(error.lost).toBe(false);
    expect(`${error.message} ${error.hint} ${opened.notes.join()}`).not.toContain('pr0xy-word');
  });

  test('stopped: a read is torn off, a write waits for its answer', async () => {
    let answer = (): void => {};
    const arrived = new Promise<void>(resolve => {
      answer = resolve;
    });
    const opened = await serve(request => {
      answer();
      return request.method === 'GET' ? { silent: true } : { body: { ContactId: 3 } };
    });
    const reading = refused(opened, read);
    await arrived;
    const writing = opened.http.send(create);
    opened.stop.abort('SIGINT');
    expect(await reading).toMatchObject({ lost: false, scope: 'tenant' });
    expect(await writing).toEqual({ ContactId: 3 });
    expect(await refused(opened, create)).toMatchObject({ lost: false });
    expect(opened.server.log).toHaveLength(2);
  });

  test('stopped for good: a write without an answer is lost', async () => {
    let answer = (): void => {};
    const arrived = new Promise<void>(resolve => {
      answer = resolve;
    });
    const opened = await serve(() => {
      answer();
      return { silent: true };
    });
    const writing = refused(opened, create);
    await arrived;
    opened.stop.abort('SIGINT');
    opened.stopWrites.abort();
    expect(await writing).toMatchObject({ lost: true });
  });
});
