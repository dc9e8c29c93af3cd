import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { refusalOf } from '../support/faults.ts';
import { startFaultyProxy } from '../support/faulty-proxy.ts';
import { runSic, startSic } from '../support/program.ts';
import { sic } from '../support/sic.ts';
import { startTenant, type Tenant } from '../support/tenant.ts';
import { companyFile, type Workplace, workplace } from '../support/workplace.ts';

let tenant: Tenant;
beforeAll(async () => {
  tenant = await startTenant();
});
afterAll(() => tenant.close());

interface Event {
  readonly time: string;
  readonly level: string;
  readonly event: string;
  readonly run: string | null;
  readonly [name: string]: unknown;
}

async function events(place: Workplace, name = 'sic.log'): Promise<Event[]> {
  const text = await readFile(path.join(place.cwd, name), 'utf8');
  expect(text).toMatch(/\n$/);
  const read: Event[] = text
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line));
  for (const { time, level, event } of read) {
    expect(new Date(time).toISOString()).toBe(time);
    expect(['info', 'warn', 'error']).toContain(level);
    expect(event).toMatch(/^[a-z]+$/);
  }
  return read;
}

const rows =
  'CompUserKey01;Name;CountryName\nLOG-1;Quiet Name;Norway\nLOG-2;Second;Atlantis\nLOG-3;Third;Norway\n;Nobody;Norway\n';

test('an import, with a pause: what happened in numbers and codes, and nothing that stood in the file', async () => {
  const proxy = await startFaultyProxy(tenant.url);
  const place = await workplace(tenant, proxy.url);
  await mkdir(path.join(place.cwd, 'in'));
  await place.write('in/companies.csv', rows);
  let busy = true;
  proxy.script(one => {
    if (one.kind !== 'create' || !busy) return null;
    busy = false;
    return refusalOf(429, 'TooManyRequests', 'Quiet Name has to wait');
  });
  const argv = ['import', 'in/companies.csv', '--log', 'sic.log', '--json'];
  const { exitCode, stdout, stderr } = await sic(argv, place);
  expect(exitCode, stderr).toBe(1);
  const { run, counts } = JSON.parse(stdout);
  const told = await events(place);
  expect(told.map(({ event }) => event)).toEqual([
    'start',
    'run',
    'file',
    'wait',
    'row',
    'row',
    'progress',
    'end',
  ]);
  const [start, ran, file, wait, first, second, progress, end] = told;
  expect(start).toMatchObject({
    run: null,
    command: 'import',
    files: ['companies.csv'],
    flags: ['json', 'log'],
  });
  expect(ran).toMatchObject({ run, tenant: 'Sandbox' });
  expect(file).toMatchObject({ file: 'companies.csv', datatype: 'Company', size: rows.length });
  expect(wait).toMatchObject({ level: 'warn', status: 429, try: 2, tries: expect.any(Number) });
  expect(first).toMatchObject({
    file: 'companies.csv',
    place: 'line 3',
    status: 'rejected',
    problems: [{ code: 'country-not-found', field: 'CountryName' }],
  });
  expect(second).toMatchObject({ place: 'line 5', problems: [{ code: 'blank-key' }] });
  expect(progress).toMatchObject({ counts });
  expect(end).toMatchObject({ level: 'info', exitCode: 1, counts, requests: { retried: 1 }, error: null });

  const text = await readFile(path.join(place.cwd, 'sic.log'), 'utf8');
  for (const hidden of ['Quiet', 'Atlantis', 'LOG-', 'Nobody', tenant.password, place.cwd, '"in/'])
    expect(text).not.toContain(hidden);
  expect((await stat(path.join(place.cwd, 'sic.log'))).mode & 0o777).toBe(0o600);
});

test('--log-keys adds keys and words, but no secret', async () => {
  const proxy = await startFaultyProxy(tenant.url);
  const place = await workplace(tenant, proxy.url);
  await place.write('companies.csv', rows.replaceAll('LOG-', 'KEY-'));
  let busy = true;
  proxy.script(one => {
    if (one.kind !== 'create' || !busy) return null;
    busy = false;
    return refusalOf(429, 'TooManyRequests', `slow down, ${tenant.password}`);
  });
  await sic(['import', 'companies.csv', '--log', 'sic.log', '--log-keys'], place);
  const told = await events(place);
  expect(told.filter(({ event }) => event === 'row').map(({ key }) => key)).toEqual(['KEY-2', '']);
  expect(told.find(({ event }) => event === 'wait')?.text).toContain('waiting');
  expect(JSON.stringify(told)).not.toContain(tenant.password);
});

test('a file that is there goes to FILE.1, and so on up to FILE.5', async () => {
  const place = await workplace(tenant);
  await place.write('companies.csv', rows.replaceAll('LOG-', 'TURN-'));
  const runs: string[] = [];
  for (let n = 0; n < 7; n++) {
    const { stdout } = await sic(['validate', 'companies.csv', '--log', 'sic.log', '--json'], place);
    runs.unshift(JSON.parse(stdout).run);
  }
  const logs = (await readdir(place.cwd)).filter(name => name.startsWith('sic.log')).sort();
  expect(logs).toEqual(['sic.log', ...[1, 2, 3, 4, 5].map(n => `sic.log.${n}`)]);
  const kept = await Promise.all(logs.map(name => events(place, name)));
  expect(kept.map(told => told.at(-1)?.run)).toEqual(runs.slice(0, 6));
});

test('what ends before or in the middle of a run is told by its code', async () => {
  const place = await workplace(tenant);
  await place.write('companies.csv', rows);
  await runSic(['import', 'companies.csv', '--log', 'sic.log'], {
    cwd: place.cwd,
    env: { SIC_PASSWORD: 'nonsense' },
  });
  expect((await events(place)).at(-1)).toMatchObject({
    event: 'end',
    level: 'error',
    exitCode: 3,
    error: 'sign-in',
  });
  await sic(['import', 'missing.csv', '--log', 'sic.log'], place);
  expect((await events(place)).at(-1)).toMatchObject({ event: 'end', exitCode: 2, error: 'file' });

  await place.write('many.csv', companyFile('MIDDLE', 400));
  const argv = ['import', 'many.csv', '--datatype', 'Company', '--rate', '40', '--log', 'sic.log'];
  const running = startSic(argv, place);
  const begun = () => readFile(path.join(place.cwd, 'sic.log'), 'utf8').catch(() => '');
  await expect.poll(begun, { timeout: 20_000 }).toContain('many.csv","datatype"');
  running.child.kill('SIGTERM');
  expect((await running.ended).code).toBe(143);
  expect((await events(place)).at(-1)).toMatchObject({ event: 'end', exitCode: 143, error: 'interrupted' });
});

test('an export', async () => {
  const place = await workplace(tenant);
  const argv = ['export', '--datatype', 'Company', '--where', 'Name=Secret Customer', '--out', 'out.csv'];
  const { exitCode, stderr } = await sic([...argv, '--log', 'sic.log'], place);
  expect(exitCode, stderr).toBe(0);
  const told = await events(place);
  expect(told.map(({ event }) => event)).toEqual(['start', 'run', 'end']);
  expect(told[1]).toMatchObject({ search: 'Company', run: expect.stringMatching(/^\d{8}-\d{6}-/) });
  expect(told[2]).toMatchObject({ exitCode: 0, rows: 0, requests: { total: expect.any(Number) } });
  expect(JSON.stringify(told)).not.toContain('Secret');
  await sic(['export', '--datatype', 'Compny', '--log', 'sic.log'], place);
  expect((await events(place)).at(-1)).toMatchObject({
    event: 'end',
    level: 'error',
    exitCode: 2,
    error: 'usage',
  });
});

describe('refused before anything is done', () => {
  test.each([
    [['--log', 'missing/sic.log'], 'The folder of --log missing/sic.log does not exist.'],
    [['--log', 'companies.csv'], '--log companies.csv would overwrite companies.csv.'],
    [['--log', 'r.html', '--report', 'r.html'], '--log r.html would overwrite r.html.'],
    [['--log', '.'], '--log . is a folder, not a file.'],
    [['--log-keys'], '--log-keys says what a log holds, but there is none.'],
  ])('%j', async (flags, message) => {
    const place = await workplace(tenant);
    await place.write('companies.csv', rows);
    const { exitCode, stderr } = await sic(['import', 'companies.csv', ...flags], place);
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining(message) });
    expect(await readFile(path.join(place.cwd, 'companies.csv'), 'utf8')).toBe(rows);
    expect(await readdir(place.cwd)).not.toContain('.sic');
  });

  test('an earlier log never takes the place of the data', async () => {
    const place = await workplace(tenant);
    await writeFile(path.join(place.cwd, 'a'), '');
    await place.write('a.1', rows);
    const argv = ['import', 'a.1', '--datatype', 'Company', '--log', 'a'];
    const { exitCode, stderr } = await sic(argv, place);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('would put an earlier log in the place of a.1');
    expect(await readFile(path.join(place.cwd, 'a.1'), 'utf8')).toBe(rows);
  });
});
