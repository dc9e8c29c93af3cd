import { chmod, readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { privateTexts } from '../../src/state/private-texts.ts';
import { temporaryFolder } from '../support/folders.ts';
import { refusal } from '../support/refusal.ts';

test('texts are kept for their owner alone, outside git', async () => {
  const folder = path.join(await temporaryFolder(), '.sic', 'prod');
  const texts = privateTexts(folder);
  expect(await texts.read('ticket.json')).toBeNull();
  await texts.remove('ticket.json');
  await texts.write('ticket.json', 'one');
  await texts.write('ticket.json', 'two');
  expect(await texts.read('ticket.json')).toBe('two');
  expect((await stat(path.join(folder, 'ticket.json'))).mode & 0o777).toBe(0o600);
  expect(await readFile(path.join(folder, '.gitignore'), 'utf8')).toBe('*\n');
  await texts.remove('ticket.json');
  expect(await texts.read('ticket.json')).toBeNull();
});

test('two who write at once leave one whole text, and nothing beside it', async () => {
  const folder = await temporaryFolder();
  const long = Array.from({ length: 10 }, (_, index) => String(index).repeat(10_000));
  await Promise.all(long.map(text => privateTexts(folder).write('t', text)));
  expect(long).toContain(await privateTexts(folder).read('t'));
  expect(await readdir(folder)).toEqual(['t']);
});

test.each([0o640, 0o604])('a text that others can read (%o) is not taken', async mode => {
  const folder = await temporaryFolder();
  const texts = privateTexts(folder);
  await texts.write('t', 'text');
  await chmod(path.join(folder, 't'), mode);
  expect(await texts.read('t')).toBeNull();
});

test('a folder that is a file', async () => {
  const folder = await temporaryFolder();
  await privateTexts(folder).write('t', 'text');
  const inside = privateTexts(path.join(folder, 't'));
  expect(await inside.read('x')).toBeNull();
  expect((await refusal(inside.write('x', 'text'))).code).toBe('state');
});
