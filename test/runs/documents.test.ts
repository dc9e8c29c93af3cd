import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { documentOf } from '../support/document.ts';
import { failOnce, isSuch, refusalOf, requests } from '../support/faults.ts';
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
  readonly prefix: string;
  run(...flags: readonly string[]): Promise<ReturnType<typeof documentOf>>;
}

let desks = 0;

/** A file of documents, with as many files beside it. */
async function desk(rows = 1): Promise<Desk> {
  const prefix = `D${++desks}`;
  const proxy = await startFaultyProxy(tenant.url);
  const place = await hurriedWorkplace(tenant, proxy.url);
  const keys = keysOf(prefix, rows);
  for (const key of keys) await place.write(`${key}.txt`, contentOf(key));
  await place.write(
    'documents.csv',
    `DocuUserKey01;Name\n${keys.map(key => `${key};${key}.txt\n`).join('')}`,
  );
  return {
    place,
    proxy,
    prefix,
    run: async (...flags) => documentOf(await runSic(['import', 'documents.csv', '--json', ...flags], place)),
  };
}

const keysOf = (prefix: string, rows: number): string[] =>
  Array.from({ length: rows }, (_, index) => `${prefix}-${index + 1}`);
const contentOf = (key: string): string => `What ${key} says\n`.repeat(20);

/** Key, name and length of all documents whose key begins so. */
async function held(prefix: string): Promise<{ key: string; name: string; length: number }[]> {
  const key = 'documentUdef/Siteshop:DocuUserKey01';
  const query = new URLSearchParams({
    $select: `documentId,name,${key}`,
    $filter: `${key} begins '${prefix}-'`,
    $top: '1000',
  });
  const { value } = await tenant.ask<{ value: Record<string, string>[] }>(
    'GET',
    `/v1/Archive/Document?${query}`,
  );
  return Promise.all(
    value.map(async row => ({
      key: String(row[key]),
      name: String(row.name),
      length: await tenant.ask<number>('GET', `/v1/Document/${row.documentId}/Length`),
    })),
  );
}

async function expectWhole(prefix: string, rows = 1): Promise<void> {
  const all = await held(prefix);
  expect(all.map(({ key }) => key).sort()).toEqual(keysOf(prefix, rows).sort());
  for (const { key, length } of all) expect(length).toBe(contentOf(key).length);
}

const upload = /^\/v1\/Document\/\d+\/Content$/;

/** Ends the program when such a request comes by. */
async function endedAt(
  { place, proxy }: Desk,
  signal: 'SIGKILL' | 'SIGTERM',
  method: string,
  which: string | RegExp,
  fault: Fault | null,
  turn = 1,
): Promise<Ended> {
  const running = startSic(['import', 'documents.csv', '--json'], place);
  let met = 0;
  proxy.script(one => {
    if (!isSuch(one, method, which) || ++met !== turn) return null;
    running.child.kill(signal);
    return fault;
  });
  const ended = await running.ended;
  proxy.script(() => null);
  return ended;
}

test('costs two writes, and nothing the second time', async () => {
  const { proxy, prefix, run } = await desk();
  const first = await run();
  expect(first.counts).toMatchObject({ created: 1 });
  expect(first.requests.write).toBe(2);
  await expectWhole(prefix);
  const sent = proxy.seen.length;
  expect((await run()).counts).toMatchObject({ unchanged: 1 });
  expect((await run('--full')).counts).toMatchObject({ current: 1 });
  expect(requests(proxy, 'POST', '/v1/Document', sent)).toEqual([]);
  expect(requests(proxy, 'PUT', upload, sent)).toEqual([]);
});

test.each<[string, string, string | RegExp, Fault]>([
  ['the answer to the document is lost', 'POST', '/v1/Document', 'lose-answer'],
  ['the answer to the upload is lost', 'PUT', upload, 'lose-answer'],
  ['SuperOffice is busy during the upload', 'PUT', upload, { status: 503 }],
])('%s: there once, with its content', async (_, method, which, fault) => {
  const { proxy, prefix, run } = await desk(3);
  failOnce(proxy, method, which, fault, 2);
  expect((await run()).counts).toMatchObject({ created: 3 });
  expect(requests(proxy, 'POST', '/v1/Document')).toHaveLength(3);
  await expectWhole(prefix, 3);
  expect((await run()).counts).toMatchObject({ unchanged: 3 });
});

test('the upload breaks off in its middle: sent again whole', async () => {
  const { place, proxy, prefix, run } = await desk();
  const large = 'x'.repeat(3_000_000);
  await place.write(`${prefix}-1.txt`, large);
  let broken = 0;
  proxy.breakBodies((_, path) => (upload.test(path) && broken++ === 0 ? 1_000_000 : null));
  expect((await run()).counts).toMatchObject({ created: 1 });
  expect(broken).toBe(2);
  expect((await held(prefix))[0]?.length).toBe(large.length);
});

test('the upload is refused: told, and the next run sends the content alone', async () => {
  const { proxy, prefix, run } = await desk();
  failOnce(proxy, 'PUT', upload, refusalOf(500, 'SoException', 'Disk full'));
  const first = await run();
  expect(first.counts).toMatchObject({ failed: 1 });
  expect(first.rows[0]?.problems[0]?.message).toMatch(
    /^The document is in SuperOffice \(id \d+\), but not all that belongs to it: .*Disk full/,
  );
  proxy.script(() => null);
  const second = await run();
  expect(second.counts).toMatchObject({ updated: 1 });
  expect(second.requests.write).toBe(1);
  await expectWhole(prefix);
});

test.each<[string, string, string | RegExp, Fault]>([
  ['before the answer to the document', 'POST', '/v1/Document', 'silence'],
  ['before its content', 'PUT', upload, { status: 503 }],
  ['before the answer to its content', 'PUT', upload, 'silence'],
])('kill -9 %s: the next run does the rest', async (_, method, which, fault) => {
  const at = await desk(3);
  expect((await endedAt(at, 'SIGKILL', method, which, fault, 2)).signal).toBe('SIGKILL');
  await expect.poll(async () => (await held(at.prefix)).length).toBeGreaterThanOrEqual(2);
  expect((await at.run()).exitCode).toBe(0);
  await expectWhole(at.prefix, 3);
  expect((await at.run()).counts).toMatchObject({ unchanged: 3 });
});

test('SIGTERM in the middle of uploads: 143, a whole journal, and the next run does the rest', async () => {
  const rows = 60;
  const at = await desk(rows);
  const ended = await endedAt(at, 'SIGTERM', 'PUT', upload, null, 10);
  expect(ended.code).toBe(143);
  const { counts, error } = documentOf(ended);
  expect(error?.code).toBe('interrupted');
  expect(counts.created).toBeGreaterThanOrEqual(9);
  // A document that is made gets its content before another is begun: few are left half done.
  expect(counts.failed).toBeLessThanOrEqual(8);
  expect(counts.notReached).toBeGreaterThan(rows / 2);
  for (const [name, journal] of await at.place.state()) {
    if (!name.endsWith('journal.ndjson')) continue;
    const entries = journal
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line));
    // Each announced write has an outcome: what was in flight was waited for.
    const intents = entries.filter(entry => entry.intent).map(({ n }) => n);
    expect(
      entries
        .filter(entry => entry.outcome)
        .map(({ n }) => n)
        .sort(),
    ).toEqual(intents.sort());
  }
  const rest = await at.run();
  expect(rest.exitCode).toBe(0);
  expect(rest.counts.unchanged).toBe(counts.created);
  await expectWhole(at.prefix, rows);
  expect(requests(at.proxy, 'POST', '/v1/Document')).toHaveLength(rows);
});

describe('a name that the archive amends', () => {
  /** Two documents of the same file name, in folders of their own. */
  async function namesakes(): Promise<Desk> {
    const at = await desk(0);
    await at.place.write('same.txt', contentOf('same'));
    await at.place.write(
      'documents.csv',
      `DocuUserKey01;Name;Heading\n${at.prefix}-1;same.txt;One\n${at.prefix}-2;same.txt;Two\n`,
    );
    return at;
  }

  const names = async ({ prefix }: Desk): Promise<string[]> =>
    (await held(prefix)).map(({ name }) => name).sort();

  test('is kept, and not asked for again', async () => {
    const at = await namesakes();
    expect((await at.run()).counts).toMatchObject({ created: 2 });
    const amended = await names(at);
    expect(new Set(amended).size).toBe(2);
    const sent = at.proxy.seen.length;
    expect((await at.run('--full')).counts).toMatchObject({ current: 2 });
    expect(requests(at.proxy, 'PATCH', /./, sent)).toEqual([]);
    expect(await names(at)).toEqual(amended);
  });

  // What it was called dies with the run: it is asked for once more, in vain, and then known.
  test('is asked for once more after kill -9, and no more after that', async () => {
    const at = await namesakes();
    await endedAt(at, 'SIGKILL', 'PUT', upload, 'silence', 2);
    await expect.poll(async () => (await held(at.prefix)).filter(({ length }) => length > 0).length).toBe(2);
    const amended = await names(at);
    expect((await at.run()).exitCode).toBe(0);
    expect(await names(at)).toEqual(amended);
    const sent = at.proxy.seen.length;
    expect((await at.run('--full')).counts).toMatchObject({ current: 2 });
    expect(requests(at.proxy, 'PATCH', /./, sent)).toEqual([]);
  });
});

describe('a file that does not stay as it was', () => {
  test.each<[string, (file: string) => Promise<void>, RegExp]>([
    ['is taken away', file => rm(file), /"D\d+-2\.txt" could not be read to its end: /],
    ['grows', file => writeFile(file, contentOf('a longer key')), /"D\d+-2\.txt" changed while it was sent/],
    ['shrinks', file => writeFile(file, 'short'), /"D\d+-2\.txt" changed while it was sent/],
    [
      'says something else in as many bytes',
      file => writeFile(file, contentOf('X9-2').padEnd(contentOf('D9-2').length, 'x')),
      /"D\d+-2\.txt" changed while it was sent/,
    ],
  ])('%s: only its row fails, and the next run sends what is there then', async (_, change, message) => {
    const at = await desk(3);
    const file = path.join(at.place.cwd, `${at.prefix}-2.txt`);
    // Between the look at the files and the uploads: when the first document is made.
    let changed: Promise<void> | null = null;
    at.proxy.hold(async one => {
      if (!isSuch(one, 'POST', '/v1/Document')) return;
      changed ??= change(file);
      await changed;
    });
    const first = await at.run();
    expect(first.exitCode).toBe(1);
    expect(first.error).toBeNull();
    expect(first.counts).toMatchObject({ created: 2, failed: 1 });
    expect(first.rows[0]?.problems[0]?.message).toMatch(message);
    await writeFile(file, contentOf(`${at.prefix}-2`));
    expect((await at.run()).counts).toMatchObject({ unchanged: 2, updated: 1 });
    await expectWhole(at.prefix, 3);
  });
});
