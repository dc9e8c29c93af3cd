import { afterAll, beforeAll, expect, test } from 'vitest';
import { requests } from '../support/faults.ts';
import { runSic } from '../support/program.ts';
import { startTenant, type Tenant } from '../support/tenant.ts';
import { csv, desk, makeCompanies, upsertsIn } from './bulk-practice.ts';

let tenant: Tenant;
let refusing: Tenant;
beforeAll(async () => {
  [tenant, refusing] = await Promise.all([startTenant(), startTenant('--quirk', 'mass-operations=refused')]);
});
afterAll(() => Promise.all([tenant.close(), refusing.close()]));

const file = (prefix: string, count: number) =>
  csv(
    Array.from({ length: count }, (_, index) => ({
      CompUserKey01: `${prefix}-${index + 1}`,
      Name: `${prefix} ${index + 1}`,
      CompUserText01: 'before',
    })),
  );

test('an ordinary user: bulk is refused before the first row, auto writes one by one', async () => {
  const { place, proxy, imports } = await desk(tenant, 'ANDERSDYRE');
  await place.write('companies.csv', file('ORDINARY', 110));
  await imports('companies.csv');
  await place.write('companies.csv', file('ORDINARY', 110).replaceAll('before', 'after'));
  const refused = await imports('companies.csv', ['--strategy', 'bulk'], 2);
  expect(refused.error).toEqual({
    code: 'config',
    message: '--strategy bulk needs a system user, and ANDERSDYRE is an ordinary one.',
    hint: 'Sign in as a system user, or leave --strategy out: then records are updated one by one where mass operations are not allowed.',
  });
  expect(refused.counts.read).toBe(0);
  const { counts, bulkRows } = await imports('companies.csv');
  expect(counts).toMatchObject({ updated: 110 });
  expect(bulkRows).toBe(0);
  expect(upsertsIn(proxy)).toEqual([]);
});

test('an application without the agent: auto says so once and writes one by one', async () => {
  const { place, proxy } = await desk(refusing);
  await place.write('companies.csv', file('REFUSED', 110));
  await runSic(['import', 'companies.csv'], place);
  await place.write('companies.csv', file('REFUSED', 110).replaceAll('before', 'after'));
  const { code, stdout, stderr } = await runSic(['import', 'companies.csv'], place);
  expect(code).toBe(0);
  expect(stderr).toContain('SuperOffice refuses mass operations, so records are updated one by one');
  expect(stdout).toContain('updated');
  expect(stdout).not.toContain('by mass operations');
  expect(upsertsIn(proxy)).toHaveLength(1);
  expect(requests(proxy, 'PATCH', /Contact/)).toHaveLength(110);
});

test('an application without the agent: bulk ends the run, and nothing was written', async () => {
  const { place, proxy, imports } = await desk(refusing);
  await place.write('companies.csv', file('ENDED', 20));
  await imports('companies.csv');
  await place.write('companies.csv', file('ENDED', 20).replaceAll('before', 'after'));
  const { counts, error } = await imports('companies.csv', ['--strategy', 'bulk'], 2);
  expect(error).toMatchObject({ code: 'config' });
  expect(error?.message).toMatch(/^SuperOffice refuses mass operations: .*DatabaseTable/);
  expect(counts).toMatchObject({ read: 20, notReached: 20 });
  expect(requests(proxy, 'PATCH', /./)).toEqual([]);
  expect((await imports('companies.csv', ['--strategy', 'entity'])).counts).toMatchObject({ updated: 20 });
});

test('a strategy that there is not: 2, with those there are', async () => {
  const { place } = await desk(tenant);
  const { code, stderr } = await runSic(['import', 'companies.csv', '--strategy', 'mass'], place);
  expect(code).toBe(2);
  expect(stderr).toContain('--strategy is "mass", but it must be auto, entity or bulk.');
});

test('the report tells how many rows went by mass operations', async () => {
  const { place } = await desk(tenant);
  await makeCompanies(tenant, 'TOLD', 5);
  await place.write('companies.csv', file('TOLD', 5));
  const { stdout } = await runSic(
    ['import', 'companies.csv', '--strategy', 'bulk', '--report', 'run.html'],
    place,
  );
  expect(stdout).toMatch(
    /\d+ requests to SuperOffice: \d+ to read, 2 to write \(5 rows by mass operations\)\./,
  );
});
