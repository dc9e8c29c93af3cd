import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { counted, openDesk } from './desk.ts';

const rows = (count: number, from = 0): string[] =>
  Array.from({ length: count }, (_, index) => `C-${from + index};Company ${from + index}`);

test('a list value stays, and is told, when its row is refused', async () => {
  const { file, run } = await openDesk();
  await file('companies.csv', ['CompUserKey01;Name;Category;Business', `C-1;A;Brand new;${'x'.repeat(300)}`]);
  const answer = await run('import', 'companies.csv');
  expect(counted(answer)).toEqual({ read: 1, failed: 1 });
  expect(answer.added).toEqual([{ list: 'Category', name: 'Brand new' }]);
});

test('a reject file that cannot be: told before the first row is written', async () => {
  const { file, run } = await openDesk();
  await file('companies.csv', ['CompUserKey01;Name', 'C-1;Fjordbygg AS', ';no key']);
  for (const [path, says] of [
    ['nowhere/rejects.csv', 'does not exist'],
    ['./companies.csv', 'would overwrite the input file'],
  ] as const) {
    const refused = await run('import', 'companies.csv', '--rejects', path);
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toContain(says);
    expect(refused.requests.write).toBe(0);
  }
  expect(counted(await run('validate', 'companies.csv'))).toEqual({ read: 2, created: 1, rejected: 1 });
});

// A chunk of rows that nobody has to ask for fails at once, while the many unchanged ones behind it are still read.
test.skipIf(!existsSync('/dev/full'))(
  'a reject file on a full disk ends the run, not the program',
  async () => {
    const { file, run } = await openDesk();
    const header = 'CompUserKey01;Name';
    await file('companies.csv', [header, ...rows(9_000)]);
    expect(counted(await run('import', 'companies.csv'))).toEqual({ read: 9_000, created: 9_000 });
    await file('companies.csv', [
      header,
      ...rows(100).map(row => row.replace(/^C-\d+/, '')),
      ...rows(8_900, 100),
    ]);
    const stopped = await run('import', 'companies.csv', '--rejects', '/dev/full');
    expect(stopped.exitCode).toBe(4);
    expect(stopped.stderr).toContain('cannot be written');
    await file('companies.csv', [header, ...rows(9_000)]);
    expect(counted(await run('import', 'companies.csv'))).toEqual({ read: 9_000, unchanged: 9_000 });
  },
);
