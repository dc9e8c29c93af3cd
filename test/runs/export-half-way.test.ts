import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunningSandbox } from '../../src/sandbox/server.ts';
import {
  companyNames,
  type ExportPlace,
  exportPlace,
  makeCompanies,
  rowsIn,
  startCrm,
} from '../support/export-place.ts';
import { type Fault, type FaultyProxy, type Seen, startFaultyProxy } from '../support/faulty-proxy.ts';
import { startSic } from '../support/program.ts';

/** Three pages, with the company of the sandbox itself. */
const count = 2300;
const line = ['export', '--datatype', 'Company', '--fields', 'Name'];

let crm: RunningSandbox;
beforeAll(async () => {
  crm = await startCrm();
  await makeCompanies(crm, 'Half', count);
}, 120_000);
afterAll(() => crm.close());

const isPage = ({ path, method }: Seen): boolean => method === 'GET' && path === '/v1/Archive/SimpleContact';

async function proxied(): Promise<{ proxy: FaultyProxy; place: ExportPlace }> {
  const proxy = await startFaultyProxy(crm.url);
  return { proxy, place: await exportPlace(crm, { url: proxy.url }) };
}

/** Does this to the requests for pages from the `first`th on, `times` of them. */
function disturbPages(proxy: FaultyProxy, first: number, times: number, fault: Fault): void {
  let met = 0;
  proxy.script(seen => {
    if (!isPage(seen)) return null;
    met++;
    return met >= first && met < first + times ? fault : null;
  });
}

function namesIn(text: string): string[] {
  return rowsIn(text).map(({ Name = '' }) => Name);
}

const all = ['SuperOffice demo', ...companyNames('Half', count)];

describe('what passes is asked for again, and no row is missing or there twice', () => {
  test.each<[string, Fault]>([
    ['the connection breaks', 'cut'],
    ['the answer is lost', 'lose-answer'],
    ['half of the answer arrives', 'truncate'],
    ['429', { status: 429, headers: { 'retry-after': '0' } }],
    ['503', { status: 503, headers: { 'retry-after': '0' } }],
  ])('%s at the second page', async (_, fault) => {
    const { proxy, place } = await proxied();
    disturbPages(proxy, 2, 1, fault);
    const { exitCode, stdout, stderr } = await place.run(line);
    expect(exitCode, stderr).toBe(0);
    expect(namesIn(stdout)).toEqual(all);
    expect(stderr).toMatch(/waiting \d\.\d s, then try 2 of \d\n/);
    expect(stderr).toMatch(/Company: 2,301 rows in .+\n$/);
  });
});

describe('SuperOffice goes away after two pages: 4', () => {
  /** Refused for good, so that no try is left to wait for. */
  const refused: Fault = { status: 400, body: JSON.stringify({ Message: 'The archive is closed' }) };

  test('no file under the final name, and none beside it', async () => {
    const { proxy, place } = await proxied();
    disturbPages(proxy, 3, 100, refused);
    const { exitCode, stdout, stderr } = await place.run([...line, '--out', 'out.json']);
    expect(exitCode, stderr).toBe(4);
    expect(stdout).toBe('');
    expect(stderr).toContain('The archive is closed');
    expect((await readdir(place.cwd)).sort()).toEqual(['sic.config.json']);
  });

  test('what stood under that name stays, and --json tells what happened', async () => {
    const { proxy, place } = await proxied();
    await writeFile(join(place.cwd, 'out.json'), 'yesterday\n');
    disturbPages(proxy, 3, 100, refused);
    const { exitCode, stdout } = await place.run([...line, '--out', 'out.json', '--json']);
    expect(exitCode).toBe(4);
    expect(JSON.parse(stdout)).toMatchObject({ kind: 'sic.error', exitCode: 4 });
    expect(await place.read('out.json')).toBe('yesterday\n');
  });

  test('on standard output the document stays open, and no other one follows', async () => {
    const { proxy, place } = await proxied();
    disturbPages(proxy, 3, 100, refused);
    const { exitCode, stdout } = await place.run([...line, '--json']);
    expect(exitCode).toBe(4);
    expect(() => JSON.parse(stdout)).toThrow();
    expect(stdout.match(/Half \d+/g)).toEqual(companyNames('Half', 1999));
    expect(stdout).not.toContain('sic.error');
  });

  test('nothing is kept of it, and --since last does not count it', async () => {
    const { proxy, place } = await proxied();
    disturbPages(proxy, 3, 100, refused);
    expect((await place.run([...line, '--cache', '1h'])).exitCode).toBe(4);
    expect(await readdir(join(place.cwd, '.sic', 'crm', 'cache'))).toEqual([]);
    disturbPages(proxy, 3, 100, refused);
    expect((await place.run([...line, '--since', 'last'])).exitCode).toBe(4);
    proxy.script(() => null);
    const { stdout, stderr } = await place.run([...line, '--cache', '1h']);
    expect(namesIn(stdout)).toEqual(all);
    expect(stderr).not.toContain('from the cache');
    const since = await place.run([...line, '--since', 'last']);
    expect(since.stderr).toContain('all of it is exported');
    expect(namesIn(since.stdout)).toEqual(all);
  });

  test('the sign-in is refused in the middle: 3', async () => {
    const { proxy, place } = await proxied();
    disturbPages(proxy, 3, 100, { status: 401 });
    const { exitCode } = await place.run([...line, '--out', 'out.csv']);
    expect(exitCode).toBe(3);
    expect((await readdir(place.cwd)).sort()).toEqual(['sic.config.json']);
  });
});

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s in the middle: %d, and no file', async (signal, code) => {
  const { proxy, place } = await proxied();
  disturbPages(proxy, 3, 100, 'silence');
  const running = startSic([...line, '--out', 'out.json', '--cache', '1h'], place);
  await proxy.saw(seen => isPage(seen) && proxy.seen.filter(isPage).length >= 3);
  running.child.kill(signal);
  const { code: ended, stdout, stderr } = await running.ended;
  expect([ended, stdout]).toEqual([code, '']);
  expect(stderr).toContain('The answer is not complete, and no file got its name.');
  expect((await readdir(place.cwd)).sort()).toEqual(['.sic', 'sic.config.json']);
  expect(await readdir(join(place.cwd, '.sic', 'crm', 'cache'))).toEqual([]);
});
