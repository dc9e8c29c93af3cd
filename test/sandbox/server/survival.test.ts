import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startSandbox } from '../../../src/sandbox/server.ts';
import { basic, caller, fetchUrl } from './talk.ts';

let folder: string;
let program: string;
const children: ChildProcess[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sic-survival-'));
  program = join(folder, 'server.mjs');
  const entry = join(folder, 'entry.ts');
  const server = new URL('../../../src/sandbox/server.ts', import.meta.url).pathname;
  writeFileSync(
    entry,
    `import { startSandbox } from ${JSON.stringify(server)};
     startSandbox({ port: 0, data: process.argv[2] ?? null, latency: 0, seed: 'empty' })
       .then(sandbox => process.stdout.write(sandbox.url + '\\n'), error => process.stdout.write('refused: ' + error.message + '\\n'));`,
  );
  await build({ entryPoints: [entry], bundle: true, platform: 'node', format: 'esm', outfile: program });
});
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

/** Starts a sandbox of its own process; answers what it says first. */
async function start(data: string): Promise<{ readonly child: ChildProcess; readonly line: string }> {
  const child = spawn(process.execPath, [program, data], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  for await (const line of createInterface({ input: child.stdout })) return { child, line };
  throw new Error('the sandbox said nothing');
}

it('loses no acknowledged write to kill -9, and keeps a second process out', async () => {
  const data = join(folder, 'data.ndjson');
  const { child, line: url } = await start(data);
  const headers = { authorization: basic('SIC', 'sandbox') };
  const body = Array.from({ length: 5 }, (_, index) => ({
    FieldType: 'Number',
    FieldLabel: `L${index}`,
    ProgId: `T:${index}`,
  }));
  await fetchUrl('PUT', `${url}/api/v1/Contact/UdefLayout`, { headers, body });
  expect((await start(data)).line).toContain(`in use by process ${child.pid}`);
  await fetchUrl('POST', `${url}/api/v1/Contact/UdefLayout/Publish`, { headers });
  const ended = new Promise(resolve => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;

  const again = await startSandbox({ port: 0, data, latency: 0, seed: 'demo' });
  const { json } = await caller(again)('GET', '/v1/Contact/UdefLayout/Published');
  expect(json).toEqual(body.map(field => expect.objectContaining(field)));
  await again.close();
});
