import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { sic } from '../support/sic.ts';

/** Runs `sic searches` beside a config with these searches, one per line. */
async function searches(entries: Readonly<Record<string, object>>, ...flags: readonly string[]) {
  const cwd = await mkdtemp(join(tmpdir(), 'sic-searches-'));
  onTestFinished(() => rm(cwd, { recursive: true, force: true }));
  const lines = Object.entries(entries).map(
    ([name, entry]) => `${JSON.stringify(name)}: ${JSON.stringify(entry)}`,
  );
  await writeFile(join(cwd, 'sic.config.json'), `{ "searches": {\n${lines.join(',\n')}\n} }\n`);
  const ended = await sic(['searches', ...flags], { cwd });
  return { ...ended, stderr: ended.stderr.replaceAll(cwd, '…') };
}

const good = {
  TestData: {
    datatype: 'Company',
    fields: ['CompUserKey01', 'Name', { CreatedYear: 'year(CreatedDate)' }],
    where: ['Category=Customer', 'Stop=FALSE'],
    criteria: ['CreatedYear'],
    order: 'Name,CreatedYear desc',
    cache: '15m',
  },
  People: { provider: 'AllUsers', key: 'associateDbId', fields: ['fullName'] },
  Everything: { datatype: 'Sale' },
};

describe('sic searches', () => {
  test('tells of each what it reads', async () => {
    expect(await searches(good)).toEqual({
      exitCode: 0,
      stderr: '',
      stdout: `TestData
  of        Company
  fields    CompUserKey01, Name, CreatedYear
  where     Category=Customer and Stop=FALSE
  --where   CreatedYear
  order     Name,CreatedYear desc
  cache     15m

People
  of        AllUsers
  fields    fullName
  --where   any field

Everything
  of        Sale
  fields    all that an import takes
  --where   any field
`,
    });
  });

  test('--json: the same for scripts', async () => {
    const { exitCode, stdout, stderr } = await searches(good, '--json');
    expect([exitCode, stderr]).toEqual([0, '']);
    const document = JSON.parse(stdout);
    expect(document).toMatchObject({ kind: 'sic.searches', formatVersion: 1, exitCode: 0 });
    expect(document.searches.map(({ name }: { name: string }) => name)).toEqual(Object.keys(good));
    expect(document.searches[1]).toEqual({
      name: 'People',
      of: 'AllUsers',
      fields: ['fullName'],
      where: [],
      criteria: null,
      order: [],
      cache: null,
      faults: [],
    });
  });

  test('none, and no config', async () => {
    expect((await searches({})).stdout).toMatch(/sic\.config\.json names no searches\.\n$/);
    const cwd = await mkdtemp(join(tmpdir(), 'sic-searches-'));
    onTestFinished(() => rm(cwd, { recursive: true, force: true }));
    expect(await sic(['searches'], { cwd })).toEqual({
      exitCode: 0,
      stdout: 'There is no sic.config.json here or in a folder above, and so no searches.\n',
      stderr: '',
    });
  });

  const faulty = {
    Good: { datatype: 'Company', fields: ['Name'] },
    'So bad': {
      datatype: 'Company',
      fields: ['Nme', 'Name', { Year: 'yaer(CreatedDate)' }],
      where: ['Category', 'Nme=5', 'Nmae=5'],
      criteria: ['Year', 'Categori'],
      order: ['Name desc, Nome'],
    },
    Worse: { datatype: 'Person', fields: ['Lastnam'] },
  };

  test('searches that cannot be run are listed, and all that is wrong with them is told at once', async () => {
    const { exitCode, stdout, stderr } = await searches(faulty);
    expect(exitCode).toBe(2);
    expect(stdout).toMatch(/^Good\n(?: {2}.+\n)+\nSo bad\n(?: {2}.+\n)+ {2}cannot be run\n\nWorse\n/);
    const [first, ...lines] = stderr.trimEnd().split('\n');
    expect(first).toBe('sic: 2 searches cannot be run: So bad, Worse.');
    expect(lines.at(-1)).toBe('→ Correct …/sic.config.json.');
    const told = lines.slice(0, -1).map(line => line.trim());
    const bad = 'searches["So bad"]';
    expect(told).toEqual([
      `${bad}.fields names "Nme": Company has no such field. Did you mean "Name"?`,
      expect.stringContaining(`${bad}.fields names "yaer(CreatedDate)": `),
      expect.stringContaining(`${bad}.where: "Category" has no operator.`),
      expect.stringMatching(/\.where: "Nmae=5" names "Nmae": .+ Did you mean "Name"\?/),
      expect.stringMatching(/\.criteria names "Categori": .+ Did you mean "Category"\?/),
      expect.stringContaining(`${bad}.order names "Nome": `),
      'searches.Worse.fields names "Lastnam": Person has no such field. Did you mean "Lastname"?',
    ]);
  });

  test('--json holds what is wrong, beside the search', async () => {
    const { exitCode, stdout } = await searches(faulty, '--json');
    const document = JSON.parse(stdout);
    expect([exitCode, document.exitCode]).toEqual([2, 2]);
    expect(document.searches.map(({ faults }: { faults: string[] }) => faults.length)).toEqual([0, 6, 1]);
  });
});

test('mistakes that the config itself shows: all of them, with their lines, those of good siblings too', async () => {
  const { exitCode, stdout, stderr } = await searches({
    Keys: { datatype: 'Company', fieds: ['Name'], cache: '15 min' },
    Datatype: { datatype: 'Compny' },
    Archive: { provider: 'AllUsers' },
    Both: { datatype: 'Company', provider: 'AllUsers', key: 'id', fields: ['a', 'b', { a: 'c' }] },
    Neither: { fields: ['Name'] },
    Stray: { datatype: 'Company', entities: 'all' },
    Empty: { datatype: 'Company', fields: [] },
  });
  expect([exitCode, stdout]).toEqual([2, '']);
  expect(stderr).toBe(`sic: sic.config.json has 10 mistakes.
  line 2: searches.Keys: "fieds" is not known. Did you mean "fields"?
  line 2: searches.Keys.cache is "15 min": it is not written correctly. Write it like "15m".
  line 3: searches.Datatype.datatype is "Compny", which is no datatype. Did you mean "Company"?
  line 4: searches.Archive: "key" is missing: the column with the number of each row, such as "contactId".
  line 4: searches.Archive: "fields" is missing: an archive has no columns of its own accord.
  line 5: searches.Both: write either "datatype" (Company, Person, …) or "provider" (an archive of SuperOffice).
  line 5: searches.Both.fields[2]: the column "a" is there twice.
  line 6: searches.Neither: write either "datatype" (Company, Person, …) or "provider" (an archive of SuperOffice).
  line 7: searches.Stray.entities has a meaning beside "provider" only.
  line 8: searches.Empty.fields is empty: write a value or delete the line.
→ Correct the file, then run the command again.
`);
});
