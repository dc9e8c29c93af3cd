import { spawn } from 'node:child_process';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { checkConfig } from '../../src/config/check.ts';
import { withoutComments } from '../../src/config/comments.ts';
import type { Config } from '../../src/config/config.ts';
import { parseJsonText } from '../../src/config/json-text.ts';
import { loadConfig } from '../../src/config/load.ts';
import { type Starter, starterText } from '../../src/config/starter.ts';
import { datatypes } from '../../src/datatypes/index.ts';
import { temporaryFolder } from '../support/folders.ts';
import { runSic } from '../support/program.ts';
import { captureContext, sic } from '../support/sic.ts';

const id = '0123456789abcdef';
const url = 'https://crm.example.com/SuperOffice';
const online = ['--online', 'Cust12345', '--client-id', id];
const onsite = ['--onsite', url, '--username', 'SIC'];

const systemUser = {
  type: 'system-user',
  clientId: id,
  clientSecret: { env: 'SIC_CLIENT_SECRET' },
  systemUserToken: { env: 'SIC_SYSTEM_USER_TOKEN' },
  privateKey: { file: 'keys/prod.pem' },
};
const tenant = { environment: 'online', tenant: 'Cust12345' };
const person = { type: 'oauth', clientId: id, refreshToken: { keychain: 'sic/prod/refresh-token' } };
const basic = { type: 'basic', username: 'SIC', password: { env: 'SIC_PASSWORD' } };

/** What stands in the file, comments aside. */
async function written(folder: string, name = 'sic.config.json') {
  return JSON.parse(withoutComments(await readFile(path.join(folder, name), 'utf8')));
}

test.each([
  ['system user', [...online, '--auth', 'system-user'], { prod: { ...tenant, auth: systemUser } }],
  ['a person', [...online, '--auth', 'oauth'], { prod: { ...tenant, auth: person } }],
  [
    'a person, kept in a file, in development',
    [...online, '--auth', 'oauth', '--environment', 'sod', '--secrets', 'file'],
    {
      dev: {
        ...tenant,
        environment: 'sod',
        auth: { ...person, refreshToken: { file: 'secrets/refresh-token' } },
      },
    },
  ],
  [
    'the keychain and stage',
    [...online, '--auth', 'system-user', '--environment', 'stage', '--secrets', 'keychain'],
    {
      stage: {
        ...tenant,
        environment: 'stage',
        auth: {
          ...systemUser,
          clientSecret: { keychain: 'sic/stage/client-secret' },
          systemUserToken: { keychain: 'sic/stage/system-user-token' },
          privateKey: { file: 'keys/stage.pem' },
        },
      },
    },
  ],
  ['onsite', onsite, { onsite: { url, auth: basic } }],
  ['a name', [...onsite, '--name', 'my.crm-1'], { 'my.crm-1': { url, auth: basic } }],
  ['a name by --profile', [...onsite, '--profile', 'crm'], { crm: { url, auth: basic } }],
  [
    'a ticket in a file',
    ['--onsite', url, '--auth', 'ticket', '--secrets', 'file'],
    { onsite: { url, auth: { type: 'ticket', ticket: { file: 'secrets/ticket' } } } },
  ],
])('%s', async (_name, argv, profiles) => {
  const cwd = await temporaryFolder();
  const { exitCode, stderr } = await sic(['init', ...argv], { cwd });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  const { $schema, ...config } = await written(cwd);
  expect(config).toEqual({ defaultProfile: Object.keys(profiles)[0], profiles });
  expect(JSON.parse(await readFile(new URL($schema), 'utf8')).title).toBe('sic.config.json');
  // As every other command reads it.
  const loaded: Config = await loadConfig({ file: null, cwd });
  expect([...loaded.profiles.keys()]).toEqual(Object.keys(profiles));
});

test.each([
  [['companies.csv'], { match: 'companies.csv', datatype: 'Company' }],
  [['in/kunder.csv', '--datatype', 'company'], { match: 'kunder.csv', datatype: 'Company' }],
  [
    ['persons.csv', '--separator', ';'],
    { match: 'persons.csv', datatype: 'Person', csv: { separator: ';' } },
  ],
  [['sales.csv', '--separator', 'Tab'], { match: 'sales.csv', datatype: 'Sale', csv: { separator: '\t' } }],
  [['sales.csv', '--separator', '\t'], { match: 'sales.csv', datatype: 'Sale', csv: { separator: '\t' } }],
  [['tickets.xml'], { match: 'tickets.xml', datatype: 'Ticket' }],
])('a first file: %j', async (argv, mapping) => {
  const cwd = await temporaryFolder();
  const { exitCode, stdout } = await sic(['init', ...argv, ...onsite], { cwd });
  expect(exitCode).toBe(0);
  expect((await written(cwd)).mappings).toEqual([{ ...mapping, fields: {} }]);
  expect(stdout).toContain(`  sic validate ${argv[0]}\n`);
});

test('the answer tells where the secrets go and what comes next', async () => {
  const cwd = await temporaryFolder();
  const argv = ['init', ...online, '--auth', 'system-user', '--secrets', 'keychain'];
  expect((await sic(argv, { cwd })).stdout).toBe(
    `sic.config.json has the profile "prod": Cust12345 of SuperOffice Online (production).

Its secrets are not in it:

  client secret      sic login --set sic/prod/client-secret
  system user token  sic login --set sic/prod/system-user-token
  private key        put it into ${path.join('keys', 'prod.pem')}, which only you may read (mode 0600)

Next:

  sic login
  sic doctor
  sic validate companies.csv
`,
  );
});

test('--json, another file, and files for secrets beside it', async () => {
  const cwd = await temporaryFolder();
  await mkdir(path.join(cwd, 'conf'));
  const file = path.join('conf', 'my crm.json');
  const argv = ['init', ...onsite, '--config', file, '--secrets', 'file', '--json'];
  const { exitCode, stdout, stderr } = await sic(argv, { cwd, env: { SIC_PROFILE: 'other' } });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(JSON.parse(stdout)).toEqual({
    kind: 'sic.init',
    formatVersion: 1,
    file: path.join(cwd, file),
    profile: 'onsite',
    secrets: [
      {
        setting: 'password',
        file: 'secrets/password',
        command: `sic login --set password --store ${path.join('conf', 'secrets', 'password')}`,
      },
    ],
    next: [
      `sic login --profile onsite --config "${file}"`,
      `sic doctor --profile onsite --config "${file}"`,
      `sic validate companies.csv --profile onsite --config "${file}"`,
    ],
    text: null,
  });
  expect((await written(cwd, file)).profiles.onsite.auth.password).toEqual({ file: 'secrets/password' });
});

test('--print writes nothing, and prints what would be written', async () => {
  const cwd = await temporaryFolder();
  const argv = ['init', ...onsite, '--print'];
  const printed = await sic(argv, { cwd });
  expect(printed).toMatchObject({ exitCode: 0, stderr: '' });
  const json = JSON.parse((await sic([...argv, '--json'], { cwd })).stdout);
  expect(json).toMatchObject({ kind: 'sic.init', file: null, text: printed.stdout });
  expect(await readdir(cwd)).toEqual([]);
  await sic(['init', ...onsite], { cwd });
  expect(await readFile(path.join(cwd, 'sic.config.json'), 'utf8')).toBe(printed.stdout);
});

test('a file that is there is replaced with --force alone', async () => {
  const cwd = await temporaryFolder();
  const file = path.join(cwd, 'sic.config.json');
  await writeFile(file, '{"integrationId":"1"}');
  const before = await stat(file);
  expect(await sic(['init', ...onsite], { cwd })).toEqual({
    exitCode: 2,
    stdout: '',
    stderr: `sic: sic.config.json is already there, and nothing was changed.
→ Look at what would be written with --print, write it elsewhere with --config FILE, or replace it with --force.
`,
  });
  expect(await readFile(file, 'utf8')).toBe('{"integrationId":"1"}');
  expect((await stat(file)).mtimeMs).toBe(before.mtimeMs);
  expect((await sic(['init', ...onsite, '--force'], { cwd })).exitCode).toBe(0);
  expect((await written(cwd)).integrationId).toBeUndefined();
});

test.each([
  [[], 'There is no terminal to ask on, and a flag is missing: --online TENANT or --onsite URL.'],
  [['--online', 'Cust1'], 'There is no terminal to ask on, and flags are missing: --auth, --client-id.'],
  [['--auth', 'basic'], 'There is no terminal to ask on, and flags are missing: --onsite, --username.'],
  [[...onsite, 'kunder.csv'], 'There is no terminal to ask on, and a flag is missing: --datatype.'],
  [
    ['--online', 'Cust 1', ...online.slice(2)],
    '--online is "Cust 1". It must be the identifier of the customer',
  ],
  [['--online', ''], '--online is "".'],
  [
    ['--onsite', 'crm.example.com'],
    '--onsite is "crm.example.com". The address is "crm.example.com": it must be a whole',
  ],
  [['--onsite', 'http://crm.example.com'], 'http sends passwords and data readable over the network.'],
  [[...onsite, '--name', 'sandbox'], '--name is "sandbox". That name is taken'],
  [[...onsite, '--name', '../x'], '--name is "../x". A folder is called after it'],
  [['--onsite', url, '--username', ''], '--username is "". It cannot be empty.'],
  [['--onsite', url, '--username', '  '], '--username is "  ". It cannot be empty.'],
  [[...onsite, 'a.csv', '--datatype', 'Contact'], 'Say Company or Person.'],
  [[...onsite, 'companies.csv', '--separator', ';;'], '--separator is ";;". It must be one character'],
  [[...onsite, '--separator', ';'], '--separator tells about the first file, and none is named.'],
  [['--online', 'Cust1', '--onsite', url], '--online and --onsite contradict each other.'],
  [[...onsite, '--environment', 'sod'], '--environment and --onsite contradict each other.'],
  [[...onsite, '--auth', 'oauth'], '--auth oauth and --onsite contradict each other.'],
  [[...online, '--auth', 'ticket'], '--online and --auth ticket contradict each other.'],
  [[...onsite, '--auth', 'ticket'], '--username and --auth ticket contradict each other.'],
  [
    [...online, '--auth', 'oauth', '--secrets', 'env'],
    '--secrets env and --auth oauth contradict each other.',
  ],
  [[...onsite, '--name', 'a', '--profile', 'b'], '--name and --profile contradict each other.'],
  [[...onsite, '--sandbox'], 'sic init and --sandbox contradict each other.'],
  [
    [...online, '--auth', 'password'],
    '--auth is "password", but it must be system-user, oauth, basic or ticket.',
  ],
  [[...onsite, '--config', ''], '--config was given nothing.'],
  [[...onsite, '--config', 'no/where.json'], 'There is no folder no for the config file.'],
])('refused: %j', async (argv, sentence) => {
  const cwd = await temporaryFolder();
  const { exitCode, stdout, stderr } = await sic(['init', ...argv], { cwd });
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toContain(sentence);
  expect(await readdir(cwd)).toEqual([]);
});

/** The program in this process with a person at a terminal, who answers with these lines. */
async function answered(argv: readonly string[], lines: readonly string[], signal?: AbortSignal) {
  const cwd = await temporaryFolder();
  const { context, written: output } = captureContext({
    cwd,
    env: { CI: '1' },
    ...(signal ? { signal } : {}),
  });
  const stdin = Object.assign(Readable.from(lines.map(line => `${line}\n`)), { isTTY: true as const });
  const terminal = { ...context, stdin, stderr: { ...context.stderr, isTTY: true } };
  const exitCode = await main(['init', ...argv], terminal);
  return { cwd, exitCode, ...output };
}

test.each([
  [
    'Enter wherever it can be',
    ['', '', 'Cust12345', '', id, '', '', ''],
    { prod: { ...tenant, auth: systemUser } },
  ],
  [
    'numbers and values',
    ['1', 'sod', 'Cust12345', '2', id, 'file', 'me', ''],
    {
      me: {
        ...tenant,
        environment: 'sod',
        auth: { ...person, refreshToken: { file: 'secrets/refresh-token' } },
      },
    },
  ],
  ['onsite', ['2', url, '1', 'SIC', '1', '', ''], { onsite: { url, auth: basic } }],
  [
    'wrong answers are asked again',
    ['3', 'x', '2', 'crm', url, '1', '', 'SIC', '0', '1', 'sandbox', 'a b', 'crm', ''],
    { crm: { url, auth: basic } },
  ],
])('questions: %s', async (_name, lines, profiles) => {
  const { cwd, exitCode } = await answered([], lines);
  expect(exitCode).toBe(0);
  expect((await written(cwd)).profiles).toEqual(profiles);
});

test('questions about a first file, whose name tells what it holds', async () => {
  const lines = ['2', url, '2', '1', '', 'data/persons.csv', '', ';'];
  const { cwd, stderr, stdout } = await answered([], lines);
  expect(stderr).toContain('What does it hold (Company, Person, Project');
  expect(stderr).toContain(') [Person]: ');
  expect((await written(cwd)).mappings).toEqual([
    { match: 'persons.csv', datatype: 'Person', csv: { separator: ';' }, fields: {} },
  ]);
  expect(stdout).toContain('sic validate data/persons.csv');
});

test('a person who gave a place is asked only for what has no default', async () => {
  const { cwd, exitCode, stderr } = await answered(['--online', 'Cust12345'], ['', id]);
  expect(exitCode).toBe(0);
  expect(stderr).toBe(`Who signs in?
  1  the system user of an application: for jobs that nobody watches
  2  a person, with a browser
Number [1]: The client id of the application, from the Developer Portal: `);
  expect((await written(cwd)).profiles).toEqual({ prod: { ...tenant, auth: systemUser } });
});

test('questions without answers: nothing is written', async () => {
  const { cwd, exitCode, stderr } = await answered([], ['1', '']);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('The answers ended before the questions. Nothing was written.');
  expect(await readdir(cwd)).toEqual([]);
});

test('a signal ends the questions', async () => {
  const { cwd, exitCode, stderr } = await answered([], ['1'], AbortSignal.abort('SIGINT'));
  expect(exitCode).toBe(130);
  expect(stderr).toContain('sic: Interrupted.');
  expect(await readdir(cwd)).toEqual([]);
});

test('the program off a terminal says what it needs, and does it with flags', async () => {
  const cwd = await temporaryFolder();
  expect(await runSic(['init'], { cwd })).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringContaining(
      'a flag is missing: --online TENANT or --onsite URL.\n→ For example: sic init',
    ),
  });
  expect(await runSic(['init', ...onsite], { cwd })).toMatchObject({ code: 0, stderr: '' });
  const { $schema } = await written(cwd);
  expect(JSON.parse(await readFile(new URL($schema), 'utf8')).title).toBe('sic.config.json');
  // Found and read by the next command: it gets as far as the password.
  await writeFile(path.join(cwd, 'companies.csv'), 'CompUserKey01;Name\nC-1;Acme\n');
  const { code, stderr } = await runSic(['validate', 'companies.csv'], { cwd });
  expect(code).toBe(2);
  expect(stderr).toContain(
    'The environment variable SIC_PASSWORD, which holds the password of profile "onsite"',
  );
});

/** util-linux gives a pseudo terminal; the `script` of other systems takes other words. */
test.skipIf(process.platform !== 'linux')('the program on a pseudo terminal', async () => {
  const cwd = await temporaryFolder();
  const command = `'${process.execPath}' '${path.resolve('bin/sic.js')}' init`;
  const child = spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
    cwd,
    env: { PATH: process.env.PATH ?? '', TERM: 'dumb' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let seen = '';
  const answers: [RegExp, string][] = [
    [/own\r\nNumber \[1\]: $/, '2'],
    [/SuperOffice: $/, url],
    [/ticket\r\nNumber \[1\]: $/, ''],
    [/user: $/, 'SIC'],
    [/Number \[1\]: $/, '1'],
    [/\[onsite\]: $/, ''],
    [/none\): $/, ''],
  ];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    seen += text;
    const [next] = answers;
    if (!next?.[0].test(seen)) return;
    answers.shift();
    child.stdin.write(`${next[1]}\n`);
  });
  const code = await new Promise(resolve => child.on('close', resolve));
  expect([code, answers]).toEqual([0, []]);
  expect(seen).toContain('sic.config.json has the profile "onsite"');
  expect((await written(cwd)).profiles).toEqual({ onsite: { url, auth: basic } });
});

test('the address of the schema is relative inside a project', async () => {
  const { stdout } = await sic(['init', ...onsite, '--print'], { cwd: path.resolve('examples') });
  expect(stdout).toContain('"$schema": "../sic.schema.json"');
  const here = await sic(['init', ...onsite, '--print'], { cwd: path.resolve('.') });
  expect(here.stdout).toContain('"$schema": "./sic.schema.json"');
});

const text = fc.string({ minLength: 1, unit: 'binary' });
const common = {
  name: fc
    .stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/)
    .filter(name => name !== 'sandbox' && name !== '__proto__'),
  secrets: fc.constantFrom('env', 'keychain', 'file'),
} as const;
const starters: fc.Arbitrary<Starter> = fc.record({
  schema: fc.constant('./sic.schema.json'),
  profile: fc.oneof(
    fc.record({
      ...common,
      auth: fc.constant('system-user'),
      environment: fc.constantFrom('sod', 'stage', 'online'),
      tenant: fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_-]*$/),
      clientId: text,
    }),
    fc.record({
      ...common,
      secrets: fc.constantFrom('keychain', 'file'),
      auth: fc.constant('oauth'),
      environment: fc.constantFrom('sod', 'stage', 'online'),
      tenant: fc.constant('Cust1'),
      clientId: text,
    }),
    fc.record({ ...common, auth: fc.constant('basic'), url: fc.constant(url), username: text }),
    fc.record({ ...common, auth: fc.constant('ticket'), url: fc.constant(url) }),
  ),
  firstFile: fc.option(
    fc.record({
      name: text,
      datatype: fc.constantFrom(...datatypes.map(({ name }) => name)),
      separator: fc.option(fc.constantFrom(';', '\t', '"', '\\')),
    }),
  ),
});

test('whatever is answered, the file is read as it was meant; so it is with the slashes taken away', () => {
  fc.assert(
    fc.property(starters, starter => {
      const written = starterText(starter);
      for (const each of [written, written.replaceAll(/^( *)\/\/ (?=")/gm, '$1')]) {
        const parsed = parseJsonText(each);
        if (!parsed.ok) expect.unreachable(parsed.fault.message);
        else
          expect(checkConfig(parsed.value)).toMatchObject({
            ok: true,
            config:
              each === written ? {} : { integrationId: '17PS01010001', fallbackAssociate: 'ANDERSDYRE' },
          });
      }
      const { profile, firstFile } = starter;
      expect(JSON.parse(withoutComments(written))).toMatchObject({
        defaultProfile: profile.name,
        profiles: {
          [profile.name]: {
            auth: {
              type: profile.auth,
              ...('username' in profile ? { username: profile.username } : {}),
              ...('clientId' in profile ? { clientId: profile.clientId } : {}),
            },
          },
        },
        ...(firstFile ? { mappings: [{ match: firstFile.name, datatype: firstFile.datatype }] } : {}),
      });
    }),
  );
});
