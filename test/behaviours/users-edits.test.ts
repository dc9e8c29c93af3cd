import { expect, test } from 'vitest';
import { array } from '../sandbox/entities/tenant.ts';
import { counted, type Desk, openDesk } from './desk.ts';

const companyKey = 'Siteshop:CompUserKey01';

/** A company that was imported, whose name a user changed since, and a file that has another number and another name. */
async function edited(config: object = {}): Promise<Desk & { readonly id: number }> {
  const desk = await openDesk(config);
  const { tenant, file, run } = desk;
  await file('companies.csv', ['CompUserKey01;Name;OrgNo', 'C-1;Fjordbygg AS;1', 'C-2;Møllevang ApS;2']);
  expect(counted(await run('import', 'companies.csv'))).toEqual({ read: 2, created: 2 });
  const id = await idOf('Contact', companyKey, 'C-1', desk);
  await tenant.json('PATCH', `/v1/Contact/${id}`, [replace('Name', 'Fjordbygg Norge AS')]);
  await file('companies.csv', ['CompUserKey01;Name;OrgNo', 'C-1;Fjordbygg;3', 'C-2;Møllevang;2']);
  return { ...desk, id };
}

function replace(property: string, value: unknown): object {
  return { op: 'replace', path: `/${property}`, value };
}

async function idOf(
  entity: 'Contact' | 'Person' | 'Sale' | 'Document',
  progId: string,
  key: string,
  { tenant }: Desk,
): Promise<number> {
  const query = new URLSearchParams({
    $select: `${entity.toLowerCase()}Id`,
    $filter: `${entity.toLowerCase()}Udef/${progId} eq '${key}'`,
  });
  const answer = await tenant.json('GET', `/v1/${entity}?${query}`);
  return Number(array(answer.value)[0]?.PrimaryKey);
}

test('file (the default): the file wins, and what it overwrote is told', async () => {
  const { tenant, run, id } = await edited();
  const planned = await run('validate', 'companies.csv');
  expect(counted(planned)).toEqual({ read: 2, updated: 2 });
  const written = await run('import', 'companies.csv');
  expect(written.exitCode).toBe(0);
  expect(counted(written)).toEqual({ read: 2, updated: 2 });
  for (const { rows } of [planned, written])
    expect(rows.filter(row => row.warnings.length > 0)).toMatchObject([
      {
        key: 'C-1',
        warnings: [
          {
            field: 'Name',
            value: 'Fjordbygg Norge AS',
            code: 'user-edit-overwritten',
            message:
              'Name was changed in SuperOffice since the last import, to "Fjordbygg Norge AS": the file’s "Fjordbygg" takes its place.',
          },
        ],
      },
    ]);
  expect(await tenant.json('GET', `/v1/Contact/${id}`)).toMatchObject({ Name: 'Fjordbygg', OrgNr: '3' });
  const again = await run('import', 'companies.csv', '--full');
  expect(counted(again)).toEqual({ read: 2, current: 2 });
  expect(again.rows).toEqual([]);
});

test('report: the row is left alone, told, set aside, and tried again until both agree', async () => {
  const { tenant, file, run, id } = await edited();
  const planned = await run('validate', 'companies.csv', '--on-conflict', 'report');
  const first = await run('import', 'companies.csv', '--on-conflict', 'report');
  for (const answer of [planned, first]) {
    expect(answer.exitCode).toBe(1);
    expect(counted(answer)).toEqual({ read: 2, updated: 1, conflict: 1 });
    expect(answer.rows.find(row => row.key === 'C-1')).toMatchObject({
      status: 'conflict',
      problems: [
        { field: 'Name', value: 'Fjordbygg', code: 'user-edit', tip: expect.stringContaining('agree') },
      ],
      changes: [],
    });
  }
  expect(first.rejects).not.toBeNull();
  expect(await tenant.json('GET', `/v1/Contact/${id}`)).toMatchObject({
    Name: 'Fjordbygg Norge AS',
    OrgNr: '1',
  });
  expect(counted(await run('import', 'companies.csv', '--on-conflict', 'report'))).toEqual({
    read: 2,
    unchanged: 1,
    conflict: 1,
  });

  await file('companies.csv', ['CompUserKey01;Name;OrgNo', 'C-1;Fjordbygg Norge AS;3']);
  expect(counted(await run('import', 'companies.csv', '--on-conflict', 'report'))).toEqual({
    read: 1,
    updated: 1,
  });
  await file('companies.csv', ['CompUserKey01;Name;OrgNo', 'C-1;Fjordbygg Sverige AB;3']);
  expect(counted(await run('import', 'companies.csv', '--on-conflict', 'report'))).toEqual({
    read: 1,
    updated: 1,
  });
});

test('crm: the field is left alone for as long as both differ, the others are written', async () => {
  const { tenant, run, id } = await edited();
  const written = await run('import', 'companies.csv', '--on-conflict', 'crm');
  expect(written.exitCode).toBe(0);
  expect(counted(written)).toEqual({ read: 2, updated: 2 });
  expect(written.rows[0]).toMatchObject({
    changes: [{ field: 'OrgNo', from: '1', to: '3' }],
    warnings: [{ field: 'Name', code: 'user-edit-kept', value: 'Fjordbygg' }],
  });
  expect(await tenant.json('GET', `/v1/Contact/${id}`)).toMatchObject({
    Name: 'Fjordbygg Norge AS',
    OrgNr: '3',
  });
  const again = await run('import', 'companies.csv', '--on-conflict', 'crm');
  expect(counted(again)).toEqual({ read: 2, unchanged: 1, current: 1 });
  expect(again.requests.write).toBe(0);
  expect(again.rows[0]?.warnings[0]?.code).toBe('user-edit-kept');
  // Another word takes effect at once.
  expect(counted(await run('import', 'companies.csv'))).toEqual({ read: 2, unchanged: 1, updated: 1 });
  expect(await tenant.json('GET', `/v1/Contact/${id}`)).toMatchObject({ Name: 'Fjordbygg' });
});

test('the config says it per datatype, and the flag goes before it', async () => {
  const { run } = await edited({ onConflict: { Company: 'report', Sale: 'crm' } });
  expect(counted(await run('validate', 'companies.csv'))).toEqual({ read: 2, updated: 1, conflict: 1 });
  const answer = await run('validate', 'companies.csv', '--on-conflict', 'file');
  expect(counted(answer)).toEqual({ read: 2, updated: 2 });
  const odd = await run('validate', 'companies.csv', '--on-conflict', 'me');
  expect(odd.exitCode).toBe(2);
  expect(odd.stderr).toContain('--on-conflict is "me", but it must be file, crm or report.');
});

test('asking for users’ edits costs no request', async () => {
  const { run } = await edited();
  const costs = [];
  for (const policy of ['file', 'crm', 'report'])
    costs.push((await run('validate', 'companies.csv', '--on-conflict', policy)).requests.total);
  expect(new Set(costs).size).toBe(1);
});

test('a record that was never written or seen before has no last value: the file wins', async () => {
  const { tenant, file, run } = await openDesk({ onConflict: 'report' });
  await tenant.company({ Name: 'By hand', CustomFields: { [companyKey]: 'C-1' } });
  await file('companies.csv', ['CompUserKey01;Name', 'C-1;Fjordbygg AS']);
  expect(counted(await run('import', 'companies.csv'))).toEqual({ read: 1, updated: 1 });
});

test('what was seen to be right counts as well as what was written, whichever file saw it', async () => {
  const desk = await openDesk({ onConflict: 'report' });
  const { tenant, file, run } = desk;
  const id = await tenant.company({ Name: 'By hand', OrgNr: '1', CustomFields: { [companyKey]: 'C-1' } });
  await file('names.csv', ['CompUserKey01;Name', 'C-1;By hand']);
  await file('companies.csv', ['CompUserKey01;Name;OrgNo', 'C-1;By hand AS;1']);
  const datatype = ['--datatype', 'Company'];
  expect(counted(await run('import', 'names.csv', ...datatype))).toEqual({ read: 1, current: 1 });
  expect(counted(await run('import', 'companies.csv', ...datatype))).toEqual({ read: 1, updated: 1 });
  await file('names.csv', ['CompUserKey01;Name', 'C-1;By foot']);
  expect(counted(await run('import', 'names.csv', ...datatype))).toEqual({ read: 1, updated: 1 });
  await tenant.json('PATCH', `/v1/Contact/${id}`, [replace('OrgNr', '9')]);
  expect(counted(await run('validate', 'companies.csv', ...datatype))).toEqual({ read: 1, conflict: 1 });
});

test('a phone that a user changed is the conflict, not those beside it', async () => {
  const desk = await openDesk();
  const { tenant, file, run } = desk;
  await file('companies.csv', ['CompUserKey01;Name;Phone1;Phone2', 'C-1;Fjordbygg AS;11;22']);
  await run('import', 'companies.csv');
  const id = await idOf('Contact', companyKey, 'C-1', desk);
  await tenant.json('PATCH', `/v1/Contact/${id}`, [
    replace('Phones', [{ Value: '11' }, { Value: '99', Description: 'Vakt' }, { Value: '77' }]),
  ]);
  await file('companies.csv', ['CompUserKey01;Name;Phone1;Phone2', 'C-1;Fjordbygg AS;12;23']);
  const told = await run('validate', 'companies.csv', '--on-conflict', 'report');
  expect(told.rows[0]?.problems.map(problem => problem.field)).toEqual(['Phone2']);
  expect(counted(await run('import', 'companies.csv', '--on-conflict', 'crm'))).toEqual({
    read: 1,
    updated: 1,
  });
  expect((await tenant.json('GET', `/v1/Contact/${id}`)).Phones).toMatchObject([
    { Value: '12' },
    { Value: '99', Description: 'Vakt' },
    { Value: '77' },
  ]);
});

test('interests that a user ticks are no conflict; one that a user took away is', async () => {
  const desk = await openDesk({ onConflict: 'report' });
  const { tenant, file, run } = desk;
  await file('companies.csv', ['CompUserKey01;Name;Interests', 'C-1;Fjordbygg AS;Golf|Sailing']);
  await run('import', 'companies.csv');
  const id = await idOf('Contact', companyKey, 'C-1', desk);
  const interests = array((await tenant.json('GET', `/v1/Contact/${id}`)).Interests);
  const [golf, ...rest] = interests.filter(({ Name }) => ['Golf', 'Sailing'].includes(String(Name)));
  expect(rest).toHaveLength(1);
  const update = (body: object) => tenant.call('POST', '/v1/Agents/Contact/UpdateInterests', { body });
  await update({ ContactId: id, EnableInterestIds: [], DisableInterestIds: [golf?.Id] });
  const answer = await run('validate', 'companies.csv', '--full');
  expect(answer.rows[0]).toMatchObject({ status: 'conflict', problems: [{ field: 'Interests' }] });
  await file('companies.csv', ['CompUserKey01;Name;Interests', 'C-1;Fjordbygg AS;Golf|Sailing|Chess']);
  expect(counted(await run('validate', 'companies.csv'))).toEqual({ read: 1, updated: 1 });
});

test('a sale: what SuperOffice works out of a user’s amount is no second conflict', async () => {
  const desk = await openDesk({ onConflict: 'report' });
  const { tenant, file, run } = desk;
  const header = 'SaleUserKey01;CompUserKey01;Heading;Amount;Cost';
  await tenant.company({ CustomFields: { [companyKey]: 'C-1' } });
  await file('sales.csv', [header, 'S-1;C-1;Crane;1000;750', 'S-2;C-1;Truck;1000;750']);
  expect(counted(await run('import', 'sales.csv'))).toEqual({ read: 2, created: 2 });
  const [crane, truck] = await Promise.all(
    ['S-1', 'S-2'].map(key => idOf('Sale', 'Siteshop:SaleUserKey01', key, desk)),
  );
  await tenant.json('PATCH', `/v1/Sale/${crane}`, [replace('Amount', 2000)]);
  await tenant.json('PATCH', `/v1/Sale/${truck}`, [replace('EarningPercent', 10)]);
  await file('sales.csv', [header, 'S-1;C-1;Crane;1500;700', 'S-2;C-1;Truck;1000;700']);
  const told = await run('validate', 'sales.csv');
  expect(told.rows.map(({ key, problems }) => [key, ...problems.map(({ field }) => field)])).toEqual([
    ['S-1', 'Amount'],
    ['S-2', 'Cost'],
  ]);
  await file('sales.csv', [header, 'S-1;C-1;Crane;2000;700', 'S-2;C-1;Truck;1200;700']);
  expect(counted(await run('import', 'sales.csv', '--on-conflict', 'crm'))).toEqual({ read: 2, updated: 2 });
  expect(await tenant.json('GET', `/v1/Sale/${crane}`)).toMatchObject({ Amount: 2000, Earning: 1300 });
  expect(await tenant.json('GET', `/v1/Sale/${truck}`)).toMatchObject({ Amount: 1200, EarningPercent: 10 });
});

test('a document that a user worked on is not written over', async () => {
  const desk = await openDesk();
  const { tenant, file, put, run } = desk;
  await tenant.company({ CustomFields: { [companyKey]: 'C-1' } });
  const header = 'DocuUserKey01;CompUserKey01;Heading;Name';
  await file('documents.csv', [header, 'D-1;C-1;Offer;offer.txt']);
  await put('documents/offer.txt', 'An offer');
  expect(counted(await run('import', 'documents.csv'))).toEqual({ read: 1, created: 1 });
  const id = await idOf('Document', 'Siteshop:DocuUserKey01', 'D-1', desk);
  const { url, username, password } = tenant.sandbox;
  const saved = await fetch(`${url}/api/v1/Document/${id}/Content`, {
    method: 'PUT',
    headers: {
      authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
      'content-type': 'application/octet-stream',
    },
    body: 'An offer, and more',
  });
  expect(saved.status).toBe(200);
  await put('documents/offer.txt', 'Another offer');
  await file('documents.csv', [header, 'D-1;C-1;Our offer;offer.txt']);
  const told = await run('validate', 'documents.csv', '--on-conflict', 'report');
  expect(told.rows[0]?.problems).toMatchObject([{ field: 'Content', code: 'user-edit' }]);
  const kept = await run('import', 'documents.csv', '--on-conflict', 'crm');
  expect(kept.rows[0]?.warnings).toMatchObject([{ field: 'Content', code: 'user-edit-kept' }]);
  expect(await tenant.json('GET', `/v1/Document/${id}`)).toMatchObject({ Header: 'Our offer' });
  expect(counted(await run('import', 'documents.csv'))).toEqual({ read: 1, updated: 1 });
  await put('documents/offer.txt', 'A third offer');
  expect(counted(await run('import', 'documents.csv', '--on-conflict', 'report'))).toEqual({
    read: 1,
    updated: 1,
  });
});

test('a company that was deleted and made anew has no last values', async () => {
  const desk = await openDesk({ onConflict: 'report' });
  const { tenant, file, run } = desk;
  await file('companies.csv', ['CompUserKey01;Name;OrgNo', 'C-1;Fjordbygg AS;1']);
  await file('names.csv', ['CompUserKey01;Name', 'C-1;Fjordbygg AS']);
  await run('import', 'companies.csv');
  await tenant.call('DELETE', `/v1/Contact/${await idOf('Contact', companyKey, 'C-1', desk)}`);
  const datatype = ['--datatype', 'Company'];
  expect(counted(await run('import', 'names.csv', '--full', ...datatype))).toEqual({ read: 1, created: 1 });
  await file('companies.csv', ['CompUserKey01;Name;OrgNo', 'C-1;Fjordbygg AS;2']);
  expect(counted(await run('import', 'companies.csv', ...datatype))).toEqual({ read: 1, updated: 1 });
});

test('a damaged memory of fields stops the run before its first row, with what to do', async () => {
  const { put, run } = await edited();
  await put('.sic/crm/accepted-Company.fields', 'nonsense');
  const answer = await run('import', 'companies.csv');
  expect(answer.exitCode).toBe(2);
  expect(answer.stderr).toContain('accepted-Company.fields is damaged');
  expect(answer.stderr).toContain('Remove that file.');
});
