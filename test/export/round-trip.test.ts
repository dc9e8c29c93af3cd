import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Datatype } from '../../src/datatypes/datatype.ts';
import type { Field } from '../../src/datatypes/field.ts';
import { datatypes } from '../../src/datatypes/index.ts';
import { catalogueFields } from '../../src/datatypes/render/catalogue.ts';
import { Tenant } from '../sandbox/entities/tenant.ts';
import { readAnswer } from '../support/answer.ts';
import { folderOfFile } from '../support/folders.ts';
import { makeAMess } from './mess.ts';
import { importExamples, type Place, placeAt } from './places.ts';

const folder = folderOfFile();
let tenant: Tenant;
let place: Place;

beforeAll(async () => {
  tenant = await Tenant.start();
  place = await placeAt(folder, tenant);
  expect((await importExamples(place)).counts).toMatchObject({ read: 113, created: 113 });
  await makeAMess(tenant);
  return () => tenant.close();
}, 60_000);

/** Exports what has a user key, the files of documents and messages with it. */
async function exported({ name, keyField }: Datatype, file: string, ...flags: readonly string[]) {
  const filesFolder = name === 'Document' ? 'documents' : name === 'Message' ? 'attachments' : null;
  const withFiles = filesFolder === null ? [] : ['--with-files', filesFolder];
  const where = ['--where', `${keyField}<>""`];
  const ran = await place.run('export', '--datatype', name, ...where, '--out', file, ...flags, ...withFiles);
  expect(ran.exitCode, ran.stderr).toBe(0);
  return ran.stderr;
}

const ways = [
  { ending: 'csv', flags: [] },
  { ending: 'xml', flags: [] },
  { ending: 'json', flags: [] },
  { ending: 'ndjson', flags: [] },
  { ending: 'json', flags: ['--typed'] },
  { ending: 'ndjson', flags: ['--typed'] },
  { ending: 'csv', flags: ['--separator', 'tab', '--bom'] },
  { ending: 'csv', flags: ['--separator', ','] },
];

describe.each(ways)('exported as $ending $flags', ({ ending, flags }) => {
  it.each(datatypes)('$name: an import finds nothing to change', async datatype => {
    const file = `${datatype.name}${flags.join('')}.${ending}`;
    await exported(datatype, file, ...flags);
    const { exitCode, counts, rows, fileWarnings, requests } = await place.import(
      file,
      '--datatype',
      datatype.name,
    );
    expect(rows.filter(({ status, warnings }) => status !== 'current' || warnings.length > 0)).toEqual([]);
    expect(fileWarnings).toEqual([]);
    expect(counts.read).toBeGreaterThan(5);
    expect(counts.current).toBe(counts.read);
    expect(requests.write).toBe(0);
    expect(exitCode).toBe(0);
  });
});

it.each(datatypes)('$name: whatever is changed in the file is seen', async datatype => {
  const file = `${datatype.name}-edited.json`;
  await exported(datatype, file, '--typed');
  const rows: Record<string, unknown>[] = JSON.parse(await place.text(file))[datatype.name];
  const row = rows.find(each => each[datatype.keyField] === 'MESS-1') ?? {};
  const edited = new Map(
    catalogueFields(datatype).flatMap(field => {
      // Those of a person are the company's.
      const isMirrored = datatype.name === 'Person' && /^(?:Category|Business)$/.test(field.name);
      const other = isMirrored ? undefined : otherValue(field, row[field.name]);
      return other === undefined ? [] : [[field.name, other]];
    }),
  );
  expect(edited.size).toBeGreaterThan(1);
  await writeFile(
    join(folder, file),
    JSON.stringify({ [datatype.name]: [{ ...row, ...Object.fromEntries(edited) }] }),
  );
  const { stdout } = await place.run('validate', file, '--full', '--rows', '--json');
  const [told] = readAnswer(stdout).rows;
  const names = told?.changes.map(({ field }) => field);
  expect(told?.problems).toEqual([]);
  expect(names).toEqual(expect.arrayContaining([...edited.keys()]));
});

/** Something else for a column that may have any value; undefined: it may not, or the row has none. */
function otherValue({ name, kind, missing, choices = [] }: Field, value: unknown): unknown {
  if (value === undefined || value === null || value === '') return undefined;
  if (/UserKey01$|^(?:Earning|AttachmentNames|CreatedAt|Slevel)/.test(name)) return undefined;
  switch (kind) {
    case 'boolean':
      return value !== true;
    case 'integer':
    case 'decimal':
      return Number(value) === 1 ? 2 : 1;
    case 'date':
      return '2031-05-06';
    case 'datetime':
      return name === 'StartDate' ? '2026-01-30 07:08' : '2031-05-06 07:08';
    case 'choice':
      return choices.find(choice => choice.name !== value)?.name;
    case 'text':
      return `${[...String(value)].slice(0, -1).join('')}y`;
    case 'list':
    case 'lists':
      return missing === 'add' ? 'Quite another' : undefined;
    default:
      return undefined;
  }
}

describe('rows that cannot be taken back', () => {
  it('says how many have no user key, and the import says it of each', async () => {
    const ran = await place.run('export', '--datatype', 'Company', '--out', 'all-of-them.csv');
    expect(ran.stderr).toMatch(
      /rows \(company\) without a user key: an import rejects such rows\. To leave them out: --where 'CompUserKey01<>""'/,
    );
    const { counts, rows, requests } = await place.import('all-of-them.csv', '--datatype', 'Company');
    const rejected = rows.filter(({ status }) => status === 'rejected');
    expect(rejected.length).toBeGreaterThan(0);
    expect(rejected.map(({ problems }) => problems.map(({ code }) => code))).toEqual(
      rejected.map(() => ['blank-key']),
    );
    expect(Number(counts.current) + rejected.length).toBe(counts.read);
    expect(requests.write).toBe(0);
  });

  it('says of what another SuperOffice would take in another way', async () => {
    const [company, person] = datatypes;
    if (!company || !person) throw new Error('no datatypes');
    expect(await exported(company, 'told.csv')).toContain(
      '1 row (company) with a value of Interests that holds "|"',
    );
    expect(await exported(person, 'told.csv')).toContain('2 rows (person) of a company without a user key');
  });

  it('does not say so of a search for people', async () => {
    const ran = await place.run('export', '--datatype', 'Company', '--fields', 'CompUserKey01,Name');
    expect(ran.stderr).not.toContain('user key');
  });

  it('says that a key with blanks around it is not found again', async () => {
    const other = await Tenant.start();
    try {
      const there = await placeAt(join(folder, 'padded'), other);
      await other.company({ CustomFields: { 'Siteshop:CompUserKey01': ' C-1 ' } });
      const ran = await there.run(
        'export',
        '--datatype',
        'Company',
        '--out',
        'padded.csv',
        '--where',
        'CompUserKey01<>""',
      );
      expect(ran.stderr).toContain('1 row (company) with blanks around the user key in SuperOffice');
    } finally {
      await other.close();
    }
  });
});

it('a parent without a key is not cleared by a typed null', async () => {
  const other = await Tenant.start();
  try {
    const there = await placeAt(join(folder, 'typed'), other);
    const ContactId = await other.company();
    const id = await other.sale({
      Contact: { ContactId },
      CustomFields: { 'Siteshop:SaleUserKey01': 'S-1' },
    });
    await there.run('export', '--datatype', 'Sale', '--typed', '--out', 'sales.json');
    expect(await readFile(join(there.folder, 'sales.json'), 'utf8')).toContain('"CompUserKey01":""');
    expect((await there.import('sales.json')).counts).toMatchObject({ read: 1, current: 1 });
    expect(Object((await other.json('GET', `/v1/Sale/${id}`)).Contact).ContactId).toBe(ContactId);
  } finally {
    await other.close();
  }
});
