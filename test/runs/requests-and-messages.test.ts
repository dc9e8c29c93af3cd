import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { documentOf } from '../support/document.ts';
import { failOnce, isSuch, refusalOf } from '../support/faults.ts';
import { type Fault, type FaultyProxy, startFaultyProxy } from '../support/faulty-proxy.ts';
import { type Ended, runSic, startSic } from '../support/program.ts';
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
  run(...flags: readonly string[]): Promise<ReturnType<typeof documentOf>>;
}

/** One kind of record whose keys stand beside it: how a file names it, and how SuperOffice does. */
interface Kind {
  readonly name: string;
  readonly path: string;
  readonly keyName: string;
  /** A file with these rows: key and text. Rows of the same text cannot be told apart without their key. */
  file(rows: readonly (readonly [key: string, text: string])[]): string;
  /** How many records of this text there are. */
  count(text: string): Promise<number>;
  /** Somebody else makes one. */
  byHand(text: string, username?: string): Promise<void>;
}

const ticketRoot = 'ROOT';
let rootTicket = 0;

const kinds: readonly Kind[] = [
  {
    name: 'Ticket',
    path: '/v1/Ticket',
    keyName: 'TickUserKey01',
    file: rows => `TickUserKey01;Title\n${rows.map(row => `${row.join(';')}\n`).join('')}`,
    count: async text => {
      const query = new URLSearchParams({ $select: 'ticketId,title', $filter: `title is '${text}'` });
      return (await tenant.ask<{ value: object[] }>('GET', `/v1/Archive/Ticket?${query}`)).value.length;
    },
    byHand: async (text, username = 'ANDERSDYRE') => {
      await tenant.ask('POST', '/v1/Ticket', { Title: text }, username);
    },
  },
  {
    name: 'Message',
    path: '/v1/TicketMessage',
    keyName: 'MessUserKey01',
    file: rows =>
      `MessUserKey01;Body;TickUserKey01\n${rows.map(row => `${row.join(';')};${ticketRoot}\n`).join('')}`,
    count: async text => {
      const query = new URLSearchParams({
        $select: 'ticketMessageId,body',
        $filter: `ticketId = ${rootTicket}`,
      });
      const { value } = await tenant.ask<{ value: { body: string }[] }>(
        'GET',
        `/v1/Archive/TicketMessage?${query}`,
      );
      return value.filter(({ body }) => body === text).length;
    },
    byHand: async (text, username = 'ANDERSDYRE') => {
      const message = { Ticket: { TicketId: rootTicket }, Body: text, Type: 'Plain' };
      await tenant.ask('POST', '/v1/TicketMessage', message, username);
    },
  },
];

/** The request that all messages belong to. */
async function makeRoot(): Promise<void> {
  if (rootTicket > 0) return;
  const place = await hurriedWorkplace(tenant);
  await place.write('tickets.csv', `TickUserKey01;Title\n${ticketRoot};The root of all messages\n`);
  expect((await runSic(['import', 'tickets.csv'], place)).code).toBe(0);
  rootTicket = (await idsByKey('TickUserKey01', ticketRoot))[0] ?? 0;
  expect(rootTicket).toBeGreaterThan(0);
}

async function desk(data: string): Promise<Desk> {
  await makeRoot();
  const proxy = await startFaultyProxy(tenant.url);
  const place = await hurriedWorkplace(tenant, proxy.url);
  return {
    place,
    proxy,
    run: async (...flags) => documentOf(await runSic(['import', data, '--json', ...flags], place)),
  };
}

/** The records that have a key. */
async function idsByKey(keyName: string, key: string): Promise<number[]> {
  const query = new URLSearchParams({
    $select: 'recordId,keyName,keyValue',
    $filter: `keyValue is '${key}' and keyName is '${keyName}'`,
  });
  const { value } = await tenant.ask<{ value: { recordId: number }[] }>(
    'GET',
    `/v1/Archive/ForeignKeys?${query}`,
  );
  return value.map(({ recordId }) => Number(recordId));
}

const keyPath = /\/Key$/;

let prefixes = 0;
/** A text that no other test uses. */
const fresh = (): string => `Case ${++prefixes}`;

describe.each(kinds)('$name', ({ name, path, keyName, file, count, byHand }) => {
  const data = `${name}s.csv`;

  async function expectEachOnce(text: string, keys: readonly string[]): Promise<void> {
    expect(await count(text)).toBe(keys.length);
    const ids = (await Promise.all(keys.map(key => idsByKey(keyName, key)))).flat();
    expect(new Set(ids).size).toBe(keys.length);
    expect(ids).toHaveLength(keys.length);
  }

  /** Two writes for a new record: itself, and its key. */
  test('costs two writes, and nothing the second time', async () => {
    const { place, proxy, run } = await desk(data);
    const text = fresh();
    await place.write(data, file([[`${text}-1`, text]]));
    const first = await run();
    expect(first.counts).toMatchObject({ read: 1, created: 1 });
    expect(first.requests.write).toBe(2);
    const sent = proxy.seen.length;
    expect((await run()).counts).toMatchObject({ unchanged: 1 });
    expect(proxy.seen.slice(sent).filter(one => one.method !== 'GET' && one.kind !== 'sign-in')).toEqual([]);
    await expectEachOnce(text, [`${text}-1`]);
  });

  test.each<[string, Fault, number]>([
    // While somebody else's record looks the same: it is not taken for ours.
    ['its answer is lost after the work', 'lose-answer', 1],
    ['its answer is cut', 'truncate', 1],
    ['the connection breaks before', 'cut', 2],
  ])('%s: looked up, and there once', async (_, fault, sent) => {
    const { place, proxy, run } = await desk(data);
    const text = fresh();
    await place.write(
      data,
      file([
        [`${text}-1`, text],
        [`${text}-2`, `${text} other`],
      ]),
    );
    await byHand(text);
    failOnce(proxy, 'POST', path, fault);
    const { counts, exitCode } = await run();
    expect(exitCode).toBe(0);
    expect(counts).toMatchObject({ read: 2, created: 2 });
    expect(proxy.seen.filter(one => isSuch(one, 'POST', path))).toHaveLength(sent + 1);
    expect(await count(text)).toBe(1 + 1);
    expect(await count(`${text} other`)).toBe(1);
    expect((await run()).counts).toMatchObject({ unchanged: 2 });
  });

  test('rows that look the same, and one answer is lost: each has its own', async () => {
    const { place, proxy, run } = await desk(data);
    const text = fresh();
    const keys = [1, 2, 3, 4].map(number => `${text}-${number}`);
    await place.write(data, file(keys.map(key => [key, text])));
    failOnce(proxy, 'POST', path, 'lose-answer', 2);
    expect((await run()).counts).toMatchObject({ created: 4 });
    await expectEachOnce(text, keys);
  });

  test('the answer to its key is lost: sent again, and kept once', async () => {
    const { place, proxy, run } = await desk(data);
    const text = fresh();
    await place.write(data, file([[`${text}-1`, text]]));
    failOnce(proxy, 'PUT', keyPath, 'lose-answer');
    const { counts, requests } = await run();
    expect(counts).toMatchObject({ created: 1 });
    expect(requests).toMatchObject({ write: 3, retried: 1 });
    await expectEachOnce(text, [`${text}-1`]);
    expect((await run()).counts).toMatchObject({ unchanged: 1 });
  });

  test.each([
    [404, 'SoNotFoundException'],
    [400, 'ArgumentException'],
    [500, 'SoException'],
  ])('its key is refused with %d: told, and the next run gives the key', async (status, errorType) => {
    const { place, proxy, run } = await desk(data);
    const text = fresh();
    await place.write(
      data,
      file([
        [`${text}-1`, text],
        [`${text}-2`, text],
      ]),
    );
    failOnce(proxy, 'PUT', keyPath, refusalOf(status, errorType, 'No key for you'));
    const first = await run();
    expect(first.exitCode).toBe(1);
    expect(first.counts).toMatchObject({ created: 1, failed: 1 });
    expect(first.rows[0]?.problems[0]?.message).toMatch(
      /^The (ticket|message) is in SuperOffice \(id \d+\), but not all that belongs to it: .*No key for you/,
    );
    proxy.script(() => null);
    const planned = documentOf(await runSic(['validate', data, '--json'], place));
    const second = await run();
    expect(second.counts).toMatchObject({ unchanged: 1, current: 1 });
    expect(planned.counts).toEqual(second.counts);
    expect(proxy.seen.filter(one => isSuch(one, 'POST', path))).toHaveLength(2);
    await expectEachOnce(text, [`${text}-1`, `${text}-2`]);
    expect((await run()).counts).toMatchObject({ unchanged: 2 });
  });

  /** Kills the program when such a request comes by; `fault` decides whether SuperOffice gets it. */
  async function killedAt(at: Desk, method: string, which: string | RegExp, fault: Fault): Promise<Ended> {
    failOnce(at.proxy, method, which, fault);
    const before = at.proxy.seen.length;
    const running = startSic(['import', data, '--json'], at.place);
    await Promise.race([
      at.proxy.saw(one => isSuch(one, method, which) && at.proxy.seen.indexOf(one) >= before),
      running.ended.then(ended => expect.unreachable(`ended before: ${ended.stdout} ${ended.stderr}`)),
    ]);
    running.child.kill('SIGKILL');
    const ended = await running.ended;
    at.proxy.script(() => null);
    return ended;
  }

  test.each<[string, string, string | RegExp, Fault, string]>([
    ['before its answer came', 'POST', path, 'silence', 'current'],
    ['before it got through', 'POST', path, { status: 503 }, 'created'],
    ['between it and its key', 'PUT', keyPath, { status: 503 }, 'current'],
    ['before the answer to its key', 'PUT', keyPath, 'silence', 'current'],
  ])('kill -9 %s', async (_, method, which, fault, status) => {
    const at = await desk(data);
    const text = fresh();
    await at.place.write(data, file([[`${text}-1`, text]]));
    expect((await killedAt(at, method, which, fault)).signal).toBe('SIGKILL');
    if (fault === 'silence' || method === 'PUT') await eventually(() => count(text), 1);
    const { counts, exitCode } = await at.run();
    expect(exitCode).toBe(0);
    expect(counts[status as 'current']).toBe(1);
    await expectEachOnce(text, [`${text}-1`]);
    expect((await at.run()).counts).toMatchObject({ unchanged: 1 });
  });

  test('killed twice: the second run does not forget what the first left', async () => {
    const at = await desk(data);
    const text = fresh();
    const row = [`${text}-1`, text] as const;
    await at.place.write(data, file([row]));
    await killedAt(at, 'POST', path, 'silence');
    await eventually(() => count(text), 1);
    // The second run does not even read that row.
    const other = fresh();
    await at.place.write(data, file([[`${other}-1`, other]]));
    await killedAt(at, 'POST', path, 'silence');
    await eventually(() => count(other), 1);
    await at.place.write(data, file([row, [`${other}-1`, other]]));
    expect((await at.run()).counts).toMatchObject({ current: 2 });
    await expectEachOnce(text, [`${text}-1`]);
    await expectEachOnce(other, [`${other}-1`]);
    expect((await at.run()).counts).toMatchObject({ unchanged: 2 });
  });

  test('the row changed since it was killed: adopted, and written again', async () => {
    const at = await desk(data);
    const text = fresh();
    await at.place.write(data, file([[`${text}-1`, text]]));
    await killedAt(at, 'POST', path, 'silence');
    await eventually(() => count(text), 1);
    await at.place.write(data, file([[`${text}-1`, `${text} again`]]));
    expect((await at.run()).counts).toMatchObject({ updated: 1 });
    expect(await count(text)).toBe(0);
    await expectEachOnce(`${text} again`, [`${text}-1`]);
  });

  test('rows that look the same, all of them in doubt: each gets one', async () => {
    const at = await desk(data);
    const text = fresh();
    const keys = [1, 2, 3].map(number => `${text}-${number}`);
    await at.place.write(data, file(keys.map(key => [key, text])));
    for (const known of [0, 1, 2]) {
      await killedAt(at, 'POST', path, 'silence');
      await eventually(() => count(text), known + 1);
    }
    expect((await at.run()).exitCode).toBe(0);
    await expectEachOnce(text, keys);
  });

  test('more that look like it than are in doubt: none is taken, and none is made', async () => {
    const at = await desk(data);
    const text = fresh();
    await at.place.write(data, file([[`${text}-1`, text]]));
    await killedAt(at, 'POST', path, 'silence');
    await eventually(() => count(text), 1);
    await byHand(text, tenant.username);
    const { counts, rows } = await at.run();
    expect(counts).toMatchObject({ unknown: 1 });
    expect(rows[0]?.problems[0]?.message).toMatch(/was lost, and 2 of them look like it \(ids \d+, \d+\)/);
    expect(await count(text)).toBe(2);
    expect(await idsByKey(keyName, `${text}-1`)).toEqual([]);
  });

  test('what was made and lacks its key was deleted since: made anew', async () => {
    const at = await desk(data);
    const text = fresh();
    await at.place.write(data, file([[`${text}-1`, text]]));
    failOnce(at.proxy, 'PUT', keyPath, refusalOf(400, 'ArgumentException', 'No key for you'));
    const [row] = (await at.run()).rows;
    const id = /\(id (\d+)\)/.exec(row?.problems[0]?.message ?? '')?.[1];
    await tenant.ask('DELETE', `${path}/${id}`);
    at.proxy.script(() => null);
    expect((await at.run()).counts).toMatchObject({ created: 1 });
    await expectEachOnce(text, [`${text}-1`]);
    expect((await at.run()).counts).toMatchObject({ unchanged: 1 });
  });

  test('what somebody else made is not adopted', async () => {
    const at = await desk(data);
    const text = fresh();
    await byHand(text);
    await at.place.write(data, file([[`${text}-1`, text]]));
    await killedAt(at, 'POST', path, { status: 503 });
    expect((await at.run()).counts).toMatchObject({ created: 1 });
    expect(await count(text)).toBe(2);
    expect(await idsByKey(keyName, `${text}-1`)).toHaveLength(1);
  });
});

/** Asks until it is so: SuperOffice goes on working when nobody waits for its answer any more. */
async function eventually(ask: () => Promise<number>, wanted: number): Promise<void> {
  await expect.poll(ask).toBe(wanted);
}
