import { expect, test } from 'vitest';
import { practice } from './practice.ts';

test('a search that cannot be run is found before the night that needs it', async () => {
  const place = await practice('demo', {
    config: {
      searches: {
        Good: { datatype: 'Company', fields: ['Name', { Year: 'year(CreatedDate)' }], order: 'Year desc' },
        Mistyped: { datatype: 'Company', fields: ['CompUserKey01', 'Departmnt'] },
        Unfinished: { datatype: 'Sale', where: 'Amount' },
        Users: { provider: 'AllUsers', key: 'associateDbId', fields: ['assocName'] },
      },
    },
  });
  const { checks, exitCode } = await place.doctor();
  const searches = checks.filter(({ name }) => name.startsWith('search '));
  expect(searches.map(({ area, name, status }) => [area, name, status])).toEqual([
    ['config', 'search Mistyped', 'missing'],
    ['config', 'search Unfinished', 'missing'],
  ]);
  expect(searches[0]?.found).toMatch(/"Departmnt".*Did you mean "Department"/);
  expect(searches[1]?.found).toMatch(/"Amount" has no operator/);
  expect(exitCode).toBe(1);
});
