import { cp, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { datatypes } from '../../src/datatypes/index.ts';
import { counted } from '../undo/practice.ts';
import { openPlanner, type Planner, type Told } from './planner.ts';

const rows = 113;

/** A word in a row of each example, and what it is changed to. */
const edits = {
  companies: ['Settefisk Hitra', 'Settefisk Frøya'],
  persons: ['Daglig leder', 'Direktør'],
  projects: ['Hitra: ny hall 4', 'Hitra: ny hall 5'],
  sales: ['684500', '690000'],
  appointments: ['Befaring hall 4', 'Befaring hall 5'],
  documents: ['Signert av begge parter', 'Signert av alle parter'],
  tickets: ['UV-lampe 2 i hall 3 blinker', 'UV-lampe 2 i hall 3 er mørk'],
  messages: ['den lille nøkkelen', 'den store nøkkelen'],
};

async function withExamples(config: object = {}): Promise<Planner> {
  const planner = await openPlanner({ integrationId: '17PS01010001', ...config });
  await cp('examples/all', join(planner.folder, 'all'), { recursive: true });
  return planner;
}

async function change(planner: Planner): Promise<void> {
  for (const [name, [from = '', to = '']] of Object.entries(edits))
    await planner.rewrite(`all/${name}.csv`, text => {
      expect(text).toContain(from);
      return text.replace(from, to);
    });
}

/** What was written, as the plan tells it. */
function written({ rows }: Told): object[] {
  return rows
    .filter(({ status }) => status === 'created' || status === 'updated')
    .map(({ file, place, key, changes }) => ({ file, place, key, changes }));
}

test('a plan of all eight datatypes is carried out as it was shown, and once', async () => {
  const planner = await withExamples();
  const shown = await planner.make('all/*');
  expect(shown).toMatchObject({ exitCode: 0, counts: { created: rows }, requests: { write: 0 } });
  const { rows: planned, ...head } = await planner.plan();
  expect(head).toMatchObject({
    kind: 'sic.plan',
    formatVersion: 1,
    profile: 'crm',
    tenant: 'Sandbox',
    counts: { created: rows, updated: 0 },
    end: { rows },
  });
  expect(new Set(planned.map(({ datatype }) => datatype)).size).toBe(datatypes.length);
  expect((await stat(join(planner.folder, 'plan.json'))).mode & 0o777).toBe(0o600);

  const done = await planner.carryOut('--rows');
  expect({ exitCode: done.exitCode, ...counted(done) }).toEqual({ exitCode: 0, read: rows, created: rows });
  expect(written(done)).toMatchObject(
    planned.map(({ file, place, key, changes }) => ({ file, place, key, changes })),
  );
  expect(written(done)).toEqual(written(shown));

  const again = await planner.carryOut();
  expect(counted(again)).toEqual({ read: rows, unchanged: rows });
  expect(again).toMatchObject({ exitCode: 0, requests: { write: 0 } });

  await change(planner);
  const second = await planner.make('all/*');
  const { length } = datatypes;
  expect(counted(second)).toEqual({ read: rows, unchanged: rows - length, updated: length });
  for (const { id, todo } of (await planner.plan()).rows)
    expect({ todo, id }).toEqual({ todo: 'update', id: expect.any(Number) });
  const updated = await planner.carryOut('--rows');
  expect({ exitCode: updated.exitCode, ...counted(updated) }).toMatchObject({ exitCode: 0, updated: length });
  expect(written(updated)).toEqual(written(second));
  // Somebody else's state: SuperOffice itself holds all of it.
  expect(counted(await planner.told('validate', 'all/*', '--full'))).toEqual({ read: rows, current: rows });
}, 60_000);

test('where the history keeps no values, the plan has none, and is kept all the same', async () => {
  const planner = await withExamples({ history: { keepValues: false } });
  await planner.make('all/*');
  const text = JSON.stringify((await planner.plan()).rows);
  for (const [from = ''] of Object.values(edits)) expect(text).not.toContain(from);
  expect(text).not.toContain('rammeavtale-brenningsvik.pdf');
  expect(await planner.carryOut()).toMatchObject({ exitCode: 0, counts: { created: rows } });

  await change(planner);
  await planner.make('all/*');
  await planner.edit('K-1001', 'Department', 'Settefisk Smøla');
  const refused = await planner.carryOut();
  expect(refused).toMatchObject({ exitCode: 2, error: { code: 'plan' } });
  expect(refused.error?.detail).toContain('Department is "Settefisk Smøla"');
  await planner.edit('K-1001', 'Department', 'Settefisk Hitra');
  expect(counted(await planner.carryOut())).toMatchObject({ updated: datatypes.length });
}, 60_000);
