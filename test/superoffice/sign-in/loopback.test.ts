import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type LoopbackOptions, listenForRedirect } from '../../../src/superoffice/sign-in/loopback.ts';
import { refusal } from '../../support/refusal.ts';
import { virtualTiming } from '../virtual-timing.ts';

const form = 'application/x-www-form-urlencoded';

async function listening(changes: Partial<LoopbackOptions> = {}) {
  const timing = virtualTiming();
  const stop = new AbortController();
  const loopback = await listenForRedirect({
    port: 0,
    state: 's-1',
    timeout: 300_000,
    timing,
    signal: stop.signal,
    loginCommand: 'sic login --profile me',
    ...changes,
  });
  onTestFinished(() => loopback.close());
  return { loopback, timing, stop };
}

test('the redirect address is what native applications may register', async () => {
  const { loopback } = await listening();
  // reading.md, section 2.1
  expect(loopback.redirectUri).toMatch(/^http:\/\/127\.0\.0\.1:\d{4,10}$/);
});

describe('the browser comes back', () => {
  test('with a query', async () => {
    const { loopback } = await listening();
    const page = await fetch(`${loopback.redirectUri}?code=c%2B1&state=s-1`);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
    expect(await page.text()).toContain('go back to the terminal');
    expect(await loopback.code).toBe('c+1');
  });

  test('with a form', async () => {
    const { loopback } = await listening();
    const body = 'code=c%2B1&state=s-1';
    const page = await fetch(loopback.redirectUri, {
      method: 'POST',
      headers: { 'content-type': form },
      body,
    });
    expect(page.status).toBe(200);
    expect(await loopback.code).toBe('c+1');
  });

  test('what else browsers ask for does not end the wait', async () => {
    const { loopback } = await listening();
    for (const path of ['/favicon.ico', '/', '/?state=s-1', '/elsewhere?code=x&state=s-1'])
      expect((await fetch(loopback.redirectUri + path)).status).toBe(404);
    expect((await fetch(`${loopback.redirectUri}/?code=x&state=s-1`, { method: 'PUT' })).status).toBe(404);
    // Under another name a web page elsewhere could reach it.
    const { port } = new URL(loopback.redirectUri);
    expect((await fetch(`http://localhost:${port}/?code=x&state=s-1`).catch(() => null))?.status ?? 404).toBe(
      404,
    );
    const long = `code=x&state=s-1&more=${'x'.repeat(70_000)}`;
    await fetch(loopback.redirectUri, {
      method: 'POST',
      headers: { 'content-type': form },
      body: long,
    }).catch(() => null);
    await fetch(`${loopback.redirectUri}?code=good&state=s-1`);
    expect(await loopback.code).toBe('good');
  });

  test.each<[string, string, string, string]>([
    ['another state', 'code=x&state=s-2', 'state differs', 'Close old sign-in pages'],
    ['no state', 'code=x', 'state differs', 'run sic login --profile me again'],
    ['a refusal of another sign-in', 'error=access_denied&state=s-2', 'state differs', 'sic login'],
    [
      'a refusal',
      'error=access_denied&error_description=The+user+did+not+consent.&state=s-1',
      'refused in the browser (access_denied: The user did not consent.)',
      'an administrator may have to approve it',
    ],
    ['another error', 'error=server_error&state=s-1', 'did not sign you in: server_error', '"clientId"'],
    [
      'a text that would change the terminal',
      'error=%1B%5B31mred%0Aline&state=s-1',
      'in:  [31mred line',
      'sic',
    ],
  ])('with %s', async (_name, query, says, advises) => {
    const { loopback } = await listening();
    const page = await fetch(`${loopback.redirectUri}/?${query}`);
    expect(await page.text()).toContain('Not signed in');
    const error = await refusal(loopback.code);
    expect(error.code).toBe('sign-in');
    expect(error.message.replaceAll(' ', '')).toContain(says.replaceAll(' ', ''));
    expect(error.hint).toContain(advises);
  });
});

test('nobody comes', async () => {
  const { loopback, timing } = await listening({ timeout: 300_000 });
  const ended = refusal(loopback.code);
  await timing.run();
  const error = await ended;
  expect(error).toMatchObject({ code: 'sign-in', message: 'Nobody signed in within 5 minutes.' });
  expect(error.hint).toContain('sic login --profile me');
});

test('Ctrl-C ends the wait with its reason', async () => {
  const { loopback, stop } = await listening();
  stop.abort('SIGINT');
  await expect(loopback.code).rejects.toBe('SIGINT');
});

test('a port that is taken, and one that may not be used', async () => {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const taken = await refusal(listening({ port }));
  expect(taken).toMatchObject({
    code: 'usage',
    message: `The port ${port} is taken by another program on this machine.`,
  });
  expect(taken.hint).toContain('a free one');
  expect((await refusal(listening({ port: 80 }))).message).toContain('four digits or more');
});

test('closing gives the port back', async () => {
  const { loopback } = await listening();
  const port = Number(new URL(loopback.redirectUri).port);
  loopback.close();
  const again = await listening({ port });
  expect(again.loopback.redirectUri).toBe(loopback.redirectUri);
});
