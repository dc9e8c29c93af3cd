import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { counted, type Desk, openDesk } from './desk.ts';

const progId = 'Siteshop:CompUserText01';
const layout = '/v1/Contact/UdefLayout';
const header = 'CompUserKey01;CompUserText01;Name';
const rows = ['C-1;12;Fjordbygg AS', 'C-2;13;Havn AS', 'C-3;14;Bryggen AS'];

/** The text becomes a number: what it held is gone. */
async function becomesNumber({ tenant }: Desk): Promise<void> {
  await removed(tenant);
  const number = { FieldType: 'Number', FieldLabel: 'Text 1', ProgId: progId };
  expect((await tenant.call('PUT', layout, { body: [number] })).status).toBe(200);
  await tenant.call('POST', `${layout}/Publish`);
}

async function removed(tenant: Desk['tenant']): Promise<void> {
  expect((await tenant.call('DELETE', `${layout}/${progId}`)).status).toBe(204);
  await tenant.call('POST', `${layout}/Publish`);
}

async function imported(): Promise<Desk> {
  const desk = await openDesk();
  await desk.file('companies.csv', [header, ...rows]);
  expect(counted(await desk.run('import', 'companies.csv'))).toEqual({ read: 3, created: 3 });
  return desk;
}

test('an import in which nothing changed asks once, for who is signed in', async () => {
  const { run, file } = await imported();
  for (const verb of ['import', 'validate']) {
    const again = await run(verb, 'companies.csv');
    expect(counted(again)).toEqual({ read: 3, unchanged: 3 });
    expect(again.requests).toMatchObject({ total: 1, read: 1 });
  }
  await file('persons.csv', ['PersUserKey01;Lastname;CompUserKey01', 'P-1;Dahl;C-1']);
  await run('import', 'companies.csv', 'persons.csv');
  const both = await run('import', 'companies.csv', 'persons.csv');
  expect(counted(both)).toEqual({ read: 4, unchanged: 4 });
  expect(both.requests.total).toBe(1);
});

test('rows that only look otherwise, or name the files they named, are told without another question', async () => {
  const { run, file, put } = await imported();
  const quoted = rows.map(row => row.replace(/[^;]+/g, '"$&"'));
  await file('companies.csv', [header, ...quoted.slice(0, 2), ...rows.slice(2)]);
  const again = await run('import', 'companies.csv');
  expect(counted(again)).toEqual({ read: 3, unchanged: 3 });
  expect(again.requests.total).toBe(1);
  // Which of two rows with one key is refused has to be told by the layout of now.
  await file('companies.csv', [header, ...quoted, rows[1] ?? '']);
  const twice = await run('import', 'companies.csv');
  expect(counted(twice)).toEqual({ read: 4, unchanged: 3, rejected: 1 });
  expect(twice.requests.total).toBe(2);

  await put('documents/a.txt', 'text');
  await file('documents.csv', ['DocuUserKey01;CompUserKey01;Name', 'D-1;C-1;a.txt']);
  expect(counted(await run('import', 'documents.csv'))).toEqual({ read: 1, created: 1 });
  const named = await run('import', 'documents.csv');
  expect(counted(named)).toEqual({ read: 1, unchanged: 1 });
  expect(named.requests.total).toBe(1);
  await put('documents/a.txt', 'another text');
  expect(counted(await run('import', 'documents.csv'))).toEqual({ read: 1, updated: 1 });
});

test('a row that only looks otherwise before one that changed is looked at with the type of now', async () => {
  const desk = await imported();
  const { run, file } = desk;
  await becomesNumber(desk);
  const many = Array.from({ length: 120 }, (_, n) => `D-${n};${n};Ny ${n} AS`);
  await file('companies.csv', [header, ...many]);
  await run('import', 'companies.csv');
  await removed(desk.tenant);
  const text = { FieldType: 'ShortText', FieldLabel: 'Text 1', ProgId: progId };
  expect((await desk.tenant.call('PUT', layout, { body: [text] })).status).toBe(200);
  await desk.tenant.call('POST', `${layout}/Publish`);
  const otherwise = many.map(row => row.replace(';', ';"').replace(';N', '";N'));
  await file('companies.csv', [header, ...otherwise.slice(0, -1), 'D-119;119;Ny AS']);
  const moved = await run('import', 'companies.csv');
  expect(counted(moved)).toEqual({ read: 120, updated: 120 });
  const again = await run('import', 'companies.csv');
  expect(counted(again)).toEqual({ read: 120, unchanged: 120 });
});

test('of a field that became another type every row is written again, once a row has changed', async () => {
  const desk = await imported();
  const { run, file } = desk;
  await becomesNumber(desk);
  // Nothing is written, so nothing is asked either.
  expect(counted(await run('import', 'companies.csv'))).toEqual({ read: 3, unchanged: 3 });

  await file('companies.csv', [header, ...rows.slice(0, 2), 'C-3;14;Bryggen II AS']);
  expect(counted(await run('validate', 'companies.csv'))).toEqual({ read: 3, updated: 3 });
  expect(counted(await run('import', 'companies.csv'))).toEqual({ read: 3, updated: 3 });
  const again = await run('import', 'companies.csv');
  expect(counted(again)).toEqual({ read: 3, unchanged: 3 });
  expect(again.requests.total).toBe(1);
  expect(counted(await run('validate', 'companies.csv', '--offline'))).toEqual({ read: 3, unchanged: 3 });
});

test('--full sees another type at once', async () => {
  const desk = await imported();
  await becomesNumber(desk);
  expect(counted(await desk.run('import', 'companies.csv', '--full'))).toEqual({ read: 3, updated: 3 });
});

test('a row that the new type cannot take is refused, and what stood before it is looked at as well', async () => {
  const desk = await imported();
  await becomesNumber(desk);
  await desk.file('companies.csv', [header, ...rows.slice(0, 2), 'C-3;fourteen;Bryggen AS']);
  const answer = await desk.run('import', 'companies.csv');
  expect(counted(answer)).toEqual({ read: 3, updated: 2, rejected: 1 });
  expect(answer.rows.at(-1)).toMatchObject({ key: 'C-3', status: 'rejected' });
});

test('a field that was removed stops the run before a row is written, as soon as one has changed', async () => {
  const { tenant, run, file } = await imported();
  await removed(tenant);
  await file('companies.csv', [header, ...rows, 'C-4;15;Torget AS']);
  const refused = await run('import', 'companies.csv');
  expect(refused.exitCode).toBe(2);
  expect(refused.stderr).toContain('CompUserText01');
  expect(counted(refused)).toEqual({});
  expect((await tenant.call('GET', "/v1/Contact?$filter=name eq 'Torget AS'")).text).not.toContain('Torget');
});

test('a field that was added can be used in the next run', async () => {
  const { tenant, run, file } = await imported();
  const text = { FieldType: 'ShortText', FieldLabel: 'Added', ProgId: 'Siteshop:CompUserText99' };
  expect((await tenant.call('PUT', layout, { body: [text] })).status).toBe(200);
  await tenant.call('POST', `${layout}/Publish`);
  await file('companies.csv', ['CompUserKey01;CompUserText99', 'C-1;new']);
  expect(counted(await run('import', 'companies.csv'))).toEqual({ read: 1, updated: 1 });
});

test('what is kept of the fields counts for a week; where it is damaged, SuperOffice is asked', async () => {
  const { run, folder } = await imported();
  const path = join(folder, '.sic/crm/layouts.json');
  const kept = JSON.parse(await readFile(path, 'utf8'));
  const { askedAt } = kept.entities.Contact;
  const old = {
    ...kept,
    entities: { Contact: { ...kept.entities.Contact, askedAt: askedAt - 8 * 86_400_000 } },
  };
  for (const text of [
    JSON.stringify(old),
    '{"formatVersion":1',
    JSON.stringify({ ...kept, tenant: 'Other 1' }),
  ]) {
    await writeFile(path, text);
    const asked = await run('import', 'companies.csv');
    expect(counted(asked)).toEqual({ read: 3, unchanged: 3 });
    expect(asked.requests.total).toBe(2);
    expect((await run('import', 'companies.csv')).requests.total).toBe(1);
  }
});
