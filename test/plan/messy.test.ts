import { expect, test } from 'vitest';
import { counted } from '../undo/practice.ts';
import { openPlanner } from './planner.ts';

test('bad rows of a file, keys that come twice among them, are no moves', async () => {
  const { file, make, carryOut, companies } = await openPlanner();
  await file('companies.csv', [
    'CompUserKey01;Name;CountryName',
    'C-1;Fjordbygg AS;Norway',
    'C-2;;Norway',
    'C-3;Nordkyst AS;Atlantis',
    'C-1;Another name;Norway',
    ';No key;Norway',
    'C-6;Cut off',
    'C-1;Fjordbygg AS;Norway',
  ]);
  await file('more.csv', ['CompUserKey01;Name', 'C-1;In another file', 'C-7;Havna AS']);
  const files = ['companies.csv', 'more.csv', '--datatype', 'Company'];
  const shown = await make(...files);
  expect(counted(shown)).toEqual({ read: 9, created: 2, unchanged: 1, rejected: 6 });
  const done = await carryOut();
  expect(done.error).toBeNull();
  expect(done.counts).toEqual(shown.counts);
  expect(Object.keys(await companies()).sort()).toEqual(['C-1', 'C-7']);
  // And once more, as after an interruption.
  expect(counted(await carryOut())).toEqual({ read: 9, unchanged: 3, rejected: 6 });
});
