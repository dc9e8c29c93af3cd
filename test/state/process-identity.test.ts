import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { expect, onTestFinished, test } from 'vitest';
import { isAlive, processStart } from '../../src/state/process-identity.ts';

test('a process that lives, one that was this number before, and none', async () => {
  const start = processStart(process.pid);
  expect(isAlive(process.pid, start)).toBe(true);
  expect(isAlive(process.pid, null)).toBe(true);
  expect(isAlive(0x3fffffff, null)).toBe(false);
  if (start !== null) expect(isAlive(process.pid, `${start}0`)).toBe(false);
});

test.skipIf(process.platform !== 'linux')('one that ended, and whose parent never asks how', async () => {
  const parent = spawn('/bin/sh', ['-c', 'sleep 600 & echo $!; exec cat'], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  onTestFinished(() => {
    parent.kill('SIGKILL');
  });
  const [line] = await once(parent.stdout, 'data');
  const pid = Number(String(line));
  // The shell would ask; what it becomes does not.
  await becomes(parent.pid ?? 0, /\(cat\)/);
  process.kill(pid, 'SIGKILL');
  await becomes(pid, /\) Z /);
  expect(isAlive(pid, processStart(pid))).toBe(false);
});

async function becomes(pid: number, what: RegExp): Promise<void> {
  while (!what.test(await readFile(`/proc/${pid}/stat`, 'utf8'))) await new Promise(setImmediate);
}
