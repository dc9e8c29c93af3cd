import { mkdir, symlink, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { zipOf } from '../formats/zips.ts';
import { array, type Tenant } from '../sandbox/entities/tenant.ts';
import { counted, openDesk } from './desk.ts';

const header = 'DocuUserKey01;Name';

test('SuperOffice holds the very bytes of the file, whatever they are', async () => {
  const { tenant, file, put, run } = await openDesk();
  const bytes = Buffer.from(Array.from({ length: 70_000 }, (_, index) => (index * 7) % 256));
  await file('documents.csv', [header, 'D-1;picture.bin']);
  await put('picture.bin', bytes);
  expect(counted(await run('import', 'documents.csv'))).toEqual({ read: 1, created: 1 });
  expect((await contentOf('D-1', tenant)).equals(bytes)).toBe(true);
});

test('a link is followed inside its folder, and refused where it leaves it', async () => {
  const { folder, file, put, run } = await openDesk();
  await mkdir(join(folder, 'data'));
  await put('secret.txt', 'Nobody’s business');
  await put('data/real.txt', 'To kraner');
  await symlink('../secret.txt', join(folder, 'data', 'out.txt'));
  await symlink('real.txt', join(folder, 'data', 'in.txt'));
  await symlink('nowhere.txt', join(folder, 'data', 'broken.txt'));
  await file('data/documents.csv', [header, 'D-1;out.txt', 'D-2;in.txt', 'D-3;broken.txt']);
  const answer = await run('import', 'data/documents.csv');
  expect(counted(answer)).toEqual({ read: 3, created: 1, rejected: 2 });
  expect(answer.rows.map(({ key, problems }) => [key, problems[0]?.code])).toEqual([
    ['D-1', 'file-unreadable'],
    ['D-3', 'file-not-found'],
  ]);
  expect(answer.rows[0]?.problems[0]?.message).toContain('"out.txt" is a link that leaves ');
  expect(answer.rows[0]?.problems[0]?.tip).toContain('instead of the link');
});

test('a folder that is a link itself does not lead out either', async () => {
  const { folder, file, put, run } = await openDesk();
  await put('elsewhere/secret.txt', 'Nobody’s business');
  await mkdir(join(folder, 'data'));
  await symlink('../elsewhere', join(folder, 'data', 'sub'));
  await file('data/documents.csv', [header, 'D-1;sub/secret.txt']);
  const answer = await run('validate', 'data/documents.csv');
  expect(answer.rows.map(({ problems }) => problems[0]?.code)).toEqual(['file-unreadable']);
});

test('a file that was only touched is no change', async () => {
  const { folder, file, put, run } = await openDesk();
  await file('documents.csv', [header, 'D-1;offer.txt']);
  await put('offer.txt', 'To kraner');
  await run('import', 'documents.csv');
  await utimes(join(folder, 'offer.txt'), new Date('2031-01-01'), new Date('2031-01-01'));
  const again = await run('import', 'documents.csv');
  expect(counted(again)).toEqual({ read: 1, unchanged: 1 });
  expect(again.requests.write).toBe(0);
});

test.each([
  ['the file system takes letters apart', 'NFC', 'NFD'],
  ['the data file takes letters apart', 'NFD', 'NFC'],
] as const)('æ, ø and å where %s', async (_, inRow, onDisk) => {
  const name = 'Tilbud på blåbær, øl og Ångström.txt';
  const { tenant, file, put, run } = await openDesk();
  await file('documents.csv', [header, `D-1;${name.normalize(inRow)}`]);
  await put(`documents/${name.normalize(onDisk)}`, 'To kraner');
  expect(counted(await run('import', 'documents.csv'))).toEqual({ read: 1, created: 1 });
  expect(counted(await run('import', 'documents.csv', '--full'))).toEqual({ read: 1, current: 1 });
  const [document] = await documentsOf(tenant, 'D-1');
  expect(String(document?.name).normalize('NFC')).toBe(name);
});

test('documents in a zip that is named along', async () => {
  const { tenant, file, put, run } = await openDesk();
  await file('documents.csv', [header, 'D-1;offer.txt', 'D-2;2026/plan.txt', 'D-3;missing.txt']);
  await put('files.zip', await zipOf({ 'offer.txt': 'To kraner', '2026/plan.txt': 'En plan' }));
  const answer = await run('import', 'documents.csv', 'files.zip');
  expect(counted(answer)).toEqual({ read: 3, created: 2, rejected: 1 });
  expect(answer.rows[0]?.problems[0]?.message).toBe(
    'There is no file "missing.txt": looked beside documents.csv, in documents, in files.zip, in files.zip/documents.',
  );
  expect(String(await contentOf('D-2', tenant))).toBe('En plan');
  expect(counted(await run('import', 'files.zip', 'documents.csv'))).toEqual({
    read: 3,
    unchanged: 2,
    rejected: 1,
  });
});

test('a zip of documents alone has nothing to import', async () => {
  const { put, run } = await openDesk();
  await put('files.zip', await zipOf({ 'offer.txt': 'To kraner' }));
  const answer = await run('import', 'files.zip');
  expect(answer.exitCode).toBe(2);
  expect(answer.stderr).toContain('There is no data file in files.zip.');
  expect(answer.stderr).toContain('sic import documents.csv documents.zip');
});

test('a zip that holds the data file and its documents', async () => {
  const { tenant, put, run } = await openDesk();
  const rows = [header, 'D-1;offer.txt', 'D-2;note.xml', 'D-3;plan.txt'].join('\n');
  const files = {
    'export/documents.csv': `${rows}\n`,
    'export/offer.txt': 'To kraner',
    'export/documents/note.xml': '<note>Ring</note>',
    'documents/plan.txt': 'Not beside the data file',
    '__MACOSX/export/._documents.csv': 'left by macOS',
  };
  await put('night.zip', await zipOf(files));
  const answer = await run('import', 'night.zip');
  expect(counted(answer)).toEqual({ read: 3, created: 2, rejected: 1 });
  expect(answer.rows[0]).toMatchObject({ key: 'D-3', file: 'night.zip/export/documents.csv' });
  expect(answer.rows[0]?.problems[0]?.message).toBe(
    'There is no file "plan.txt": looked in night.zip/export, in night.zip/export/documents.',
  );
  expect(String(await contentOf('D-2', tenant))).toBe('<note>Ring</note>');

  await put('night.zip', await zipOf({ ...files, 'export/offer.txt': 'Tre kraner' }));
  const changed = await run('validate', 'night.zip');
  expect(counted(changed)).toEqual({ read: 3, updated: 1, unchanged: 1, rejected: 1 });
  expect(changed.rows[0]?.changes).toEqual([{ field: 'Content', from: '9 bytes', to: '10 bytes' }]);
});

test('the name that the archive makes of a second file of that name is the one that stays', async () => {
  const { tenant, file, put, run } = await openDesk();
  await file('documents.csv', [header, 'D-1;a/offer.txt', 'D-2;b/offer.txt']);
  await put('a/offer.txt', 'To kraner');
  await put('b/offer.txt', 'Tre kraner');
  // One after the other, so that it is the second whose name is taken.
  await run('import', 'documents.csv', '--concurrency', '1');
  const amended = (await documentsOf(tenant, 'D-2'))[0]?.name;
  expect(amended).not.toBe('offer.txt');
  expect(await run('import', 'documents.csv', '--full')).toMatchObject({
    counts: { current: 2 },
    requests: { write: 0 },
  });
  expect((await documentsOf(tenant, 'D-2'))[0]?.name).toBe(amended);
});

/** Asked in another way than the client's: OData. */
async function documentsOf(tenant: Tenant, key: string) {
  const query = new URLSearchParams({
    $select: 'documentId,name',
    $filter: `documentUdef/Siteshop:DocuUserKey01 eq '${key}'`,
  });
  return array((await tenant.json('GET', `/v1/Document?${query}`)).value);
}

async function contentOf(key: string, tenant: Tenant): Promise<Buffer> {
  const [document] = await documentsOf(tenant, key);
  const { url, username, password } = tenant.sandbox;
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  const answer = await fetch(`${url}/api/v1/Document/${document?.PrimaryKey}/Content`, {
    headers: { authorization, accept: 'application/octet-stream' },
  });
  expect(answer.status).toBe(200);
  return Buffer.from(await answer.arrayBuffer());
}
