import { execFileSync } from 'node:child_process';
import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { folderOfFile } from '../../support/folders.ts';

const folder = folderOfFile();
const mebibytes = 200;

/** A list of about so many MiB: one block of records, written again and again. */
function writeLarge(path: string): number {
  const record = `{"CompUserKey01":"C-1","Name":"Sæther & Sønner","Note":"${'long text, '.repeat(20)}","Number":12.5},\n`;
  const block = Buffer.from(record.repeat(Math.ceil((1 << 20) / Buffer.byteLength(record))));
  const descriptor = openSync(path, 'w');
  writeSync(descriptor, '{"Company":[\n');
  for (let i = 0; i < mebibytes; i++) writeSync(descriptor, block);
  writeSync(descriptor, '{"CompUserKey01":"C-2"}]}');
  closeSync(descriptor);
  return mebibytes * Math.ceil((1 << 20) / Buffer.byteLength(record)) + 1;
}

test('a large file takes no more memory than a small one', async () => {
  const program = join(folder, 'scan-alone.mjs');
  await build({
    entryPoints: [fileURLToPath(new URL('scan-alone.ts', import.meta.url))],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    mainFields: ['module', 'main'],
    logLevel: 'warning',
  });
  const path = join(folder, 'large.json');
  const records = writeLarge(path);
  const told = execFileSync(process.execPath, [program, path], { encoding: 'utf8' });
  const { records: found, peakMebibytes } = JSON.parse(told);
  expect(found).toBe(records);
  expect(peakMebibytes).toBeLessThan(150);
});
