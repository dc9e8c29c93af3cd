import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Tenant } from '../sandbox/entities/tenant.ts';
import { counted } from '../undo/practice.ts';
import { openPlanner, type Planner } from './planner.ts';

const file = ['CompUserKey01;Name;Category', 'C-1;Fjordbygg AS;Customer', 'C-2;Møllen AS;Customer'];
const newer = [
  'CompUserKey01;Name;Category',
  'C-1;Fjordbygg ASA;Customer',
  'C-2;Møllen ASA;Customer',
  'C-3;Ny AS;Customer',
];

/** C-1 and C-2 are there and would get other names; C-3 would be made. */
async function planned(config: object = {}, ...flags: string[]): Promise<Planner> {
  const planner = await openPlanner(config);
  await planner.file('companies.csv', file);
  await planner.told('import', 'companies.csv');
  await planner.file('companies.csv', newer);
  const shown = await planner.make('companies.csv', ...flags);
  expect(counted(shown)).toEqual({ read: 3, updated: 2, created: 1 });
  return planner;
}

const remove = async ({ companies, tenant }: Planner, key: string) => {
  const { [key]: company } = await companies();
  await tenant.call('DELETE', `/v1/Contact/${company?.id}`);
};

interface Case {
  readonly moves: (planner: Planner) => Promise<unknown>;
  /** What is said, in the message and its details. */
  readonly says: readonly string[];
  /** `import --plan plan.json` … */
  readonly argv?: readonly string[];
}

const again = 'sic validate companies.csv --out plan.json';
const oneRow = '1 row has moved since plan.json was made, so nothing was written.';

const cases: Record<string, Case> = {
  'another file': {
    moves: planner => planner.file('companies.csv', [...newer, 'C-4;Mer AS;Customer']),
    says: ['companies.csv has changed', again],
  },
  'a file of the same length': {
    moves: planner => planner.rewrite('companies.csv', text => text.replace('Ny AS', 'Nå AS')),
    says: ['companies.csv has changed'],
  },
  'no file any more': {
    moves: ({ folder }) => rm(join(folder, 'companies.csv')),
    says: ['companies.csv is gone'],
  },
  'another mapping': {
    moves: planner =>
      planner.rewrite('sic.config.json', text => `{"mappings":[{"match":"x.csv"}],${text.slice(1)}`),
    says: ['The config changed since plan.json was made: mappings.', again],
  },
  'another way with lists': {
    moves: planner =>
      planner.rewrite(
        'sic.config.json',
        text => `{"lists":{"Category":{"missing":"reject"}},"timeZone":"Europe/Oslo",${text.slice(1)}`,
      ),
    says: ['lists, timeZone'],
  },
  'another profile': {
    moves: async () => {},
    says: ['was made for the profile "crm", and this is "sandbox"', '--profile crm'],
    argv: ['--sandbox'],
  },
  'a name that a user changed': {
    moves: ({ edit }) => edit('C-2', 'Name', 'Mølla AS'),
    says: [
      oneRow,
      'companies.csv, line 3, C-2: Name is "Mølla AS" in SuperOffice by now, and was "Møllen AS".',
      again,
    ],
  },
  'a record that is gone': {
    moves: planner => remove(planner, 'C-1'),
    says: [oneRow, 'companies.csv, line 2, C-1: The record', 'is gone'],
  },
  'a record that is there by now': {
    moves: ({ tenant }) =>
      tenant.json('POST', '/v1/Contact', {
        Name: 'Nyere AS',
        CustomFields: { 'Siteshop:CompUserKey01': 'C-3' },
      }),
    says: [oneRow, 'line 4, C-3: SuperOffice has a record with this key by now (id'],
  },
  'another record with the key': {
    moves: async planner => {
      await remove(planner, 'C-1');
      await planner.tenant.json('POST', '/v1/Contact', {
        Name: 'Fjordbygg AS',
        CustomFields: { 'Siteshop:CompUserKey01': 'C-1' },
      });
    },
    says: [oneRow, 'C-1: The key belongs to another record by now'],
  },
  'two records with the key': {
    moves: ({ tenant }) =>
      tenant.json('POST', '/v1/Contact', {
        Name: 'Fjordbygg AS',
        CustomFields: { 'Siteshop:CompUserKey01': 'C-1' },
      }),
    says: [oneRow, 'C-1: SuperOffice has 2 records with this key'],
  },
  'several rows': {
    moves: async ({ edit }) => {
      await edit('C-1', 'Name', 'En');
      await edit('C-2', 'Name', 'To');
    },
    says: ['2 rows have moved', 'C-1: Name is "En"', 'C-2: Name is "To"'],
  },
};

test.for(Object.entries(cases))(
  'refused before the first write: %s',
  async ([, { moves, says, argv = [] }]) => {
    const planner = await planned();
    await moves(planner);
    const before = await planner.companies();
    const answer = await planner.carryOut(...argv);
    expect(answer).toMatchObject({ exitCode: 2, error: { code: 'plan' } });
    const { message = '', detail = '', hint } = answer.error ?? {};
    for (const words of says) expect(`${message}\n${detail}\n${hint}`).toContain(words);
    // The same words for people, and no stack.
    for (const words of [message, ...detail.split('\n')]) expect(answer.stderr).toContain(words);
    expect(answer.stderr).not.toContain('    at ');
    expect(await planner.companies()).toEqual(before);
  },
);

test('a database of another name is refused, whatever the profile is called', async () => {
  const planner = await planned();
  const other = await Tenant.start();
  try {
    const { url, password } = other.sandbox;
    await planner.rewrite('sic.config.json', text => text.replace(planner.tenant.sandbox.url, url));
    await writeFile(join(planner.folder, 'password'), password, { mode: 0o600 });
    await planner.rewrite('sic.config.json', text =>
      text.replace('{"env":"SIC_PASSWORD"}', '{"file":"password"}'),
    );
    const answer = await planner.carryOut();
    expect(answer).toMatchObject({ exitCode: 2, error: { code: 'plan' } });
    expect(answer.error?.message).toMatch(
      /^plan\.json was made for the database Sandbox-\S+ of Sandbox, and this is /,
    );
  } finally {
    await other.close();
  }
});

test('a row that had nothing to do, and would be written by now', async () => {
  const planner = await openPlanner();
  await planner.file('companies.csv', file);
  await planner.told('import', 'companies.csv');
  await planner.make('companies.csv', '--full');
  expect((await planner.plan()).rows).toEqual([]);
  expect(await planner.carryOut()).toMatchObject({ exitCode: 0, counts: { read: 2, current: 2 } });
  await planner.edit('C-1', 'Name', 'Fjord');
  const answer = await planner.carryOut();
  expect(answer).toMatchObject({ exitCode: 2, error: { code: 'plan' } });
  expect(answer.error?.detail).toContain(
    'C-1: Name would change from "Fjord" to "Fjordbygg AS", and the plan has nothing to do for this row.',
  );
});

test('what a user did just as the plan would have is no move', async () => {
  const planner = await planned();
  await planner.edit('C-1', 'Name', 'Fjordbygg ASA');
  expect(counted(await planner.carryOut())).toEqual({ read: 3, current: 1, updated: 1, created: 1 });
});

test('what a user changed elsewhere in the record is no move', async () => {
  const planner = await planned();
  await planner.edit('C-1', 'Department', 'Bergen');
  expect(counted(await planner.carryOut())).toEqual({ read: 3, updated: 2, created: 1 });
});

test.each(['report', 'crm'])('--on-conflict %s goes with the plan', async policy => {
  const planner = await openPlanner();
  await planner.file('companies.csv', file);
  await planner.told('import', 'companies.csv');
  await planner.edit('C-1', 'Name', 'Fjord');
  await planner.file('companies.csv', newer);
  const shown = await planner.make('companies.csv', '--on-conflict', policy);
  const left = policy === 'report' ? { conflict: 1 } : { current: 1 };
  expect(counted(shown)).toEqual({ read: 3, updated: 1, created: 1, ...left });
  const { rows, asked } = await planner.plan();
  expect(rows.map(({ key }) => key)).toEqual(['C-2', 'C-3']);
  expect(asked).toMatchObject({ onConflict: policy });

  await planner.edit('C-2', 'Name', 'Mølla');
  const refused = await planner.carryOut();
  expect(refused).toMatchObject({ exitCode: 2, error: { message: oneRow } });
  expect(refused.error?.detail).toContain('C-2: Name was changed in SuperOffice');
  await planner.edit('C-2', 'Name', 'Møllen AS');

  const done = await planner.carryOut();
  expect(counted(done)).toEqual(counted(shown));
  expect(await planner.companies()).toMatchObject({
    'C-1': { name: 'Fjord' },
    'C-2': { name: 'Møllen ASA' },
    'C-3': { name: 'Ny AS' },
  });
  // To look at it again is no move either.
  expect(await planner.carryOut()).toMatchObject({ requests: { write: 0 }, error: null });
});

test('--dry-run tells whether a plan still holds, and writes nothing', async () => {
  const planner = await planned();
  const dry = await planner.carryOut('--dry-run');
  expect(dry).toMatchObject({ exitCode: 0, counts: { updated: 2, created: 1 }, requests: { write: 0 } });
  await planner.edit('C-1', 'Name', 'Fjord');
  expect(await planner.carryOut('--dry-run')).toMatchObject({ exitCode: 2, error: { code: 'plan' } });
});

test('the brakes are those of every import', async () => {
  const planner = await planned();
  const stopped = await planner.carryOut('--max-changes', '1');
  expect(stopped).toMatchObject({ exitCode: 6, counts: { updated: 0 } });
  expect(await planner.carryOut('--max-changes', '2')).toMatchObject({ exitCode: 0, counts: { updated: 2 } });
});

test('--limit goes with the plan', async () => {
  const planner = await openPlanner();
  await planner.file('companies.csv', newer);
  expect(await planner.make('companies.csv', '--limit', '2')).toMatchObject({ counts: { created: 2 } });
  expect(await planner.carryOut()).toMatchObject({ exitCode: 0, counts: { read: 2, created: 2 } });
  expect(Object.keys(await planner.companies())).toEqual(['C-1', 'C-2']);
});

test('a parent that is gone by now', async () => {
  const planner = await openPlanner();
  await planner.file('companies.csv', file);
  await planner.told('import', 'companies.csv');
  await planner.file('persons.csv', ['PersUserKey01;CompUserKey01;Lastname', 'P-1;C-1;Dal', 'P-2;C-2;Vik']);
  await planner.make('persons.csv');
  await remove(planner, 'C-2');
  const answer = await planner.carryOut();
  expect(answer).toMatchObject({ exitCode: 2, error: { message: oneRow } });
  expect(answer.error?.detail).toContain('line 3, P-2: SuperOffice has no company with the key "C-2".');
});

test('a new list value is spelled as the first of its rows does, and planned for all of them', async () => {
  const planner = await openPlanner();
  const tags = ['Vinterdrift', 'VINTERDRIFT', 'Sommer,vinterdrift'];
  await planner.file('tickets.csv', [
    'TickUserKey01;Title;AddTags',
    ...tags.map((tag, index) => `T-${index};Lampe;${tag}`),
  ]);
  expect(await planner.make('tickets.csv')).toMatchObject({ exitCode: 0, counts: { created: 3 } });
  expect(await planner.carryOut()).toMatchObject({ exitCode: 0, counts: { created: 3 } });
  expect(await planner.carryOut()).toMatchObject({ exitCode: 0, requests: { write: 0 } });
});
