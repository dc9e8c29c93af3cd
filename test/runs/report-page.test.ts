import { rmSync } from 'node:fs';
import { mkdir, readFile, stat, symlink } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findChromium, openPage } from '../support/chromium.ts';
import { documentOf } from '../support/document.ts';
import { startFaultyProxy } from '../support/faulty-proxy.ts';
import { runSic } from '../support/program.ts';
import { sic } from '../support/sic.ts';
import { startTenant, type Tenant } from '../support/tenant.ts';
import { emptyFolder, type Workplace, workplace } from '../support/workplace.ts';

let tenant: Tenant;
beforeAll(async () => {
  tenant = await startTenant();
});
afterAll(() => tenant.close());

const before = 'CompUserKey01;Name;CountryName\nR-1;Old name;Norway\nR-2;Same;Norway\n';
const after =
  'CompUserKey01;Name;CountryName\nR-1;<script>document.title="stolen"</script>;Norway\nR-2;Same;Norway\n' +
  'R-3;"<img src=x onerror=""document.title=1"">";<b>Atlantis</b>\nR-4;New & true;Norway\n';

async function page(place: Workplace, name = 'report.html'): Promise<string> {
  return readFile(path.join(place.cwd, name), 'utf8');
}

async function imported(): Promise<Workplace> {
  const place = await workplace(tenant);
  await place.write('companies.csv', before);
  await sic(['import', 'companies.csv', '--report', 'report.html'], place);
  await place.write('companies.csv', after);
  return place;
}

test('an import: counts, old and new, what needs a look, cost; escaped, complete in itself, for its owner alone', async () => {
  const place = await imported();
  expect(await page(place)).toContain('Every row is right.');
  const { stdout, exitCode } = await sic(
    ['import', 'companies.csv', '--json', '--report', 'report.html'],
    place,
  );
  expect(exitCode).toBe(1);
  const { rows, requests, run } = JSON.parse(stdout);
  // The page gets the rows that were written; the document has those that need a look, as without a page.
  expect(rows.map(({ key }: { key: string }) => key)).toEqual(['R-3']);
  const html = await page(place);
  expect(html).toContain('<bdi class="value">Old name</bdi> → <bdi class="value">&#60;script&#62;');
  expect(html).not.toMatch(/<script|<img|<b>Atlantis|https?:|src=|@import|url\(/i);
  expect(html).toContain('&#60;b&#62;Atlantis&#60;/b&#62;');
  expect(html).toContain('→ Write its name, its English name');
  expect(html).toContain(`${requests.total} requests to SuperOffice`);
  expect(html).toContain(run);
  expect(html).toContain(
    'aria-label="4 rows read: 1 created, 1 updated, 1 unchanged since the last run, 1 rejected"',
  );
  expect(html).not.toContain(tenant.password);
  expect((await stat(path.join(place.cwd, 'report.html'))).mode & 0o777).toBe(0o600);
});

test('a validation says what would be written, and offline that nobody was asked', async () => {
  const place = await imported();
  await sic(['validate', 'companies.csv', '--report', 'plan.html'], place);
  expect(await page(place, 'plan.html')).toContain('<h2>What would be written</h2>');
  await sic(['validate', 'companies.csv', '--offline', '--report', 'plan.html'], place);
  const offline = await page(place, 'plan.html');
  expect(offline).toContain('Check of companies.csv');
  expect(offline).toContain('SuperOffice was not asked');
});

describe('refused before anything is sent', () => {
  test.each([
    ['missing/report.html', 'The folder of --report missing/report.html does not exist.'],
    ['.', '--report . is a folder, not a file.'],
    ['companies.csv', '--report companies.csv would overwrite companies.csv.'],
    ['link.csv', '--report link.csv would overwrite companies.csv.'],
    ['rejects.csv', '--report rejects.csv would overwrite rejects.csv.'],
    ['/dev/null', '--report /dev/null is no file.'],
    ['', '--report needs the name of a file.'],
  ])('--report %j', async (name, message) => {
    const place = await workplace(tenant);
    await place.write('companies.csv', before.replaceAll('R-', 'NOT-'));
    await symlink(path.join(place.cwd, 'companies.csv'), path.join(place.cwd, 'link.csv'));
    const { exitCode, stderr } = await sic(
      ['import', 'companies.csv', '--rejects', 'rejects.csv', '--report', name],
      place,
    );
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining(message) });
    expect((await tenant.companies('NOT-')).size).toBe(0);
  });
});

test('a page that cannot be written when the run is done: told, and what was written stays', async () => {
  const proxy = await startFaultyProxy(tenant.url);
  const place = await workplace(tenant, proxy.url);
  await place.write('companies.csv', before.replaceAll('R-', 'GONE-'));
  const folder = path.join(place.cwd, 'reports');
  await mkdir(folder);
  proxy.script(one => {
    if (one.kind === 'create') rmSync(folder, { recursive: true, force: true });
    return null;
  });
  const ended = await runSic(['import', 'companies.csv', '--json', '--report', 'reports/r.html'], place);
  const document = documentOf(ended);
  expect(document).toMatchObject({ exitCode: 4, error: { code: 'file' }, counts: { created: 2 } });
  expect(ended.stderr).toContain('--report reports/r.html cannot be written (ENOENT).');
  expect((await tenant.companies('GONE-')).size).toBe(2);
});

const chromium = findChromium();
if (chromium === null)
  process.stderr.write('No Chromium is installed: the page of --report is not opened in a browser.\n');

test.skipIf(chromium === null)(
  'a browser shows it: no script ran, nothing was asked for',
  async () => {
    const place = await imported();
    await sic(['import', 'companies.csv', '--report', 'report.html'], place);
    const { dom, complaints } = await openPage(
      chromium ?? '',
      path.join(place.cwd, 'report.html'),
      await emptyFolder(),
    );
    expect(dom).toContain('<title>Import of companies.csv</title>');
    expect(dom).not.toContain('<script');
    expect(dom).not.toContain('<img');
    expect(dom).toContain('&lt;script&gt;document.title="stolen"&lt;/script&gt;');
    expect(dom.match(/<rect /g)).toHaveLength(4);
    expect(complaints).toBe('');
  },
  90_000,
);
