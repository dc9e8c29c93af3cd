import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { expandPatterns } from '../../src/import/patterns.ts';
import { temporaryFolder } from '../support/folders.ts';

test.each([
  [['*.csv'], ['a.csv', 'b.CSV']],
  [['in/*'], ['in/c.csv', 'in/d.json']],
  [['./?.csv'], ['a.csv', 'b.CSV']],
  [
    ['b.CSV', 'in/c*'],
    ['b.CSV', 'in/c.csv'],
  ],
  [['*.xml'], ['*.xml']],
  [['nowhere/*'], ['nowhere/*']],
  [['-'], ['-']],
])('%j stands for %j', async (files, expected) => {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'in', 'deep'), { recursive: true });
  for (const name of ['a.csv', 'b.CSV', '.hidden.csv', 'in/c.csv', 'in/d.json'])
    await writeFile(join(folder, name), '');
  expect(await expandPatterns(files, folder)).toEqual(expected);
});
