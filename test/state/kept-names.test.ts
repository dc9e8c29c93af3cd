import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openKeptNames } from '../../src/state/kept-names.ts';
import { temporaryFolder } from '../support/folders.ts';
import { refusal } from '../support/refusal.ts';

const file = 'document-names.json';

test('what was noted is known at once, and after a commit to the next run', async () => {
  const folder = await temporaryFolder();
  const names = await openKeptNames(folder);
  expect(names.get('D-1', 'offer.pdf')).toBeNull();
  names.note('D-1', 'offer.pdf', 'offer(1).pdf');
  names.note('D-2', 'tilbud\n"å".pdf', 'tilbud_å_.pdf');
  expect(names.get('D-1', 'offer.pdf')).toBe('offer(1).pdf');
  expect((await openKeptNames(folder)).get('D-1', 'offer.pdf')).toBeNull();
  await names.commit();
  const next = await openKeptNames(folder);
  expect(next.get('D-1', 'offer.pdf')).toBe('offer(1).pdf');
  expect(next.get('D-2', 'tilbud\n"å".pdf')).toBe('tilbud_å_.pdf');
  expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600);
});

test('a name is that of one document and of what was asked for', async () => {
  const names = await openKeptNames(await temporaryFolder());
  names.note('D-1', 'offer.pdf', 'offer(1).pdf');
  for (const [key, asked] of [
    ['D-2', 'offer.pdf'],
    ['d-1', 'offer.pdf'],
    ['D-1', 'Offer.pdf'],
    ['D-1', 'offer(1).pdf'],
    ['D-1', 'other.pdf'],
  ] as const)
    expect(names.get(key, asked)).toBeNull();
});

test('the last name of a document counts, also over those of earlier runs', async () => {
  const folder = await temporaryFolder();
  const names = await openKeptNames(folder);
  names.note('D-1', 'offer.pdf', 'offer(1).pdf');
  names.note('D-3', 'c.pdf', 'c(1).pdf');
  await names.commit();
  const next = await openKeptNames(folder);
  next.note('D-1', 'contract.pdf', 'contract(7).pdf');
  await next.commit();
  const last = await openKeptNames(folder);
  expect(last.get('D-1', 'offer.pdf')).toBeNull();
  expect(last.get('D-1', 'contract.pdf')).toBe('contract(7).pdf');
  expect(last.get('D-3', 'c.pdf')).toBe('c(1).pdf');
});

test('nothing new, nothing written', async () => {
  const folder = await temporaryFolder();
  const names = await openKeptNames(folder);
  await names.commit();
  expect(readdirSync(folder)).toEqual([]);
  names.note('D-1', 'offer.pdf', 'offer(1).pdf');
  await names.commit();
  writeFileSync(join(folder, file), 'by somebody else');
  await names.commit();
  expect(readFileSync(join(folder, file), 'utf8')).toBe('by somebody else');
});

test.each([
  '',
  '[{"key":"D-1","asked":"offer.pdf","ke',
  '{"key":"D-1","asked":"offer.pdf","kept":"offer(1).pdf"}',
  '{"formatVersion":2,"names":[]}',
  'null',
  '"D-1"',
  '[{"key":"D-1","asked":"offer.pdf"},{"key":"D-2","asked":"a","kept":"b"}]',
])('a damaged file is refused, and stays as it is: %s', async content => {
  const folder = await temporaryFolder();
  writeFileSync(join(folder, file), content);
  const refused = await refusal(openKeptNames(folder));
  expect(refused).toMatchObject({ code: 'state', message: expect.stringContaining(`${file} is damaged`) });
  expect(refused.hint).toContain('remove that file');
  expect(readFileSync(join(folder, file), 'utf8')).toBe(content);
});

test('a file that cannot be read, or not be written, is told', async () => {
  const folder = await temporaryFolder();
  const names = await openKeptNames(folder);
  mkdirSync(join(folder, file));
  const unread = await refusal(openKeptNames(folder));
  expect(unread.code).toBe('state');
  expect(unread.message).toContain(`${file} cannot be read`);
  names.note('D-1', 'offer.pdf', 'offer(1).pdf');
  expect((await refusal(names.commit())).message).toContain(`${file} cannot be written`);
});
