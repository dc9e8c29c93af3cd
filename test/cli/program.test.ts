import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { datatypes } from '../../src/datatypes/index.ts';
import { temporaryFolder } from '../support/folders.ts';
import { sic } from '../support/sic.ts';

test('--version is that of package.json', async () => {
  const { version } = JSON.parse(await readFile('package.json', 'utf8'));
  expect(await sic(['--version'])).toEqual({ exitCode: 0, stdout: `${version}\n`, stderr: '' });
});

test('no argument prints help', async () => {
  const bare = await sic([]);
  expect(bare).toEqual(await sic(['--help']));
  expect(bare.exitCode).toBe(0);
  expect(bare.stdout).toContain('sic import companies.csv --sandbox');
});

test.each([
  'import',
  'validate',
  'init',
  'doctor',
  'login',
  'logout',
  'whoami',
  'sandbox',
  'fields',
  'schema',
])('%s --help has examples', async verb => {
  const help = await sic([verb, '--help']);
  expect(help.exitCode).toBe(0);
  expect(help.stdout).toContain(`Usage: sic ${verb}`);
  expect(help.stdout).toContain(`  $ sic ${verb}`);
  expect(help.stdout).toContain('--profile <name>');
  expect(await sic(['help', verb])).toEqual(help);
});

test('the help of import tells the exit codes', async () => {
  expect((await sic(['import', '--help'])).stdout).toContain('  3    SuperOffice refused the sign-in');
});

test('a flag of the program counts before and after the verb', async () => {
  const before = await sic(['--json', 'fields']);
  const after = await sic(['fields', '--json']);
  expect(before).toEqual(after);
  expect(JSON.parse(after.stdout)).toMatchObject({ formatVersion: 1 });
});

test('no config: the way out is named', async () => {
  const cwd = await temporaryFolder();
  await writeFile(path.join(cwd, 'companies.csv'), 'CompUserKey01;Name\nC-1;Acme\n');
  expect(await sic(['import', 'companies.csv'], { cwd })).toEqual({
    exitCode: 2,
    stdout: '',
    stderr: `sic: No SuperOffice is configured: there is no sic.config.json here or in a folder above.
→ Try it without one: add --sandbox to the command. Or describe your SuperOffice in a config file: sic init writes one.
`,
  });
});

test('a config with mistakes: all of them, and the document with --json', async () => {
  const cwd = await temporaryFolder();
  await mkdir(path.join(cwd, 'conf'));
  await writeFile(path.join(cwd, 'conf', 'my.json'), '{\n  "profile": {},\n  "mappings": 1\n}\n');
  const argv = ['import', 'a.csv', '--json'];
  const { exitCode, stdout, stderr } = await sic(argv, { cwd, env: { SIC_CONFIG: 'conf/my.json' } });
  expect(exitCode).toBe(2);
  expect(stderr).toBe(`sic: ${path.join('conf', 'my.json')} has 2 mistakes.
  line 2: "profile" is not known at the top of the config. Did you mean "profiles"?
  line 3: mappings is 1: it must be a list [ … ].
→ Correct the file, then run the command again.
`);
  expect(JSON.parse(stdout).error).toEqual({
    code: 'config',
    message: `${path.join('conf', 'my.json')} has 2 mistakes.`,
    hint: 'Correct the file, then run the command again.',
    detail:
      'line 2: "profile" is not known at the top of the config. Did you mean "profiles"?\n' +
      'line 3: mappings is 1: it must be a list [ … ].',
  });
});

test('--profile beats SIC_PROFILE', async () => {
  const cwd = await temporaryFolder();
  const surroundings = { cwd, env: { SIC_PROFILE: 'fromenv' } };
  expect((await sic(['import', 'a.csv'], surroundings)).stderr).toContain('"fromenv" (SIC_PROFILE)');
  expect((await sic(['import', 'a.csv', '--profile', 'flag'], surroundings)).stderr).toContain(
    '"flag" (--profile)',
  );
});

test('the next command can be copied: npx, the datatype, --full', async () => {
  const cwd = await temporaryFolder();
  const lines = 'CompUserKey01;Name;CountryName\nC-1;Acme;Norway\nC-2;Brix;Atlantis\n';
  await writeFile(path.join(cwd, 'companies.csv'), lines);
  const argv = ['validate', 'companies.csv', '--sandbox', '--full', '--limit', '2', '--rejects', 'bad.csv'];
  const { stdout } = await sic(argv, { cwd, env: { npm_lifecycle_event: 'npx' } });
  expect(stdout).toContain('\n  npx sic validate bad.csv --sandbox --datatype Company\n');
  expect(stdout).toContain('\n  npx sic import companies.csv --full');
});

test.each(['import', 'validate', 'doctor', 'fields', 'schema'])(
  '%s --help names every datatype',
  async verb => {
    const { stdout } = await sic([verb, '--help']);
    for (const { name } of datatypes) expect(stdout).toContain(name);
  },
);
