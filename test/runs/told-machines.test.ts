import { rmSync } from 'node:fs';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { runSic } from '../support/program.ts';
import { type Captured, sic } from '../support/sic.ts';
import { startTenant, type Tenant } from '../support/tenant.ts';
import { companyFile, type Workplace, workplace } from '../support/workplace.ts';

let tenant: Tenant;
beforeAll(async () => {
  tenant = await startTenant();
});
afterAll(() => tenant.close());

const argv = ['import', 'companies.csv', '--json'];
const secret = 'b1f0a3c2-77aa-4d3e-9c1b-1234567890ab';

interface Watcher {
  /** `http://127.0.0.1:PORT/SECRET` */
  readonly url: string;
  /** `GET /start` … without the secret. */
  readonly heard: string[];
}

/** Stands in for healthchecks.io. @param status null: it never answers */
async function startWatcher(status: number | null = 200): Promise<Watcher> {
  const heard: string[] = [];
  const server = createServer((request, response) => {
    heard.push(`${request.method} ${request.url?.replace(`/ping/${secret}`, '')}`);
    if (status !== null) response.writeHead(status).end('OK');
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/ping/${secret}`, heard };
}

async function place(prefix: string, config: object = {}): Promise<Workplace> {
  const made = await workplace(tenant, tenant.url, { config });
  await made.write('companies.csv', companyFile(prefix, 5));
  return made;
}

async function expectSecretKept(at: Workplace, told: Pick<Captured, 'stdout' | 'stderr'>): Promise<void> {
  const written = [told.stdout, told.stderr, ...(await at.state()).values()].join('\n');
  expect(written).not.toContain(secret);
}

describe('--ping', () => {
  test('tells start and success', async () => {
    const watcher = await startWatcher();
    const at = await place('PING');
    const told = await sic([...argv, '--ping', watcher.url], at);
    expect(told).toMatchObject({ exitCode: 0, stderr: expect.not.stringContaining('sic:') });
    expect(watcher.heard).toEqual(['GET /start', 'GET ']);
    await expectSecretKept(at, told);
  });

  test('tells failure when rows were not taken, and when there was no run at all', async () => {
    const watcher = await startWatcher();
    const at = await place('FAIL');
    await at.write('companies.csv', 'CompUserKey01;Name;NoMailing\nFAIL-1;A;perhaps\n');
    expect(await sic([...argv, '--ping', watcher.url], at)).toMatchObject({ exitCode: 1 });
    expect(watcher.heard).toEqual(['GET /start', 'GET /fail']);
    const missing = ['import', 'nothing.csv', '--json', '--ping', `${watcher.url}?create=1`];
    expect(await sic(missing, at)).toMatchObject({ exitCode: 2 });
    await writeFile(path.join(at.cwd, 'sic.config.json'), '{');
    const told = await sic(missing, at);
    expect(told).toMatchObject({ exitCode: 2 });
    expect(watcher.heard.slice(2)).toEqual(
      Array(2).fill(['GET /start?create=1', 'GET /fail?create=1']).flat(),
    );
    await expectSecretKept(at, told);
  });

  test('the address may be a secret of the config, for imports into a tenant', async () => {
    const watcher = await startWatcher();
    const at = await place('CONF', { ping: { env: 'SIC_PING' } });
    const env = { ...at.env, SIC_PING: watcher.url };
    expect(await sic(['validate', 'companies.csv'], { ...at, env })).toMatchObject({ exitCode: 0 });
    expect(await sic([...argv, '--sandbox'], { ...at, env })).toMatchObject({ exitCode: 0 });
    expect(watcher.heard).toEqual([]);
    expect(await sic(argv, { ...at, env })).toMatchObject({ exitCode: 0 });
    expect(watcher.heard).toEqual(['GET /start', 'GET ']);
    const other = await startWatcher();
    await sic([...argv, '--ping', other.url], { ...at, env });
    expect([other.heard.length, watcher.heard.length]).toEqual([2, 2]);

    const wrong = await sic(argv, { ...at, env: { ...at.env, SIC_PING: `http://example.com/${secret}` } });
    expect(wrong).toMatchObject({ exitCode: 2 });
    expect(wrong.stderr).toContain('sic: The address to ping must begin with https://');
    await expectSecretKept(at, wrong);
    const literal = await place('LITERAL', { ping: watcher.url });
    const refused = await sic(argv, literal);
    expect(refused.stderr).toContain(
      'ping: a secret never stands in the config file itself. Write { "env": "SIC_PING" }',
    );
    await expectSecretKept(literal, refused);
  });

  test('a watcher that refuses, is gone or never answers changes nothing, and is told of', async () => {
    const gone = await startWatcher();
    const port = new URL(gone.url).port;
    const refusing = await startWatcher(404);
    const silent = await startWatcher(null);
    const cases: [Watcher['url'], RegExp][] = [
      [refusing.url, /^sic: 127\.0\.0\.1:\d+ was not told how the run went: it answered 404$/m],
      [
        gone.url.replace(port, '1'),
        /^sic: 127\.0\.0\.1:1 was not told how the run went: nobody is listening/m,
      ],
      [silent.url, /^sic: 127\.0\.0\.1:\d+ was not told how the run went: no answer within 5 s$/m],
    ];
    const at = await place('GONE');
    for (const [url, words] of cases) {
      const told = await sic([...argv, '--ping', url], at);
      expect(told.exitCode).toBe(0);
      expect(JSON.parse(told.stdout)).toMatchObject({ exitCode: 0, error: null });
      expect(told.stderr).toMatch(words);
      await expectSecretKept(at, told);
    }
  }, 30_000);

  test('an export tells too', async () => {
    const watcher = await startWatcher();
    const at = await place('EXPORT');
    const question = ['export', '--datatype', 'Company', '--fields', 'Name', '--limit', '1'];
    expect(await sic([...question, '--ping', watcher.url], at)).toMatchObject({ exitCode: 0 });
    expect(await sic([...question, '--where', 'Nothing=1', '--ping', watcher.url], at)).toMatchObject({
      exitCode: 2,
    });
    expect(watcher.heard).toEqual(['GET /start', 'GET ', 'GET /start', 'GET /fail']);
  });

  test('a process of its own waits for it', async () => {
    const watcher = await startWatcher();
    const at = await place('PROCESS');
    expect((await runSic([...argv, '--ping', watcher.url], at)).code).toBe(0);
    expect(watcher.heard).toEqual(['GET /start', 'GET ']);
  });

  test.each([
    [`http://example.com/${secret}`, 'must begin with https://'],
    [`ftp://127.0.0.1/${secret}`, 'must begin with https://'],
    [`https://me:${secret}@example.com/`, 'holds a user name or a password'],
    [secret, 'is no address'],
  ])('%s is refused, and not repeated', async (url, words) => {
    const at = await place('NO');
    const told = await sic([...argv, '--ping', url], at);
    expect(told).toMatchObject({ exitCode: 2 });
    expect(told.stderr).toContain(`sic: --ping ${words}`);
    await expectSecretKept(at, told);
  });
});

describe('--metrics', () => {
  const read = (at: Workplace) => readFile(path.join(at.cwd, 'out', 'sic.prom'), 'utf8');

  async function placeWithFolder(prefix: string): Promise<Workplace> {
    const at = await place(prefix);
    await mkdir(path.join(at.cwd, 'out'));
    return at;
  }

  const withMetrics = [...argv, '--metrics', 'out/sic.prom'];
  const labels = 'profile="test",command="import"';

  test('what the run came to, for everybody to read, and nothing else in the folder', async () => {
    const at = await placeWithFolder('METRICS');
    const begun = Date.now() / 1000;
    expect(await sic(withMetrics, at)).toMatchObject({ exitCode: 0 });
    const text = await read(at);
    const samples = new Map(
      [...text.matchAll(/^(\w+)\{(.*)\} ([\d.]+)$/gm)].map(([, name, of, value]) => [
        `${name} ${of}`,
        Number(value),
      ]),
    );
    for (const line of text.trimEnd().split('\n'))
      expect(line).toMatch(
        /^(?:# HELP sic_\w+ \S.*\.|# TYPE sic_\w+ gauge|sic_\w+\{(?:\w+="[^"]*",?)+\} [\d.]+)$/,
      );
    expect(samples.get(`sic_run_exit_code ${labels}`)).toBe(0);
    expect(samples.get(`sic_rows ${labels},status="created"`)).toBe(5);
    expect(samples.get(`sic_rows ${labels},status="failed"`)).toBe(0);
    expect(samples.get(`sic_requests ${labels},kind="write"`)).toBe(5);
    expect(
      samples.get(`sic_file_rows ${labels},file="companies.csv",datatype="Company",status="created"`),
    ).toBe(5);
    const ended = samples.get(`sic_run_end_timestamp_seconds ${labels}`) ?? 0;
    expect(samples.get(`sic_run_start_timestamp_seconds ${labels}`)).toBeGreaterThanOrEqual(begun);
    expect(ended).toBeLessThanOrEqual(Date.now() / 1000);
    expect(samples.get(`sic_run_last_success_timestamp_seconds ${labels}`)).toBe(ended);
    expect(text).not.toContain('METRICS');
    expect(await readdir(path.join(at.cwd, 'out'))).toEqual(['sic.prom']);
    expect((await stat(path.join(at.cwd, 'out', 'sic.prom'))).mode & 0o777).toBe(0o644);
  });

  test('a run that fails is told with its exit code, and does not make the last success forgotten', async () => {
    const at = await placeWithFolder('LAST');
    await sic(withMetrics, at);
    const success = /^sic_run_last_success.*$/m;
    const [first] = success.exec(await read(at)) ?? [];
    expect(first).toBeDefined();
    expect(await sic(withMetrics, { ...at, env: { SIC_PASSWORD: 'wrong' } })).toMatchObject({ exitCode: 3 });
    const text = await read(at);
    expect(text).toContain(`sic_run_exit_code{${labels}} 3\n`);
    expect(success.exec(text)?.[0]).toBe(first);
    expect(text).not.toContain('sic_rows');

    await at.write('companies.csv', 'CompUserKey01;Name;NoMailing\nLAST-9;A;perhaps\n');
    expect(await sic(withMetrics, at)).toMatchObject({ exitCode: 1 });
    expect(await read(at)).toContain(`sic_rows{${labels},status="rejected"} 1\n`);
  });

  test('a folder that is not there is found out before the run', async () => {
    const at = await place('FOLDER');
    const { exitCode, stderr } = await sic([...argv, '--metrics', 'nowhere/sic.prom'], at);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('The folder of --metrics nowhere/sic.prom does not exist.');
    expect((await tenant.companies('FOLDER')).size).toBe(0);
  });

  test.each([
    ['the data', ['--metrics', 'companies.csv'], 'companies.csv'],
    ['the config', ['--metrics', 'sic.config.json'], 'sic.config.json'],
    ['the page', ['--metrics', 'r.html', '--report', 'r.html'], 'r.html'],
    ['the data behind a pattern', ['--report', 'companies.csv'], 'companies.csv'],
    ['the config of a log', ['--log', 'sic.config.json'], 'sic.config.json'],
  ])('never takes the place of another file: %s', async (what, flags, name) => {
    const at = await place(`TAKEN${what.length}`);
    const before = await readFile(path.join(at.cwd, 'companies.csv'), 'utf8');
    const { exitCode, stderr } = await sic(['import', 'comp*.csv', ...flags], at);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`would overwrite ${name}`);
    expect(await readFile(path.join(at.cwd, 'companies.csv'), 'utf8')).toBe(before);
    expect((await tenant.companies(`TAKEN${what.length}`)).size).toBe(0);
  });

  test('a file that cannot be written changes nothing about the run, and is told', async () => {
    const at = await placeWithFolder('DENIED');
    // Gone once the run has begun.
    const now = () => {
      rmSync(path.join(at.cwd, 'out'), { recursive: true, force: true });
      return Date.now();
    };
    const { exitCode, stderr } = await sic(withMetrics, { ...at, now });
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(
      /^sic: out\/sic\.prom could not be written \(E\w+\), so it does not tell of this run\.$/m,
    );
    expect((await tenant.companies('DENIED')).size).toBeGreaterThan(0);
  });
});
