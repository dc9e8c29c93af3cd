import { describe, expect, onTestFinished, test } from 'vitest';
import { loginHost } from '../../../src/superoffice/sign-in/login-host.ts';
import type { LoginRequest } from '../../../src/superoffice/sign-in/login-http.ts';
import { refusal } from '../../support/refusal.ts';
import { type ScriptedAnswer, startServer } from '../scripted-server.ts';
import { loginAt } from './online.ts';

const html = { 'content-type': 'text/html' };
const get: LoginRequest = { method: 'GET', path: '/api/state/Cust1', repeatable: true };
const once: LoginRequest = {
  method: 'POST',
  path: '/login/common/oauth/tokens',
  form: { code: 'a b+c' },
  repeatable: false,
};

async function serving(...answers: readonly ScriptedAnswer[]) {
  const server = await startServer((_request, turn) => answers[Math.min(turn, answers.length) - 1] ?? {});
  onTestFinished(server.close);
  return { server, ...loginAt(`http://127.0.0.1:${server.port}/`) };
}

describe('login hosts', () => {
  test.each([
    ['sod', 'https://sod.superoffice.com'],
    ['stage', 'https://qaonline.superoffice.com'],
    ['online', 'https://online.superoffice.com'],
  ] as const)('%s', (environment, root) => {
    expect(loginHost(environment, null)).toEqual({ root, host: root.slice('https://'.length) });
  });

  test('the login of a profile goes before it', () => {
    expect(loginHost('sod', 'http://127.0.0.1:8471/')).toEqual({
      root: 'http://127.0.0.1:8471',
      host: '127.0.0.1:8471',
    });
  });

  test.each(['nonsense', 'http://login.example.com', 'ftp://127.0.0.1'])('not %s', async text => {
    expect((await refusal(() => loginHost('sod', text))).code).toBe('config');
  });
});

describe('requests', () => {
  test('a form goes in the body, JSON too, and answers tell the time of the server', async () => {
    const { server, http } = await serving({
      body: { ok: true },
      headers: { date: 'Mon, 01 Jun 2026 12:00:00 GMT' },
    });
    expect(await http.ask(once)).toEqual({ status: 200, json: { ok: true }, date: Date.UTC(2026, 5, 1, 12) });
    await http.ask({ method: 'POST', path: '/x', json: { a: 'ø' }, repeatable: true });
    const [form, json] = server.log;
    expect(form).toMatchObject({ method: 'POST', path: once.path, body: 'code=a+b%2Bc' });
    expect([...(form?.query.keys() ?? [])]).toEqual([]);
    expect(form?.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(json).toMatchObject({ body: '{"a":"ø"}' });
    expect(json?.headers['content-type']).toBe('application/json');
  });

  test.each<[string, ScriptedAnswer]>([
    ['JSON', { status: 400, body: { error: 'invalid_grant' } }],
    ['plain words', { status: 401, body: 'invalid_grant', headers: { 'content-type': 'text/plain' } }],
    ['a 500 that says why', { status: 500, body: { error: 'invalid_grant' } }],
  ])('a refusal in %s is an answer', async (_name, answer) => {
    const { http, server } = await serving(answer);
    expect(await http.ask(get)).toMatchObject({ status: answer.status, json: { error: 'invalid_grant' } });
    expect(server.log).toHaveLength(1);
  });
});

describe('no answer', () => {
  const page = { body: '<html><title>Blocked by policy</title></html>', headers: html };

  test.each<[string, ScriptedAnswer, string]>([
    [
      'a page with a good status',
      page,
      'answered 200 with a web page titled “Blocked by policy” instead of data',
    ],
    ['a page of a proxy', { ...page, status: 403 }, 'answered 403 with a web page'],
    [
      'a redirect',
      { status: 302, headers: { location: 'https://portal.example.com/?session=abc' } },
      'to go to https',
    ],
  ])('%s is told as such, and at once', async (_name, answer, says) => {
    const { http, server } = await serving(answer);
    const error = await refusal(http.ask(get));
    expect(error.code).toBe('unreachable');
    expect(error.message).toContain(says);
    expect(error.message).not.toContain('session');
    expect(error.hint).toContain('proxy');
    expect(server.log).toHaveLength(1);
  });

  test.each<[string, ScriptedAnswer]>([
    ['503', { status: 503 }],
    ['a page of maintenance', { ...page, status: 503 }],
    ['a broken connection', { cut: 'before' }],
    ['a cut answer', { body: '{"State":"Runn' }],
  ])('%s is tried three times, and may pass', async (_name, answer) => {
    const { http, server, notes, timing } = await serving(answer, answer, { body: { ok: true } });
    expect((await http.ask(get)).json).toEqual({ ok: true });
    expect(server.log).toHaveLength(3);
    expect(notes).toHaveLength(2);
    expect(notes[0]).toContain('then try 2 of 3');
    expect(timing.waits.every(wait => wait > 0)).toBe(true);
    const never = await serving(answer);
    expect((await refusal(never.http.ask(get))).code).toBe('unreachable');
    expect(never.server.log).toHaveLength(3);
  });

  test.each<ScriptedAnswer>([{ status: 503 }, { cut: 'before' }, { cut: 'inside' }])(
    'a code is never sent twice: %j',
    async answer => {
      const { http, server } = await serving(answer, { body: {} });
      expect((await refusal(http.ask(once))).code).toBe('unreachable');
      expect(server.log).toHaveLength(1);
    },
  );

  test('nobody there, and TLS where there is none: the setting is named', async () => {
    const { server, http } = await serving({});
    const secure = loginAt(`https://127.0.0.1:${server.port}`);
    expect((await refusal(secure.http.ask(get))).message).toContain('does not speak TLS');
    await server.close();
    const error = await refusal(http.ask(get));
    expect(error.message).toContain(`nobody is listening at 127.0.0.1:${server.port}`);
    expect(error.hint).toContain('"environment" and "login" of the profile');
  });

  test('a proxy that is not one', async () => {
    const { http } = loginAt('https://login.example.test', { env: { HTTPS_PROXY: 'socks5://x' } });
    expect(await refusal(http.ask(get))).toMatchObject({ code: 'config' });
  });

  test('Ctrl-C ends it with its reason', async () => {
    const server = await startServer(() => ({ silent: true }));
    onTestFinished(server.close);
    const stop = new AbortController();
    const { http } = loginAt(`http://127.0.0.1:${server.port}`, { signal: stop.signal });
    const asked = http.ask(get);
    stop.abort('SIGINT');
    await expect(asked).rejects.toBe('SIGINT');
  });
});
