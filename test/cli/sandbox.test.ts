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
    expect(Object.keys(line)).toEqual(['kind', 'url', 'tenant', 'username', 'password']);
    expect(line).toMatchObject({ kind: 'sic.sandbox', tenant: 'Sandbox' });
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
