import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { documentOf } from '../support/document.ts';
import { temporaryFolder } from '../support/folders.ts';
import { runSic } from '../support/program.ts';

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a script of the bench as a process of its own. */
function run(script: string, ...args: readonly string[]): Promise<Ended> {
  const file = path.resolve('test/bench', script);
  return new Promise(resolve => {
    const child = execFile(process.execPath, [file, ...args], (_, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    );
  });
}

const rows = [
  { part: 'delta', what: 'below', rows: 10_000, value: 0.08, unit: '×', goal: { atMost: 0.1 } },
  { part: 'delta', what: 'a tenth above', rows: 10_000, value: 0.11, unit: '×', goal: { atMost: 0.1 } },
  { part: 'delta', what: 'more above', rows: 10_000, value: 0.12, unit: '×', goal: { atMost: 0.1 } },
  {
    part: 'sandbox',
    what: 'a tenth below',
    rows: null,
    value: 2700,
    unit: 'a second',
    goal: { atLeast: 3000 },
  },
  { part: 'sandbox', what: 'more below', rows: null, value: 2600, unit: 'a second', goal: { atLeast: 3000 } },
  {
    part: 'requests',
    what: 'below both',
    rows: null,
    value: 0.8,
    unit: '',
    goal: { atLeast: 1, atMost: 1.02 },
  },
  {
    part: 'requests',
    what: 'between',
    rows: null,
    value: 1.01,
    unit: '',
    goal: { atLeast: 1, atMost: 1.02 },
  },
  { part: 'memory', what: 'no goal', rows: 10_000, value: 900, unit: 'MB', goal: null },
  {
    part: 'delta',
    what: 'no peer',
    rows: 10_000,
    value: null,
    unit: '×',
    goal: { atMost: 1 },
    skipped: 'not here',
  },
];

async function told(...names: readonly string[]): Promise<string> {
  const file = path.join(await temporaryFolder(), 'earlier.json');
  const chosen = rows.filter(({ what }) => names.length === 0 || names.includes(what));
  await writeFile(file, JSON.stringify({ kind: 'sic.bench', rows: chosen, failed: [] }));
  return file;
}

test('a figure that leaves its goal by more than a tenth fails the check, which names it', async () => {
  const { code, stderr } = await run('bench.mjs', '--check', '--from', await told());
  expect(code).toBe(1);
  expect(stderr.split('\n').filter(line => line.startsWith('  '))).toEqual([
    '  delta, 10,000, more above: 0.12 ×, goal ≤ 0.1 ×',
    '  sandbox, more below: 2,600 a second, goal ≥ 3000 a second',
    '  requests, below both: 0.8, goal 1 to 1.02',
  ]);
});

test('what is in its goal, near it, without one or not measured does not', async () => {
  const well = ['below', 'a tenth above', 'a tenth below', 'between', 'no goal', 'no peer'];
  const { code, stdout, stderr } = await run('bench.mjs', '--check', '--from', await told(...well));
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  for (const what of well) expect(stdout).toContain(what);
});

test('the figures can be had as Markdown', async () => {
  const { stdout } = await run('bench.mjs', '--markdown', '--from', await told('below', 'more below'));
  expect(stdout).toContain('| delta: below | 0.08 × | ≤ 0.1 × |');
  expect(stdout).toContain('| sandbox: more below | **2,600 a second** | ≥ 3000 a second |');
});

test('a part that there is not is refused', async () => {
  expect(await run('bench.mjs', 'nonsense')).toMatchObject({ code: 2, stdout: '' });
});

test('every format of the generated companies is taken by sic', async () => {
  const cwd = await temporaryFolder();
  for (const file of ['companies.csv', 'companies.xml', 'companies.json', 'companies.ndjson']) {
    await run('companies.mjs', path.join(cwd, file), '120', '--add', '3');
    const { counts } = documentOf(await runSic(['validate', file, '--offline', '--json'], { cwd }));
    expect([file, counts]).toMatchObject([file, { read: 123, notReached: 123, rejected: 0 }]);
  }
});

test('the generated companies are always the same, whatever their order, but for those that are to change', async () => {
  const folder = await temporaryFolder();
  const companies = async (...wishes: readonly string[]) => {
    const file = path.join(folder, 'companies.csv');
    await run('companies.mjs', file, '2000', ...wishes);
    return (await readFile(file, 'utf8')).split(/(?<=;"?17PS01010001"?|IntegrationIDCheck)\r?\n/);
  };
  const plain = await companies();
  const shuffled = await companies('--shuffle');
  expect(shuffled).not.toEqual(plain);
  expect(shuffled.toSorted()).toEqual(plain.toSorted());
  expect(await companies('--crlf')).toEqual(plain);
  for (const wish of ['--change', '--requote']) {
    const changed = await companies(wish, '0.01');
    const differing = changed.filter((line, index) => line !== plain[index]);
    expect(differing.length).toBeGreaterThan(5);
    expect(differing.length).toBeLessThan(50);
    const bare = new Set(plain.map(line => line.replaceAll('"', '')));
    const isOnlyQuoted = differing.every(line => bare.has(line.replaceAll('"', '')));
    expect(isOnlyQuoted).toBe(wish === '--requote');
  }
});
