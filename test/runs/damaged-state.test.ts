import '../support/hurried.mjs';
import { cp, mkdtemp, readdir, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { patience, tries } from '../fuzz/tries.ts';
import { ask, startCrm } from '../support/export-place.ts';
import { type Captured, sic } from '../support/sic.ts';
import { binary, cutAt, type Damage, emptied, flippedAt, folderInPlace, newer, ofZeros } from './damages.ts';

type Crm = Awaited<ReturnType<typeof startCrm>>;

const before = 'CompUserKey01;Name;Department\nSTATE-1;A;x\nSTATE-2;B;y\n;no key;z\n';
const after = 'CompUserKey01;Name;Department\nSTATE-1;A2;x\nSTATE-2;B;y\n;no key;z\n';

let crm: Crm;
/** What a user's folder looks like after some runs. Never run in: copied. */
let template: string;
let cwd = '';
/** The last of its runs, which updated a record. */
let updated = '';

async function run(...argv: readonly string[]): Promise<Captured> {
  const had = new Set(await openFiles());
  const ended = await sic(argv, { cwd, env: { SIC_PASSWORD: crm.password } });
  expect(
    (await openFiles()).filter(file => !had.has(file)),
    argv.join(' '),
  ).toEqual([]);
  return ended;
}

/** Files of state folders that this process holds open; none where the system does not tell. */
async function openFiles(): Promise<string[]> {
  const descriptors = await readdir('/proc/self/fd').catch(() => []);
  const targets = await Promise.all(
    descriptors.map(each => readlink(`/proc/self/fd/${each}`).catch(() => '')),
  );
  return targets.filter(target => target.includes('/.sic/'));
}

const exporting = ['export', '--datatype', 'Company', '--fields', 'Name', '--where', 'CompUserKey01>=STATE'];

beforeAll(async () => {
  crm = await startCrm();
  template = await mkdtemp(join(tmpdir(), 'sic-state-'));
  cwd = template;
  const auth = { type: 'basic', username: crm.username, password: { env: 'SIC_PASSWORD' } };
  await writeFile(
    join(cwd, 'sic.config.json'),
    JSON.stringify({ profiles: { test: { url: crm.url, auth, rate: 0 } } }),
  );
  await writeFile(join(cwd, 'x.txt'), 'text');
  await writeFile(join(cwd, 'documents.csv'), 'DocuUserKey01;Name\nSTATE-D;x.txt\n');
  for (const text of [before, after]) {
    await writeFile(join(cwd, 'companies.csv'), text);
    const imported = await run('import', 'companies.csv', '--json');
    expect(imported).toMatchObject({ exitCode: 1 });
    updated = JSON.parse(imported.stdout).run;
  }
  expect((await run('import', 'documents.csv')).exitCode).toBe(0);
  for (const flag of [
    ['--cache', '1h'],
    ['--since', 'last'],
  ])
    expect((await run(...exporting, ...flag)).exitCode).toBe(0);
  await writeFile(join(cwd, '.sic', 'test', 'row-counts.json'), '{\n  "Company orders": 1000\n}\n');
  await writeFile(
    join(cwd, '.sic', 'test', 'document-names.json'),
    '[\n{"key":"STATE-D","asked":"y.txt","kept":"x.txt"}\n]\n',
  );
}, patience);
afterAll(async () => {
  await crm.close();
  await rm(template, { recursive: true, force: true });
});

/** Names by user key, asked of SuperOffice itself; a key that is there twice has two. */
async function companies(): Promise<Record<string, string[]>> {
  const column = 'contactUdef/Siteshop:CompUserKey01';
  const { value } = await ask<{ value: Record<string, string>[] }>(
    crm,
    'GET',
    `/Contact?$select=name,${column}&$filter=${column} begins 'STATE'`,
  );
  const found: Record<string, string[]> = {};
  for (const row of value) found[row[column] ?? ''] = [...(found[row[column] ?? ''] ?? []), row.name ?? ''];
  return found;
}

interface Told {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

/** Ends as it should, or refuses the state and says what to do. Null: it ended as it should. */
async function refusalOf(path: string, ...argv: readonly string[]): Promise<Told | null> {
  const { exitCode, stdout, stderr } = await run(...argv);
  expect(stderr, argv.join(' ')).not.toMatch(/bug in sic|\n {4}at /);
  if (exitCode <= 1) return null;
  expect([2, 4], stderr).toContain(exitCode);
  const error: Told | null = argv.includes('--json') ? JSON.parse(stdout).error : null;
  const told = error ?? { code: '', message: stderr, hint: stderr };
  if (error !== null)
    expect(/before/.test(path) ? ['state', 'usage'] : ['state'], stderr).toContain(error.code);
  expect(told.message, argv.join(' ')).toContain(/\d{8}-\d{6}-\w{4}/.exec(path)?.[0] ?? basename(path));
  // Of an emptied file nobody can tell that it held something.
  if (error?.code !== 'usage')
    expect(told.hint).toMatch(/[Rr]emove|[Uu]pdate sic|Give the user|Check the disk/);
  return told;
}

/** Does what the hint says, or what a person does who reads it. */
async function mend(path: string, told: Told): Promise<void> {
  const isRun = /[Rr]emove the run folder/.test(told.hint);
  const folder = /^.*\/runs\/[^/]+/.exec(path)?.[0] ?? path;
  await rm(isRun ? folder : path, { recursive: true, force: true });
}

async function copyOfTemplate(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sic-state-'));
  await cp(template, folder, { recursive: true, preserveTimestamps: true });
  return folder;
}

/** Everything that people do with a state folder of which this file is damaged. */
async function work(file: string, damage: Damage): Promise<void> {
  cwd = await copyOfTemplate();
  try {
    const path = join(cwd, '.sic', 'test', file);
    await damage.do(path);
    const readings = [
      ['runs', '--json'],
      ['runs', 'show', updated, '--json'],
      ['validate', 'companies.csv', '--json'],
      ['validate', 'companies.csv', '--offline', '--json'],
      ['undo', updated, '--dry-run', '--json'],
      ['undo', 'last', '--dry-run', '--json'],
    ];
    for (const argv of readings) await refusalOf(path, ...argv);
    for (const flag of [
      ['--cache', '1h'],
      ['--since', 'last'],
    ]) {
      const told = await refusalOf(path, ...exporting, ...flag);
      if (told !== null) await mend(path, told);
    }
    const undo = await refusalOf(path, 'undo', updated, '--yes', '--json');
    const isBefore = (await companies())['STATE-1']?.[0] === 'A';
    if (undo === null && !/before|journal/.test(file)) expect(isBefore).toBe(true);
    // What was taken back, and what was not, is right again after the next import, and nothing is there twice.
    const first = await refusalOf(path, 'import', 'companies.csv', '--json');
    if (first !== null) {
      await mend(path, first);
      expect(await refusalOf(path, 'import', 'companies.csv', '--json')).toBe(null);
    }
    expect(await companies()).toEqual({ 'STATE-1': ['A2'], 'STATE-2': ['B'] });
    const last = await run('import', 'companies.csv', '--json');
    expect(JSON.parse(last.stdout).counts).toMatchObject({ unchanged: 2, rejected: 1 });
  } finally {
    await rm(cwd, { recursive: true, force: true });
  }
}

async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

/** One of each kind: those of the run that updated, and those that all runs share. */
async function ownFiles(): Promise<string[]> {
  const all = await filesOf(join(template, '.sic', 'test'));
  return all.filter(file => !file.startsWith('runs') || file.includes(updated));
}

describe('a file of the state folder', () => {
  test('all kinds of files are looked at', async () => {
    const kinds = (await ownFiles()).map(file =>
      file.replace(/\d{8}-\d{6}-\w{4}/, 'ID').replace(/[0-9a-f]{24}/, 'HASH'),
    );
    expect(kinds).toEqual([
      '.gitignore',
      'accepted-Company',
      'accepted-Company.columns.json',
      'accepted-Company.fields',
      'accepted-Document',
      'accepted-Document.columns.json',
      'accepted-Document.fields',
      'cache/HASH.ndjson',
      'document-names.json',
      'exports/HASH.json',
      'layouts.json',
      'open-rows.ndjson',
      'row-counts.json',
      'runs/ID/before.ndjson',
      'runs/ID/companies.rejected.csv',
      'runs/ID/journal.ndjson',
      'runs/ID/result.json',
      'runs/ID/rows.ndjson',
      'runs/ID/run.json',
    ]);
  });

  test.each([emptied, ofZeros, binary, folderInPlace, newer].map(damage => [damage.name, damage] as const))(
    '%s: works, or is refused with what to do',
    { timeout: 2 * patience },
    async (_, damage) => {
      for (const file of await ownFiles())
        await work(file, damage).catch((cause: unknown) => {
          throw new Error(`${file} ${damage.name}: ${String(cause)}`, { cause });
        });
    },
  );

  test.each([
    ['the mark', 'unsettled', () => 'half wri'],
    ['the mark, emptied', 'unsettled', () => ''],
    ['the journal of a run that was killed', 'unsettled', (run: string) => `${run}\n`],
    ['the lock', 'lock', () => '{"id":'],
  ] as const)('%s is damaged after a crash: nothing is lost or doubled', async (what, name, content) => {
    const copy = await copyOfTemplate();
    onTestFinished(() => rm(copy, { recursive: true, force: true }));
    cwd = copy;
    const folder = join(cwd, '.sic', 'test');
    await writeFile(join(folder, name), content(updated));
    const journal = join(folder, 'runs', updated, 'journal.ndjson');
    if (what.startsWith('the journal')) await writeFile(journal, '{"n":1,"int\n{"n":1,"outcome":"done"}\n');
    const { exitCode, stdout } = await run('import', 'companies.csv', '--json');
    const { error } = JSON.parse(stdout);
    expect(exitCode).toBe(name === 'lock' ? 5 : what.startsWith('the journal') ? 2 : 1);
    if (error !== null) {
      expect(error.hint).toMatch(/[Rr]emove/);
      await rm(name === 'lock' ? join(folder, name) : join(folder, 'runs', updated), { recursive: true });
      expect((await run('import', 'companies.csv')).exitCode).toBe(1);
    }
    expect(await companies()).toEqual({ 'STATE-1': ['A2'], 'STATE-2': ['B'] });
    expect(JSON.parse((await run('import', 'companies.csv', '--json')).stdout).counts).toMatchObject({
      unchanged: 2,
    });
  });

  test('cut or changed anywhere: works, or is refused with what to do', {
    timeout: 2 * patience,
  }, async () => {
    const files = await ownFiles();
    const place = fc.double({ min: 0, max: 1, noNaN: true });
    const damages = fc.oneof(
      place.map(cutAt),
      fc.tuple(place, fc.nat({ max: 7 })).map(([at, bit]) => flippedAt(at, bit)),
    );
    await fc.assert(fc.asyncProperty(fc.constantFrom(...files), damages, work), { numRuns: tries(8) });
  });
});
