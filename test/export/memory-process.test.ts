import { closeSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSandbox } from '../../src/sandbox/server.ts';
import { caller } from '../sandbox/server/talk.ts';
import { folderOfFile } from '../support/folders.ts';
import { runSic } from '../support/program.ts';
import { startTenant, type Tenant } from '../support/tenant.ts';
import { workplace } from '../support/workplace.ts';

const most = 60_000;
const few = 20_000;
const megabyte = 1_000_000;

const folder = folderOfFile();
let tenant: Tenant;

beforeAll(async () => {
  const data = join(folder, 'sandbox.data');
  await writeCompanies(data);
  tenant = await startTenant('--data', data);
}, 60_000);
afterAll(() => tenant.close());

type Line = readonly [table: string, id: number, row: Readonly<Record<string, string | number>>];

/** One company is made as users make it; the others are copies of its lines in the data file. */
async function writeCompanies(file: string): Promise<void> {
  const sandbox = await startSandbox({ port: 0, data: file, latency: 0, seed: 'demo' });
  const seeded = statSync(file).size;
  await caller(sandbox)('POST', '/v1/Contact', {
    body: {
      Name: 'Company',
      Phones: [{ Value: '1' }],
      CustomFields: { 'Siteshop:CompUserKey01': 'C' },
    },
  });
  await sandbox.close();
  const lines = readFileSync(file).subarray(seeded).toString('utf8').trim().split('\n');
  const rows = lines.map((line): Line => JSON.parse(line));
  const target = openSync(file, 'a');
  for (let n = 1; n < most; n += 1000) {
    let text = '';
    for (let copy = n; copy < Math.min(n + 1000, most); copy++)
      for (const row of rows) text += `${JSON.stringify(copyOf(row, copy, rows))}\n`;
    writeSync(target, `${text}\n`);
  }
  closeSync(target);
}

/** Ids, and what refers to them, lie `n` times so far behind as a company takes of them. */
function copyOf([table, id, row]: Line, n: number, rows: readonly Line[]): Line {
  const step = (of: string): number => n * rows.filter(([name]) => name === of).length;
  const links: Readonly<Record<string, string>> = {
    [`${table}_id`]: table,
    owner_id: 'contact',
    contact_id: 'contact',
    userdef_id: 'udcontactsmall',
  };
  const copied = Object.entries(row).map(([column, value]) => {
    const of = links[column];
    if (of !== undefined && typeof value === 'number' && value > 0) return [column, value + step(of)];
    return [column, column === 'string01' ? `C-${n}` : value];
  });
  return [table, id + step(table), Object.fromEntries(copied)];
}

/** Left alone, V8 takes some 200 MB before it tidies up, however little is in use. */
const tidy = '--max-old-space-size=64 --max-semi-space-size=2';

/** Exports a file and measures the process. */
async function exported(file: string, ...flags: readonly string[]) {
  const place = await workplace(tenant);
  const told = join(place.cwd, 'peak');
  const hook = pathToFileURL(resolve('test/support/report-peak.mjs')).href;
  const env = { ...place.env, NODE_OPTIONS: `${tidy} --import=${hook}`, SIC_TEST_PEAK: told };
  const fields = 'CompUserKey01,Name,Department,Category,CountryName,AssociateName,Interests';
  const argv = ['export', '--datatype', 'Company', '--fields', fields, '--out', file, ...flags];
  const { code, stderr } = await runSic(argv, { cwd: place.cwd, env });
  expect(code, stderr).toBe(0);
  const text = await readFile(join(place.cwd, file), 'utf8');
  return { rows: text.split('\r\n').length - 2, text, peak: Number(await readFile(told, 'utf8')) * 1024 };
}

test('60,000 companies take no more memory than 20,000', async () => {
  const some = await exported('some.csv', '--where', `SuperOfficeId<=${few}`);
  const all = await exported('all.csv');
  expect(some.rows).toBe(few);
  // And the company that the users work for.
  expect(all.rows).toBe(most + 1);
  expect(all.text).toContain('\r\nC-59999;Company;;Customer;Norway;SIC;\r\n');
  expect(all.peak).toBeLessThan(some.peak + 20 * megabyte);
  expect(all.peak).toBeLessThan(170 * megabyte);
});
