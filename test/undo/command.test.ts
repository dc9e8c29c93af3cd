import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { captureContext } from '../support/sic.ts';
import { counted, openPractice, type Practice } from './practice.ts';

/** Two companies, one of them changed by the last run and one created. */
async function changedOne(practice: Practice): Promise<string> {
  const { file, run } = practice;
  await file('companies.csv', ['CompUserKey01;Name', 'C-1;Fjordbygg AS']);
  await run('import', 'companies.csv');
  await file('companies.csv', ['CompUserKey01;Name', 'C-1;Fjordbygg Norge AS', 'C-2;Møllevang ApS']);
  return String(Reflect.get(await run('import', 'companies.csv'), 'run'));
}

test('off a terminal it only shows what it would do, and says how to do it', async () => {
  const practice = await openPractice();
  const run = await changedOne(practice);
  const { stdout, stderr, exitCode } = await practice.said('undo', 'last', '--profile', 'crm');
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout.replace(/in .* s\./, 'in 1 s.').replace(/\(id \d+\)/, '(id 7)')).toBe(`~ Company  C-1  (id 7)
    Name: "Fjordbygg Norge AS" → "Fjordbygg AS"

Undo of run ${run}, as a dry run
  2  records were written
  1  would be as before the run again
  1  created by the run, and would be kept

Nothing was written.
${stdout.match(/\d+ requests/)?.[0]} in 1 s.

To see what deleting the created records would do:
  sic undo ${run} --delete-created --dry-run --profile crm

To do it:
  sic undo ${run} --yes --profile crm
`);
  const done = await practice.said('undo', run.slice(0, -1), '--yes');
  expect(done.exitCode).toBe(1);
  expect(done.stdout).toContain('1  as before the run again\n  1  created by the run, and kept\n');
  expect(done.stdout).toContain('with the same file it writes them again');
  expect(done.stdout).toMatch(/This undo is run \d{8}-\d{6}-\w{4}, and can be undone itself\./);
});

test.each([
  [['--dry-run'], 'y\n', '', false, false],
  [[], 'y\n', 'Take back 1 record? [y/N] ', true, false],
  [[], 'n\n', 'Take back 1 record? [y/N] ', false, false],
  [['--delete-created'], '1\n', 'To delete 1 record', true, true],
  [['--delete-created'], 'y\n', 'To delete 1 record', false, false],
  [['--delete-created'], '', 'To delete 1 record', false, false],
] as const)('on a terminal: %j, %j', async (flags, answer, question, isDone, isDeleted) => {
  const practice = await openPractice();
  await changedOne(practice);
  const { context, written } = captureContext({
    cwd: practice.folder,
    env: { SIC_PASSWORD: practice.tenant.sandbox.password, CI: '1' },
  });
  const stdin = Object.assign(Readable.from(answer === '' ? [] : [answer]), { isTTY: true as const });
  const terminal = { ...context, stdin, stderr: { ...context.stderr, isTTY: true } };
  const exitCode = await main(['undo', 'last', ...flags], terminal);
  expect(exitCode).toBe(isDone && !isDeleted ? 1 : 0);
  if (question === '') expect(written.stderr).toBe('');
  else expect(written.stderr).toContain(question);
  expect(JSON.stringify(await practice.everything('Company')).includes('Fjordbygg Norge')).toBe(!isDone);
  expect(JSON.stringify(await practice.everything('Company')).includes('Møllevang')).toBe(!isDeleted);
});

test('runs that cannot be taken back say why', async () => {
  const practice = await openPractice();
  const { said, run, file, folder, undo, runs } = practice;
  expect(await said('undo', 'last')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('Nothing is known of runs'),
  });
  expect(await said('undo')).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('sic undo last') });
  await changedOne(practice);
  expect(await said('undo', '20990101')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringMatching(/There is no run "20990101".*\n→ .*Known are: 20/s),
  });
  expect(await said('undo', '20')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('2 runs begin with "20"'),
  });
  expect(await undo('nonsense')).toMatchObject({ kind: 'sic.error', exitCode: 2, error: { code: 'usage' } });

  const before = await runs();
  await run('validate', 'companies.csv', '--full');
  const [dry = ''] = (await runs()).filter(id => !before.includes(id));
  expect(counted(await undo(dry, '--yes'))).toEqual({});

  await file('companies.csv', ['CompUserKey01;Name', 'C-1;Tredje navn']);
  const third = String(Reflect.get(await run('import', 'companies.csv'), 'run'));
  await rm(join(folder, '.sic', 'crm', 'runs', third, 'before.ndjson'));
  expect(await said('undo', third)).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('what it overwrote was not kept'),
  });
});

test('with keepValues false nothing is kept', async () => {
  const practice = await openPractice({ history: { keepValues: false } });
  const { said, undo, runs, folder } = practice;
  await changedOne(practice);
  for (const id of await runs())
    expect(await readdir(join(folder, '.sic', 'crm', 'runs', id))).not.toContain('before.ndjson');
  expect(await said('undo', 'last', '--yes')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('"history": { "keepValues": false }'),
  });
  expect(await undo('last')).toMatchObject({ kind: 'sic.error', exitCode: 2 });
});

test('what is kept is readable by its owner alone, and is there only where something was written', async () => {
  const practice = await openPractice();
  const { folder, run, runs } = practice;
  const changed = await changedOne(practice);
  const path = join(folder, '.sic', 'crm', 'runs', changed, 'before.ndjson');
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  const [head, ...images] = (await readFile(path, 'utf8'))
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line));
  expect(head).toMatchObject({ formatVersion: 1, kind: 'sic.import', undoes: null });
  expect(images.find(({ does }) => does === 'update')).toMatchObject({
    datatype: 'Company',
    key: 'C-1',
    fields: [{ field: 'Name', place: '', before: 'Fjordbygg AS', after: 'Fjordbygg Norge AS' }],
    also: [],
  });
  const before = new Set(await runs());
  await run('import', 'companies.csv');
  const [quiet = ''] = (await runs()).filter(id => !before.has(id));
  expect(await readdir(join(folder, '.sic', 'crm', 'runs', quiet))).not.toContain('before.ndjson');
});

test('a run of another SuperOffice is not taken back in this one', async () => {
  const one = await openPractice();
  const run = await changedOne(one);
  const other = await openPractice();
  const { url } = other.tenant.sandbox;
  const config = JSON.parse(await readFile(join(one.folder, 'sic.config.json'), 'utf8'));
  config.profiles.crm.url = url.replace('127.0.0.1', 'localhost');
  await one.put('elsewhere.json', JSON.stringify(config));
  const { exitCode, stderr } = await one.said('undo', run, '--yes', '--config', 'elsewhere.json');
  expect({ exitCode, stderr }).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('wrote to another SuperOffice'),
  });
});

test('sic runs show tells whether a run can be taken back, and by whom it was', async () => {
  const practice = await openPractice();
  const { said, undo, file } = practice;
  await changedOne(practice);
  await file('companies.csv', ['CompUserKey01;Name', 'C-1;Tredje navn']);
  const run = String(Reflect.get(await practice.run('import', 'companies.csv'), 'run'));
  const shown = async () => (await said('runs', 'show', run)).stdout;
  expect(await shown()).toContain(`sic undo ${run} takes it back`);
  const back = await undo(run, '--yes');
  expect(await shown()).toContain(`taken back by ${back.run}`);
  // An undo that was undone has taken nothing back.
  expect((await undo(back.run, '--yes')).exitCode).toBe(0);
  expect(await shown()).toContain(`sic undo ${run} takes it back`);
  expect(JSON.parse((await said('runs', '--json')).stdout).runs[0]).toMatchObject({ command: 'undo' });
});
