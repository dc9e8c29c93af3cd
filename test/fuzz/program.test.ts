import fc from 'fast-check';
import { expect, test } from 'vitest';
import { put } from '../formats/files.ts';
import { folderOfFile } from '../support/folders.ts';
import { sic } from '../support/sic.ts';
import { damaged } from './mutations.ts';
import { patience, tries } from './tries.ts';

const folder = folderOfFile();

const files: Readonly<Record<string, string>> = {
  'a.csv': 'CompUserKey01;Name;PostalCity;CreatedDate\n1;Ærø;Oslo;\n2;"B; ""C""\nD";;\n3;x;y;z\n',
  'a.json': '{"Company":[{"CompUserKey01":"1","Name":"A"},{"CompUserKey01":2,"Name":null,"Category":["a"]}]}',
  'a.ndjson':
    '{"PersUserKey01":"1","LastName":"A","CompUserKey01":"1"}\n{"PersUserKey01":"2","LastName":"B"}\n',
  'a.xml':
    '<Sales><Sale><SaleUserKey01>1</SaleUserKey01><Amount>1,5</Amount><SaleDate>2026-02-30</SaleDate></Sale><Sale/></Sales>',
};
const tokens = [
  '"',
  ';',
  '\n',
  '<',
  '>',
  '&',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '\\',
  'Name',
  '999999999999999999999',
  '2026-13-45',
  '-',
  '1e999',
  'true',
  ' ',
];

// Through everything that looks at a file without SuperOffice: format, datatype, columns, values, report.
test.each(Object.entries(files))(
  'sic validate --offline of a damaged %s ends as it should',
  { timeout: patience },
  async (name, text) => {
    await fc.assert(
      fc.asyncProperty(damaged(fc.constant(text), tokens, 3), fc.boolean(), async (bytes, told) => {
        put(folder, name, bytes);
        const argv = ['validate', name, '--offline', '--json', ...(told ? ['--datatype', 'Company'] : [])];
        const { exitCode, stdout, stderr } = await sic(argv, { cwd: folder });
        expect([0, 1, 2], stderr).toContain(exitCode);
        expect(stderr).not.toMatch(/bug in sic|\n {4}at /);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not get to a terminal
        expect(stderr).not.toMatch(/[\0-\x09\x0b-\x1f\x7f]/);
        const { counts, error, ...document } = JSON.parse(stdout);
        expect(document).toMatchObject({ kind: 'sic.validate', exitCode });
        const { read, ...fates } = counts;
        expect(Object.values<number>(fates).reduce((sum, count) => sum + count, 0)).toBe(read);
        expect(error === null).toBe(exitCode < 2);
      }),
      { numRuns: tries(60) },
    );
  },
);
