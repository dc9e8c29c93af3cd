import { readdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
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

interface Listed {
  readonly run: string;
  readonly state: string;
  readonly open: number | null;
  readonly exitCode: number | null;
  readonly counts: Readonly<Record<string, number>> | null;
  readonly error: { readonly code: string } | null;
}

async function list(place: Workplace): Promise<{ runs: Listed[]; removed: number; more: number }> {
  const { stdout, exitCode, stderr } = await sic(['runs', '--json'], place);
  expect(exitCode, stderr).toBe(0);
  const document = JSON.parse(stdout);
  expect(document).toMatchObject({ kind: 'sic.runs', formatVersion: 1, profile: 'test' });
  return document;
}

async function show(place: Workplace, id: string, ...flags: string[]) {
  const { stdout, exitCode, stderr } = await sic(['runs', 'show', id, '--json', ...flags], place);
  expect(exitCode, stderr).toBe(0);
  return JSON.parse(stdout);
}

async function imported(place: Workplace, ...files: string[]): Promise<number> {
  const { exitCode, stdout, stderr } = await sic(['import', ...files, '--json'], place);
  expect(JSON.parse(stdout).run, stderr).not.toBe('');
  return exitCode;
}

const mixed =
  'CompUserKey01;Name;CountryName\nH-1;One;Norway\nH-2;Two;Atlantis\nH-3;Three;Nowhere\n;Nobody;Norway\n';

test('a run leaves who began what, and `sic runs` tells what came of it', async () => {
  const place = await workplace(tenant);
  await place.write('companies.csv', mixed);
  expect(await imported(place, 'companies.csv')).toBe(1);
  const { runs } = await list(place);
  expect(runs).toHaveLength(1);
  expect(runs[0]).toMatchObject({ state: 'rows need a look', exitCode: 1, open: 3, error: null });
  expect(runs[0]?.counts).toMatchObject({ read: 4, created: 1, rejected: 3 });

  const record = JSON.parse(
    (await place.state()).get(path.join('runs', runs[0]?.run ?? '', 'run.json')) ?? '',
  );
  expect(record).toMatchObject({
    formatVersion: 1,
    kind: 'import',
    flags: { json: true },
    cwd: place.cwd,
    config: path.join(place.cwd, 'sic.config.json'),
    profile: 'test',
    user: { superoffice: { login: tenant.username } },
    pid: process.pid,
    files: [{ named: 'companies.csv', path: path.join(place.cwd, 'companies.csv'), size: mixed.length }],
  });
  expect(Date.parse(record.files[0].modified)).toBeGreaterThan(0);

  const text = (await sic(['runs'], place)).stdout;
  expect(text).toMatch(
    /import companies\.csv +1 created, 3 rejected +\d+ requests, .* +rows need a look +3\n/,
  );
  const shown = (await sic(['runs', 'show', 'last'], place)).stdout;
  expect(shown).toContain('command  sic import companies.csv --json');
  expect(shown).toContain(`in SuperOffice ${tenant.username}`);
  expect(shown).toContain('CountryName: "Atlantis" is no country in SuperOffice.');
  expect(shown).toContain('→ Write its name');
  expect(shown).toContain('companies.rejected.csv');
  expect(shown).toContain('3 rows that no later run has taken; 1 of them without a key');
});

test('rows that later pass leave the open list; rows that are refused again move to the later run', async () => {
  const place = await workplace(tenant);
  await place.write('companies.csv', mixed.replaceAll('H-', 'P-'));
  await imported(place, 'companies.csv');
  await place.write(
    'companies.rejected.csv',
    'CompUserKey01;Name;CountryName\nP-2;Two;Denmark\nP-3;Three;Lemuria\n',
  );
  expect(await imported(place, 'companies.rejected.csv')).toBe(1);
  const { runs } = await list(place);
  const [second, first] = runs;
  expect([second?.open, first?.open]).toEqual([1, 1]);
  const rows = (await show(place, first?.run ?? '')).rows as { key: string; since: unknown }[];
  expect(rows.map(({ key, since }) => [key, since])).toEqual([
    ['P-2', { kind: 'passed' }],
    ['P-3', { kind: 'refused again', run: second?.run }],
    ['', { kind: 'unknown' }],
  ]);
  const { stdout } = await sic(['runs', 'show', first?.run ?? ''], place);
  expect(stdout).toContain('P-2  (taken since)');
  expect(stdout).toContain(`P-3  (refused again by ${second?.run})`);

  // What SuperOffice already holds is taken, too, and so is what did not change.
  await place.write('companies.csv', 'CompUserKey01;Name;CountryName\nP-1;One;Norway\nP-3;Three;Sweden\n');
  await imported(place, 'companies.csv');
  expect((await list(place)).runs.map(({ open }) => open)).toEqual([0, 0, 0]);
});

test('a dry run neither refuses nor takes', async () => {
  const place = await workplace(tenant);
  await place.write('companies.csv', mixed.replaceAll('H-', 'D-'));
  await imported(place, 'companies.csv');
  await place.write('right.csv', 'CompUserKey01;Name;CountryName\nD-2;Two;Denmark\nD-9;Nine;Nowhere\n');
  await sic(['validate', 'right.csv', '--datatype', 'Company'], place);
  expect((await list(place)).runs.map(({ open }) => open)).toEqual([null, 3]);
  const text = (await sic(['runs', 'show', 'last'], place)).stdout;
  expect(text).toContain('would be created');
});

test('killed, running, and refused at the door', async () => {
  const slow = await startTenant('--latency', '15');
  try {
    const proxy = await startFaultyProxy(slow.url);
    const place = await workplace(slow, proxy.url);
    await place.write('companies.csv', companyFile('KILLED', 300));
    const running = startSic(['import', 'companies.csv'], place);
    await proxy.saw(one => one.kind === 'create' && one.turn === 20);
    expect((await list(place)).runs[0]).toMatchObject({ state: 'running', exitCode: null, open: null });
    running.child.kill('SIGKILL');
    await running.ended;
    expect((await list(place)).runs[0]).toMatchObject({ state: 'killed', exitCode: null, counts: null });
    expect((await sic(['runs', 'show', 'last'], place)).stdout).toContain('killed');

    const wrong = await runSic(['import', 'companies.csv'], {
      cwd: place.cwd,
      env: { SIC_PASSWORD: 'nonsense' },
    });
    expect(wrong.code).toBe(3);
    const { runs } = await list(place);
    expect(runs.map(({ state }) => state)).toEqual(['gave up', 'killed']);
    expect(runs[0]).toMatchObject({ exitCode: 3, error: { code: 'sign-in' } });
    const { stdout } = await sic(['runs', 'show', 'last'], place);
    expect(stdout).toContain('Ended early:');
  } finally {
    await slow.close();
  }
});

test('interrupted', async () => {
  const place = await workplace(tenant);
  await place.write('companies.csv', companyFile('STOPPED', 400));
  const running = startSic(['import', 'companies.csv', '--rate', '50'], place);
  await expect.poll(async () => (await list(place)).runs.length, { timeout: 20_000 }).toBe(1);
  running.child.kill('SIGTERM');
  expect((await running.ended).code).toBe(143);
  expect((await list(place)).runs[0]).toMatchObject({ state: 'interrupted', exitCode: 143 });
});

test('--anonymous shows no values, no keys, no people and no folders', async () => {
  const place = await workplace(tenant);
  const values = ['Fjord & Secret Ltd', 'Atlantis', 'ANON-1', 'ANON-2', 'Brand new category'];
  await place.write(
    'companies.csv',
    `CompUserKey01;Name;CountryName;Category;AssociateName\nANON-1;Fjord & Secret Ltd;Norway;Brand new category;nobody\nANON-2;Two;Atlantis;;\n`,
  );
  await sic(['import', 'companies.csv', '--rejects', path.join(place.cwd, 'out.csv'), '--json'], place);
  const hidden = [...values, place.cwd, path.dirname(place.cwd), tenant.username, '.sic'];
  const plain = [
    (await sic(['runs', 'show', 'last'], place)).stdout,
    JSON.stringify(await show(place, 'last')),
  ].join('\n');
  for (const value of ['Atlantis', 'ANON-2', 'Brand new category', tenant.username])
    expect(plain).toContain(value);
  expect(await show(place, 'last', '--anonymous')).toMatchObject({
    host: null,
    user: null,
    cwd: null,
    config: 'sic.config.json',
  });
  for (const flags of [[], ['--json']]) {
    const { stdout } = await sic(['runs', 'show', 'last', '--anonymous', ...flags], place);
    for (const value of hidden) expect(stdout).not.toContain(value);
    expect(stdout).toContain('country-not-found');
    expect(stdout).toContain('out.csv');
    const withKeys = (await sic(['runs', 'show', 'last', '--anonymous', '--keys', ...flags], place)).stdout;
    expect(withKeys).toContain('ANON-2');
    for (const value of hidden.filter(each => !each.startsWith('ANON')))
      expect(withKeys).not.toContain(value);
  }
});

test('a run is found by the beginning of its id, or as the last one', async () => {
  const place = await workplace(tenant);
  const nothing = await sic(['runs', 'show', 'last'], place);
  expect(nothing.exitCode).toBe(2);
  expect(nothing.stderr).toContain('Nothing is known of runs with the profile "test"');
  expect((await sic(['runs'], place)).stdout).toContain('There are no runs yet');
  await place.write('companies.csv', companyFile('FIND', 1));
  for (let n = 0; n < 2; n++) await imported(place, 'companies.csv');
  const { runs } = await list(place);
  const [newest, older] = runs.map(({ run }) => run);
  expect((await show(place, 'last')).run).toBe(newest);
  expect((await show(place, older ?? '')).run).toBe(older);
  const both = await sic(['runs', 'show', '2'], place);
  expect(both.exitCode).toBe(2);
  expect(both.stderr).toContain(`2 runs begin with "2": ${newest}, ${older}`);
  const unknown = await sic(['runs', 'show', 'lats'], place);
  expect(unknown.stderr).toContain('Did you mean last?');
  expect((await sic(['runs', '--limit', '1'], place)).stdout).toContain('1 older run: --limit 2 shows all.');
});

/** Makes a run look as if it had begun so many days ago. */
async function age(place: Workplace, run: string, days: number): Promise<string> {
  const time = new Date(Date.now() - days * 86_400_000)
    .toISOString()
    .replace(/[-:]|\..*$/g, '')
    .replace('T', '-');
  const old = `${time}-${run.slice(-4)}`;
  const runs = path.join(place.cwd, '.sic', 'test', 'runs');
  await rename(path.join(runs, run), path.join(runs, old));
  return old;
}

async function runNames(place: Workplace): Promise<string[]> {
  return (await readdir(path.join(place.cwd, '.sic', 'test', 'runs'))).sort();
}

test('old runs are removed by the next import; not the newest, the doubtful, nor what is at work', async () => {
  const place = await workplace(tenant, tenant.url, { config: { history: { keepDays: 30 } } });
  await place.write('companies.csv', mixed.replaceAll('H-', 'AGE-'));
  for (let n = 0; n < 5; n++) await imported(place, 'companies.csv');
  const ids = (await list(place)).runs.map(({ run }) => run).reverse();
  const [gone = '', doubtful = '', atWork = '', young = '', newest = ''] = ids;
  await age(place, gone, 40);
  const kept = [await age(place, doubtful, 39), await age(place, atWork, 38), await age(place, young, 29)];
  const folder = path.join(place.cwd, '.sic', 'test');
  await writeFile(path.join(folder, 'unsettled'), `${kept[0]}\n`);
  await writeFile(
    path.join(folder, 'runs', kept[1] ?? '', 'result.json'),
    '', // no result: its process, this one, is alive
  );
  // A dry run removes nothing.
  await sic(['validate', 'companies.csv'], place);
  expect(await runNames(place)).toHaveLength(6);
  await imported(place, 'companies.csv');
  const names = await runNames(place);
  expect(names).toHaveLength(6);
  expect(names).toEqual(expect.arrayContaining([...kept, newest]));
  expect((await list(place)).removed).toBe(1);
  expect((await sic(['runs'], place)).stdout).toContain('1 older run was removed.\n');
});

test('the newest run stays however old it is, and null keeps all of them', async () => {
  const place = await workplace(tenant, tenant.url, { config: { history: { keepDays: 1 } } });
  await place.write('companies.csv', companyFile('NEWEST', 1));
  await imported(place, 'companies.csv');
  const old = await age(place, (await runNames(place))[0] ?? '', 400);
  await imported(place, 'companies.csv');
  expect(await runNames(place)).toContain(old);
  await place.write(
    'sic.config.json',
    (await readFile(path.join(place.cwd, 'sic.config.json'), 'utf8')).replace(
      '"keepDays":1',
      '"keepDays":null',
    ),
  );
  await imported(place, 'companies.csv');
  expect(await runNames(place)).toContain(old);
});

test('keepValues false: what is kept names rows by their keys, and no values; the run itself tells them all', async () => {
  const place = await workplace(tenant, tenant.url, { config: { history: { keepValues: false } } });
  await place.write(
    'companies.csv',
    'CompUserKey01;Name;CountryName;AssociateName;Category\nBARE-1;Quiet Name;Norway;nobody known;Quiet list\nBARE-2;Quiet Too;Atlantis;;\n',
  );
  const { stdout } = await sic(['import', 'companies.csv', '--json', '--rows'], place);
  expect(stdout).toContain('Atlantis');
  expect(stdout).toContain('Quiet Name');
  const files = await place.state();
  const names = [...files.keys()].map(name => path.basename(name));
  expect(names).not.toContain('rows-with-values.ndjson');
  for (const [name, text] of files)
    if (!name.endsWith('.rejected.csv'))
      for (const value of ['Atlantis', 'Quiet', 'nobody known']) expect(text, name).not.toContain(value);
  const shown = (await sic(['runs', 'show', 'last'], place)).stdout;
  expect(shown).toContain('line 3  BARE-2\n    CountryName: country-not-found');
  expect(shown).toContain('Category: 1 value\n');
  // Only the reject file has the row: it is there to be corrected.
  expect(files.get([...files.keys()].find(name => name.endsWith('.rejected.csv')) ?? '')).toContain(
    'Atlantis',
  );
});

test('keepValues false: what a killed run left is taken away by the next import', async () => {
  const place = await workplace(tenant, tenant.url, { config: { history: { keepValues: false } } });
  await place.write('companies.csv', mixed.replaceAll('H-', 'LEFT-'));
  const running = startSic(['import', 'companies.csv', '--json'], place);
  await running.ended;
  const [run = ''] = await runNames(place);
  const folder = path.join(place.cwd, '.sic', 'test', 'runs', run);
  await rename(path.join(folder, 'rows.ndjson'), path.join(folder, 'rows-with-values.ndjson'));
  await imported(place, 'companies.csv');
  expect(await readdir(folder)).toContain('rows.ndjson');
  expect(await readdir(folder)).not.toContain('rows-with-values.ndjson');
});
