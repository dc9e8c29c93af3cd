import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Document, documentOf } from '../support/document.ts';
import { runSic } from '../support/program.ts';
import { startTenant, type Tenant } from '../support/tenant.ts';
import { companyFile, type Workplace, workplace } from '../support/workplace.ts';

let tenant: Tenant;
beforeAll(async () => {
  tenant = await startTenant();
});
afterAll(() => tenant.close());

async function imported(place: Workplace): Promise<Document> {
  return documentOf(await runSic(['import', 'companies.csv', '--json'], place));
}

interface Entry {
  readonly n: number;
  readonly intent?: { readonly key: string; readonly todo: string };
  readonly outcome?: string;
  readonly id?: number;
}

/** The journal of a run: what was announced, with what came of it. */
async function journal(place: Workplace, run: string) {
  const text = (await place.state()).get(path.join('runs', run, 'journal.ndjson')) ?? '';
  const entries: Entry[] = text
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line));
  const intents = entries.filter(entry => entry.intent);
  return intents.map(({ n, intent }) => {
    const outcomes = entries.filter(entry => entry.n === n && entry.outcome !== undefined);
    return { ...intent, outcomes: outcomes.map(({ outcome }) => outcome), id: outcomes[0]?.id };
  });
}

test('after good runs: a journal without open intents, a result, a memory, and all of it for the owner alone', async () => {
  const place = await workplace(tenant);
  await place.write('companies.csv', companyFile('STATE', 30));
  const first = await imported(place);
  expect(first.counts.created).toBe(30);
  const written = await journal(place, first.run);
  expect(written).toHaveLength(30);
  expect(
    written.every(({ todo, outcomes, id }) => todo === 'create' && outcomes.join() === 'done' && id),
  ).toBe(true);

  await place.write('companies.csv', companyFile('STATE', 30).replace(/Company (STATE-000[1-5])/g, 'New $1'));
  const second = await imported(place);
  expect(second.counts).toMatchObject({ updated: 5, unchanged: 25 });
  const changed = await journal(place, second.run);
  expect(changed.map(({ key, todo, outcomes }) => [key, todo, outcomes.join()]).sort()).toEqual(
    [1, 2, 3, 4, 5].map(n => [`STATE-000${n}`, 'update', 'done']),
  );

  const third = await imported(place);
  expect(third.counts.unchanged).toBe(30);
  expect(await journal(place, third.run)).toEqual([]);

  const files = await place.state();
  for (const document of [first, second, third]) {
    const { rows: _rows, error, counts, run, requests } = document;
    const kept = JSON.parse(files.get(path.join('runs', run, 'result.json')) ?? '');
    expect(kept).toMatchObject({ run, counts, requests, error });
  }
  expect(files.has('accepted-Company')).toBe(true);
  expect(files.has('lock')).toBe(false);
  await expectOwnerOnly(path.join(place.cwd, '.sic'));
});

async function expectOwnerOnly(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true });
  expect(entries.length).toBeGreaterThan(10);
  for (const entry of ['.', ...entries]) {
    const { mode } = await stat(path.join(folder, entry));
    expect((mode & 0o077).toString(8), entry).toBe('0');
  }
}

test('no secret in any file, whatever happened', async () => {
  const place = await workplace(tenant);
  await place.write('companies.csv', `${companyFile('SECRET', 5)}SECRET-0001;again\n`);
  const good = await runSic(['import', 'companies.csv', '--json'], place);
  expect(good.code).toBe(1);
  const wrong = await runSic(['import', 'companies.csv'], {
    cwd: place.cwd,
    env: { SIC_PASSWORD: 'wr0ng-word' },
  });
  expect(wrong.code).toBe(3);
  const secrets = [tenant.password, 'wr0ng-word'].flatMap(word => [
    word,
    Buffer.from(`${tenant.username}:${word}`).toString('base64'),
  ]);
  const files = await place.state();
  expect(files.size).toBeGreaterThan(4);
  for (const [name, text] of files)
    for (const secret of secrets) expect(text.includes(secret), `${name} holds ${secret}`).toBe(false);
  for (const secret of secrets) expect(good.stderr + wrong.stdout + wrong.stderr).not.toContain(secret);
});

test('validate leaves no memory, and --state-dir puts all of it elsewhere', async () => {
  const place = await workplace(tenant);
  await place.write('companies.csv', companyFile('DRY', 5));
  const dry = await runSic(['validate', 'companies.csv', '--json', '--state-dir', 'elsewhere'], place);
  expect(documentOf(dry).counts.created).toBe(5);
  expect(await readdir(place.cwd)).not.toContain('.sic');
  const folder = path.join(place.cwd, 'elsewhere', 'test');
  expect((await readdir(folder)).sort()).not.toContain('accepted-Company');
  expect((await tenant.companies('DRY')).size).toBe(0);
  await expectNoJournal(folder);
});

async function expectNoJournal(folder: string): Promise<void> {
  const names = await readdir(folder, { recursive: true });
  expect(names.some(name => name.endsWith('result.json'))).toBe(true);
  expect(names.some(name => name.endsWith('journal.ndjson'))).toBe(false);
}
