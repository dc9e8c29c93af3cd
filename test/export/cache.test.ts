import { appendFile, mkdir, readdir, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunningSandbox } from '../../src/sandbox/server.ts';
import { ask, type ExportPlace, exportPlace, makeCompanies, startCrm } from '../support/export-place.ts';
import { startFaultyProxy } from '../support/faulty-proxy.ts';

let crm: RunningSandbox;
beforeAll(async () => {
  crm = await startCrm();
  await makeCompanies(crm, 'Kept', 3);
});
afterAll(() => crm.close());

const line = [
  'export',
  '--datatype',
  'Company',
  '--fields',
  'Name,CompUserNum01',
  '--where',
  'Name=Kept 0002',
];
const cached = [...line, '--cache', '1h'];

const folderOf = ({ cwd }: ExportPlace): string => join(cwd, '.sic', 'crm', 'cache');

async function keptFile(place: ExportPlace): Promise<string> {
  const [name = '', ...more] = await readdir(folderOf(place));
  expect(more).toEqual([]);
  return join(folderOf(place), name);
}

const isServed = /, from the cache, .+ old \(--refresh asks SuperOffice\)\n$/;

async function served(place: ExportPlace, argv: readonly string[], later = 0): Promise<boolean> {
  const { exitCode, stderr } = await place.run(argv, { now: () => Date.now() + later });
  expect(exitCode, stderr).toBe(0);
  return isServed.test(stderr);
}

const minute = 60_000;

describe('an answer that is kept', () => {
  test('is given again without asking SuperOffice, and its age is told', async () => {
    const proxy = await startFaultyProxy(crm.url);
    const place = await exportPlace(crm, { url: proxy.url });
    const first = await place.run(cached);
    expect(first.stderr).toMatch(/^Company: 1 row in .+, \d+ requests\n$/);
    proxy.goAway();
    const again = await place.run(cached);
    expect(again.stdout).toBe(first.stdout);
    expect(again.stderr).toMatch(isServed);
  });

  test('is good for every format, typed or not, and for a file', async () => {
    const place = await exportPlace(crm);
    const fresh = new Map<string, string>();
    const shapes = [
      ['--format', 'json'],
      ['--format', 'json', '--typed'],
      ['--format', 'ndjson', '--typed'],
      ['--format', 'csv', '--bom', '--separator', ','],
      ['--format', 'xml'],
    ];
    for (const shape of shapes) fresh.set(shape.join(), (await place.run([...line, ...shape])).stdout);
    await place.run(cached);
    for (const shape of shapes) {
      const { stdout, stderr } = await place.run([...cached, ...shape]);
      expect(stderr).toMatch(isServed);
      expect(stdout, shape.join(' ')).toBe(fresh.get(shape.join()));
    }
    const toFile = await place.run([...cached, '--out', 'kept.csv', '--json']);
    expect(JSON.parse(toFile.stdout)).toMatchObject({ rows: 1, servedAgeMs: expect.any(Number) });
    expect(await place.read('kept.csv')).toContain('Kept 0002');
  });

  test('is not given when it is too old, nor when it is from the future', async () => {
    const place = await exportPlace(crm);
    await place.run(cached);
    expect(await served(place, cached, 59 * minute)).toBe(true);
    expect(await served(place, cached, 61 * minute)).toBe(false);
    // Made an hour ahead, by the line above.
    expect(await served(place, cached)).toBe(false);
    expect(await served(place, cached)).toBe(true);
  });

  test('--no-cache and --refresh ask, and --refresh keeps what it hears', async () => {
    const place = await exportPlace(crm);
    const config = { searches: { Found: { datatype: 'Company', fields: ['Name'], cache: '1h' } } };
    await place.configure(config);
    const named = ['export', '--search', 'Found'];
    expect(await served(place, named)).toBe(false);
    expect(await served(place, named)).toBe(true);
    expect(await served(place, [...named, '--no-cache'])).toBe(false);
    const before = await readFile(await keptFile(place), 'utf8');
    expect(await served(place, [...named, '--refresh'])).toBe(false);
    expect(await readFile(await keptFile(place), 'utf8')).not.toBe(before);
    expect(await served(place, named)).toBe(true);
    // The flag says how old, the search only what holds without it.
    expect(await served(place, [...named, '--cache', '30s'], minute)).toBe(false);
  });

  test('is of this question alone', async () => {
    const place = await exportPlace(crm);
    await place.run(cached);
    for (const more of [
      ['--where', 'Name<>""'],
      ['--limit', '1'],
      ['--order', 'Name'],
    ])
      expect(await served(place, [...cached, ...more]), more.join(' ')).toBe(false);
    expect(await served(place, cached)).toBe(true);
  });

  test.each<[string, object]>([
    ['the search of the config', { searches: { A: { datatype: 'Company', fields: ['Department'] } } }],
    ['the IntegrationID', { integrationId: '17PS01010001' }],
    ['the time zone', { timeZone: 'Europe/Oslo' }],
    ['the prefix of custom fields', { progIdPrefix: 'Other:' }],
  ])('is not given after %s was changed', async (_, change) => {
    const place = await exportPlace(crm);
    const before = { searches: { A: { datatype: 'Company', fields: ['Name'] } } };
    await place.configure(before);
    const named = ['export', '--search', 'A', '--cache', '1h'];
    await place.run(named);
    expect(await served(place, named)).toBe(true);
    await place.configure({ ...before, ...change });
    expect(await served(place, named)).toBe(false);
  });

  test('is of one account: another one may not see the same', async () => {
    const place = await exportPlace(crm);
    await place.run(cached);
    const profile = {
      url: crm.url,
      auth: { type: 'basic', username: 'somebody', password: { env: 'SIC_PASSWORD' } },
    };
    await place.configure({ profiles: { crm: profile } });
    const { exitCode, stdout } = await place.run(cached);
    expect([exitCode, stdout]).toEqual([3, '']);
  });

  test('is of one profile and of one SuperOffice', async () => {
    const other = await startCrm();
    try {
      const place = await exportPlace(crm);
      await place.run(cached);
      const profiles = JSON.parse(await place.read('sic.config.json')).profiles;
      await place.configure({ profiles: { ...profiles, other: { ...profiles.crm, url: other.url } } });
      expect(JSON.parse((await place.run([...cached, '--profile', 'other'])).stdout).Company).toEqual([]);
      // The same profile leads somewhere else now.
      await place.configure({ profiles: { crm: { ...profiles.crm, url: other.url } } });
      expect(JSON.parse((await place.run(cached)).stdout).Company).toEqual([]);
    } finally {
      await other.close();
    }
  });

  test('of two exports at the same time, each hands over all, and one of them is kept', async () => {
    const place = await exportPlace(crm);
    const all = ['export', '--datatype', 'Company', '--fields', 'Name', '--cache', '1h'];
    const both = await Promise.all([place.run(all), place.run(all)]);
    for (const { stdout } of both) expect(JSON.parse(stdout).Company).toHaveLength(4);
    await keptFile(place);
    expect(await served(place, all)).toBe(true);
  });

  test('of a record that is changed meanwhile is as it was', async () => {
    const place = await exportPlace(crm);
    const { ContactId } = await ask<{ ContactId: number }>(crm, 'POST', '/Contact', { Name: 'Before' });
    const one = [
      'export',
      '--datatype',
      'Company',
      '--fields',
      'Name',
      '--where',
      `SuperOfficeId=${ContactId}`,
    ];
    const first = await place.rows([...one, '--cache', '1h']);
    await ask(crm, 'PATCH', `/Contact/${ContactId}`, [{ op: 'replace', path: '/Name', value: 'After' }]);
    expect(await place.rows([...one, '--cache', '1h'])).toEqual(first);
    expect(await place.rows([...one, '--cache', '1h', '--refresh'])).toEqual([{ Name: 'After' }]);
    expect(await place.rows([...one, '--cache', '1h'])).toEqual([{ Name: 'After' }]);
  });
});

describe('a damaged cache is told, not used, and replaced', () => {
  const damages: readonly [string, (file: string) => Promise<unknown>][] = [
    ['cut at a line', async file => writeFile(file, (await readFile(file, 'utf8')).replace(/[^\n]+\n$/, ''))],
    ['cut in a line', async file => truncate(file, (await stat(file)).size - 5)],
    [
      'changed by hand',
      async file => writeFile(file, (await readFile(file, 'utf8')).replace('Kept', 'Made')),
    ],
    ['with more behind it', file => appendFile(file, '["Kept 0004"]\n')],
    ['empty', file => writeFile(file, '')],
    ['no text', file => writeFile(file, Buffer.from([0xff, 0xfe, 0, 1]))],
  ];
  test.each(damages)('%s', async (_, damage) => {
    const place = await exportPlace(crm);
    const { stdout } = await place.run(cached);
    await damage(await keptFile(place));
    const again = await place.run(cached);
    expect(again.exitCode).toBe(0);
    expect(again.stdout).toBe(stdout);
    expect(again.stderr).toContain('The kept answer is damaged or cannot be read: SuperOffice is asked.\n');
    expect(await served(place, cached)).toBe(true);
  });
});

describe('a cache that cannot be written', () => {
  test.each(['.sic', '.sic/crm', '.sic/crm/cache'])(
    '%s is a file: the answer comes all the same',
    async name => {
      const place = await exportPlace(crm);
      await mkdir(join(place.cwd, name, '..'), { recursive: true });
      await writeFile(join(place.cwd, name), 'in the way');
      const { exitCode, stdout, stderr } = await place.run(cached);
      expect(exitCode, stderr).toBe(0);
      expect(JSON.parse(stdout).Company).toHaveLength(1);
      expect(stderr).toMatch(/^The answer is not kept: .+\n/m);
    },
  );
});

test('only the owner may read it, whatever the umask, and git keeps its hands off', async () => {
  const place = await exportPlace(crm);
  const before = process.umask(0);
  try {
    await place.run(cached);
    await place.run([...line, '--since', 'last']);
  } finally {
    process.umask(before);
  }
  const root = join(place.cwd, '.sic');
  const entries = await readdir(root, { recursive: true });
  expect(entries.length).toBeGreaterThan(4);
  for (const entry of ['.', ...entries]) {
    const { mode } = await stat(join(root, entry));
    expect((mode & 0o077).toString(8), entry).toBe('0');
  }
  expect(await readFile(join(root, 'crm', '.gitignore'), 'utf8')).toBe('*\n');
});

describe('refused', () => {
  test.each([
    ['--cache soon', '--cache is "soon", but it must be a number with s, m, h or d behind it.'],
    ['--cache 0s', '--cache is "0s", but'],
    ['--refresh', '--refresh: there is no cache to refresh.'],
    ['--no-cache --refresh', '--no-cache and --refresh exclude each other.'],
    ['--cache 1h --since last', '--since and --cache exclude each other.'],
    ['--cache 1h --with-files f', '--with-files and --cache exclude each other.'],
  ])('%s', async (flags, message) => {
    const place = await exportPlace(crm);
    const { exitCode, stderr } = await place.run(`export --datatype Document ${flags}`);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`sic: ${message}`);
    expect(stderr).toContain('\n→ ');
  });
});
