import { cp } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { documentOf } from '../support/document.ts';
import { startFaultyProxy } from '../support/faulty-proxy.ts';
import { runSic } from '../support/program.ts';
import { startTenant, type Tenant } from '../support/tenant.ts';
import { workplace } from '../support/workplace.ts';

let tenant: Tenant;
beforeAll(async () => {
  tenant = await startTenant();
});
afterAll(() => tenant.close());

test('a SuperOffice that takes no long archive queries is asked through the agent, and the dry run stays exact', async () => {
  const proxy = await startFaultyProxy(tenant.url);
  proxy.script(one =>
    one.method === 'POST' && one.path.startsWith('/v1/Archive/') ? { status: 404, body: '' } : null,
  );
  const place = await workplace(tenant, proxy.url);
  const files = ['companies.csv', 'persons.csv'];
  for (const file of files)
    await cp(path.resolve(import.meta.dirname, '../../examples', file), path.join(place.cwd, file));

  const imported = await runSic(['import', ...files, '--json'], place);
  expect(documentOf(imported).counts).toMatchObject({ read: 204, created: 204 });
  const again = await runSic(['validate', ...files, '--full', '--json'], place);
  expect(documentOf(again).counts).toMatchObject({ read: 204, current: 204 });
  expect(proxy.seen.some(one => one.path.endsWith('/GetArchiveListByColumns2'))).toBe(true);
});
