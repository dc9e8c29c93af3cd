import { afterAll, beforeAll, expect, test } from 'vitest';
import { runSic } from '../support/program.ts';
import { startTenant, type Tenant } from '../support/tenant.ts';
import { csv, type Desk, desk, idsOf, makeCompanies, stored, upsertsIn } from './bulk-practice.ts';

const bulk = ['--strategy', 'bulk', '--rows'];
const numbers = Array.from({ length: 12 }, (_, index) => index + 1);

let tenant: Tenant;
beforeAll(async () => {
  tenant = await startTenant();
});
afterAll(() => tenant.close());

const companies = (prefix: string, to: string) =>
  csv(
    numbers.map(n => ({
      CompUserKey01: `${prefix}-${n}`,
      Department: `${to} ${n}`,
      StreetCity: `${to} city`,
      Phone1: `+45 ${to.length} ${n}`,
      CompUserText01: `${to} text`,
      CompUserDate01: to === 'North' ? '2026-01-02' : '2025-03-04',
      CompUserDec01: to === 'North' ? '1.5' : '-2.25',
      CompUserCheck01: to === 'North' ? 'TRUE' : 'FALSE',
      CompUserList01: to === 'North' ? 'Gold' : 'Silver',
    })),
  );

async function opened(prefix: string): Promise<Desk & { readonly ids: readonly number[] }> {
  const opened = await desk(tenant);
  const ids = await makeCompanies(tenant, prefix, numbers.length);
  await opened.place.write('companies.csv', companies(prefix, 'South'));
  await opened.imports('companies.csv', ['--strategy', 'entity']);
  await opened.place.write('companies.csv', companies(prefix, 'North'));
  return { ...opened, ids };
}

test('sic undo takes a bulk run back', async () => {
  const { place, imports } = await opened('UNDO');
  const before = await stored(tenant, 'Contact', 'CompUserKey01', 'UNDO-');
  const { run, counts } = await imports('companies.csv', bulk);
  expect(counts).toMatchObject({ updated: numbers.length });
  expect(await stored(tenant, 'Contact', 'CompUserKey01', 'UNDO-')).not.toEqual(before);
  const undone = await runSic(['undo', run, '--yes', '--json'], place);
  expect(undone.code, undone.stderr).toBe(0);
  expect(await stored(tenant, 'Contact', 'CompUserKey01', 'UNDO-')).toEqual(before);
});

test.each(['report', 'crm', 'file'] as const)('users’ edits after a bulk run are seen: %s', async policy => {
  const { place, ids, imports } = await opened(`EDIT${policy}`);
  await imports('companies.csv', bulk);
  const [edited] = ids;
  const patch = [{ op: 'replace', path: '/Department', value: 'By a user' }];
  await tenant.ask('PATCH', `/v1/Contact/${edited}`, patch as unknown as object);
  await place.write('companies.csv', companies(`EDIT${policy}`, 'West'));
  const { counts, rows } = await imports(
    'companies.csv',
    [...bulk, '--on-conflict', policy],
    policy === 'report' ? 1 : 0,
  );
  const [row] = rows;
  const { Department } = await tenant.ask<{ Department: string }>('GET', `/v1/Contact/${edited}`);
  if (policy === 'report') {
    expect(counts).toMatchObject({ conflict: 1, updated: numbers.length - 1 });
    expect(row?.problems).toMatchObject([{ code: 'user-edit', field: 'Department' }]);
  } else {
    expect(counts).toMatchObject({ updated: numbers.length });
    expect(row?.warnings).toMatchObject([{ field: 'Department' }]);
  }
  expect(Department).toBe(policy === 'file' ? 'West 1' : 'By a user');
});

test('validate tells the same changes that a bulk run makes', async () => {
  const { place, imports } = await opened('SAME');
  const validated = await runSic(['validate', 'companies.csv', '--json', '--rows'], place);
  const planned = JSON.parse(validated.stdout).rows.map(({ changes }: { changes: unknown }) => changes);
  const { rows } = await imports('companies.csv', bulk);
  expect(rows.map(row => (row as unknown as { changes: unknown }).changes)).toEqual(planned);
});

test.each([
  ['Project', 'projects.csv', { ProjUserKey01: '', Name: 'Harbour' }, 'ProjUser'],
  [
    'Sale',
    'sales.csv',
    { SaleUserKey01: '', Heading: 'Cranes', CompUserKey01: 'OWNER-1', Saledate: '2026-05-01' },
    'SaleUser',
  ],
  [
    'Appointment',
    'appointments.csv',
    { AppoUserKey01: '', CompUserKey01: 'OWNER-1', StartDate: '2026-05-01 09:00' },
    'AppoUser',
  ],
  [
    'Document',
    'documents.csv',
    { DocuUserKey01: '', CompUserKey01: 'OWNER-1', Name: 'scan.txt' },
    'DocuUser',
  ],
] as const)(
  '%s: more-page fields alone go by bulk, nothing else of the record changes, and its date moves',
  async (entity, file, first, udef) => {
    const { place, proxy, imports } = await desk(tenant);
    await makeCompanies(tenant, 'OWNER', 1);
    await place.write('scan.txt', 'scanned');
    const key = Object.keys(first)[0] ?? '';
    const rowsWith = (more: Record<string, string>) =>
      csv(numbers.slice(0, 5).map(n => ({ ...first, [key]: `${entity}-${n}`, ...more })));
    await place.write(file, rowsWith({ [`${udef}Text01`]: 'before', [`${udef}Text04`]: 'long before' }));
    await imports(file);
    const before = await stored(tenant, entity, key, `${entity}-`, ['UpdatedBy']);
    const ids = await idsOf(tenant, entity, key, `${entity}-`);
    const dates = async () =>
      Promise.all(
        [...ids.values()].map(
          async id => (await tenant.ask<{ UpdatedDate: string }>('GET', `/v1/${entity}/${id}`)).UpdatedDate,
        ),
      );
    const never = await dates();
    await place.write(file, rowsWith({ [`${udef}Text01`]: 'after', [`${udef}Text04`]: 'long after' }));
    const { counts, bulkRows } = await imports(file, bulk);
    expect(counts).toMatchObject({ updated: 5 });
    expect(bulkRows).toBe(5);
    expect(upsertsIn(proxy)).toHaveLength(3);
    const after = await stored(tenant, entity, key, `${entity}-`, ['UpdatedBy']);
    const said = JSON.stringify([...before]);
    expect([...after]).toEqual(JSON.parse(said.replaceAll(/"(long )?before"/g, '"$1after"')));
    // A document was updated before, when its content came, and that may be in the same second.
    for (const [index, date] of (await dates()).entries())
      expect(entity === 'Document' ? date >= (never[index] ?? '') : date > (never[index] ?? '')).toBe(true);
  },
);
