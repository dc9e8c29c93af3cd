import { expect, test } from 'vitest';
import { counted, openDesk } from './desk.ts';

/** More than two chunks of a hundred rows. */
const rows = Array.from({ length: 250 }, (_, index) => index + 1);

test('reading costs a few requests per hundred rows, a write is one request, and order is the file’s', async () => {
  const { file, run } = await openDesk();
  await file('companies.csv', [
    'CompUserKey01;Name;Category;Interests',
    ...rows.map(n => `C-${n};Firma ${n};Grossist;Åpen dag`),
  ]);
  await file('persons.csv', [
    'PersUserKey01;CompUserKey01;Lastname',
    ...rows.map(n => `P-${n};C-${251 - n};Nordmann ${n}`),
  ]);
  const first = await run('import', 'persons.csv', 'companies.csv', '--rows');
  expect(counted(first)).toEqual({ read: 500, created: 500 });
  expect(first.added).toEqual([
    { list: 'Category', name: 'Grossist' },
    { list: 'Interests', name: 'Åpen dag' },
  ]);
  expect(first.requests).toMatchObject({ write: 502, retried: 0 });
  expect(first.rows.map(row => row.key)).toEqual([...rows.map(n => `C-${n}`), ...rows.map(n => `P-${n}`)]);

  const again = await run('import', 'companies.csv', 'persons.csv');
  expect(counted(again)).toEqual({ read: 500, unchanged: 500 });
  expect(again.requests.total).toBeLessThanOrEqual(3);

  const full = await run('validate', 'companies.csv', 'persons.csv', '--full');
  expect(counted(full)).toEqual({ read: 500, current: 500 });
  expect(full.requests.total).toBeLessThanOrEqual(12);
  expect(full.requests.write).toBe(0);
});

test('once the first list of keys is found, the others are long: none goes before it is answered', async () => {
  const { file, run } = await openDesk();
  const lines = Array.from({ length: 1100 }, (_, index) => `C-${index};Firma ${index}`);
  await file('companies.csv', ['CompUserKey01;Name', ...lines]);
  expect(counted(await run('import', 'companies.csv'))).toEqual({ read: 1100, created: 1100 });
  const full = await run('validate', 'companies.csv', '--full');
  expect(counted(full)).toEqual({ read: 1100, current: 1100 });
  // Four lists in place of eleven, of 100, 400, 500 and 100 keys, and what every run asks.
  expect(full.requests.total).toBeLessThanOrEqual(8);
});

test('a key that comes again hundreds of rows later is still found', async () => {
  const { file, run } = await openDesk();
  await file('companies.csv', ['CompUserKey01;Name', ...rows.map(n => `C-${n};Firma ${n}`), 'C-3;Igjen']);
  const answer = await run('import', 'companies.csv');
  expect(counted(answer)).toEqual({ read: 251, created: 250, rejected: 1 });
  expect(answer.rows[0]?.place).toBe('line 252');
  expect(answer.rows[0]?.problems[0]?.message).toContain('companies.csv, line 4');
});

test('a child of a company that was rejected in an earlier chunk names that row', async () => {
  const { file, run } = await openDesk();
  await file('companies.csv', [
    'CompUserKey01;Name;NoMailing',
    ...rows.map(n => `C-${n};Firma ${n};${n === 7 ? 'nei' : 'FALSE'}`),
  ]);
  await file('persons.csv', ['PersUserKey01;CompUserKey01;Lastname', 'P-1;C-7;Nordmann', 'P-2;C-8;Nordmann']);
  const answer = await run('import', 'companies.csv', 'persons.csv');
  expect(counted(answer)).toEqual({ read: 252, created: 250, rejected: 2 });
  expect(answer.rows[1]?.problems[0]?.message).toBe(
    'The company "C-7" (companies.csv, line 8) was rejected in this run, so there is none to belong to.',
  );
});
