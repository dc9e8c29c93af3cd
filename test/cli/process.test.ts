import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../support/folders.ts';

const run = promisify(execFile);
const bin = path.resolve('bin/sic.js');

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function start(argv: readonly string[], cwd: string): { child: ChildProcess; ended: Promise<Ended> } {
  const child = spawn(process.execPath, [bin, ...argv], { cwd });
  const written = { stdout: '', stderr: '' };
  child.stdout.on('data', data => {
    written.stdout += data;
  });
  child.stderr.on('data', data => {
    written.stderr += data;
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const ended = new Promise<Ended>(resolve => child.on('close', code => resolve({ code, ...written })));
  return { child, ended };
}

test('--version', async () => {
  const { stdout } = await run(process.execPath, [bin, '--version']);
  expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test('start-up loads commander and nothing else from outside', async () => {
  const { stderr } = await run(process.execPath, [bin, '--version'], {
    env: { ...process.env, NODE_DEBUG: 'esm,module' },
  });
  const loaded = new Set([...stderr.matchAll(/node_modules\/((?:@[^/]+\/)?[^/]+)/g)].map(match => match[1]));
  for (const name of ['undici', 'ora', 'ajv', 'papaparse', 'chalk', 'keytar', 'xxhash-wasm'])
    expect(loaded).not.toContain(name);
});

test('V8 takes what it made of the program when that was built', async () => {
  const load = `const load = require(${JSON.stringify(path.resolve('dist/load.cjs'))});`;
  const tell = `const { flagAtOnce } = load('main');
    if (flagAtOnce) require('node:v8').setFlagsFromString(flagAtOnce);
    for (const name of ['main', 'import', 'pool', 'work']) load(name), console.log(load.scripts.get(name).cachedDataRejected);`;
  const { stdout } = await run(process.execPath, ['--eval', load + tell]);
  expect(stdout).toBe('false\nfalse\nfalse\nfalse\n');
});

test('a usage error ends with 2', async () => {
  const { ended } = start(['imprt'], await temporaryFolder());
  expect(await ended).toMatchObject({ code: 2, stdout: '' });
});

test('not built: says what to do', async () => {
  const folder = await temporaryFolder();
  await mkdir(path.join(folder, 'bin'));
  await copyFile(bin, path.join(folder, 'bin', 'sic.js'));
  const missing = run(process.execPath, [path.join(folder, 'bin', 'sic.js'), '--version']);
  await expect(missing).rejects.toMatchObject({
    code: 2,
    stderr: 'sic: the program is not built yet.\n→ Run npm install in its folder (it builds).\n',
  });
});

test('a command that waits for what cannot come says so', async () => {
  const main = JSON.stringify(path.resolve('dist/main.js'));
  const stuck = `import { runProcess } from ${main}; runProcess(() => new Promise(() => {}));`;
  const ended = run(process.execPath, ['--input-type=module', '--eval', stuck]);
  await expect(ended).rejects.toMatchObject({
    code: 4,
    stderr: expect.stringMatching(/^sic: This is a bug in sic.*\n→ Run .*\n$/),
  });
});

test('a reader that leaves early is no error', async () => {
  const { child, ended } = start(['fields', 'Company'], await temporaryFolder());
  child.stdout?.destroy();
  expect(await ended).toMatchObject({ code: 0, stderr: '' });
});

test.each(['SIGINT', 'SIGTERM'] as const)('the sandbox ends cleanly on %s', async signal => {
  const { child, ended } = start(['sandbox', '--port', '0', '--json'], await temporaryFolder());
  child.stdout?.once('data', () => child.kill(signal));
  const { code, stdout } = await ended;
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ kind: 'sic.sandbox' });
});

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('an import that waits for a silent server ends on %s with %d', async (signal, expected) => {
  const cwd = await temporaryFolder();
  const silent = net.createServer(socket => {
    // Twice, as `timeout` does.
    socket.once('data', () => child.kill(signal) && setTimeout(() => child.kill(signal), 20));
    socket.on('error', () => {});
  });
  await new Promise<void>(resolve => silent.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    silent.close();
  });
  const address = silent.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const profile = {
    url: `http://127.0.0.1:${port}/SuperOffice`,
    auth: { type: 'basic', username: 'SIC', password: { file: 'secret' } },
  };
  await writeFile(path.join(cwd, 'sic.config.json'), JSON.stringify({ profiles: { silent: profile } }));
  await writeFile(path.join(cwd, 'secret'), 'x', { mode: 0o600 });
  await writeFile(path.join(cwd, 'companies.csv'), 'CompUserKey01;Name\nC-1;Acme\n');
  const { child, ended } = start(['import', 'companies.csv', '--json'], cwd);
  const { code, stdout } = await ended;
  expect(code).toBe(expected);
  expect(JSON.parse(stdout)).toMatchObject({ exitCode: expected, error: { code: 'interrupted' } });
});
