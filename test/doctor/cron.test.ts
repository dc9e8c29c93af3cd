import { execFile } from 'node:child_process';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { cronChecks } from '../../src/doctor/cron-checks.ts';
import { type Job, scheduleOf } from '../../src/doctor/schedule.ts';
import { temporaryFolder } from '../support/folders.ts';
import { runSic } from '../support/program.ts';
import { type Diagnosis, openPoints, practice, told } from './practice.ts';

const run = promisify(execFile);

const job: Job = {
  node: '/usr/bin/node',
  script: '/usr/local/bin/sic',
  argv: ['/srv/out/kunder 100%.csv', '--profile', 'prod'],
  folder: '/srv/erp out',
  user: 'sic',
  environmentFile: '/etc/sic/sic.env',
  variables: ['SIC_PASSWORD'],
  log: '/srv/erp out/sic-import.log',
};

test('the lines of a job with blanks and percent signs in its names', () => {
  const { crontab, systemdService, windowsTask, environment } = scheduleOf(job);
  expect(crontab).toBe(
    `20 1 * * *  cd '/srv/erp out' && { set -a; . /etc/sic/sic.env; set +a; /usr/bin/node /usr/local/bin/sic import '/srv/out/kunder 100\\%.csv' --profile prod; } >> '/srv/erp out/sic-import.log' 2>&1 || echo "sic ended with exit code $?"`,
  );
  expect(systemdService).toContain('\nWorkingDirectory=/srv/erp out\nEnvironmentFile=/etc/sic/sic.env\n');
  expect(systemdService).toContain(
    '\nExecStart=/usr/bin/node /usr/local/bin/sic import "/srv/out/kunder 100%%.csv" --profile prod\n',
  );
  expect(windowsTask).toContain(
    '/TR "\\"/usr/bin/node\\" \\"/usr/local/bin/sic\\" \\"import\\" \\"/srv/out/kunder 100%.csv\\"',
  );
  expect(environment).toEqual(["SIC_PASSWORD='…'"]);
});

test('without variables no file is read', () => {
  const { crontab, systemdService } = scheduleOf({ ...job, environmentFile: null, variables: [] });
  expect(crontab + systemdService).not.toMatch(/set -a|EnvironmentFile/);
});

test.skipIf(process.platform === 'win32')('a shell hands on the words of the line as they are', async () => {
  const folder = await temporaryFolder();
  const words = [`it's`, '100%', '$HOME', '`id`', 'a "b" c', '\\', '*', 'æøå', ''];
  const script = join(folder, 'echo.mjs');
  await writeFile(script, 'process.stdout.write(JSON.stringify(process.argv.slice(2)))');
  const log = join(folder, 'log file');
  const { crontab } = scheduleOf({
    ...job,
    node: process.execPath,
    script,
    argv: words,
    folder,
    environmentFile: null,
    log,
  });
  // cron takes the backslash off before it starts the shell.
  const command = crontab.replace(/^20 1 \* \* \* {2}/, '').replaceAll('\\%', '%');
  await run('/bin/sh', ['-c', command], { cwd: '/', env: {} });
  expect(JSON.parse(await readFile(log, 'utf8'))).toEqual(['import', ...words]);
});

const facts: Parameters<typeof cronChecks>[0] = {
  platform: 'linux',
  job,
  bareStart: null,
  environmentFile: { path: '/etc/sic/sic.env', names: ['SIC_PASSWORD'], isOpen: false },
  files: ['kunder.csv'],
};
const state = { path: '/var/lib/sic/prod', free: 1e9, fault: null };
const secret = (ref: { env: string } | { keychain: string } | { file: string }) => ({
  ref,
  what: 'the password',
  signsIn: true,
});
const inEnvironment = secret({ env: 'SIC_PASSWORD' });
const absent = { ...facts.environmentFile, names: null };

test.each<[string, Partial<typeof facts>, ReturnType<typeof secret>, string[]]>([
  ['all is well', {}, inEnvironment, []],
  ['a secret in a file', {}, secret({ file: '/etc/sic/password' }), []],
  ['a keychain without a desktop', {}, secret({ keychain: 'sic/prod' }), ['missing secret']],
  ['a keychain of Windows', { platform: 'win32' }, secret({ keychain: 'sic/prod' }), ['advice secret']],
  ['no environment file', { environmentFile: absent }, inEnvironment, ['missing secret']],
  ['a secret that the file lacks', {}, secret({ env: 'OTHER' }), ['missing secret']],
  [
    'a file that all may read',
    { environmentFile: { ...facts.environmentFile, isOpen: true } },
    inEnvironment,
    ['missing environment'],
  ],
  [
    'a proxy of the terminal',
    { job: { ...job, variables: ['SIC_PASSWORD', 'HTTPS_PROXY'] } },
    inEnvironment,
    ['advice environment'],
  ],
  ['standard input', { files: ['-'] }, inEnvironment, ['missing files']],
  [
    'a program that does not start',
    { bareStart: 'env: node: No such file' },
    inEnvironment,
    ['missing start'],
  ],
  [
    'a Node that goes away',
    { job: { ...job, node: '/home/joe/.nvm/versions/node/v20.1.0/bin/node' } },
    inEnvironment,
    ['advice start'],
  ],
])('%s', (_case, more, one, open) => {
  const checks = cronChecks({ ...facts, ...more }, [one], state);
  expect(openPoints({ checks })).toEqual(open);
});

test('a state folder that the job may not write', () => {
  const checks = cronChecks(facts, [], { ...state, fault: 'EACCES' });
  expect(checks.at(-1)).toMatchObject({ status: 'missing', name: 'state folder' });
});

test.skipIf(process.platform === 'win32')(
  'the crontab line of --as-cron imports, with what cron gives it',
  async () => {
    const place = await practice('demo');
    await place.write('companies.csv', 'CompUserKey01;Name\nCRON-1;Fjordbygg AS\n');
    const argv = ['doctor', 'companies.csv', '--as-cron', '--json'];
    const surroundings = { cwd: place.cwd, env: { SIC_PASSWORD: 'sandbox', HOME: place.cwd } };

    const before = await runSic(argv, surroundings);
    const unready: Diagnosis = JSON.parse(before.stdout);
    expect([before.code, openPoints(unready)]).toEqual([1, ['missing secret']]);
    expect(told(unready, 'start')).toContain('starts with no terminal');
    expect(unready.schedule?.environment).toEqual(["SIC_PASSWORD='…'"]);

    await place.write('sic.env', "SIC_PASSWORD='sandbox'\n");
    await chmod(join(place.cwd, 'sic.env'), 0o600);
    const after = await runSic(argv, surroundings);
    const ready: Diagnosis = JSON.parse(after.stdout);
    expect([after.code, openPoints(ready)]).toEqual([0, []]);
    expect(after.stdout).not.toContain("='sandbox'");

    const command = String(ready.schedule?.crontab)
      .replace(/^20 1 \* \* \* {2}/, '')
      .replaceAll('\\%', '%');
    expect(command).toContain(resolve('bin/sic.js'));
    const { stdout } = await run('/bin/sh', ['-c', command], { cwd: '/', env: { PATH: '/usr/bin:/bin' } });
    expect(stdout).toBe('');
    expect(await readFile(join(place.cwd, 'sic-import.log'), 'utf8')).toMatch(/1\s+created/);
  },
);

test('--as-cron for people, without files', async () => {
  const place = await practice('demo', {
    profile: { auth: { type: 'ticket', ticket: { keychain: 'sic/none' } } },
  });
  const { stdout } = await place.run(['doctor', '--sandbox', '--as-cron']);
  expect(stdout).toContain('\ncrontab -e\n  20 1 * * *  cd ');
  expect(stdout).toContain('sic import FILE --sandbox');
  expect(stdout).toContain('/etc/systemd/system/sic.timer');
  expect(stdout).toContain('schtasks /Create');
});
