import { cp, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import papaparse from 'papaparse';
import { beforeEach, describe, expect, it } from 'vitest';
import { datatypes } from '../../src/datatypes/index.ts';
import { catalogueFields } from '../../src/datatypes/render/catalogue.ts';
import { renderSchema } from '../../src/datatypes/render/schema.ts';
import { isCustomColumn } from '../../src/datatypes/udef.ts';
import { temporaryFolder } from '../support/folders.ts';
import { shellWords } from '../support/shell-words.ts';
import { sic } from '../support/sic.ts';

const root = resolve(import.meta.dirname, '../..');

/** Data files in the order in which they are imported, with their rows. */
const files = {
  companies: 12,
  persons: 25,
  projects: 5,
  sales: 15,
  appointments: 20,
  documents: 8,
  tickets: 10,
  messages: 18,
};
const rows = 113;

/** The same data three times. */
const sets = [
  { folder: 'all', ending: 'csv' },
  { folder: 'all-xml', ending: 'xml' },
  { folder: 'all-json', ending: 'json' },
];

describe('examples of all datatypes', () => {
  let cwd: string;

  beforeEach(async () => {
    cwd = await temporaryFolder();
    await cp(join(root, 'examples'), join(cwd, 'examples'), { recursive: true });
  });

  /** Runs the line as a shell would, against the sandbox of this test. */
  async function run(command: string, folder = cwd) {
    const argv = await shellWords(command, folder);
    const { exitCode, stdout } = await sic(
      [...argv, '--sandbox', '--json', '--state-dir', join(cwd, '.sic')],
      {
        cwd: folder,
      },
    );
    return { ...JSON.parse(stdout), exitCode };
  }

  it.each(sets)('$folder is imported whole, and nothing of it twice', async ({ folder, ending }) => {
    const first = await run(`import examples/${folder}/*`);
    expect(first).toMatchObject({ exitCode: 0, counts: { read: rows, created: rows } });
    const told = first.files.map(({ file, counts }: { file: string; counts: object }) => ({ file, counts }));
    expect(told).toMatchObject(
      Object.entries(files).map(([name, count]) => ({
        file: `examples/${folder}/${name}.${ending}`,
        counts: { read: count, created: count },
      })),
    );
    expect(first.fileWarnings).toEqual([]);
    expect(first.warnings).toMatchObject([{ code: 'mail-off', count: 1 }]);

    const again = await run(`import examples/${folder}/*`);
    expect(again).toMatchObject({ exitCode: 0, counts: { read: rows, unchanged: rows } });
    // Who is signed in.
    expect(again.requests).toMatchObject({ total: 1, write: 0 });
  });

  it.each([
    ['all', 'all-xml', 'all-json'],
    ['all-json', 'all', 'all-xml'],
  ])('what %s brings is what the others say', async (first, ...others) => {
    expect(await run(`import examples/${first}/*`)).toMatchObject({ counts: { created: rows } });
    for (const other of others) {
      // Another format is no change, without asking SuperOffice …
      expect(await run(`import examples/${other}/*`)).toMatchObject({
        exitCode: 0,
        counts: { read: rows, unchanged: rows },
        requests: { write: 0 },
      });
      // … and SuperOffice holds every value of it.
      expect(await run(`import examples/${other}/* --full`)).toMatchObject({
        exitCode: 0,
        counts: { read: rows, current: rows },
        requests: { write: 0 },
        warnings: [],
      });
    }
  });

  it.each(sets)('$folder carries the IntegrationID of the config beside it', async ({ folder }) => {
    const { exitCode, counts } = await run('import *', join(cwd, 'examples', folder));
    expect({ exitCode, counts }).toMatchObject({ exitCode: 0, counts: { read: rows, created: rows } });
  });

  it('the whole set is foretold row by row', async () => {
    const validated = await run('validate examples/all/*');
    expect(validated).toMatchObject({ exitCode: 0, counts: { read: rows, created: rows } });
    expect(validated.requests.write).toBe(0);
  });
});

/** Columns that no example has, since writing them does nothing. */
const pointless: Readonly<Record<string, readonly string[]>> = {
  // Those of a person with a company are the company's, and here every person has one.
  Person: ['Category', 'Business', 'AssociateName', 'AssociateFullName'],
};

describe.each(datatypes)('the CSV examples of $name', async datatype => {
  const [name = ''] = Object.keys(files).filter(file => datatype.fileWords.includes(file));
  const text = await readFile(join(root, `examples/all/${name}.csv`), 'utf8');
  const { data, meta } = papaparse.parse<Record<string, string>>(text.trimEnd(), { header: true });
  const filled = (meta.fields ?? []).filter(column => data.some(row => row[column] !== ''));

  it('fill every column that can be written', () => {
    const writable = catalogueFields(datatype)
      .filter(({ slot }) => slot.at !== 'readonly')
      .map(field => field.name);
    expect(writable.filter(column => !filled.includes(column))).toEqual(pointless[datatype.name] ?? []);
    expect(filled.at(0)).toBe('IntegrationID');
    expect(filled.at(-1)).toBe('IntegrationIDCheck');
  });

  it('fill more-page or extra fields of every kind, and no column is empty', () => {
    const kinds = filled
      .filter(column => isCustomColumn(datatype, column) && column !== datatype.keyField)
      .map(column => column.replace(/^.*User|^x_|\d+$/g, ''));
    const all =
      datatype.custom.kind === 'udef'
        ? ['Text', 'Num', 'Dec', 'Check', 'Date', 'List']
        : ['text', 'number', 'check', 'date', 'decimal'];
    expect(new Set(kinds)).toEqual(new Set(all));
    expect(filled).toEqual(meta.fields);
  });

  it('are, as JSON, what the schema of a row asks for', async () => {
    const json = JSON.parse(await readFile(join(root, `examples/all-json/${name}.json`), 'utf8'));
    const isRow = new Ajv2020({ strict: false }).compile(renderSchema(datatype));
    for (const row of json[datatype.name]) expect(isRow(row), JSON.stringify(isRow.errors)).toBe(true);
    expect(json[datatype.name]).toHaveLength(data.length);
  });
});
