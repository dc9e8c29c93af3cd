import { afterAll, beforeAll, expect, test } from 'vitest';
import { documentOf } from '../support/document.ts';
import { runSic } from '../support/program.ts';
import { startTenant, type Tenant } from '../support/tenant.ts';
import { type Workplace, workplace } from '../support/workplace.ts';

let tenant: Tenant;
beforeAll(async () => {
  tenant = await startTenant();
});
afterAll(() => tenant.close());

const importing = async (file: string, place: Workplace) =>
  documentOf(await runSic(['import', file, '--json'], place));

// Requests, messages and documents, which take more, have their costs in the tests of their own.
test.each([
  ['companies.csv', ['CompUserKey01;Name', 'COST;Fjordbygg AS']],
  ['persons.csv', ['PersUserKey01;Lastname;CompUserKey01', 'COST;Dahl;COST-PARENT']],
  ['projects.csv', ['ProjUserKey01;Name', 'COST;New harbour']],
  ['sales.csv', ['SaleUserKey01;Heading;CompUserKey01;Saledate', 'COST;Cranes;COST-PARENT;2026-05-01']],
  ['appointments.csv', ['AppoUserKey01;CompUserKey01;StartDate', 'COST;COST-PARENT;2026-05-01 09:00']],
])('%s: a new row is one write, a known one none', async (file, lines) => {
  const place = await workplace(tenant);
  await place.write('parents-company.csv', 'CompUserKey01;Name\nCOST-PARENT;Parent AS\n');
  await importing('parents-company.csv', place);
  await place.write(file, lines.map(line => `${line}\n`).join(''));
  const first = await importing(file, place);
  expect(first.counts, JSON.stringify(first.rows)).toMatchObject({ read: 1, created: 1 });
  expect(first.requests.write).toBe(1);
  const second = await importing(file, place);
  expect(second.counts).toMatchObject({ unchanged: 1 });
  expect(second.requests.write).toBe(0);
});
