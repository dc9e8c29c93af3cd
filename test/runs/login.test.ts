import { chmod, readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { startSic } from '../support/program.ts';
import { captureContext } from '../support/sic.ts';
import {
  keychainOf,
  lockedKeychain,
  noKeychain,
  online,
  personAt,
  signInPlace,
} from '../support/signing-in.ts';

test('a person signs in, works, and is forgotten', async () => {
  const sandbox = await online();
  const { run, cwd } = await signInPlace(sandbox);
  const entries = new Map<string, string>();
  const keychain = keychainOf(entries);
  const name = sandbox.ordinary.username;
  const signedIn = await run(['login', '--profile', 'me'], { ...personAt({ name }), keychain });
  expect(signedIn.exitCode, signedIn.stderr).toBe(0);
  expect(signedIn.stdout).toMatch(new RegExp(`^${name}, employee, in Sandbox\n`));
  expect(signedIn.stdout).toContain(
    'kept in keychain entry sic/me/refresh-token until sic logout --profile me',
  );
  expect(signedIn.stdout).not.toContain('systemUserToken');
  expect(signedIn.stderr).toContain('Open this address in a browser of this machine, to sign in to Sandbox:');
  expect(signedIn.stderr).toContain('Waiting for the sign-in, 5 minutes at most.');
  expect([...entries.keys()]).toEqual(['sic|me/refresh-token']);

  const who = JSON.parse((await run(['whoami', '--profile', 'me', '--json'], { keychain })).stdout);
  expect(who).toMatchObject({
    kind: 'sic.whoami',
    formatVersion: 1,
    tenant: 'Sandbox',
    address: sandbox.url,
    version: '12.4.1514.0',
    user: { login: name, kind: 'employee' },
    rights: { massOperations: false, administrator: false, bulkUpdate: null },
    signIn: { type: 'oauth', carries: 'access token', sliding: false, renewal: 'by itself' },
  });
  const left = Date.parse(who.signIn.until) - Date.now();
  expect(left).toBeGreaterThan(3_500_000);
  expect(left).toBeLessThanOrEqual(3_600_000);

  const argv = ['logout', '--profile', 'me', '--json'];
  const { forgotten } = JSON.parse((await run(argv, { keychain })).stdout);
  expect(forgotten).toEqual([
    { what: 'the address of the tenant', place: path.join(cwd, '.sic', 'me', 'tenant-state.json') },
    { what: 'the sign-in', place: 'keychain entry sic/me/refresh-token' },
  ]);
  expect(entries.size).toBe(0);
  expect((await run(['logout', '--profile', 'me'], { keychain })).stdout).toBe(
    'There was nothing to forget of profile "me".\n',
  );
  const nobody = await run(['whoami', '--profile', 'me', '--json'], { keychain });
  expect(nobody.exitCode).toBe(3);
  expect(JSON.parse(nobody.stdout)).toMatchObject({
    kind: 'sic.error',
    exitCode: 3,
    error: { code: 'sign-in' },
  });
});

test('--store file keeps the sign-in in the state folder, for its owner alone, until login or logout', async () => {
  const sandbox = await online();
  const { run, cwd } = await signInPlace(sandbox);
  const person = () => personAt({ name: sandbox.ordinary.username });
  const file = path.join(cwd, '.sic', 'me', 'refresh-token');
  const argv = ['login', '--profile', 'me', '--store', 'file', '--json'];
  const first = await run(argv, { ...person(), keychain: noKeychain });
  expect(first.exitCode, first.stderr).toBe(0);
  expect(JSON.parse(first.stdout)).toMatchObject({ kind: 'sic.login', kept: file });
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await readFile(path.join(cwd, '.sic', 'me', '.gitignore'), 'utf8')).toBe('*\n');
  const token = (await readFile(file, 'utf8')).trim();
  expect(first.stdout + first.stderr).not.toContain(token);
  expect((await run(['whoami', '--profile', 'me'], { keychain: noKeychain })).exitCode).toBe(0);

  const out = await run(['logout', '--profile', 'me', '--json'], { keychain: noKeychain });
  expect(out.exitCode).toBe(0);
  expect(JSON.parse(out.stdout)).toMatchObject({
    forgotten: expect.arrayContaining([{ what: 'the sign-in', place: file }]),
    notAsked: ['keychain entry sic/me/refresh-token'],
  });
  expect(out.stderr).toContain('If there is a keychain entry sic/me/refresh-token, it is still there.');
  await expect(stat(file)).rejects.toThrow('ENOENT');

  expect((await run(argv, { ...person(), keychain: noKeychain })).exitCode).toBe(0);
  await chmod(file, 0o644);
  const open = await run(['whoami', '--profile', 'me'], { keychain: noKeychain });
  expect(open.exitCode).toBe(2);
  expect(open.stderr).toContain(`chmod 600 "${file}"`);

  const entries = new Map<string, string>();
  const second = await run(['login', '--profile', 'me'], { ...person(), keychain: keychainOf(entries) });
  expect(second.exitCode, second.stderr).toBe(0);
  expect(entries.size).toBe(1);
  await expect(stat(file)).rejects.toThrow('ENOENT');
});

test('a profile that names a file keeps the sign-in there', async () => {
  const sandbox = await online();
  const { run, cwd } = await signInPlace(sandbox, { person: { refreshToken: { file: 'keys/me' } } });
  const kept = await run(['login', '--profile', 'me'], {
    ...personAt({ name: sandbox.ordinary.username }),
    keychain: noKeychain,
  });
  expect(kept.exitCode, kept.stderr).toBe(0);
  expect((await stat(path.join(cwd, 'keys', 'me'))).mode & 0o777).toBe(0o600);
  expect((await run(['logout', '--profile', 'me'], { keychain: noKeychain })).stdout).toContain(
    path.join(cwd, 'keys', 'me'),
  );
});

test('an administrator is told of the system user token, and shown it only when they ask', async () => {
  const sandbox = await online();
  const { run } = await signInPlace(sandbox);
  const more = () => ({ ...personAt({ name: sandbox.username }), keychain: keychainOf() });
  const token = sandbox.app().systemUserToken;
  const told = await run(['login', '--profile', 'me'], more());
  expect(told.stdout).toContain('It belongs into "systemUserToken" of a profile');
  expect(told.stdout).toContain('sic login --profile me --show-system-token');
  expect(told.stdout + told.stderr).not.toContain(token);
  const document = await run(['login', '--profile', 'me', '--json'], more());
  expect(JSON.parse(document.stdout).systemUserToken).toEqual({ given: true, value: null });
  const shown = await run(['login', '--profile', 'me', '--show-system-token'], more());
  expect(shown.stdout).toContain(`tenant: ${token}\n`);
  const value = await run(['login', '--profile', 'me', '--show-system-token', '--json'], more());
  expect(JSON.parse(value.stdout).systemUserToken).toEqual({ given: true, value: token });
});

test('on a desktop the browser of the person opens, without a shell in between', async () => {
  const sandbox = await online();
  const { cwd, env } = await signInPlace(sandbox);
  // A browser that follows the address at once, as somebody signed in already.
  const browser = `#!${process.execPath}
const url = new URL(process.argv[2]);
url.searchParams.set('login_hint', ${JSON.stringify(sandbox.ordinary.username)});
url.searchParams.set('sandbox_consent', 'yes');
void fetch(url);
`;
  for (const opener of ['xdg-open', 'open'])
    await writeFile(path.join(cwd, opener), browser, { mode: 0o755 });
  await writeFile(path.join(cwd, 'package.json'), '{ "type": "commonjs" }');
  const { context, written } = captureContext({
    cwd,
    env: { ...env, PATH: `${cwd}${path.delimiter}${process.env.PATH}`, DISPLAY: ':7' },
    keychain: keychainOf(),
  });
  const stderr = { ...context.stderr, isTTY: true };
  const exitCode = await main(['login', '--profile', 'me'], { ...context, stderr });
  expect(exitCode, written.stderr).toBe(0);
  expect(written.stderr).toContain(
    'Your browser opens to sign in to Sandbox. If it does not, open this address',
  );
  expect(written.stderr).not.toContain('No browser was opened');
});

test.skipIf(process.platform === 'darwin' || process.platform === 'win32')(
  'a browser that does not open is no dead end',
  async () => {
    const sandbox = await online();
    const { cwd, env } = await signInPlace(sandbox);
    const person = personAt({ name: sandbox.ordinary.username });
    let said = '';
    const { context, written } = captureContext({
      cwd,
      env: { ...env, PATH: cwd, WAYLAND_DISPLAY: 'wayland-0' },
      keychain: keychainOf(),
      onStderr: text => {
        said += text;
        if (said.includes('No browser was opened')) person.onStderr?.(said);
      },
    });
    const stderr = { ...context.stderr, isTTY: true };
    const exitCode = await main(['login', '--profile', 'me'], { ...context, stderr });
    expect(exitCode, written.stderr).toBe(0);
    expect(written.stderr).toContain('xdg-open cannot be started');
  },
);

test('nobody comes: the wait ends, with what to do', async () => {
  const { run } = await signInPlace(await online());
  const argv = ['login', '--profile', 'me', '--timeout', '1', '--no-browser'];
  const ended = await run(argv, { keychain: keychainOf() });
  expect(ended.exitCode).toBe(3);
  expect(ended.stderr).toContain('sic: Nobody signed in within 1 second.');
  expect(ended.stderr).toContain('Run sic login --profile me again');
});

test('the person says no', async () => {
  const sandbox = await online();
  const { run } = await signInPlace(sandbox);
  const person = personAt({ name: sandbox.ordinary.username, consents: false });
  const ended = await run(['login', '--profile', 'me'], { ...person, keychain: keychainOf() });
  expect(ended.exitCode).toBe(3);
  expect(ended.stderr).toContain('The sign-in was refused in the browser');
});

test('Ctrl-C while it waits', async () => {
  const { cwd, env } = await signInPlace(await online());
  const running = startSic(['login', '--profile', 'me', '--store', 'file'], { cwd, env });
  await running.said(/Waiting for the sign-in/);
  running.child.kill('SIGINT');
  const ended = await running.ended;
  expect(ended.code).toBe(130);
  expect(ended.stderr).toContain('Nothing was kept. Run the same command again when you like.');
});

test('the port of the profile is taken', async () => {
  const taken = createServer();
  await new Promise<void>(resolve => taken.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    taken.close();
  });
  const { port } = taken.address() as AddressInfo;
  const { run } = await signInPlace(await online(), { person: { redirectPort: port } });
  const ended = await run(['login', '--profile', 'me'], { keychain: keychainOf() });
  expect(ended.exitCode).toBe(2);
  expect(ended.stderr).toContain(`The port ${port} is taken by another program on this machine.`);
  expect(ended.stderr).toContain('"redirectPort"');
});

test.each([
  ['absent', noKeychain, 'cannot be opened', false],
  ['locked', lockedKeychain, 'is locked: it did not keep the sign-in of profile "me"', true],
])('a keychain that is %s: one message, with another way', async (_name, keychain, says, late) => {
  const sandbox = await online();
  const { run } = await signInPlace(sandbox);
  const person = personAt({ name: sandbox.ordinary.username });
  const ended = await run(['login', '--profile', 'me'], { ...person, keychain });
  expect(ended.exitCode).toBe(2);
  expect(ended.stderr).toContain(says);
  expect(ended.stderr).toContain('sic login --profile me --store file keeps the sign-in in a file');
  // What can be known before the browser opens is said before.
  expect(ended.stderr.includes('Waiting for the sign-in')).toBe(late);
});

test.each(['job', 'box', 'pass'])('profile %s signs in by itself, and is tried anew', async profile => {
  const sandbox = await online();
  const { run, cwd } = await signInPlace(sandbox);
  const first = await run(['login', '--profile', profile]);
  expect(first.exitCode, first.stderr).toBe(0);
  expect(first.stdout).toContain('Signing in works.');
  if (profile !== 'job') return;
  const file = path.join(cwd, '.sic', 'job', 'ticket.json');
  const before = await readFile(file, 'utf8');
  expect((await run(['login', '--profile', profile])).exitCode).toBe(0);
  expect(await readFile(file, 'utf8')).not.toBe(before);
});

test('all that a job lacks is told at once', async () => {
  const { run, cwd, env } = await signInPlace(await online());
  await writeFile(path.join(cwd, 'keys', 'job.pem'), 'nonsense', { mode: 0o600 });
  const { SIC_CLIENT_SECRET: _secret, ...rest } = env;
  const ended = await run(['login', '--profile', 'job'], { env: rest });
  expect(ended.exitCode).toBe(2);
  expect(ended.stderr).toContain('2 of its secrets are missing or unusable');
  expect(ended.stderr).toContain('The environment variable SIC_CLIENT_SECRET');
  expect(ended.stderr).toContain('The private key of profile "job" is neither PEM nor .NET XML.');
  const one = await run(['login', '--profile', 'box'], { env: {} });
  expect(one.stderr).toMatch(/^sic: The environment variable SIC_PASSWORD/);
});

test.each([
  [['login', '--profile', 'job', '--store', 'file'], '--store says nothing for profile "job"'],
  [['login', '--profile', 'me', '--store', 'elsewhere'], '--store is "elsewhere"'],
  [['login', '--profile', 'box', '--show-system-token'], '--show-system-token says nothing'],
  [['login', '--set', 'x', '--no-browser'], '--set stores a secret'],
  [['login', '--timeout', '0'], '--timeout is "0"'],
  [['logout', '--store', 'x'], '--store says nothing without --set'],
])('%s is refused', async (argv, says) => {
  const { run } = await signInPlace(await online());
  const ended = await run(argv, { keychain: keychainOf() });
  expect(ended.exitCode).toBe(2);
  expect(ended.stderr).toContain(says);
});

test('whoami of every kind of sign-in', async () => {
  const sandbox = await online();
  const { run } = await signInPlace(sandbox);
  const who = async (...flags: string[]) => JSON.parse((await run(['whoami', '--json', ...flags])).stdout);
  const terms = {
    job: { type: 'system-user', carries: 'ticket', sliding: true, renewal: 'by itself' },
    box: { type: 'basic', carries: 'password', until: null, sliding: false, renewal: 'not needed' },
    pass: { type: 'ticket', carries: 'ticket', sliding: true, renewal: 'by hand' },
  };
  for (const [profile, signIn] of Object.entries(terms)) {
    const told = await who('--profile', profile);
    expect(told).toMatchObject({
      profile,
      user: { login: sandbox.username, kind: 'system user' },
      rights: { massOperations: true, administrator: true, bulkUpdate: true },
      signIn,
    });
    if (told.signIn.until !== null)
      expect(Date.parse(told.signIn.until) - Date.now()).toBeGreaterThan(6 * 3_600_000 - 60_000);
  }
  expect(await who('--sandbox')).toMatchObject({ profile: 'sandbox', tenant: 'Sandbox' });
  const text = (await run(['whoami', '--profile', 'job'])).stdout;
  expect(text).toMatch(/^ {2}mass operations {4}allowed$/m);
  expect(text).toMatch(/^ {2}version {12}SuperOffice 12\.4\.1514\.0$/m);
  expect(text).toContain('every use begins its six hours anew; sic gets a new one by itself');
});
