import { expect, test } from 'vitest';
import { datatypes } from '../../src/datatypes/index.ts';
import { caller } from '../sandbox/server/talk.ts';
import { counted, openPractice, type Practice } from './practice.ts';

const all = ['companies', 'persons', 'projects', 'sales', 'appointments', 'documents', 'tickets', 'messages'];

/** A record of every datatype, each belonging to another one. */
async function makeOneOfEach({ put, file, run }: Practice): Promise<void> {
  await file('companies.csv', ['CompUserKey01;Name;Phone2;Category', 'C-1;Fjordbygg AS;11;Customer']);
  await file('persons.csv', ['PersUserKey01;CompUserKey01;Lastname;Email1', 'P-1;C-1;Nordmann;a@b.example']);
  await file('projects.csv', ['ProjUserKey01;Name', 'J-1;Kai']);
  await file('sales.csv', [
    'SaleUserKey01;CompUserKey01;PersUserKey01;ProjUserKey01;Heading;Amount',
    'S-1;C-1;P-1;J-1;Kran;1000',
  ]);
  await file('appointments.csv', [
    'AppoUserKey01;CompUserKey01;SaleUserKey01;StartDate',
    'A-1;C-1;S-1;2026-01-31 14:30',
  ]);
  await file('documents.csv', ['DocuUserKey01;CompUserKey01;Name', 'D-1;C-1;tilbud.txt']);
  await put('tilbud.txt', 'Tilbud');
  await file('tickets.csv', ['TickUserKey01;PersUserKey01;Title;AddTags', 'T-1;P-1;Feil;haster']);
  await file('messages.csv', [
    'MessUserKey01;TickUserKey01;Body;AttachmentNames',
    'M-1;T-1;Den står.;tilbud.txt',
  ]);
  const made = await run('import', ...all.map(name => `${name}.csv`));
  expect(counted(made)).toEqual({ read: 8, created: 8 });
}

test('what was created is kept, and with --delete-created deleted, children before their parents', async () => {
  const practice = await openPractice();
  const { undo, everything, run } = practice;
  const names = datatypes.map(({ name }) => name);
  const before = await everything(...names);
  await makeOneOfEach(practice);

  const kept = await undo('last', '--yes');
  expect(kept.exitCode).toBe(1);
  expect(counted(kept)).toEqual({ records: 8, kept: 8 });
  expect(kept.requests.write).toBe(0);

  const plan = await undo('last', '--delete-created');
  expect(plan).toMatchObject({ dryRun: true, exitCode: 0 });
  expect(counted(plan)).toEqual({ records: 8, deleted: 8 });
  const deleted = await undo('last', '--delete-created', '--yes');
  expect(deleted.exitCode).toBe(0);
  expect(counted(deleted)).toEqual({ records: 8, deleted: 8 });
  expect(await everything(...names)).toEqual(before);

  const again = await undo('last', '--delete-created', '--yes');
  expect(again.exitCode).toBe(0);
  expect(counted(again)).toEqual({ records: 8, gone: 8 });
  // The same files make them anew: none of them is taken for unchanged.
  expect(counted(await run('import', ...all.map(name => `${name}.csv`)))).toEqual({
    read: 8,
    created: 8,
  });
  const stays = await undo(deleted.run, '--yes');
  expect(counted(stays)).toEqual({ records: 8, left: 8 });
  expect(stays.rows[0]?.problems[0]?.code).toBe('stays-deleted');
});

test('what somebody has worked with is not deleted', async () => {
  const { tenant, file, run, undo } = await openPractice();
  await file('companies.csv', [
    'CompUserKey01;Name;OrgNo',
    'C-1;A;1',
    'C-2;B;2',
    'C-3;C;3',
    'C-4;D;4',
    'C-5;E;5',
  ]);
  await run('import', 'companies.csv');
  const ids = new Map((await undo('last', '--rows')).rows.map(({ key, id }) => [key, id] as const));
  const patch = (key: string, path: string, value: unknown) =>
    tenant.json('PATCH', `/v1/Contact/${ids.get(key)}`, [{ op: 'replace', path, value }]);
  await patch('C-1', '/OrgNr', '99');
  // Not a field that the run wrote, but somebody was there.
  const somebody = caller(tenant.sandbox, tenant.sandbox.ordinary);
  const change = { body: [{ op: 'replace', path: '/Department', value: 'Oslo' }] };
  expect((await somebody('PATCH', `/v1/Contact/${ids.get('C-2')}`, change)).status).toBe(200);
  await tenant.json('POST', '/v1/Person', { Lastname: 'Ny', Contact: { ContactId: ids.get('C-3') } });
  await tenant.json('POST', '/v1/Sale', { Heading: 'Ny', Contact: { ContactId: ids.get('C-4') } });

  const undone = await undo('last', '--delete-created', '--yes');
  expect(undone.exitCode).toBe(1);
  expect(counted(undone)).toEqual({ records: 5, deleted: 1, left: 4 });
  expect(new Map(undone.rows.map(({ key, problems }) => [key, problems[0]?.code]))).toEqual(
    new Map([
      ['C-4', 'in-use'],
      ['C-3', 'in-use'],
      ['C-2', 'changed-since'],
      ['C-1', 'changed-since'],
    ]),
  );
  expect(undone.rows.find(({ key }) => key === 'C-3')?.problems[0]?.message).toContain('Person ');
});

test('children of another run keep their parent; without them it goes', async () => {
  const { file, run, undo } = await openPractice();
  await file('companies.csv', ['CompUserKey01;Name', 'C-1;A']);
  await file('persons.csv', ['PersUserKey01;CompUserKey01;Lastname', 'P-1;C-1;Nordmann']);
  const companies = await run('import', 'companies.csv');
  const persons = await run('import', 'persons.csv');
  const [first, second] = [runOf(companies), runOf(persons)];
  expect(counted(await undo(first, '--delete-created', '--yes'))).toEqual({ records: 1, left: 1 });
  expect(counted(await undo(second, '--delete-created', '--yes'))).toEqual({ records: 1, deleted: 1 });
  expect(counted(await undo(first, '--delete-created', '--yes'))).toEqual({ records: 1, deleted: 1 });
});

function runOf(answer: object): string {
  return String(Reflect.get(answer, 'run'));
}
