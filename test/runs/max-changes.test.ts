import { rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Document, documentOf } from '../support/document.ts';
import { sic } from '../support/sic.ts';
import { startTenant, type Tenant } from '../support/tenant.ts';
import { companyFile, type Workplace, workplace } from '../support/workplace.ts';

let tenant: Tenant;
beforeAll(async () => {
  tenant = await startTenant();
});
afterAll(() => tenant.close());

type Told = Document & { readonly fileWarnings: readonly string[] };

interface Desk {
  readonly place: Workplace;
  run(...argv: readonly string[]): Promise<Told>;
}

async function openDesk(config: object = {}): Promise<Desk> {
  const place = await workplace(tenant, tenant.url, { config });
  return {
    place,
    run: async (...argv) => {
      const { exitCode, stdout, stderr } = await sic([...argv, '--json'], place);
      return { ...JSON.parse(stdout), ...documentOf({ stdout, stderr, code: exitCode }) };
    },
  };
}

/** The same file with another name in its first rows. */
function changed(file: string, rows: number): string {
  let left = rows;
  return file.replaceAll(';Company', name => (left-- > 0 ? ';Firm' : name));
}

const companies = ['import', 'companies.csv'];

test('by default a file may not update more than 5,000 records and more than half of them', async () => {
  const rows = 6000;
  const { place, run } = await openDesk();
  const file = companyFile('MASS', rows);
  await place.write('companies.csv', file);
  const first = await run(...companies);
  expect(first).toMatchObject({ exitCode: 0, counts: { created: rows } });
  // New records stop nothing, and nothing more is asked for their sake.
  expect(first.requests.read).toBeLessThanOrEqual(rows / 100 + 5);

  await place.write('companies.csv', changed(file, rows));
  const message =
    'companies.csv would update 6,000 of the 6,000 records it names in SuperOffice; without --max-changes it may be 5,000, or half of them';
  const stopped = await run(...companies);
  expect(stopped).toMatchObject({ exitCode: 6, counts: { updated: 0 }, requests: { write: 0 } });
  expect(stopped.error).toMatchObject({ code: 'brake', message: `${message}.` });
  expect(stopped.error?.hint).toContain('--max-changes 6000');
  expect(stopped.counts.notReached).toBe(stopped.counts.read);

  // The same without memory of what was accepted: SuperOffice has them all the same.
  await rm(path.join(place.cwd, '.sic', 'test'), { recursive: true });
  expect(await run(...companies)).toMatchObject({ exitCode: 6, requests: { write: 0 } });

  const { exitCode, fileWarnings } = await run('validate', 'companies.csv');
  expect(exitCode).toBe(0);
  expect(fileWarnings).toEqual([
    `An import would stop: ${message}. If all of it is meant, allow it: --max-changes 6000`,
  ]);

  // Half of them is no mass of changes, whatever their number; and fewer than 5,000 cost no question.
  await place.write('companies.csv', changed(file, 2500));
  const some = await run(...companies, '--full');
  expect(some).toMatchObject({ exitCode: 0, counts: { updated: 2500, current: 3500 } });
  const again = await run(...companies);
  expect(again).toMatchObject({ counts: { unchanged: rows }, requests: { total: 1 } });

  await place.write('companies.csv', changed(file, rows));
  expect(await run(...companies, '--max-changes', '6000')).toMatchObject({
    exitCode: 0,
    counts: { updated: 3500, current: 0 },
  });
}, 60_000);

describe('--max-changes', () => {
  test('a number: existing records alone count, and few changes cost no question', async () => {
    const { place, run } = await openDesk();
    const file = companyFile('NUM', 50);
    await place.write('companies.csv', file);
    const most = ['--max-changes', '10'];
    expect(await run(...companies, ...most)).toMatchObject({ exitCode: 0, counts: { created: 50 } });

    await place.write('companies.csv', changed(file, 10));
    const dry = await run('validate', 'companies.csv');
    const allowed = await run(...companies, ...most);
    expect(allowed).toMatchObject({ exitCode: 0, counts: { updated: 10 } });
    expect(allowed.requests.read).toBe(dry.requests.read);

    await place.write('companies.csv', file.replaceAll(';Company', ';Shop'));
    const stopped = await run(...companies, ...most);
    expect(stopped).toMatchObject({ exitCode: 6, counts: { updated: 0 }, requests: { write: 0 } });
    expect(stopped.error?.message).toBe(
      'companies.csv would update more than 10 records in SuperOffice, and max-changes allows 10.',
    );
    expect(await run('validate', 'companies.csv', ...most)).toMatchObject({
      exitCode: 0,
      fileWarnings: [
        expect.stringMatching(/^An import would stop: companies\.csv would update more than 10 /),
      ],
    });
    expect((await run('validate', 'companies.csv')).fileWarnings).toEqual([]);
  });

  test('new records among them are made, also where the updates are too many', async () => {
    const { place, run } = await openDesk();
    const file = companyFile('MIX', 20);
    await place.write('companies.csv', file);
    await run(...companies);
    const more = companyFile('MIXNEW', 30).split('\n').slice(1).join('\n');
    await place.write('companies.csv', `${changed(file, 3)}${more}`);
    expect(await run(...companies, '--max-changes', '5')).toMatchObject({
      exitCode: 0,
      counts: { updated: 3, created: 30, unchanged: 17 },
    });
    await place.write('companies.csv', `${changed(file, 20)}${more}`);
    expect(await run(...companies, '--max-changes', '5')).toMatchObject({
      exitCode: 6,
      counts: { updated: 0 },
    });
  });

  test('a percentage is of the records that the file names and SuperOffice has', async () => {
    const { place, run } = await openDesk();
    const file = companyFile('PCT', 100);
    await place.write('companies.csv', file);
    expect(await run(...companies, '--max-changes', '10%')).toMatchObject({ exitCode: 0 });
    const more = companyFile('PCTNEW', 100).split('\n').slice(1).join('\n');
    await place.write('companies.csv', `${changed(file, 15)}${more}`);
    const { exitCode, error, counts } = await run(...companies, '--max-changes', '10%');
    expect({ exitCode, updated: counts.updated }).toEqual({ exitCode: 6, updated: 0 });
    // New records are made meanwhile, and count for nothing.
    expect(error?.message).toBe(
      'companies.csv would update 15 of the 100 records it names in SuperOffice (15.0 %), and max-changes allows 10 %.',
    );
    expect(await run(...companies, '--max-changes', '20%')).toMatchObject({
      exitCode: 0,
      counts: { updated: 15 },
    });
  });

  test('a number is for all files of a run', async () => {
    const { place, run } = await openDesk();
    const file = companyFile('FILES', 20);
    const persons = (name: string) =>
      `PersUserKey01;CompUserKey01;Lastname\n${Array.from({ length: 20 }, (_, n) => `FILES-P${n};FILES-0001;${name}\n`).join('')}`;
    const both = ['import', 'companies.csv', 'persons.csv'];
    await place.write('companies.csv', file);
    await place.write('persons.csv', persons('Hansen'));
    expect(await run(...both)).toMatchObject({ exitCode: 0 });
    await place.write('companies.csv', changed(file, 6));
    await place.write('persons.csv', persons('Nilsen'));
    const stopped = await run(...both, '--max-changes', '10');
    expect(stopped).toMatchObject({ exitCode: 6, counts: { updated: 6 } });
    expect(stopped.error?.message).toBe(
      'persons.csv would update more than 4 records in SuperOffice, after 6 in the files before it, and max-changes allows 10.',
    );
    expect(await run(...both)).toMatchObject({ exitCode: 0, counts: { updated: 20, unchanged: 20 } });
  });

  test('looking at all rows again changes nothing, so it is no mass of changes', async () => {
    const { place, run } = await openDesk();
    await place.write('companies.csv', companyFile('FULL', 50));
    await run(...companies);
    expect(await run(...companies, '--full', '--max-changes', '0')).toMatchObject({
      exitCode: 0,
      counts: { current: 50 },
    });
  });

  test.each(['ten', '120%', '-5'])('%s is refused', async value => {
    const { run } = await openDesk();
    const { exitCode, error } = await run(...companies, `--max-changes=${value}`);
    expect(exitCode).toBe(2);
    expect(error?.message).toContain(`--max-changes is "${value}"`);
  });
});

describe('a file that shrank', () => {
  test('by 80 % stops before anything is written, also under another date', async () => {
    const { place, run } = await openDesk();
    await place.write('companies-20261121.csv', companyFile('SHRINK', 200));
    expect(await run('import', 'companies-20261121.csv')).toMatchObject({ exitCode: 0 });

    const short = changed(companyFile('SHRINK', 40), 40);
    await place.write('companies-20261122.csv', short);
    const tonight = ['import', 'companies-20261122.csv'];
    const stopped = await run(...tonight);
    expect(stopped).toMatchObject({ exitCode: 6, counts: { read: 0 }, requests: { write: 0 } });
    expect(stopped.error?.message).toBe(
      'companies-20261122.csv has 40 rows, and had 200 in its last complete import.',
    );
    expect((await run('validate', 'companies-20261122.csv')).fileWarnings).toEqual([
      'An import would stop: companies-20261122.csv has 40 rows, and had 200 in its last complete import. If all of it is meant, allow it: --max-changes 100%',
    ]);
    // Neither a run that was stopped nor one that was cut short counts as the last one.
    expect(await run(...tonight, '--max-changes', '100%', '--limit', '10')).toMatchObject({ exitCode: 0 });
    expect(await run(...tonight)).toMatchObject({ exitCode: 6 });

    expect(await run(...tonight, '--max-changes', '100%')).toMatchObject({
      exitCode: 0,
      counts: { updated: 30, unchanged: 10 },
    });
    expect(await run(...tonight)).toMatchObject({ exitCode: 0, counts: { unchanged: 40 } });
  });

  test('a little less, other files and reject files are no matter', async () => {
    const { place, run } = await openDesk();
    await place.write(
      'companies.csv',
      companyFile('LESS', 200)
        .replace('Name', 'Name;NoMailing')
        .replace(/(0[0-4]\d{2};.*)/g, '$1;nei'),
    );
    const first = await run(...companies);
    expect(first).toMatchObject({ exitCode: 1 });
    await place.write('companies-oslo.csv', companyFile('LESS', 1));
    expect(await run('import', 'companies-oslo.csv')).toMatchObject({ exitCode: 0 });
    expect(await run('import', first.rejects ?? '')).toMatchObject({ exitCode: 1, error: null });
    await place.write('companies.csv', companyFile('LESS', 41));
    expect(await run(...companies)).toMatchObject({ exitCode: 0, counts: { read: 41 } });
  });

  test('the config accepts it', async () => {
    const { place, run } = await openDesk({ brakes: { maxChanges: '100%' } });
    await place.write('companies.csv', companyFile('CONF', 150));
    await run(...companies);
    await place.write('companies.csv', companyFile('CONF', 1));
    expect(await run(...companies)).toMatchObject({ exitCode: 0, error: null });
  });
});
