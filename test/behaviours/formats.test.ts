import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { zipOf } from '../formats/zips.ts';
import { array, type Json, type Tenant } from '../sandbox/entities/tenant.ts';
import { type Answer, readAnswer } from '../support/answer.ts';
import { counted, type Desk, openDesk } from './desk.ts';

const bin = path.resolve('bin/sic.js');

type Row = Readonly<Record<string, string | number | boolean>>;

/** Leading zeros, numbers, marks, quotes, line breaks and letters that each format writes in its own way. */
const rows: readonly Row[] = [
  {
    CompUserKey01: '007',
    Name: 'Fjordbygg & Sønn <AS>',
    Department: 'Avd. "Måløy"; øst, vest',
    OrgNo: '0914207338',
    Description: 'Ring først.\nSpør etter Åse.',
    CompUserNum01: 12,
    CompUserDec01: 2.5,
    CompUserCheck01: true,
  },
  {
    CompUserKey01: 'C-2',
    Name: 'Møllevang ApS 🏗',
    Department: ']]> {"a": [1]} \\ \t slutt',
    OrgNo: '1',
    Description: '=1+1',
    CompUserNum01: -3,
    CompUserDec01: -0.25,
    CompUserCheck01: false,
  },
  {
    CompUserKey01: 'C-3',
    Name: 'Havglimt',
    Department: 'x',
    OrgNo: '2',
    Description: 'y',
    CompUserNum01: 0,
    CompUserDec01: 1000000,
    CompUserCheck01: true,
  },
];

const csv = (records: readonly Row[]): string =>
  [Object.keys(rows[0] ?? {}), ...records.map(record => Object.values(record))]
    .map(cells => cells.map(cell => `"${csvText(cell).replaceAll('"', '""')}"`).join(';'))
    .map(line => `${line}\r\n`)
    .join('');

function csvText(cell: string | number | boolean): string {
  return typeof cell === 'boolean' ? String(cell).toUpperCase() : String(cell);
}

const xml = (records: readonly Row[]): string => {
  const escaped = (text: string): string =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const elements = records.map(record => {
    const fields = Object.entries(record).map(
      ([name, cell]) => `<${name}>${escaped(csvText(cell))}</${name}>`,
    );
    return `  <Company>\n    ${fields.join('\n    ')}\n  </Company>\n`;
  });
  return `<?xml version="1.0" encoding="utf-8"?>\n<Companies>\n${elements.join('')}</Companies>\n`;
};

const json = (records: readonly Row[]): string => JSON.stringify({ Company: records }, null, 2);
const ndjson = (records: readonly Row[]): string =>
  records.map(record => `${JSON.stringify(record)}\n`).join('');

const formats = { csv, xml, json, ndjson } as const;
type Ending = keyof typeof formats;
const endings = Object.keys(formats) as Ending[];

describe.each(endings)('companies.%s', ending => {
  const write = formats[ending];
  const name = `companies.${ending}`;

  test('is imported, known again, and one changed record changes one', async () => {
    const { tenant, put, run } = await openDesk();
    await put(name, write(rows));
    expect(counted(await run('import', name))).toEqual({ read: 3, created: 3 });
    await expectRowsIn(tenant);
    const again = await run('import', name);
    expect(counted(again)).toEqual({ read: 3, unchanged: 3 });
    expect(again.requests.write).toBe(0);

    await put(name, write(rows.map(row => (row.CompUserKey01 === 'C-2' ? { ...row, OrgNo: '17' } : row))));
    const changed = await run('import', name, '--rows');
    expect(counted(changed)).toEqual({ read: 3, updated: 1, unchanged: 2 });
    expect(changed.requests.write).toBe(1);
    expect(changed.rows.find(row => row.status === 'updated')).toMatchObject({
      key: 'C-2',
      changes: [{ field: 'OrgNo', from: '1', to: '17' }],
    });
  });

  test('in a zip', async () => {
    const { tenant, put, run } = await openDesk();
    await put('night.zip', await zipOf({ [name]: write(rows) }));
    const answer = await run('import', 'night.zip', '--rows');
    expect(counted(answer)).toEqual({ read: 3, created: 3 });
    expect(answer.rows[0]?.file).toBe(`night.zip/${name}`);
    await expectRowsIn(tenant);
    expect(counted(await run('import', 'night.zip'))).toEqual({ read: 3, unchanged: 3 });
  });

  test('from standard input, where its content tells the format', async () => {
    const desk = await openDesk();
    const company = ['--datatype', 'Company'];
    expect(counted(await piped(desk, write(rows), ...company))).toEqual({ read: 3, created: 3 });
    await expectRowsIn(desk.tenant);
    expect(counted(await piped(desk, write(rows), ...company, '--full'))).toEqual({ read: 3, current: 3 });
    const zip = await zipOf({ [name]: write(rows) });
    expect(counted(await piped(desk, zip, '--full'))).toEqual({ read: 3, current: 3 });
    const untold = await piped(desk, write(rows), '--full');
    const tells = ending === 'xml' || ending === 'json';
    expect([untold.exitCode, counted(untold)]).toEqual(tells ? [0, { read: 3, current: 3 }] : [2, {}]);
  });

  test('the others find everything current', async () => {
    const { put, run } = await openDesk();
    await put(name, write(rows));
    await run('import', name);
    for (const other of endings) {
      await put(`again/companies.${other}`, formats[other](rows));
      const answer = await run('import', `again/companies.${other}`, '--full');
      expect(counted(answer), other).toEqual({ read: 3, current: 3 });
      expect(answer.requests.write).toBe(0);
    }
  });
});

test('a zip may hold several data files of several formats', async () => {
  const { put, run } = await openDesk();
  const files = {
    'persons.json': '[{ "PersUserKey01": "P-1", "CompUserKey01": "007", "Lastname": "Nordmann" }]',
    'companies.xml': xml(rows),
    'projects.ndjson': '{ "ProjUserKey01": "J-1", "Name": "Lager" }\n',
    'sales.csv': 'SaleUserKey01;Heading;CompUserKey01;ProjUserKey01\nS-1;Kraner;C-2;J-1\n',
    'readme.txt': 'Four files',
  };
  await put('night.zip', await zipOf(files));
  expect(counted(await run('import', 'night.zip'))).toEqual({ read: 6, created: 6 });
  expect(counted(await run('import', 'night.zip'))).toEqual({ read: 6, unchanged: 6 });
});

describe('a zip with a password', () => {
  const password = 'Blåbær 17';
  const locked = () => zipOf({ 'companies.csv': csv(rows) }, { password });

  test('none is set', async () => {
    const { put, run } = await openDesk();
    await put('night.zip', await locked());
    const answer = await run('import', 'night.zip');
    expect(answer.exitCode).toBe(2);
    expect(answer.stderr).toContain('night.zip/companies.csv is encrypted, and no password is set.');
    expect(answer.stderr).toContain('Set the environment variable SIC_ZIP_PASSWORD');
  });

  test('a wrong one, which is not repeated', async () => {
    const { put, run } = await openDesk({}, { env: { SIC_ZIP_PASSWORD: 'blåbær 17' } });
    await put('night.zip', await locked());
    const answer = await run('import', 'night.zip');
    expect(answer.exitCode).toBe(2);
    expect(answer.stderr).toContain('The password does not open night.zip/companies.csv.');
    expect(answer.stderr).not.toContain('blåbær');
    expect(answer.requests.total ?? 0).toBe(0);
  });

  test('the right one', async () => {
    const { tenant, put, run } = await openDesk({}, { env: { SIC_ZIP_PASSWORD: password } });
    await put('night.zip', await locked());
    expect(counted(await run('import', 'night.zip'))).toEqual({ read: 3, created: 3 });
    await expectRowsIn(tenant);
  });
});

test.each([
  [
    'cut in the middle',
    (whole: Buffer) => whole.subarray(0, whole.length / 2),
    'is not complete: the directory',
  ],
  [
    'with a changed byte in its data',
    (whole: Buffer) => {
      const bytes = Buffer.from(whole);
      bytes.writeUInt8(bytes.readUInt8(60) ^ 0xff, 60);
      return bytes;
    },
    'is damaged',
  ],
])('a zip %s is refused before anything is sent', async (_, damage, says) => {
  const { put, run } = await openDesk();
  await put('night.zip', damage(await zipOf({ 'companies.csv': csv(rows) })));
  const answer = await run('import', 'night.zip');
  expect(answer.exitCode).toBe(2);
  expect(answer.stderr).toContain(says);
  expect(answer.requests.total ?? 0).toBe(0);
});

const deep = 200_000;

test.each([
  ['companies.json', `[${'{"a":'.repeat(deep)}1${'}'.repeat(deep)}]`, 'levels deep'],
  ['companies.ndjson', `${'{"a":'.repeat(deep)}1${'}'.repeat(deep)}\n`, 'levels deep'],
  ['companies.json', `{ "Company": ${'['.repeat(deep)}${']'.repeat(deep)} }`, 'levels deep'],
  ['companies.xml', `<Companies>${'<a>'.repeat(deep)}${'</a>'.repeat(deep)}</Companies>`, 'deep'],
])('%s with 200,000 levels is refused, not fallen over', async (name, content, says) => {
  const { put, run } = await openDesk();
  await put(name, content);
  const answer = await run('import', name);
  expect(answer.exitCode).toBe(2);
  expect(answer.stderr).toContain(says);
});

test('one record of NDJSON that is nested too deep spares the others', async () => {
  const { put, run } = await openDesk();
  const nested = `{"CompUserKey01":"C-9","Name":${'['.repeat(deep)}${']'.repeat(deep)}}\n`;
  await put('companies.ndjson', `${ndjson(rows)}${nested}`);
  const answer = await run('import', 'companies.ndjson');
  expect(counted(answer)).toEqual({ read: 4, created: 3, rejected: 1 });
  expect(answer.rows[0]).toMatchObject({ place: 'line 4', problems: [{ code: 'bad-json' }] });
  const rejects = await readFile(answer.rejects ?? '', 'utf8');
  expect(rejects).toContain('"SicCode":"bad-json"');
});

/** The real program, fed through a pipe. */
async function piped(
  { folder, tenant }: Desk,
  content: string | Uint8Array,
  ...flags: string[]
): Promise<Answer> {
  const argv = [bin, 'import', '-', '--json', ...flags];
  const child = spawn(process.execPath, argv, {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '', SIC_PASSWORD: tenant.sandbox.password },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stdin.end(content);
  await new Promise(resolve => child.on('close', resolve));
  return readAnswer(stdout);
}

/** SuperOffice's own entities hold what the rows say. */
async function expectRowsIn(tenant: Tenant): Promise<void> {
  const found = await Promise.all(rows.map(row => companyOf(String(row.CompUserKey01), tenant)));
  const custom = found.map(({ CustomFields }) => CustomFields);
  expect(
    found.map(({ Name, Department, OrgNr, Description }) => [Name, Department, OrgNr, text(Description)]),
  ).toEqual(rows.map(({ Name, Department, OrgNo, Description }) => [Name, Department, OrgNo, Description]));
  expect(custom).toMatchObject(
    rows.map(row => ({
      'Siteshop:CompUserNum01': `[I:${row.CompUserNum01}]`,
      'Siteshop:CompUserCheck01': `[I:${row.CompUserCheck01 === true ? 1 : 0}]`,
    })),
  );
}

function text(value: unknown): string {
  return String(value).replaceAll('\r\n', '\n');
}

async function companyOf(key: string, tenant: Tenant): Promise<Json> {
  const query = new URLSearchParams({
    $select: 'contactId',
    $filter: `contactUdef/Siteshop:CompUserKey01 eq '${key}'`,
  });
  const found = array((await tenant.json('GET', `/v1/Contact?${query}`)).value);
  expect(found).toHaveLength(1);
  return tenant.json('GET', `/v1/Contact/${found[0]?.PrimaryKey}`);
}
