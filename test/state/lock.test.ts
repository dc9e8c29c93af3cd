import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { acquireLock } from '../../src/state/lock.ts';
import { folderOfFile, temporaryFolder } from '../support/folders.ts';
import { refusal } from '../support/refusal.ts';

const folder = folderOfFile();
const program = join(folder, 'locker.mjs');
const children = new Set<ChildProcess>();
const info = { now: Date.UTC(2026, 10, 22, 12, 5, 1), command: 'sic import kunder.csv' };

beforeAll(async () => {
  const source = fileURLToPath(new URL('../../src/state/lock.ts', import.meta.url));
  await build({
    stdin: {
      contents: `
        import { acquireLock } from ${JSON.stringify(source)};
        process.stdout.write('ready\\n');
        process.stdin.once('data', async () => {
          try {
            await acquireLock(process.argv[2], { now: Date.now(), command: 'child' });
            process.stdout.write('won\\n');
          } catch (error) {
            process.stdout.write((error.code ?? error) + '\\n');
          }
        });`,
      resolveDir: folder,
    },
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
  });
});

afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
});

interface Child {
  readonly process: ChildProcess;
  next(): Promise<string>;
  die(): Promise<void>;
}

/** A process that tries for the lock when told to, then waits to be killed. */
async function start(path: string): Promise<Child> {
  const child = spawn(process.execPath, [program, path], { stdio: ['pipe', 'pipe', 'inherit'] });
  children.add(child);
  const lines: string[] = [];
  const waiting: ((line: string) => void)[] = [];
  child.stdout.on('data', (data: Buffer) => {
    for (const line of data.toString().split('\n').filter(Boolean)) {
      const receiver = waiting.shift();
      if (receiver) receiver(line);
      else lines.push(line);
    }
  });
  const next = (): Promise<string> => {
    const line = lines.shift();
    return line === undefined ? new Promise(resolve => waiting.push(resolve)) : Promise.resolve(line);
  };
  const die = (): Promise<void> =>
    new Promise(resolve => {
      child.once('exit', () => resolve());
      child.kill('SIGKILL');
      children.delete(child);
    });
  expect(await next()).toBe('ready');
  return { process: child, next, die };
}

/** Lets several children try at the same moment and answers what each came to. */
async function race(path: string, count: number): Promise<{ child: Child; outcome: string }[]> {
  const starting = await Promise.all(Array.from({ length: count }, () => start(path)));
  for (const child of starting) child.process.stdin?.write('go\n');
  return Promise.all(starting.map(async child => ({ child, outcome: await child.next() })));
}

describe('the lock', () => {
  test('is held until released, and says who holds it', async () => {
    const path = await temporaryFolder();
    const lock = await acquireLock(path, info);
    expect(readdirSync(path)).toEqual(['lock']);
    const error = await refusal(acquireLock(path, info));
    expect(error.code).toBe('locked');
    expect(error.message).toBe(
      `Another run holds the state folder since 2026-11-22 12:05:01 UTC: process ${process.pid} on host ` +
        `${hostname()} (sic import kunder.csv).`,
    );
    await lock.release();
    expect(readdirSync(path)).toEqual([]);
    await (await acquireLock(path, info)).release();
  });

  test('of another host is believed, with what to do when that host is gone', async () => {
    const path = await temporaryFolder();
    const lock = await acquireLock(path, info);
    const file = join(path, 'lock');
    const holder = JSON.parse(readFileSync(file, 'utf8'));
    writeFileSync(file, JSON.stringify({ ...holder, host: 'elsewhere', pid: 999_999_999 }));
    const error = await refusal(acquireLock(path, info));
    expect(error.message).toContain('on host elsewhere');
    expect(error.hint).toContain(`remove ${file}`);
    await lock.release();
  });

  test.skipIf(!existsSync('/proc/self/stat'))(
    'a later process with the same number is not the holder',
    async () => {
      const path = await temporaryFolder();
      await acquireLock(path, info);
      const file = join(path, 'lock');
      const holder = JSON.parse(readFileSync(file, 'utf8'));
      writeFileSync(file, JSON.stringify({ ...holder, start: `${holder.start}0` }));
      const lock = await acquireLock(path, info);
      await lock.release();
      expect(readdirSync(path)).toEqual([]);
    },
  );

  test('a file that is no lock is not taken over', async () => {
    const path = await temporaryFolder();
    writeFileSync(join(path, 'lock'), 'what?');
    expect((await refusal(acquireLock(path, info))).hint).toContain('remove');
  });

  test("release leaves another run's lock alone", async () => {
    const path = await temporaryFolder();
    const lock = await acquireLock(path, info);
    const file = join(path, 'lock');
    const other = readFileSync(file, 'utf8').replace(
      /"id":"[^"]*"/,
      '"id":"00000000-0000-0000-0000-000000000000"',
    );
    writeFileSync(file, other);
    await lock.release();
    expect(readFileSync(file, 'utf8')).toBe(other);
  });
});

test('never has two holders, however takeovers and releases interleave', async () => {
  const path = await temporaryFolder();
  const file = join(path, 'lock');
  let holders = 0;
  let takeovers = 0;
  const worker = async (id: number) => {
    for (let n = 0; n < 150; n++) {
      const lock = await acquireLock(path, info).catch((error: unknown) => {
        expect(error).toMatchObject({ code: 'locked' });
        return null;
      });
      if (lock === null) continue;
      expect(++holders).toBe(1);
      const holder = JSON.parse(await readFile(file, 'utf8'));
      holders--;
      if ((n + id) % 3 === 0) await lock.release();
      else {
        // What a killed process leaves: its own lock, with a process number that nobody has.
        writeFileSync(`${file}-${id}`, JSON.stringify({ ...holder, pid: 999_999_999 }));
        renameSync(`${file}-${id}`, file);
        takeovers++;
      }
    }
  };
  await Promise.all(Array.from({ length: 8 }, (_, id) => worker(id)));
  expect(takeovers).toBeGreaterThan(20);
});

describe('real processes', () => {
  test('of many that start at the same moment exactly one wins, round after round over the dead winner', async () => {
    const path = await temporaryFolder();
    for (let round = 0; round < 6; round++) {
      const results = await race(path, 6);
      expect(results.map(({ outcome }) => outcome).sort()).toEqual([...Array(5).fill('locked'), 'won']);
      expect(readdirSync(path)).toEqual(['lock']);
      await Promise.all(results.map(({ child }) => child.die()));
    }
  });

  test('a successor that died while taking over has a successor too', async () => {
    const path = await temporaryFolder();
    const file = join(path, 'lock');
    const [first] = await race(path, 1);
    await first?.child.die();
    // As left by a process that had won the succession and was killed before it renamed its file.
    const dead = JSON.parse(readFileSync(file, 'utf8'));
    const successor = { ...dead, id: '11111111-1111-1111-1111-111111111111' };
    writeFileSync(`${file}.${dead.id}`, JSON.stringify(successor));
    const results = await race(path, 5);
    expect(results.map(({ outcome }) => outcome).sort()).toEqual([...Array(4).fill('locked'), 'won']);
    expect(readdirSync(path)).toEqual(['lock']);
    await Promise.all(results.map(({ child }) => child.die()));
  });
});
