import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Document, documentOf } from '../support/document.ts';
import { failOnce, isSuch, refusalOf, requests } from '../support/faults.ts';
import { type FaultyProxy, startFaultyProxy } from '../support/faulty-proxy.ts';
import { sic } from '../support/sic.ts';
import { startTenant, type Tenant } from '../support/tenant.ts';
import { companyFile, eachOnce, type Workplace, workplace } from '../support/workplace.ts';

let tenant: Tenant;
beforeAll(async () => {
  tenant = await startTenant();
});
afterAll(() => tenant.close());

interface Desk {
  readonly place: Workplace;
  readonly proxy: FaultyProxy;
  run(argv: readonly string[], now?: () => number): Promise<Document>;
}

async function openDesk(config: object = {}): Promise<Desk> {
  const proxy = await startFaultyProxy(tenant.url);
  const place = await workplace(tenant, proxy.url, { config });
  return {
    place,
    proxy,
    run: async (argv, now = Date.now) => {
      const { exitCode, ...told } = await sic([...argv, '--json'], { ...place, now });
      const document = documentOf({ ...told, code: exitCode });
      if (document.error !== null) expect(told.stderr).toContain(document.error.message);
      return document;
    },
  };
}

const companies = ['import', 'companies.csv'];

/** A brake has stopped it: nothing is in doubt, and every row read has its fate. */
function expectBraked({ exitCode, error, counts }: Document, message: string): void {
  expect(exitCode).toBe(6);
  expect(error).toMatchObject({ code: 'brake', message });
  expect(error?.hint).not.toBe('');
  expect(counts.unknown).toBe(0);
}

describe('--max-requests', () => {
  test('not one more is sent, and the next run does the rest', async () => {
    const { place, proxy, run } = await openDesk();
    await place.write('companies.csv', companyFile('REQ', 300));
    const first = await run([...companies, '--max-requests', '60']);
    expectBraked(first, 'Request 61 was not sent, because max-requests allows 60.');
    expect(proxy.seen).toHaveLength(60);
    expect(first.requests.total).toBe(60);
    expect(first.counts.created).toBeGreaterThan(40);
    expect(first.counts.created + first.counts.notReached).toBe(first.counts.read);
    expect((await tenant.companies('REQ')).size).toBe(first.counts.created);

    const second = await run(companies);
    expect(second.counts).toMatchObject({ read: 300, unchanged: first.counts.created });
    expect(await tenant.companies('REQ')).toEqual(eachOnce('REQ', 300));
  });

  test('a limit that is just enough stops nothing', async () => {
    const { place, run } = await openDesk();
    await place.write('companies.csv', companyFile('ENOUGH', 20));
    const { requests } = await run(['validate', 'companies.csv']);
    const most = String(requests.total + 20);
    expect(await run([...companies, '--max-requests', most])).toMatchObject({ exitCode: 0, error: null });
  });

  test('the key of a ticket that was made is saved all the same', async () => {
    const { place, proxy, run } = await openDesk();
    const rows = Array.from({ length: 30 }, (_, index) => `BT-${index};Braked ${index}\n`);
    await place.write('tickets.csv', `TickUserKey01;Title\n${rows.join('')}`);
    const first = await run(['import', 'tickets.csv', '--max-requests', '20']);
    expectBraked(first, 'Request 21 was not sent, because max-requests allows 20.');
    expect(requests(proxy, 'POST', '/v1/Ticket')).toHaveLength(first.counts.created ?? 0);
    expect(requests(proxy, 'PUT', /\/Key$/)).toHaveLength(first.counts.created ?? 0);
    expect(first.counts.created).toBeGreaterThan(0);

    const second = await run(['import', 'tickets.csv']);
    expect(second).toMatchObject({ exitCode: 0, counts: { read: 30, unchanged: first.counts.created } });
    expect(requests(proxy, 'POST', '/v1/Ticket')).toHaveLength(30);
  });

  test('a create whose answer is lost is still looked up', async () => {
    const { place, proxy, run } = await openDesk();
    await place.write('companies.csv', companyFile('LOOKUP', 100));
    failOnce(proxy, 'POST', '/v1/Contact', 'lose-answer', 30);
    proxy.hold(async one => {
      // The others are answered, and the limit is reached, before that one is.
      if (one.kind === 'create' && one.turn === 30)
        await proxy.saw(later => later.kind === 'create' && later.turn === 33);
    });
    const { requests: before } = await run(['validate', 'companies.csv']);
    const first = await run([...companies, '--max-requests', String(before.total + 33)]);
    expect(first.exitCode).toBe(6);
    expect(first.counts).toMatchObject({ created: 33, unknown: 0 });
    expect((await tenant.companies('LOOKUP')).size).toBe(33);
    expect(first.requests.total).toBe(before.total + 34);
  });

  test('a document that was made gets its file, and one that was not begun is left alone', async () => {
    const { place, proxy, run } = await openDesk();
    const numbers = Array.from({ length: 20 }, (_, index) => index);
    for (const n of numbers) await place.write(`brake-${n}.txt`, `Text ${n}`);
    const rows = numbers.map(n => `BD-${n};Heading ${n};brake-${n}.txt\n`);
    await place.write('documents.csv', `DocuUserKey01;Heading;Name\n${rows.join('')}`);
    const first = await run(['import', 'documents.csv', '--max-requests', '25']);
    expect(first.exitCode).toBe(6);
    expect(first.counts.created).toBeGreaterThan(0);
    expect(requests(proxy, 'POST', '/v1/Document')).toHaveLength(first.counts.created ?? 0);
    expect(requests(proxy, 'PUT', /Content$/)).toHaveLength(first.counts.created ?? 0);
    expect((await run(['import', 'documents.csv'])).exitCode).toBe(0);

    // Nothing but their content changes now, so that is what begins them.
    for (const n of numbers) await place.write(`brake-${n}.txt`, `Other ${n}`);
    const from = proxy.seen.length;
    const third = await run(['import', 'documents.csv', '--max-requests', '30']);
    expect(third.exitCode).toBe(6);
    expect(proxy.seen.length - from).toBe(30);
    expect(third.counts).toMatchObject({ failed: 0, unknown: 0 });
  });
});

describe('--max-errors', () => {
  const withBadRows = (prefix: string, count: number, every: number): string =>
    companyFile(prefix, count)
      .replace('Name', 'Name;NoMailing')
      .split('\n')
      .map((line, index) => (index > 0 && line !== '' ? `${line};${index % every === 0 ? 'nei' : ''}` : line))
      .join('\n');

  test('a number: the one above it stops the run', async () => {
    const { place, run } = await openDesk();
    await place.write('companies.csv', withBadRows('ERR', 1000, 10));
    const first = await run([...companies, '--max-errors', '5']);
    expect(first.exitCode).toBe(6);
    expect(first.error?.message).toMatch(
      /^6 of \d+ rows were rejected or failed, and max-errors allows 5\.$/,
    );
    expect(first.counts.rejected).toBeGreaterThan(5);
    expect(first.counts.notReached).toBeGreaterThan(0);
    expect((await tenant.companies('ERR')).size).toBe(first.counts.created);

    expect(await run([...companies, '--max-errors', '100'])).toMatchObject({
      exitCode: 1,
      counts: { read: 1000, rejected: 100 },
    });
    expect((await tenant.companies('ERR')).size).toBe(900);
  });

  test('rows that SuperOffice refuses count too, and no further ones are sent to be refused', async () => {
    const { place, proxy, run } = await openDesk();
    await place.write('companies.csv', companyFile('REFUSED', 400));
    const refused = refusalOf(400, 'SoArgumentException', 'no');
    proxy.script(one => (isSuch(one, 'POST', '/v1/Contact') ? refused : null));
    const { exitCode, counts } = await run([...companies, '--max-errors', '10']);
    expect(exitCode).toBe(6);
    expect(counts.failed).toBeGreaterThan(10);
    expect(counts.failed).toBeLessThanOrEqual(11 + 4);
    expect(requests(proxy, 'POST', '/v1/Contact')).toHaveLength(counts.failed ?? 0);
  });

  test('a percentage: from 100 rows on', async () => {
    const { place, run } = await openDesk();
    await place.write('companies.csv', withBadRows('SHARE', 1000, 4));
    const { exitCode, error, counts } = await run([...companies, '--max-errors', '20%']);
    expect(exitCode).toBe(6);
    expect(error?.message).toMatch(/^\d+ of \d+ rows \(2\d\.\d %\) were .+, and max-errors allows 20 %\.$/);
    expect(counts.read - (counts.notReached ?? 0)).toBeGreaterThanOrEqual(100);
    expect(counts.notReached).toBeGreaterThan(0);
    expect(await run([...companies, '--max-errors', '25%'])).toMatchObject({ exitCode: 1 });
  });

  test('a percentage of fewer rows: at the end', async () => {
    const { place, run } = await openDesk();
    await place.write('companies.csv', withBadRows('FEW', 8, 2));
    const braked = await run([...companies, '--max-errors', '40%']);
    expectBraked(braked, '4 of 8 rows (50.0 %) were rejected or failed, and max-errors allows 40 %.');
    expect(braked.counts).toMatchObject({ read: 8, created: 4, rejected: 4 });
  });

  test('from the config, and the flag goes before it', async () => {
    const { place, run } = await openDesk({ brakes: { maxErrors: '10%' } });
    await place.write('companies.csv', withBadRows('CONF', 8, 2));
    expect(await run(companies)).toMatchObject({ exitCode: 6 });
    expect(await run(['validate', 'companies.csv'])).toMatchObject({ exitCode: 1, error: null });
    expect(await run([...companies, '--max-errors', '4'])).toMatchObject({ exitCode: 1, error: null });
  });
});

describe('--deadline', () => {
  /** A clock by which it is 05:30 here in so many milliseconds. */
  function clock(before: number): () => number {
    const morning = new Date();
    morning.setHours(5, 30, 0, 0);
    const ahead = morning.getTime() - before - Date.now();
    return () => Date.now() + ahead;
  }

  test('stops cleanly when it comes, and the next run does the rest', async () => {
    const { place, proxy, run } = await openDesk();
    await place.write('companies.csv', companyFile('LATE', 300));
    // Slow enough that the deadline comes in the middle.
    const first = await run([...companies, '--deadline', '05:30', '--rate', '50'], clock(1500));
    expectBraked(first, 'It is 05:30, the deadline of this run.');
    expect(first.counts.created).toBeGreaterThan(0);
    expect(first.counts.notReached).toBeGreaterThan(0);
    expect(requests(proxy, 'POST', '/v1/Contact')).toHaveLength(first.counts.created ?? 0);
    const second = await run([...companies, '--deadline', '05:30'], clock(3_600_000));
    expect(second).toMatchObject({ exitCode: 0, counts: { read: 300, unchanged: first.counts.created } });
    expect(await tenant.companies('LATE')).toEqual(eachOnce('LATE', 300));
  });

  test('a wait for a SuperOffice that is busy ends with it', async () => {
    const { place, proxy, run } = await openDesk({ brakes: { deadline: '05:30' } });
    await place.write('companies.csv', companyFile('BUSY', 3));
    proxy.script(one =>
      isSuch(one, 'POST', '/v1/Contact') ? { status: 429, headers: { 'retry-after': '20' } } : null,
    );
    const started = performance.now();
    const braked = await run(companies, clock(1000));
    expectBraked(braked, 'It is 05:30, the deadline of this run.');
    expect(braked.counts).toMatchObject({ read: 3, notReached: 3 });
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

test.each([
  ['--max-errors', 'many'],
  ['--max-errors', '101%'],
  ['--max-errors', '-1'],
  ['--max-requests', '0'],
  ['--deadline', '24:00'],
  ['--deadline', '5:30'],
])('%s %s is refused', async (flag, value) => {
  const { place, run } = await openDesk();
  await place.write('companies.csv', companyFile('X', 1));
  const { exitCode, error } = await run([...companies, `${flag}=${value}`]);
  expect(exitCode).toBe(2);
  expect(error?.message).toContain(`${flag} is "${value}"`);
});

test.each([
  [{ maxErrors: '5' }, 'brakes.maxErrors is "5": it is not written correctly. Write it like "5%".'],
  [{ maxErrors: true }, 'brakes.maxErrors is true: it must be a whole number or a text in double quotes.'],
  [{ maxRequests: 0 }, 'brakes.maxRequests is 0: it must be 1 or more.'],
  [{ deadline: '25:00' }, 'brakes.deadline is "25:00": it is not written correctly. Write it like "05:30".'],
  [{ maxError: 5 }, 'brakes: "maxError" is not known. Did you mean "maxErrors"?'],
])('the config refuses %j', async (brakes, message) => {
  const { place } = await openDesk({ brakes });
  const { exitCode, stderr } = await sic(companies, place);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(message);
});
