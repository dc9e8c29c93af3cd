import { closeSync, openSync, writeSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { documentOf } from '../support/document.ts';
import { runSic } from '../support/program.ts';
import { startTenant, type Tenant } from '../support/tenant.ts';
import { type Workplace, workplace } from '../support/workplace.ts';

let tenant: Tenant;
beforeAll(async () => {
  tenant = await startTenant();
});
afterAll(() => tenant.close());

const megabyte = 1_000_000;

/** Bytes that do not repeat. */
function writeLarge(file: string, megabytes: number): void {
  const piece = Buffer.alloc(megabyte);
  const descriptor = openSync(file, 'w');
  for (let i = 0; i < megabytes; i++) {
    for (let at = 0; at < piece.length; at += 4) piece.writeInt32LE(Math.imul(at + i, 2_654_435_761) | 0, at);
    writeSync(descriptor, piece);
  }
  closeSync(descriptor);
}

/** Runs the program and measures it: the peak of its memory, in bytes. */
async function measured(argv: readonly string[], place: Workplace) {
  const told = path.join(place.cwd, 'peak');
  const hook = pathToFileURL(path.resolve('test/support/report-peak.mjs')).href;
  const env = { ...place.env, NODE_OPTIONS: `--import=${hook}`, SIC_TEST_PEAK: told };
  const document = documentOf(await runSic(argv, { cwd: place.cwd, env }));
  return { ...document, peak: Number(await readFile(told, 'utf8')) * 1024 };
}

test('a document of 60 MB goes up, and is compared, in less than 250 MB of memory', async () => {
  const place = await workplace(tenant);
  writeLarge(path.join(place.cwd, 'large.bin'), 60);
  await place.write('documents.csv', 'DocuUserKey01;Name\nLARGE-1;large.bin\n');
  const up = await measured(['import', 'documents.csv', '--json'], place);
  expect(up.counts).toMatchObject({ created: 1 });
  expect(up.peak).toBeLessThan(250 * megabyte);
  const compared = await measured(['import', 'documents.csv', '--json', '--full'], place);
  expect(compared.counts).toMatchObject({ current: 1 });
  expect(compared.peak).toBeLessThan(250 * megabyte);
  expect(compared.requests.write).toBe(0);
});

test('an attachment of 60 MB is refused before anything is sent', async () => {
  const place = await workplace(tenant);
  await place.write('tickets.csv', 'TickUserKey01;Title\nLARGE-1;Something large\n');
  expect((await runSic(['import', 'tickets.csv'], place)).code).toBe(0);
  writeLarge(path.join(place.cwd, 'large.bin'), 60);
  await place.write(
    'messages.csv',
    'MessUserKey01;TickUserKey01;Body;AttachmentNames\nLARGE-1;LARGE-1;See there;large.bin\n',
  );
  const { counts, requests, rows, peak } = await measured(['import', 'messages.csv', '--json'], place);
  expect(counts).toMatchObject({ rejected: 1 });
  expect(rows[0]?.problems[0]?.code).toBe('file-too-large');
  expect(requests.write).toBe(0);
  expect(peak).toBeLessThan(250 * megabyte);
});
