import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadFingerprints } from '../../src/state/fingerprint.ts';
import { OpenRows } from '../../src/state/open-rows.ts';
import { temporaryFolder } from '../support/folders.ts';
import { refusal } from '../support/refusal.ts';

const fingerprints = await loadFingerprints();
const hash = (key: string) => fingerprints.text(key);
const companies = { tenant: 'Cust1 db', datatype: 'Company' };

async function reread(folder: string): Promise<OpenRows> {
  const open = await OpenRows.read(folder);
  return open ?? expect.unreachable('there should be a list');
}

test('a row is open in the run that refused it last, until one takes it', async () => {
  const folder = await temporaryFolder();
  expect(await OpenRows.read(folder)).toBeNull();
  const open = OpenRows.begin(folder, 'first');
  for (const key of ['a', 'b', 'c']) open.refuse(companies, hash(key), 'first');
  await open.commit();

  const next = await reread(folder);
  expect(next.since).toBe('first');
  next.refuse(companies, hash('a'), 'second');
  next.pass(companies, hash('b'));
  next.pass(companies, hash('never met'));
  await next.commit();

  const last = await reread(folder);
  expect(['a', 'b', 'c'].map(key => last.runOf(companies, hash(key)))).toEqual(['second', null, 'first']);
  expect(last.counts()).toEqual(new Map(Object.entries({ first: 1, second: 1 })));
  // A row that passed may be refused again.
  last.refuse(companies, hash('b'), 'third');
  expect(last.runOf(companies, hash('b'))).toBe('third');
});

test('another tenant and another datatype have rows of their own', async () => {
  const folder = await temporaryFolder();
  const open = OpenRows.begin(folder, 'first');
  open.refuse(companies, hash('a'), 'first');
  open.pass({ ...companies, tenant: 'Cust2 db' }, hash('a'));
  open.pass({ ...companies, datatype: 'Person' }, hash('a'));
  expect(open.isEmpty(companies)).toBe(false);
  expect(open.isEmpty({ ...companies, datatype: 'Person' })).toBe(true);
});

test('rows without a key count until their file is read again', async () => {
  const folder = await temporaryFolder();
  const open = OpenRows.begin(folder, 'first');
  open.refuseKeyless(companies, '/in/a.csv', 'first', 2);
  open.refuseKeyless(companies, '/in/b.csv', 'first', 1);
  await open.commit();
  const next = await reread(folder);
  expect(next.keylessIn('first')).toBe(3);
  next.refuseKeyless(companies, '/in/a.csv', 'second', 1);
  expect([next.keylessIn('first'), next.keylessIn('second')]).toEqual([1, 1]);
});

test('removed runs take their rows along; many rows come back as they went', async () => {
  const folder = await temporaryFolder();
  const open = OpenRows.begin(folder, 'first');
  for (let n = 0; n < 3000; n++) open.refuse(companies, hash(`key ${n}`), n % 3 === 0 ? 'first' : 'second');
  await open.commit();
  const next = await reread(folder);
  expect(next.counts()).toEqual(new Map(Object.entries({ first: 1000, second: 2000 })));
  next.keepRuns(new Set(['second']));
  await next.commit();
  const path = join(folder, 'open-rows.ndjson');
  expect((await reread(folder)).counts()).toEqual(new Map([['second', 2000]]));
  expect((await stat(path)).mode & 0o077).toBe(0);
  // Hashes, and nothing that names a row.
  expect(await readFile(path, 'utf8')).not.toContain('key 1');
});

test('a damaged list is not shown, and not written over', async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'open-rows.ndjson'), '{"formatVersion":1,"since":"first"}\nnot json\n{}\n');
  expect(await OpenRows.read(folder)).toBeNull();
  expect((await refusal(OpenRows.open(folder, 'second'))).message).toContain('is damaged');
});
