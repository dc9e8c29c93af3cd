import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { array } from '../sandbox/entities/tenant.ts';
import { failOnce, refusalOf } from '../support/faults.ts';
import type { FaultyProxy, Seen } from '../support/faulty-proxy.ts';
import { sic } from '../support/sic.ts';
import { counted } from '../undo/practice.ts';
import { openPlanner, type Planner, type Told } from './planner.ts';

const keyColumn = 'personUdef/Siteshop:PersUserKey01';

async function personId({ tenant }: Planner, key: string): Promise<number> {
  const query = new URLSearchParams({ $select: `personId,${keyColumn}`, $top: '100' });
  const { value } = await tenant.json('GET', `/v1/Person?${query}`);
  return Number(array(value).find(row => row[keyColumn] === key)?.personId);
}

const company = (name: string) => ['CompUserKey01;Name', `C-1;${name}`];
const persons = (title: string) => [
  'PersUserKey01;CompUserKey01;Firstname;Lastname;Title',
  ...['P-1', 'P-2', 'P-3', 'P-4'].map(key => `${key};C-1;Ada;${key};${title}`),
];

const moves: Record<string, { move(planner: Planner): Promise<unknown>; says: string }> = {
  'changed by a user': {
    move: async planner =>
      planner.tenant.json('PATCH', `/v1/Person/${await personId(planner, 'P-2')}`, [
        { op: 'replace', path: '/Title', value: 'Rektor' },
      ]),
    says: 'Title is "Rektor" in SuperOffice by now, and was "Sjef".',
  },
  deleted: {
    move: async planner => planner.tenant.call('DELETE', `/v1/Person/${await personId(planner, 'P-2')}`),
    says: 'is gone: it was deleted, or has lost its key.',
  },
};

test.for(Object.entries(moves))(
  'a record that is %s after all were compared is left alone, and the others are written',
  async ([, { move, says }]) => {
    const planner = await openPlanner();
    await planner.file('companies.csv', company('Fjord AS'));
    await planner.file('persons.csv', persons('Sjef'));
    await planner.told('import', 'companies.csv', 'persons.csv');
    await planner.file('companies.csv', company('Fjord ASA'));
    await planner.file('persons.csv', persons('Leder'));
    expect(counted(await planner.make('companies.csv', 'persons.csv'))).toEqual({ read: 5, updated: 5 });

    const proxy = await planner.throughProxy();
    let moved: Promise<unknown> | null = null;
    // The companies are written, so everything was compared; the persons are not looked at yet.
    proxy.hold(async one => {
      if (one.kind !== 'update' || !one.path.startsWith('/v1/Contact/')) return;
      moved ??= move(planner);
      await moved;
    });
    const done = await planner.carryOut();
    expect(moved).not.toBeNull();
    expect(done).toMatchObject({ exitCode: 1, error: null });
    expect(counted(done)).toEqual({ read: 5, updated: 4, conflict: 1 });
    expect(done.rows).toMatchObject([
      {
        key: 'P-2',
        place: 'line 3',
        status: 'conflict',
        problems: [{ code: 'plan-moved', tip: expect.stringContaining('Make a new plan') }],
        changes: [],
      },
    ]);
    expect(done.rows[0]?.problems[0]?.message).toContain(says);

    // What is left is planned anew; the old plan is not carried out any more.
    expect(await planner.carryOut()).toMatchObject({ exitCode: 2, error: { code: 'plan' } });
    await planner.make('companies.csv', 'persons.csv');
    expect((await planner.plan()).rows.map(({ key }) => key)).toEqual(['P-2']);
    expect(await planner.carryOut()).toMatchObject({ exitCode: 0 });
  },
);

const many = Array.from({ length: 250 }, (_, index) => `C-${String(index + 1).padStart(3, '0')}`);
const companies = (name: string) => ['CompUserKey01;Name', ...many.map(key => `${key};${name} ${key}`)];

/** Ends an import of the plan with a signal, as soon as such a request comes by. */
async function interrupted(planner: Planner, proxy: FaultyProxy, at: (one: Seen) => boolean): Promise<Told> {
  const stop = new AbortController();
  proxy.script(one => {
    if (at(one)) stop.abort('SIGINT');
    return null;
  });
  const argv = ['import', '--plan', 'plan.json', '--max-changes', '100%', '--json'];
  const { exitCode, stdout } = await sic(argv, {
    cwd: planner.folder,
    env: { SIC_PASSWORD: planner.tenant.sandbox.password },
    signal: stop.signal,
  });
  expect(exitCode).toBe(130);
  return JSON.parse(stdout);
}

test('interrupted: the same command goes on with the rest', async () => {
  const planner = await openPlanner();
  await planner.file('companies.csv', companies('Fjord'));
  await planner.make('companies.csv');
  expect((await planner.plan()).rows.map(({ key }) => key)).toEqual(many);
  const proxy = await planner.throughProxy();
  const first = await interrupted(planner, proxy, one => one.kind === 'create' && one.turn === 40);
  const { created = 0 } = first.counts;
  expect(created).toBeGreaterThanOrEqual(36);
  expect(created).toBeLessThan(250);
  expect(await planner.carryOut()).toMatchObject({
    exitCode: 0,
    counts: { read: 250, unchanged: created, created: 250 - created },
  });
  expect(Object.keys(await planner.companies()).sort()).toEqual(many);

  // Without a memory of it, SuperOffice itself shows what was done.
  await planner.file('companies.csv', companies('Dal'));
  await planner.make('companies.csv', '--full');
  const second = await interrupted(planner, proxy, one => one.kind === 'update' && one.turn === 20);
  const { updated = 0 } = second.counts;
  expect(updated).toBeGreaterThan(0);
  expect(await planner.carryOut('--max-changes', '100%')).toMatchObject({
    exitCode: 0,
    counts: { current: updated, updated: 250 - updated },
  });
}, 60_000);

test('interrupted while it compares: nothing was written', async () => {
  const planner = await openPlanner();
  await planner.file('companies.csv', companies('Fjord'));
  await planner.make('companies.csv');
  const proxy = await planner.throughProxy();
  const stopped = await interrupted(planner, proxy, one => one.query.includes('C-101'));
  expect(stopped.error).toMatchObject({ code: 'interrupted' });
  expect(await planner.companies()).toEqual({});
});

test('a document whose file did not arrive gets it from the same plan', async () => {
  const planner = await openPlanner();
  await planner.file('companies.csv', company('Fjord AS'));
  await planner.file('documents.csv', ['DocuUserKey01;Name;CompUserKey01', 'D-1;scan.txt;C-1']);
  await mkdir(join(planner.folder, 'documents'));
  const scan = join(planner.folder, 'documents', 'scan.txt');
  await writeFile(scan, 'Hei på deg');
  await planner.make('companies.csv', 'documents.csv');

  // As long as before, and another all the same.
  await writeFile(scan, 'Hei på dem');
  const other = await planner.carryOut();
  expect(other).toMatchObject({ exitCode: 2, error: { code: 'plan' } });
  expect(other.error?.detail).toContain('The file "scan.txt" is another by now.');

  await writeFile(scan, 'Hei på deg');
  const proxy = await planner.throughProxy();
  failOnce(proxy, 'PUT', /Content/, refusalOf(500, 'Error', 'No room.'));
  expect(await planner.carryOut()).toMatchObject({ exitCode: 1, counts: { created: 1, failed: 1 } });
  expect(await planner.carryOut()).toMatchObject({ exitCode: 0, counts: { unchanged: 1, updated: 1 } });
});

test('a record that an earlier run left without its key is no move', async () => {
  const planner = await openPlanner();
  const { file, run, make, carryOut } = planner;
  const proxy = await planner.throughProxy();
  await file('tickets.csv', ['TickUserKey01;Title', 'T-1;Feil på kran', 'T-2;Lekkasje']);
  const refused = refusalOf(400, 'System.ArgumentException', 'Not now.');
  proxy.script(({ method, body }) => (method === 'PUT' && body.includes('T-1') ? refused : null));
  expect(counted(await run('import', 'tickets.csv'))).toEqual({ read: 2, created: 1, failed: 1 });
  proxy.script(() => null);
  const shown = await make('tickets.csv');
  const done = await carryOut();
  expect(done.rows).toEqual([]);
  expect(done.counts).toEqual(shown.counts);
  expect(counted(await run('validate', 'tickets.csv', '--full'))).toEqual({ read: 2, current: 2 });
});
