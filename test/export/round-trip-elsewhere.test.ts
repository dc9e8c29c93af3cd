import { join } from 'node:path';
import papaparse from 'papaparse';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Datatype } from '../../src/datatypes/datatype.ts';
import { datatypes } from '../../src/datatypes/index.ts';
import { Tenant } from '../sandbox/entities/tenant.ts';
import type { Answer } from '../support/answer.ts';
import { folderOfFile } from '../support/folders.ts';
import { makeAMess } from './mess.ts';
import { importExamples, type Place, placeAt } from './places.ts';

/** What no import can make, by datatype and key, and why. Everything else is made as it was. */
const notMade: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  // A year before 1000 is how other systems write "no date".
  Company: { 'MESS-3': 'not-a-date' },
  // Its company has no key, or is deleted.
  Person: { 'MESS-3': 'blank-relation', 'MESS-4': 'blank-relation' },
  // Somebody moved its start behind its end.
  Appointment: { 'MESS-3': 'end-before-start' },
  // Documents without a file.
  Document: { 'MESS-4': 'needed-to-create', 'MESS-8': 'needed-to-create', 'MESS-9': 'needed-to-create' },
  // Blanks are no text; a request that is deleted takes no messages.
  Message: { 'MESS-3': 'needed-to-create', 'MESS-4': 'parent-not-found' },
};

/** What is made otherwise, and why. */
const madeOtherwise: Readonly<Record<string, readonly string[]>> = {
  // The list values "Sea | sky" and "Fish, fresh" hold the sign that parts values: the export says so.
  Company: ['MESS-1 Interests'],
  Ticket: ['MESS-1 AddTags'],
  // An earning on an amount of 0: the import says so.
  Sale: ['MESS-2 Earning'],
  // What has no end ends when it begins: SuperOffice's own end may lie before that.
  Appointment: ['MESS-2 EndDate'],
};

const folder = folderOfFile();
let place: Place;
let made: Answer;

beforeAll(async () => {
  const [tenant, other] = await Promise.all([Tenant.start(), Tenant.start()]);
  place = await placeAt(folder, tenant);
  await importExamples(place);
  await makeAMess(tenant);
  for (const datatype of datatypes) await exportTo('', datatype);
  // The same folder leads to another SuperOffice from now on.
  place = await placeAt(folder, other);
  made = await place.import(...datatypes.map(({ name }) => `${name}.csv`));
  for (const datatype of datatypes) await exportTo('-again', datatype);
  return () => Promise.all([tenant.close(), other.close()]);
}, 60_000);

/** Into the folders in which an import looks for files. */
async function exportTo(suffix: string, { name, keyField }: Datatype): Promise<void> {
  const filesFolder = name === 'Document' ? 'documents' : name === 'Message' ? 'attachments' : null;
  const withFiles = filesFolder === null ? [] : ['--with-files', join(filesFolder + suffix)];
  const file = `${name}${suffix}.csv`;
  const where = ['--where', `${keyField}<>""`];
  const ran = await place.run('export', '--datatype', name, ...where, '--out', file, ...withFiles);
  expect(ran.exitCode, ran.stderr).toBe(0);
}

describe('a set of files that was exported, imported into a SuperOffice that is empty', () => {
  it.each(datatypes)('$name: makes the records, but for what no import can make', ({ name }) => {
    const rows = made.rows.filter(({ file }) => file === `${name}.csv`);
    const others = rows.filter(({ status }) => status !== 'created');
    expect(Object.fromEntries(others.map(({ key, problems }) => [key, problems[0]?.code]))).toEqual(
      notMade[name] ?? {},
    );
    expect(rows.length).toBeGreaterThan(5);
  });

  it.each(datatypes)('$name: exported from there, the file is the same', async ({ name, keyField }) => {
    const before = await rowsOf(`${name}.csv`, keyField);
    const after = await rowsOf(`${name}-again.csv`, keyField);
    for (const key of Object.keys(notMade[name] ?? {})) before.delete(key);
    for (const cell of madeOtherwise[name] ?? []) {
      const [key = '', column = ''] = cell.split(' ');
      expect(after.get(key)?.[column]).not.toBe(before.get(key)?.[column]);
      delete before.get(key)?.[column];
      delete after.get(key)?.[column];
    }
    expect(Object.fromEntries(after)).toEqual(Object.fromEntries(before));
  });

  it.each(['Project', 'Person'])('%s: byte for byte', async name => {
    const lines = (await place.text(`${name}.csv`)).split('\r\n');
    const wanted = lines.filter(
      line => !Object.keys(notMade[name] ?? {}).some(key => line.includes(`;${key};`)),
    );
    expect(await place.text(`${name}-again.csv`)).toBe(wanted.join('\r\n'));
  });
});

/** Rows by key. Rows are made side by side, so that SuperOffice numbers them, and their files, in another order. */
async function rowsOf(file: string, keyField: string): Promise<Map<string, Record<string, string>>> {
  const { data } = papaparse.parse<Record<string, string>>(await place.text(file), {
    header: true,
    delimiter: ';',
    skipEmptyLines: true,
  });
  return new Map(
    data.map(row => {
      for (const column of ['Name', 'AttachmentNames'])
        if (row[column] !== undefined && row.OrgNo === undefined)
          row[column] = row[column].replace(/(^|\|)\d+\//g, '$1');
      return [row[keyField] ?? '', row];
    }),
  );
}
