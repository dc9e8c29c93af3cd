import { createPrivateKey } from 'node:crypto';
import { readFile, stat, writeFile } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../support/folders.ts';
import { sic } from '../support/sic.ts';

/** Runs `sic sandbox` until it has said something, then looks at it, then ends it with the signal. */
async function withSandbox(argv: readonly string[], look: (text: string) => Promise<void>) {
  const controller = new AbortController();
  const cwd = await temporaryFolder();
  let looked: Promise<void> = Promise.reject(new Error('it said nothing'));
  looked.catch(() => {});
  const ended = await sic(['sandbox', '--port', '0', ...argv], {
    cwd,
    signal: controller.signal,
    onStdout: text => {
      looked = look(text).finally(() => controller.abort('SIGINT'));
      looked.catch(() => {});
    },
  });
  await looked;
  return ended;
}

test('--json: one line, and it answers', async () => {
  let url = '';
  const ended = await withSandbox(['--json'], async text => {
    const line = JSON.parse(text);
    expect(Object.keys(line)).toEqual([
      'kind',
      'url',
      'tenant',
      'username',
      'password',
      'login',
      'clientId',
      'clientSecret',
      'systemUserToken',
    ]);
    expect(line).toMatchObject({ kind: 'sic.sandbox', tenant: 'Sandbox' });
    expect(line.url).toBe(`${line.login}/Sandbox`);
    url = line.url;
    expect((await fetch(`${url}/api`, { headers: { accept: 'application/json' } })).status).toBe(200);
  });
  expect(ended).toMatchObject({ exitCode: 0, stderr: '' });
  expect(ended.stdout.split('\n')).toHaveLength(2);
  await expect(fetch(`${url}/api`)).rejects.toThrow();
});

test('for people: address, both accounts, a profile to copy', async () => {
  await withSandbox([], async text => {
    expect(text).toMatch(/address {8}http:\/\/127\.0\.0\.1:\d+\/Sandbox/);
    expect(text).toContain('ordinary user');
    const copied = /\{ "profiles": .*\}/.exec(text)?.[0] ?? '';
    expect(JSON.parse(copied)).toMatchObject({ profiles: { local: { auth: { type: 'basic' } } } });
  });
});

test('--keys: the private key of the application, for its owner only, and no key is lost', async () => {
  const cwd = await temporaryFolder();
  const [key, data] = [path.join(cwd, 'sandbox.pem'), path.join(cwd, 'crm.ndjson')];
  const argv = ['--json', '--keys', key, '--data', data];
  await withSandbox(argv, async () => {
    expect(createPrivateKey(await readFile(key))).toMatchObject({ asymmetricKeyType: 'rsa' });
    expect((await stat(key)).mode & 0o777).toBe(0o600);
  });
  const first = await readFile(key, 'utf8');
  expect(await withSandbox(argv, async () => {})).toMatchObject({ exitCode: 0 });
  expect(await readFile(key, 'utf8')).toBe(first);

  await writeFile(key, 'another key');
  expect(await sic(['sandbox', '--port', '0', ...argv])).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining(`--keys names ${key}, which exists already and holds something else.`),
  });
  expect(await readFile(key, 'utf8')).toBe('another key');
  const nowhere = path.join(cwd, 'no', 'sandbox.pem');
  expect(await sic(['sandbox', '--port', '0', '--keys', nowhere])).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining(`cannot be written to ${nowhere} (ENOENT)`),
  });
});

test('a port in use', async () => {
  const server = net.createServer().listen(0, '127.0.0.1');
  await new Promise(resolve => server.once('listening', resolve));
  onTestFinished(() => {
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  expect(await sic(['sandbox', '--port', String(port)])).toEqual({
    exitCode: 2,
    stdout: '',
    stderr: `sic: Port ${port} is already in use on this machine.
→ Perhaps another sandbox is running. Choose another port, or any free one: --port 0
`,
  });
});

test('a folder that is not there', async () => {
  const cwd = await temporaryFolder();
  expect(await sic(['sandbox', '--port', '0', '--data', 'no/crm.ndjson'], { cwd })).toEqual({
    exitCode: 2,
    stdout: '',
    stderr: `sic: There is no folder ${path.join(cwd, 'no')} for --data.
→ Make the folder first, or name a file in one that exists.
`,
  });
});
