import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Exchange, type RecordingProxy, startRecordingProxy } from '../contract/recording-proxy.ts';
import { documentOf } from '../support/document.ts';
import { runSic } from '../support/program.ts';
import { startTenant, type Tenant } from '../support/tenant.ts';
import { type Workplace, workplace } from '../support/workplace.ts';
import { files, rows, writeFiles } from './five-hundred.ts';

let tenant: Tenant;
let wire: RecordingProxy;
beforeAll(async () => {
  tenant = await startTenant();
  wire = await startRecordingProxy(tenant.url);
});
afterAll(async () => {
  wire.close();
  await tenant.close();
});

async function imported(place: Workplace, ...flags: string[]) {
  const before = wire.exchanges.length;
  const names = Object.keys(files).map(name => `${name}.csv`);
  const { counts } = documentOf(await runSic(['import', ...names, '--json', ...flags], place));
  const exchanges = wire.exchanges.slice(before);
  return { counts, total: exchanges.length, requests: requestsPerFile(exchanges) };
}

function expectAtMost(counts: Record<string, number>, most: Record<string, number>): void {
  const told = JSON.stringify(counts);
  for (const [name, count] of Object.entries(counts))
    expect(count, told).toBeLessThanOrEqual(most[name] ?? 0);
}

/** How many requests each file took, and the run as a whole. Files are worked on one after the other. */
function requestsPerFile(exchanges: readonly Exchange[]): Record<string, number> {
  const names = Object.keys(files);
  const ofRun = exchanges.filter(({ path }) => /currentPrincipal|UdefLayout|CustomField/.test(path));
  const ofRows = exchanges.filter(exchange => !ofRun.includes(exchange));
  let next = 0;
  const counts: Record<string, number> = { run: ofRun.length };
  for (const name of names) {
    const entity = files[name]?.entity;
    const last = ofRows.findLastIndex(
      ({ method, path }) => method !== 'GET' && path.split('/')[2] === entity,
    );
    // The key of a request and of a message follows on the record.
    const isKey = (exchange?: Exchange): boolean => exchange?.path.endsWith('/Key') === true;
    let end = last + 1;
    while (isKey(ofRows[end])) end++;
    counts[name] = end - next;
    next = end;
  }
  expect(next).toBe(ofRows.length);
  return counts;
}

test('a new row takes one request, two with a file or a key beside it; an updated one takes one', async () => {
  const place = await workplace(tenant, wire.url);
  await writeFiles(place);
  const created = await imported(place);
  expect(created.counts).toMatchObject({ created: 8 * rows });
  expectAtMost(created.requests, {
    run: 9,
    companies: 510,
    persons: 510,
    projects: 510,
    sales: 510,
    appointments: 510,
    documents: 1010,
    tickets: 1015,
    messages: 1010,
  });

  const again = await imported(place);
  expect(again.counts).toMatchObject({ unchanged: 8 * rows });
  expect(again.total).toBe(1);

  await writeFiles(place, '!');
  const updated = await imported(place, '--max-changes', '100%', '--strategy', 'entity');
  expect(updated.counts).toMatchObject({ updated: 8 * rows });
  expectAtMost(updated.requests, {
    run: 9,
    // Phones and mail addresses are in tables of their own: a request more for each and a hundred rows.
    companies: 520,
    persons: 515,
    projects: 510,
    sales: 510,
    appointments: 515,
    // The file is compared first: its length, then its content.
    documents: 1510,
    tickets: 515,
    messages: 510,
  });
}, 120_000);
