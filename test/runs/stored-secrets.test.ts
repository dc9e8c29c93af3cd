import { chmod, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { sic } from '../support/sic.ts';
import { keychainOf, lockedKeychain, noKeychain, online, signInPlace } from '../support/signing-in.ts';
import { emptyFolder } from '../support/workplace.ts';

const secret = 'Zk7-geheim/+=';
const piped = (text = `${secret}\n`) => Readable.from([Buffer.from(text)]);

test('a secret goes into the keychain, is used by a profile, and is removed', async () => {
  const sandbox = await online();
  const { run, cwd, env } = await signInPlace(sandbox);
  const entries = new Map<string, string>();
  const keychain = keychainOf(entries);
  const { clientSecret } = sandbox.app();
  const stored = await run(['login', '--set', 'sic/job/client-secret'], {
    keychain,
    stdin: piped(`${clientSecret}\r\n`),
  });
  expect(stored.exitCode, stored.stderr).toBe(0);
  expect(stored.stdout).toBe(
    'Stored in keychain entry sic/job/client-secret. In the config it is { "keychain": "sic/job/client-secret" }.\n',
  );
  expect(entries).toEqual(new Map([['sic|job/client-secret', clientSecret]]));

  const file = path.join(cwd, 'sic.config.json');
  const config = await readFile(file, 'utf8');
  const changed = config.replace('"env":"SIC_CLIENT_SECRET"', '"keychain":"sic/job/client-secret"');
  await writeFile(file, changed);
  const { SIC_CLIENT_SECRET: _unused, ...rest } = env;
  expect((await run(['whoami', '--profile', 'job'], { keychain, env: rest })).exitCode).toBe(0);

  const argv = ['logout', '--set', 'sic/job/client-secret', '--json'];
  const place = 'keychain entry sic/job/client-secret';
  expect(JSON.parse((await run(argv, { keychain })).stdout)).toMatchObject({
    kind: 'sic.logout',
    forgotten: [place],
  });
  expect(entries.size).toBe(0);
  const again = await run(['logout', '--set', 'sic/job/client-secret'], { keychain });
  expect(again).toMatchObject({ exitCode: 0, stdout: `There was nothing to remove: no ${place}.\n` });
});

test('a secret goes into a file for its owner alone; a whole key does too', async () => {
  const cwd = await emptyFolder();
  const file = path.join(cwd, 'keys', 'secret');
  const argv = ['login', '--set', 'x', '--store', 'keys/secret'];
  const stored = await sic([...argv, '--json'], { cwd, stdin: piped() });
  expect(stored.exitCode, stored.stderr).toBe(0);
  expect(JSON.parse(stored.stdout)).toMatchObject({ kind: 'sic.login', set: 'x', kept: file });
  expect(await readFile(file, 'utf8')).toBe(`${secret}\n`);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect((await stat(path.dirname(file))).mode & 0o777).toBe(0o700);
  const { privateKeyPem } = (await online()).app();
  expect((await sic(argv, { cwd, stdin: piped(privateKeyPem) })).stdout).toContain(
    '{ "file": "keys/secret" }',
  );
  expect((await readFile(file, 'utf8')).trim()).toBe(privateKeyPem.trim());
  const gone = await sic(['logout', '--set', 'x', '--store', 'keys/secret'], { cwd });
  expect(gone.stdout).toBe(`Removed ${file}.\n`);
});

test.each([
  ['nothing', '', 'No secret was given'],
  ['an empty line', '\n', 'No secret was given'],
  ['several lines', 'one\ntwo\n', 'has several lines'],
  ['a whole file', 'x'.repeat(70_000), 'too long for a secret'],
])('%s is refused', async (_name, text, says) => {
  const entries = new Map<string, string>();
  const ended = await sic(['login', '--set', 'x'], { stdin: piped(text), keychain: keychainOf(entries) });
  expect(ended.exitCode).toBe(2);
  expect(ended.stderr).toContain(says);
  expect(entries.size).toBe(0);
});

test('a file that is something else is left alone', async () => {
  const cwd = await emptyFolder();
  const file = path.join(cwd, 'sic.config.json');
  await writeFile(file, '{}');
  await chmod(file, 0o644);
  const argv = ['login', '--set', 'x', '--store'];
  const config = await sic([...argv, 'sic.config.json'], { cwd, stdin: piped() });
  expect(config.exitCode).toBe(2);
  expect(config.stderr).toContain('it is no file of a secret');
  expect(await readFile(file, 'utf8')).toBe('{}');
  const folder = await sic([...argv, '.'], { cwd, stdin: piped() });
  expect(folder).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('which is no file') });
  expect((await sic(['login', '--set', ''], { cwd, stdin: piped() })).stderr).toContain(
    '--set was given nothing',
  );
});

test.each([
  ['absent', noKeychain, 'cannot be opened'],
  ['locked', lockedKeychain, 'is locked: it did not keep the secret sic/x'],
])('a keychain that is %s: one message, with another way', async (_name, keychain, says) => {
  const ended = await sic(['login', '--set', 'sic/x'], { stdin: piped(), keychain });
  expect(ended.exitCode).toBe(2);
  expect(ended.stderr).toContain(says);
  expect(ended.stderr).toContain('sic login --set sic/x --store FILE');
  expect(ended.stdout + ended.stderr).not.toContain(secret);
});
