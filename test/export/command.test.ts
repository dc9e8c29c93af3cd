import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunningSandbox } from '../../src/sandbox/server.ts';
import { ask, type ExportPlace, exportPlace, startCrm } from '../support/export-place.ts';

const searches = {
  TestData: {
    datatype: 'Company',
    fields: ['Name', 'Department', { CreatedYear: 'year(CreatedDate)' }],
    where: 'Department=Cases',
  },
  Narrow: { datatype: 'Company', fields: ['Name'], criteria: ['Name'] },
};

let crm: RunningSandbox;
beforeAll(async () => {
  crm = await startCrm({ clock: () => new Date('2019-05-17T10:00:00Z') });
  for (const Name of ['Alfa', 'Beta; "B"', '=Gamma'])
    await ask(crm, 'POST', '/Contact', { Name, Department: 'Cases' });
});
afterAll(() => crm.close());

function place(): Promise<ExportPlace> {
  return exportPlace(crm, { config: { searches } });
}

const search = ['export', '--search', 'TestData'];

describe('the answer', () => {
  test('is the documented document: one list by the name of the search, all values texts', async () => {
    const { run } = await place();
    const { exitCode, stdout, stderr } = await run([...search, '--where', 'CreatedYear>=2017']);
    expect([exitCode, JSON.parse(stdout)]).toEqual([
      0,
      {
        TestData: [
          { Name: 'Alfa', Department: 'Cases', CreatedYear: '2019' },
          { Name: 'Beta; "B"', Department: 'Cases', CreatedYear: '2019' },
          { Name: '=Gamma', Department: 'Cases', CreatedYear: '2019' },
        ],
      },
    ]);
    expect(stderr).toMatch(/^TestData: 3 rows in .+, \d+ requests\n$/);
    const none = await run([...search, '--where', 'CreatedYear<2017']);
    expect([none.exitCode, JSON.parse(none.stdout)]).toEqual([0, { TestData: [] }]);
  });

  test('--json is that document itself', async () => {
    const { run } = await place();
    expect((await run([...search, '--json'])).stdout).toBe((await run(search)).stdout);
    expect((await run(['--json', ...search])).stdout).toBe((await run(search)).stdout);
  });

  test('--typed, and the other formats', async () => {
    const { run } = await place();
    const first = [...search, '--where', 'Name<>Alfa'];
    const [typed = ''] = (await run([...first, '--typed', '--format', 'ndjson'])).stdout.split('\n');
    expect(JSON.parse(typed)).toEqual({ Name: 'Beta; "B"', Department: 'Cases', CreatedYear: 2019 });
    const csv = [...first, '--format', 'csv'];
    expect((await run(csv)).stdout).toBe(
      'Name;Department;CreatedYear\r\n"Beta; ""B""";Cases;2019\r\n=Gamma;Cases;2019\r\n',
    );
    const guarded = (await run([...csv, '--bom', '--guard-formulas', '--separator', 'tab'])).stdout;
    expect(guarded).toBe(
      '\ufeffName\tDepartment\tCreatedYear\r\n"Beta; ""B"""\tCases\t2019\r\n"\'=Gamma"\tCases\t2019\r\n',
    );
    expect((await run([...first, '--format', 'xml'])).stdout).toContain('<Name>=Gamma</Name>');
  });

  test('--limit and --order', async () => {
    const { rows } = await place();
    const two = await rows([...search, '--order', 'Name desc', '--limit', '2']);
    expect(two.map(({ Name }) => Name)).toEqual(['Beta; "B"', 'Alfa']);
  });

  test.each([
    ['rows.csv', 'Name;Department'],
    ['rows.NDJSON', '{"Name":"Alfa"'],
    ['rows.xml', '<?xml'],
    ['rows', '{"TestData":['],
  ])('--out %s: in the format of its name', async (name, start) => {
    const { run, read } = await place();
    const { exitCode, stdout, stderr } = await run([...search, '--out', name]);
    expect([exitCode, stdout]).toEqual([0, '']);
    expect((await read(name)).startsWith(start)).toBe(true);
    expect(stderr).toMatch(new RegExp(`^TestData: 3 rows in .+ → ${name}\n$`));
  });

  test('--out with --json: the file, and a document about it', async () => {
    const { run, read } = await place();
    const { stdout, stderr } = await run([...search, '--out', 'rows.csv', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      kind: 'sic.export',
      formatVersion: 1,
      profile: 'crm',
      exitCode: 0,
      search: 'TestData',
      rows: 3,
      out: 'rows.csv',
      format: 'csv',
      servedAgeMs: null,
      since: null,
    });
    expect(stderr).toBe('');
    expect((await read('rows.csv')).split('\n')).toHaveLength(5);
  });

  test('--out - is standard output', async () => {
    const { run, cwd } = await place();
    expect((await run([...search, '--out', '-'])).stdout).toBe((await run(search)).stdout);
    expect(await readdir(cwd)).toEqual(['sic.config.json']);
  });

  test('nobody reads it any more: 141, and nothing is said', async () => {
    const { run } = await place();
    const ended = await run(search, { isRead: () => false });
    expect(ended).toMatchObject({ exitCode: 141, stderr: '' });
  });
});

describe('--explain', () => {
  test('tells who decides each criterion, and what --since asks; no row is read, no file written', async () => {
    const { run, cwd } = await place();
    const flags = ['--where', 'CreatedYear>=2017', '--since', '2019-01-01T00:00:00Z', '--out', 'rows.csv'];
    const { exitCode, stdout, stderr } = await run([...search, ...flags, '--explain']);
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toContain('TestData (Company)\n');
    expect(stdout).toContain('  criterion   Department=Cases\n');
    expect(stdout).toContain('  criterion   CreatedYear>=2017\n');
    expect(stdout).toContain('  since       2019-01-01 00:00 UTC: first asked is ');
    expect(await readdir(cwd)).toEqual(['sic.config.json']);
    const document = JSON.parse((await run([...search, ...flags, '--explain', '--json'])).stdout);
    expect(document).toMatchObject({
      kind: 'sic.explain',
      since: { changed: ['registeredDate', 'updatedDate'], from: '2019-01-01T00:00:00.000Z' },
    });
  });
});

describe('what cannot be used is refused, with what to do', () => {
  test.each<[string, readonly string[], string, string]>([
    ['nothing', [], 'What is to be exported?', 'Known searches: TestData, Narrow.'],
    ['an operator is missing', [...search.slice(1), '--where', 'Name'], '"Name" has no operator.', 'Name=…'],
    [
      'a value is missing',
      [...search.slice(1), '--where', 'Name='],
      '"Name=" has no value behind =.',
      'Name=""',
    ],
    [
      'a field is missing',
      [...search.slice(1), '--where', '=5'],
      '"=5" has no field in front of =.',
      'Name=Oslo',
    ],
    [
      'an unknown field',
      [...search.slice(1), '--where', 'Nmae=5'],
      'names "Nmae": Company has no such field.',
      '',
    ],
    [
      'an unknown search',
      ['--search', 'TestDta'],
      'There is no search "TestDta".',
      'Did you mean "TestData"?',
    ],
    ['another one', ['--search', 'Zzz'], 'There is no search "Zzz".', 'Known are: TestData, Narrow.'],
    [
      'two searches',
      ['--search', 'A', '--search', 'B'],
      'An export has one search, and 2 are named: A, B.',
      'each',
    ],
    [
      'both',
      [...search.slice(1), '--datatype', 'Sale'],
      '--search and --datatype exclude each other',
      'Leave',
    ],
    [
      'columns of a search',
      [...search.slice(1), '--fields', 'Name'],
      '--fields goes with --datatype',
      '"fields"',
    ],
    [
      'what a search does not allow',
      ['--search', 'Narrow', '--where', 'Stop=TRUE'],
      'does not allow.',
      'is Name.',
    ],
    [
      'an unknown datatype',
      ['--datatype', 'Compny'],
      'says "Compny", which is no datatype.',
      'Did you mean Company?',
    ],
    ['an unknown column', ['--datatype', 'Company', '--fields', 'Nmae'], 'names "Nmae"', ''],
    ['no column', ['--datatype', 'Company', '--fields', 'Name,'], 'a comma with nothing', 'Write names'],
    [
      'a column twice',
      ['--datatype', 'Company', '--fields', 'Name,Name'],
      '--fields names "Name" twice.',
      '',
    ],
    [
      'a column without a value',
      ['--datatype', 'Document', '--fields', 'FileContent'],
      'names "FileContent"',
      '',
    ],
    [
      'no limit',
      [...search.slice(1), '--limit', '0'],
      '--limit is "0", but it must be a number of rows',
      '10',
    ],
    [
      'an unknown format',
      [...search.slice(1), '--format', 'xls'],
      '--format is "xls", but it must be json',
      'xml',
    ],
    [
      'another format as JSON',
      [...search.slice(1), '--json', '--format', 'csv'],
      'contradict each other',
      'Leave',
    ],
    ['a spreadsheet', [...search.slice(1), '--out', 'rows.xlsx'], 'sic writes no xlsx files', '.csv'],
    ['an archive file', [...search.slice(1), '--out', 'rows.json.gz'], 'sic writes no gz files', '--format'],
    [
      '--typed for CSV',
      [...search.slice(1), '--typed', '--out', 'a.csv'],
      '--typed means nothing for csv',
      'ndjson',
    ],
    ['--bom for JSON', [...search.slice(1), '--bom'], '--bom means nothing for json.', 'Add --format csv.'],
    ['a separator', [...search.slice(1), '--separator', 'x', '--format', 'csv'], '--separator is "x"', 'tab'],
    ['no file name', [...search.slice(1), '--out', ''], '--out was given nothing.', 'variable'],
    ['a folder', [...search.slice(1), '--out', '.'], '. is a folder, not a file.', 'Give --out'],
    ['a folder that is not there', [...search.slice(1), '--out', 'no/rows.csv'], 'does not exist', 'Make '],
    ['an unknown profile', [...search.slice(1), '--profile', 'prd'], '"prd"', ''],
  ])('%s', async (_, flags, message, hint) => {
    const { run, cwd } = await place();
    const { exitCode, stdout, stderr } = await run(['export', ...flags]);
    expect(exitCode, stderr).toBe(2);
    if (!flags.includes('--json')) expect(stdout).toBe('');
    expect(stderr).toMatch(/^sic: /);
    expect(stderr).toContain(message);
    expect(stderr.slice(stderr.indexOf('→') + 1)).toContain(hint);
    expect(await readdir(cwd)).toEqual(['sic.config.json']);
  });

  test('a flag of the command in front of it', async () => {
    const { run } = await place();
    expect(await run(['--search', 'TestData', 'export'])).toEqual({
      exitCode: 2,
      stdout: '',
      stderr:
        'sic: --search stands in front of export, which it belongs to.\n→ Write it behind: sic export --search …\n',
    });
  });

  test('with --json, as a document', async () => {
    const { run } = await place();
    const { exitCode, stdout } = await run(['export', '--search', 'Zzz', '--json']);
    expect(exitCode).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ kind: 'sic.error', exitCode: 2, error: { code: 'usage' } });
  });

  test('the sign-in: 3, and what stood under the name stays', async () => {
    const { run, cwd, read } = await place();
    await writeFile(join(cwd, 'rows.csv'), 'old\n');
    const { exitCode, stderr } = await run([...search, '--out', 'rows.csv'], {
      env: { SIC_PASSWORD: 'wrong' },
    });
    expect(exitCode, stderr).toBe(3);
    expect([await read('rows.csv'), (await readdir(cwd)).sort()]).toEqual([
      'old\n',
      ['rows.csv', 'sic.config.json'],
    ]);
  });

  test('nobody answers: 4', async () => {
    const { run } = await exportPlace(crm, { url: 'http://127.0.0.1:1/Nobody', config: { searches } });
    const { exitCode, stdout, stderr } = await run(search);
    expect([exitCode, stdout]).toEqual([4, '']);
    expect(stderr).toContain('nobody is listening');
  });
});
