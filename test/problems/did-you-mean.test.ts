import { expect, it } from 'vitest';
import { didYouMean } from '../../src/problems/did-you-mean.ts';

const columns = ['Name', 'Department', 'CountryName', 'PostalCity', 'Phone1', 'Phone2'];

it.each([
  ['Nmae', 'Name'],
  ['name', 'Name'],
  ['Departmnet', 'Department'],
  ['PostalCty', 'PostalCity'],
  ['Country', 'CountryName'],
  ['Phone', 'Phone1'],
  ['Turnover', null],
  ['', null],
])('"%s" may mean %s', (wrong, meant) => {
  expect(didYouMean(wrong, columns)).toBe(meant);
});
