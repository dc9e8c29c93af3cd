import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../support/folders.ts';
import { sic } from '../support/sic.ts';
import { openPoints, practice, told } from './practice.ts';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise(resolve => server.once('listening', resolve));
  const address = server.address();
  await new Promise(resolve => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

test('a wrong password: exit 3, and the machine is looked at all the same', async () => {
  const place = await practice('demo');
  const found = await place.doctor([], { SIC_PASSWORD: 'wrong-word' });
  expect([found.exitCode, found.tenant, openPoints(found)]).toEqual([3, '', ['missing sign-in']]);
  expect(told(found, 'Node')).toContain('ok: ');
  expect(told(found, 'tenant')).toContain('skipped: ');
  expect(JSON.stringify(found)).not.toContain('wrong-word');
});

test('a secret that is not there: exit 2, nobody is asked', async () => {
  const place = await practice('demo');
  const found = await place.doctor([], { SIC_PASSWORD: '' });
  expect([found.exitCode, openPoints(found)]).toEqual([2, ['missing secret']]);
  expect(told(found, 'secret')).toContain('export SIC_PASSWORD');
  expect(told(found, 'sign-in')).toBe('skipped: There is nothing to sign in with. ');
});

test('nobody there: exit 4; the files are still read', async () => {
  const port = await freePort();
  const place = await practice('demo', { profile: { url: `http://127.0.0.1:${port}/Sandbox` } });
  await place.write('companies.csv', 'CompUserKey01;Name\nC-1;A\n');
  const found = await place.doctor(['companies.csv', '--fix', '--yes']);
  expect([found.exitCode, openPoints(found), found.made]).toEqual([4, ['missing address'], []]);
  expect(told(found, 'companies.csv')).toBe('ok: 1 row of Company. ');
});

test('a config with mistakes: exit 2, each mistake told', async () => {
  const cwd = await temporaryFolder();
  const place = await practice('demo');
  await place.write('sic.config.json', '{ "profile": {}, "mappings": 1 }');
  const found = await place.doctor();
  expect([found.exitCode, openPoints(found)]).toEqual([2, ['missing config file']]);
  expect(told(found, 'config file')).toContain('Did you mean "profiles"');
  const { exitCode, stdout } = await sic(['doctor'], { cwd });
  expect(exitCode).toBe(2);
  expect(stdout).toContain('missing  profile: No SuperOffice is configured');
});

test('a state folder that cannot be made', async () => {
  const place = await practice('demo');
  await place.write('file', '');
  const found = await place.doctor(['--state-dir', join('file', 'state')]);
  expect([found.exitCode, openPoints(found)]).toEqual([2, ['missing state folder']]);
  expect(told(found, 'state folder')).toContain('--state-dir');
});

test.each([
  [['--yes'], '--yes says nothing without --fix'],
  [['--rate', 'fast'], '--rate is "fast"'],
  [['--sandbox', '--profile', 'test'], 'contradict each other'],
])('%j is refused', async (argv, words) => {
  const place = await practice('demo');
  const { exitCode, stdout, stderr } = await place.run(['doctor', ...argv]);
  expect([exitCode, stdout]).toEqual([2, '']);
  expect(stderr).toContain(words);
});

test('the help tells the exit codes', async () => {
  const { stdout, exitCode } = await sic(['doctor', '--help']);
  expect(exitCode).toBe(0);
  expect(stdout).toContain('  1    something in SuperOffice or in the files has to be mended');
  expect(stdout).toContain('  $ sic doctor --sandbox');
});
