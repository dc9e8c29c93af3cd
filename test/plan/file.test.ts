import { link, mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { noCounts, type RowResult } from '../../src/import/result.ts';
import type { PlanRow } from '../../src/import/shown/format.ts';
import { openShownPlan } from '../../src/import/shown/read.ts';
import { RowIndex } from '../../src/import/shown/row-index.ts';
import { writePlanText } from '../../src/import/shown/write.ts';
import { temporaryFolder } from '../support/folders.ts';
import { openPlanner, type Planner } from './planner.ts';

const newPlan = 'sic validate FILE… --out plan.json';
const notAsWritten = 'plan.json is not as it was written: it was cut off, changed or reformatted.';

async function planned(): Promise<Planner> {
  const planner = await openPlanner();
  await planner.file('companies.csv', ['CompUserKey01;Name', 'C-1;Fjord AS', 'C-2;Dal AS', 'C-3;Vik AS']);
  await planner.make('companies.csv');
  return planner;
}

const lines = (change: (lines: string[]) => string[]) => (text: string) =>
  change(text.split('\n')).join('\n');

const damages: Record<string, [(text: string) => string, string]> = {
  empty: [() => '', 'plan.json is no plan.'],
  'some bytes': [() => '\u0000\u0001\u0002', 'plan.json is no plan.'],
  'another document': [() => '{"kind":"sic.validate","rows":[]}\n', 'plan.json is no plan.'],
  'no JSON': [() => 'CompUserKey01;Name\n', 'plan.json is no plan.'],
  'a list': [() => '[{"kind":"sic.plan"}]', 'plan.json is no plan.'],
  newer: [
    text => text.replace('"formatVersion":1', '"formatVersion":2'),
    'plan.json was made by a newer sic (0.1.0).',
  ],
  'newer, in other lines': [
    () => '{\n  "kind": "sic.plan",\n  "formatVersion": 12,\n  "sic": "3.0.0"\n}\n',
    'plan.json was made by a newer sic (3.0.0).',
  ],
  'cut off in its head': [text => text.slice(0, 200), notAsWritten],
  'cut off after its head': [lines(([head = '']) => [head, '']), notAsWritten],
  'cut off in a row': [text => text.slice(0, text.indexOf('"C-2"')), notAsWritten],
  'cut off after a row': [lines(all => [...all.slice(0, 3), '']), notAsWritten],
  'cut off before its last sign': [text => text.trimEnd().slice(0, -1), notAsWritten],
  'with a row taken out': [lines(all => all.toSpliced(2, 1)), notAsWritten],
  'with a row twice': [lines(all => all.toSpliced(2, 0, all[2] ?? '')), notAsWritten],
  'with other rows and no sum of them': [
    text => text.replace('"Dal AS"', '"Fjell AS"').replace(/"sha256":"\w+"\}\}\n$/, '"sha256":""}}\n'),
    notAsWritten,
  ],
  'changed by hand': [text => text.replace('"Dal AS"', '"Fjell AS"'), notAsWritten],
  'changed in its head': [text => text.replace('"full":false', '"full":true'), notAsWritten],
  'with a head of another kind': [text => text.replace('"full":false', '"full":"no"'), notAsWritten],
  'with no head but a version': [() => '{"kind":"sic.plan","formatVersion":1,"rows":[\n', notAsWritten],
  'with something behind its end': [text => `${text}{}\n`, notAsWritten],
  reformatted: [text => JSON.stringify(JSON.parse(text), null, 2), notAsWritten],
};

test.for(Object.entries(damages))('refused in plain words: a plan that is %s', async ([, [damage, says]]) => {
  const planner = await planned();
  await planner.rewrite('plan.json', damage);
  const { exitCode, error, stderr } = await planner.carryOut();
  expect({ exitCode, code: error?.code, message: error?.message }).toEqual({
    exitCode: 2,
    code: 'plan',
    message: says,
  });
  expect(error?.hint).toContain(newPlan.slice(0, 18));
  expect(stderr).toBe(`sic: ${says}\n→ ${error?.hint}\n`);
  expect(await planner.companies()).toEqual({});
});

test.each([
  [['--plan', 'nowhere.json'], 'There is no plan nowhere.json.'],
  [['--plan', 'documents'], 'documents is a folder, not a plan.'],
  [['--plan', 'plan.json', '--rejects', './plan.json'], '--rejects ./plan.json would overwrite the plan.'],
  [['--plan', 'plan.json', '--report', 'plan.json'], '--report plan.json would overwrite plan.json.'],
  [['--plan', ''], '--plan needs the name of a file.'],
  [['--plan', '-'], '--plan needs the name of a file.'],
  [[], 'sic import needs a file.'],
  [
    ['companies.csv', '--plan', 'plan.json'],
    'A plan names its files itself, so companies.csv cannot be given besides.',
  ],
  ...([
    ['--datatype', 'Company'],
    ['--full'],
    ['--limit', '2'],
    ['--on-conflict', 'crm'],
    ['--files', '.'],
  ].map(flag => [
    ['--plan', 'plan.json', ...flag],
    `${flag[0]} is settled by the plan, and cannot be given with --plan.`,
  ]) as [string[], string][]),
])('sic import %j', async (argv, says) => {
  const planner = await planned();
  await mkdir(join(planner.folder, 'documents'));
  const { exitCode, error } = await planner.told('import', ...argv);
  expect({ exitCode, code: error?.code, message: error?.message }).toEqual({
    exitCode: 2,
    code: 'usage',
    message: says,
  });
});

test.each([
  [['companies.csv', '--out', 'companies.csv'], '--out companies.csv would overwrite companies.csv.'],
  [['companies.csv', '--out', 'other-name.csv'], '--out other-name.csv would overwrite companies.csv.'],
  [['*.csv', '--out', './companies.csv'], '--out ./companies.csv would overwrite companies.csv.'],
  [
    ['companies.csv', '--out', 'sic.config.json'],
    /^--out sic\.config\.json would overwrite .*sic\.config\.json\.$/,
  ],
  [['companies.csv', '--out', 'r.csv', '--rejects', 'r.csv'], '--out r.csv would overwrite r.csv.'],
  [['companies.csv', '--out', 'r.html', '--report', 'r.html'], '--report r.html would overwrite r.html.'],
  [['companies.csv', '--out', 'no/plan.json'], 'The folder of --out no/plan.json does not exist.'],
  [['companies.csv', '--out', ''], '--out needs the name of a file.'],
  [
    ['companies.csv', '--out', 'p.json', '--offline'],
    '--offline asks SuperOffice nothing, so there is nothing to plan with.',
  ],
  [
    ['-', '--datatype', 'Company', '--out', 'p.json'],
    'Standard input cannot be read again, so it cannot be planned.',
  ],
] as [string[], string | RegExp][])('sic validate %j', async (argv, says) => {
  const planner = await planned();
  if (argv.includes('other-name.csv'))
    await link(join(planner.folder, 'companies.csv'), join(planner.folder, 'other-name.csv'));
  const before = await readdir(planner.folder);
  const { exitCode, error } = await planner.told('validate', ...argv);
  expect({ exitCode, code: error?.code }).toEqual({ exitCode: 2, code: 'usage' });
  if (typeof says === 'string') expect(error?.message).toBe(says);
  else expect(error?.message).toMatch(says);
  expect(await readdir(planner.folder)).toEqual(before);
});

test('a person is told how to go on, and what moved', async () => {
  const planner = await planned();
  const shown = await planner.said(
    'validate',
    'companies.csv',
    '--profile',
    'crm',
    '--datatype',
    'Company',
    '--out',
    'my plan.json',
  );
  expect(shown.stdout).toContain(
    'Nothing was written. To write it:\n  sic import --plan "my plan.json" --profile crm\n',
  );
  const done = await planner.said('import', '--plan', 'my plan.json', '--profile', 'crm');
  expect(done).toMatchObject({ exitCode: 0 });
  expect(done.stdout).toContain('companies.csv  Company');
  expect(done.stderr).toContain('Every row is compared with my plan.json before anything is written');
  const history = await planner.said('runs', 'show', 'last', '--json');
  expect(JSON.parse(history.stdout)).toMatchObject({ kind: 'sic.run' });
  expect(history.stdout).toContain('my plan.json');
});

test('rows that are not taken are no part of a plan, and are told again', async () => {
  const planner = await openPlanner();
  await planner.file('companies.csv', [
    'CompUserKey01;Name;CountryName',
    'C-1;Fjord AS;Norway',
    'C-2;Dal AS;Atlantis',
  ]);
  expect(await planner.make('companies.csv')).toMatchObject({
    exitCode: 1,
    counts: { created: 1, rejected: 1 },
  });
  expect((await planner.plan()).rows.map(({ key }) => key)).toEqual(['C-1']);
  expect(await planner.carryOut()).toMatchObject({ exitCode: 1, counts: { created: 1, rejected: 1 } });
});

test('a plan from another folder finds its files', async () => {
  const planner = await planned();
  await mkdir(join(planner.folder, 'plans'));
  await rename(join(planner.folder, 'plan.json'), join(planner.folder, 'plans', 'monday.json'));
  expect(await planner.told('import', '--plan', 'plans/monday.json')).toMatchObject({
    exitCode: 0,
    counts: { created: 3 },
    files: [{ file: 'companies.csv' }],
  });
});

test('a value that is a secret, too, is told by a hash', async () => {
  const { rows: _rows, ...head } = await (await planned()).plan();
  const row = (key: string, name: string): RowResult => ({
    file: 'companies.csv',
    place: 'line 2',
    key,
    status: 'created',
    problems: [],
    warnings: [],
    changes: [{ field: 'Name', from: null, to: name }],
    foreseen: { id: null, isRest: false, lists: [], contents: [] },
  });
  const result = {
    files: [{ file: 'companies.csv', datatype: 'Company', counts: noCounts(), rejects: null }],
    rows: async function* () {
      yield row('C-1', 'Sesam-2026');
      yield row('C-2', 'Dal AS');
    },
  };
  let text = '';
  const mask = (line: string) => line.replaceAll('Sesam-2026', '***');
  await writePlanText(result, { head, keepValues: true, mask }, async part => {
    text += part;
  });
  expect(JSON.parse(text).rows.map(({ changes }: PlanRow) => changes)).toEqual([
    [{ field: 'Name', hash: expect.stringMatching(/^[0-9a-f]{32}$/) }],
    [{ field: 'Name', from: null, to: 'Dal AS' }],
  ]);
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'plan.json'), text);
  const plan = await openShownPlan(join(folder, 'plan.json'), 'plan.json');
  expect(plan.difference({ ...row('C-1', 'Sesam-2026'), datatype: 'Company' })).toBeNull();
  expect(plan.difference({ ...row('C-1', 'Sesam-2027'), datatype: 'Company' })).toContain('Name is');
  await plan.close();
});

test('a validation that breaks off leaves the plan that was there', async () => {
  const planner = await planned();
  const { id } = await planner.plan();
  const proxy = await planner.throughProxy();
  proxy.script(one => (one.query.includes('C-1') ? { status: 401 } : null));
  const broken = await planner.make('companies.csv');
  expect(broken.exitCode).toBeGreaterThan(1);
  expect(broken.stderr).toContain('No plan was written to plan.json: not all rows were looked at.');
  expect((await planner.plan()).id).toBe(id);
  expect((await readdir(planner.folder)).filter(name => name.endsWith('.tmp'))).toEqual([]);
});

test('places of a hundred thousand rows', () => {
  const index = new RowIndex();
  for (let n = 1; n <= 100_000; n++) index.add({ lo: (n * 7919) >>> 0, hi: n % 3 }, n * 300, n % 500);
  expect(index.size).toBe(100_000);
  for (let n = 1; n <= 100_000; n += 997)
    expect(index.get({ lo: (n * 7919) >>> 0, hi: n % 3 })).toEqual({ offset: n * 300, length: n % 500 });
  expect(index.get({ lo: 5, hi: 5 })).toBeNull();
});
