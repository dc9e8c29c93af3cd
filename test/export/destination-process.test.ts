import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { beforeAll, expect, test } from 'vitest';
import { folderOfFile, temporaryFolder } from '../support/folders.ts';

const unix = process.platform !== 'win32';
const folder = folderOfFile();
const program = join(folder, 'export.mjs');

/** Writes so many MiB of rows to a file, and tells on standard error how that went. */
beforeAll(async () => {
  const source = JSON.stringify(join(import.meta.dirname, '../../src/export/destination.ts'));
  await build({
    stdin: {
      contents: `
        import { toFile } from ${source};
        const [path, mebibytes, wait] = process.argv.slice(2);
        const told = { error: null, again: null };
        const destination = await toFile(path, 'out.csv');
        try {
          for (let n = 0; n < Number(mebibytes) * 1024; n++) 
            await destination.write(('C-1;Acme;' + n).padEnd(1023) + '\\n');
          if (wait) {
            process.stderr.write('waits');
            await new Promise(() => setInterval(() => {}, 1000));
          }
          await destination.finish();
        } catch ({ name, code, message, hint }) {
          told.error = { name, code, message, hint };
          told.again = await destination.finish().catch(error => error.code);
          await destination.discard();
        }
        told.peak = process.resourceUsage().maxRSS;
        process.stderr.write(JSON.stringify(told));`,
      resolveDir: folder,
    },
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: program,
    logLevel: 'error',
  });
});

/** Runs a bash line, in which `write` is the program. */
async function bash(line: string, cwd: string) {
  const script = `write() { "$NODE" "$PROGRAM" "$@"; }\n${line}`;
  const { stdout, stderr } = await promisify(execFile)('bash', ['--norc', '-c', script], {
    cwd,
    env: { PATH: process.env.PATH ?? '', NODE: process.execPath, PROGRAM: program },
  });
  return { stdout, told: JSON.parse(stderr) };
}

test.runIf(unix)('200 MiB take less than 120 MB of memory', async () => {
  const cwd = await temporaryFolder();
  const { told } = await bash('write "$PWD/out.csv" 200', cwd);
  expect(told.error).toBeNull();
  expect(statSync(join(cwd, 'out.csv')).size).toBe(200 << 20);
  expect(told.peak * 1024).toBeLessThan(120e6);
});

test.runIf(unix)(
  'a disk that is full: told with what to do, the old file stands, and nothing beside it',
  async () => {
    const cwd = await temporaryFolder();
    writeFileSync(join(cwd, 'out.csv'), 'old\n');
    // The shell counts in blocks of 512 bytes or of 1024.
    const { told } = await bash('ulimit -f 2048; write "$PWD/out.csv" 10', cwd);
    expect(told).toMatchObject({
      error: {
        name: 'SicError',
        code: 'file',
        message: 'out.csv grew larger than a file may be (EFBIG).',
        hint: expect.stringMatching(/ulimit -f.+What it held before is still there\.$/),
      },
      again: 'file',
    });
    expect(readdirSync(cwd)).toEqual(['out.csv']);
    expect(readFileSync(join(cwd, 'out.csv'), 'utf8')).toBe('old\n');
  },
);

test.runIf(unix)('/dev/stdout is standard output, file or pipe', async () => {
  const cwd = await temporaryFolder();
  await bash('{ echo before; write /dev/stdout 1; echo after; } > all.csv', cwd);
  expect(readFileSync(join(cwd, 'all.csv'), 'utf8')).toMatch(/^before\n(C-1[^\n]+\n){1024}after\n$/);
  const { stdout } = await bash('write /dev/stdout 2 | wc -c', cwd);
  expect(Number(stdout)).toBe(2 << 20);
});

test.runIf(unix)('killed in the middle, it leaves the old file', async () => {
  const cwd = await temporaryFolder();
  const path = join(cwd, 'out.csv');
  writeFileSync(path, 'old\n');
  const child = spawn(process.execPath, [program, path, '3', 'wait']);
  await once(child.stderr, 'data');
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(readFileSync(path, 'utf8')).toBe('old\n');
  expect(readdirSync(cwd)).toHaveLength(2);
  expect((await bash('write "$PWD/out.csv" 1', cwd)).told.error).toBeNull();
  expect(statSync(path).size).toBe(1 << 20);
});
