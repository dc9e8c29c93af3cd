import { execFileSync } from 'node:child_process';
import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { folderOfFile } from '../../support/folders.ts';

const folder = folderOfFile();
const mebibytes = 200;

/** A file of about so many MiB: one block of records, written again and again. Answers how many records it has. */
function writeLarge(path: string): number {
  const record = `  <Company>\n    <CompUserKey01>C-1</CompUserKey01>\n    <Name>Sæther &amp; Sønner</Name>\n    <Note>${'long text, '.repeat(20)}</Note>\n  </Company>\n`;
  const perBlock = Math.ceil((1 << 20) / Buffer.byteLength(record));
  const block = Buffer.from(record.repeat(perBlock));
  const descriptor = openSync(path, 'w');
  writeSync(descriptor, '<?xml version="1.0"?>\n<Companies>\n');
  for (let i = 0; i < mebibytes; i++) writeSync(descriptor, block);
  writeSync(descriptor, '<Company><Last/></Company></Companies>\n');
  closeSync(descriptor);
  return mebibytes * perBlock + 1;
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
  const path = join(folder, 'large.xml');
  const records = writeLarge(path);
  const told = JSON.parse(execFileSync(process.execPath, [program, path], { encoding: 'utf8' }));
  expect(told.records).toBe(records);
  expect(told.columns).toEqual(['CompUserKey01', 'Name', 'Note', 'Last']);
  expect(told.peakMebibytes).toBeLessThan(150);
});
