import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { deflateRawSync } from 'node:zlib';
import { build } from 'esbuild';
import { beforeAll, expect, test } from 'vitest';
import { folderOfFile, temporaryFolder } from '../support/folders.ts';
import { rawZip, zipOf } from './zips.ts';

const folder = folderOfFile();
const program = join(folder, 'unpack.mjs');
const password = 'hunter 2';

/** A process that unpacks all of a zip and prints what it has read of it, its peak of memory (KiB), and what went wrong. */
beforeAll(async () => {
  const source = (path: string) =>
    JSON.stringify(new URL(`../../src/formats/${path}`, import.meta.url).pathname);
  const entry = join(folder, 'unpack.ts');
  writeFileSync(
    entry,
    `import { findInputFile } from ${source('input-file.ts')};
     import { openZip } from ${source('zip/archive.ts')};
     const [path, wait] = process.argv.slice(2);
     const told = { sizes: {}, peak: 0, error: null };
     try {
       const archive = await openZip(await findInputFile(path, 'big.zip'), { password: async () => ${JSON.stringify(password)} });
       for (const entry of archive.entries) {
         const file = await archive.unpack(entry);
         const piece = Buffer.alloc(1 << 20);
         const descriptor = file.open();
         let read = 0;
         for (let count; (count = descriptor.read(piece, 0, piece.length, read)) > 0; ) read += count;
         told.sizes[entry.name] = read;
       }
       await archive.close();
     } catch (error) {
       told.error = { name: error.name, code: error.code, message: error.message, hint: error.hint };
     }
     told.peak = process.resourceUsage().maxRSS;
     process.stdout.write(JSON.stringify(told));
     if (wait) setInterval(() => {}, 1000);`,
  );
  await build({
    entryPoints: [entry],
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: program,
    logLevel: 'error',
  });
});

interface Told {
  readonly sizes: Readonly<Record<string, number>>;
  readonly peak: number;
  readonly error: { readonly code: string; readonly message: string; readonly hint: string } | null;
}

/** Runs it with a folder for temporary files of its own, which has to be empty afterwards. */
async function unpackWith(zip: Buffer, limit: string | null): Promise<Told> {
  const cwd = await temporaryFolder();
  const path = join(cwd, 'big.zip');
  const scratch = join(cwd, 'tmp');
  mkdirSync(scratch);
  writeFileSync(path, zip);
  // Not exec: a process is counted the memory of the one it was forked from, and that is the shell, which has little.
  const command = `${limit === null ? '' : `ulimit ${limit}; `}"$@"; exit $?`;
  const { stdout } = await promisify(execFile)('sh', ['-c', command, 'sh', process.execPath, program, path], {
    env: { PATH: process.env.PATH, TMPDIR: scratch },
  });
  expect(readdirSync(scratch)).toEqual([]);
  return JSON.parse(stdout);
}

const mebibyte = 1 << 20;

/** Data that packs badly, then well, then as well as deflate can. */
function bigFile(mebibytes: number): Buffer {
  const bytes = Buffer.alloc(mebibytes * mebibyte, ';');
  const badly = bytes.length / 10;
  let state = 1;
  for (let i = 0; i + 4 <= badly; i += 4) {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    bytes.writeInt32LE(state, i);
  }
  for (let i = badly; i < bytes.length / 2; i += 32) bytes.write(`${i};Company;Denmark\n`, i);
  return bytes;
}

test.each([
  ['deflated', 300, 150, null],
  ['encrypted with AES-256', 100, 150, { password }],
  // zip.js's ZipCrypto leaves much to the garbage collector, which takes its time.
  ['encrypted with ZipCrypto', 100, 200, { password, zipCrypto: true }],
] as const)('%s: %i MiB are unpacked in less than %i MB of memory', { timeout: 180_000 }, async (...row) => {
  const [, mebibytes, limit, options] = row;
  const content = bigFile(mebibytes);
  const zip = options
    ? await zipOf({ 'big.csv': content }, options)
    : rawZip([{ name: 'big.csv', content, data: deflateRawSync(content, { level: 1 }) }]);
  const told = await unpackWith(zip, null);
  expect(told).toMatchObject({ sizes: { 'big.csv': content.length }, error: null });
  expect(told.peak * 1024).toBeLessThan(limit * 1e6);
});

test('a disk that is full', async () => {
  const zip = await zipOf({ 'small.csv': 'Key\n', 'big.csv': Buffer.alloc(30 * mebibyte, 'Key;\n1;æ\n') });
  // The shell counts in blocks of 512 bytes or of 1024: room for 1 MiB or 2 in any one file.
  const told = await unpackWith(zip, '-f 2048');
  expect(told.sizes).toEqual({ 'small.csv': 4 });
  expect(told.error).toMatchObject({ name: 'SicError', code: 'file' });
  expect(told.error?.message).toMatch(
    /^There is not enough room in .+ for a temporary copy of big\.zip\/big\.csv \(EFBIG\)\.$/,
  );
  expect(told.error?.hint).toContain('TMPDIR');
});

test('nothing is left behind by a process that is killed with unpacked files open', async () => {
  const cwd = await temporaryFolder();
  const scratch = join(cwd, 'tmp');
  mkdirSync(scratch);
  writeFileSync(join(cwd, 'a.zip'), await zipOf({ 'a.csv': 'Key\n'.repeat(1000) }));
  const child = spawn(process.execPath, [program, join(cwd, 'a.zip'), 'wait'], {
    env: { PATH: process.env.PATH, TMPDIR: scratch },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(readdirSync(scratch)).toEqual([]);
});
