import { describe, expect, onTestFinished, test } from 'vitest';
import { SicError } from '../../src/problems/sic-error.ts';
import type { Call } from '../../src/superoffice/call.ts';
import type { Credentials } from '../../src/superoffice/sign-in/credentials.ts';
import { openHttp } from './open-http.ts';
import { type Script, startServer } from './scripted-server.ts';

const read: Call = { kind: 'read', method: 'GET', path: '/v1/Thing' };
const create: Call = { kind: 'create', method: 'POST', path: '/v1/Thing', json: {} };

/** Credentials that count: `scheme 1`, `scheme 2`, … with every renewal. */
function counting(root: string, scheme: string, changes: Partial<Credentials> = {}) {
  let headers = { authorization: `${scheme} 1` };
  const counts = { renewed: 0, moved: 0 };
  const credentials: Credentials = {
    who: 'somebody',
    advice: 'Sign in again.',
    headers: async () => headers,
    async renew() {
      counts.renewed++;
      headers = { authorization: `${scheme} ${counts.renewed + 1}` };
      return true;
    },
    secrets: () => [],
    term: () => ({
      carries: 'password',
      until: null,
      sliding: false,
      renewal: 'not needed',
      isAdministrator: null,
    }),
    root: async () => root,
    async moved() {
      counts.moved++;
      return false;
    },
    ...changes,
  };
  return { credentials, counts };
}

async function serve(script: Script, scheme = 'SOTicket', changes: Partial<Credentials> = {}) {
  const server = await startServer(script);
  onTestFinished(server.close);
  const { credentials, counts } = counting(server.root, scheme, changes);
  const opened = await openHttp(server.root, { credentials });
  onTestFinished(() => opened.http.close());
  return { server, counts, ...opened };
}

/** Takes those who were renewed so often. */
const fromTheSecondOn: Script = ({ headers }) =>
  headers.authorization?.endsWith(' 1') ? { status: 401 } : { body: { Id: 1 } };

describe('a refused sign-in', () => {
  test('is renewed once and the request sent once more, a create too', async () => {
    const { http, counts, server, timing } = await serve(fromTheSecondOn);
    expect(await http.send(create)).toEqual({ Id: 1 });
    expect(counts).toEqual({ renewed: 1, moved: 0 });
    expect(server.log.map(({ headers }) => headers.authorization)).toEqual(['SOTicket 1', 'SOTicket 2']);
    expect(http.requests).toEqual({ total: 2, read: 0, write: 2, retried: 1 });
    expect(timing.waits).toEqual([]);
  });

  test('is renewed once for all who were refused at the same time', async () => {
    const { http, counts } = await serve(fromTheSecondOn);
    await Promise.all(Array.from({ length: 8 }, () => http.send(read)));
    expect(counts.renewed).toBe(1);
  });

  test('a second refusal is the verdict, with the advice of the sign-in', async () => {
    const { http, counts, server } = await serve(() => ({ status: 401 }));
    await expect(http.send(read)).rejects.toMatchObject({
      status: 401,
      scope: 'tenant',
      hint: 'Sign in again.',
    });
    expect(counts.renewed).toBe(1);
    expect(server.log).toHaveLength(2);
  });

  test('what cannot be renewed is refused at once', async () => {
    const { http, server } = await serve(fromTheSecondOn, 'Basic', { renew: async () => false });
    await expect(http.send(read)).rejects.toMatchObject({ status: 401 });
    expect(server.log).toHaveLength(1);
  });

  test.each<['sign-in' | 'unreachable', number]>([
    ['sign-in', 401],
    ['unreachable', 0],
  ])('a renewal that fails (%s) is the verdict for all', async (code, status) => {
    const renew = () => Promise.reject(new SicError(code, 'It was revoked.', { hint: 'Ask.' }));
    const { http, server } = await serve(() => ({ status: 401 }), 'Bearer', { renew });
    const all = await Promise.allSettled(Array.from({ length: 20 }, () => http.send(read)));
    for (const one of all)
      expect(one).toMatchObject({
        status: 'rejected',
        reason: { status, scope: 'tenant', hint: 'Ask.', message: 'GET /v1/Thing: It was revoked.' },
      });
    // Four at a time; those in the queue are not sent in vain.
    expect(server.log.length).toBeLessThan(20);
  });
});

describe('403', () => {
  test('with Bearer may be an access token that ended, but not every minute', async () => {
    const { http, counts, server } = await serve(() => ({ status: 403 }), 'Bearer');
    await expect(http.send(read)).rejects.toMatchObject({ status: 403, scope: 'row' });
    await expect(http.send(read)).rejects.toMatchObject({ status: 403 });
    expect(counts.renewed).toBe(1);
    expect(server.log).toHaveLength(3);
  });

  test('with a ticket is a matter of rights', async () => {
    const { http, counts } = await serve(() => ({ status: 403 }));
    await expect(http.send(read)).rejects.toMatchObject({ status: 403 });
    expect(counts.renewed).toBe(0);
  });
});

describe('421', () => {
  test('asks where the tenant is, and goes there', async () => {
    const there = await startServer(() => ({ body: { Id: 2 } }));
    onTestFinished(there.close);
    const here = await startServer(() => ({ status: 421 }));
    onTestFinished(here.close);
    const asked: string[] = [];
    const { http } = await serve(() => ({}), 'SOTicket', {
      root: async () => asked.at(-1) ?? here.root,
      moved: async () => asked.push(there.root) > 0,
    });
    expect(await Promise.all([http.send(create), http.send(read)])).toEqual([{ Id: 2 }, { Id: 2 }]);
    expect(asked).toHaveLength(1);
    expect(here.log).toHaveLength(2);
    expect(there.log).toHaveLength(2);
  });

  test('from where the tenant still is ends it', async () => {
    const { http, counts, server } = await serve(() => ({ status: 421 }));
    await expect(http.send(read)).rejects.toMatchObject({ status: 421, scope: 'tenant' });
    expect(counts.moved).toBe(1);
    expect(server.log).toHaveLength(1);
  });
});

describe('a gateway that gives up', () => {
  test('is asked once a minute whether the tenant is closed, and tried again if not', async () => {
    const { http, counts } = await serve((_request, turn) =>
      turn % 3 === 0 ? { body: {} } : { status: 503 },
    );
    await Promise.all([http.send(read), http.send(read)]);
    expect(counts.moved).toBe(1);
  });

  test('a create whose answer was lost stays lost when the tenant is closed', async () => {
    const closed = new SicError('unreachable', 'The tenant is closed.');
    const { http, server } = await serve(() => ({ status: 502 }), 'SOTicket', {
      moved: () => Promise.reject(closed),
    });
    await expect(http.send(create)).rejects.toMatchObject({ lost: true, scope: 'tenant', cause: closed });
    expect(server.log).toHaveLength(1);
  });
});
