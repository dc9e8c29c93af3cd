import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scan } from '../../src/formats/csv/scanner.ts';
import { piecewise } from '../formats/piecewise.ts';
import { folderOfFile } from '../support/folders.ts';
import { damaged } from './mutations.ts';
import { readOrRefuse } from './outcome.ts';
import { expectRejectsReadAgain } from './rejects.ts';
import { patience, tries } from './tries.ts';

const folder = folderOfFile();

const documents = fc.constantFrom(
  'CompUserKey01;Name;City\n1;Ærø Bådværft;Oslo\n2;"B; ""C""\nD";\n',
  'a,b,c\r\n1,2,3\r\n4,"5\r\n6",7\r\n',
  'a\tb\r1\t2\r',
  'sep=|\nIntegrationID|Key|IntegrationIDCheck\n17|"x"|17\n',
  'Key\n1\n\n""\n2',
  'a;b;\n1;2;\n',
  '',
);
const tokens = [
  '"',
  '""',
  ';',
  ',',
  '\t',
  '|',
  '\n',
  '\r',
  '\r\n',
  ' ',
  '"\n',
  ';"',
  '";',
  'sep=',
  'a',
  '1',
  '<a>',
  '{"',
];

const plain = { separator: undefined, encoding: undefined };
/** What once came out of a reject file as something else than went in, or got past the check of the text. */
const found = [
  '\r\n\r"""\n"',
  'sep=|\nI\rntegrationID|Key\n17|"x"\n',
  'C"ompUserKey01;Name\r1;x\r2;"B; ""C""\rD"\r',
  '\ra\n\r"\n',
  'sep="\r\n1\n"',
  'sep=\r\n";"\n"',
  'sep=|\n,,,,Key|Name\n1|2\n',
  'a";""\n;""',
  'sep=^\nKey^Name\n1^2\n',
  '\ra,b\r\n1,2\r\n3,4\r\n',
  `Key;${'x'.repeat(501)}\n1;2\n`,
  `a\tb\n${'9'.repeat(66_000)}\t2\n`,
  `Key;\n1;${'x'.repeat(9000)}\n`,
]
  .map(text => Buffer.from(text))
  .concat(Buffer.from('\ufeffKey;\0Name\n1;2\n', 'utf16le'))
  .map((bytes): [Buffer, typeof plain] => [bytes, plain]);

describe('CSV', () => {
  test('any bytes are records or a refusal', { timeout: patience }, async () => {
    const settings = fc.record({
      separator: fc.constantFrom(undefined, undefined, ';', '|', 'x'),
      encoding: fc.constantFrom(
        undefined,
        undefined,
        'utf-8',
        'utf-16le',
        'windows-1252',
        'macintosh',
        'ibm850',
      ),
    });
    await fc.assert(
      fc.asyncProperty(damaged(documents, tokens), settings, async (bytes, { separator, encoding }) => {
        const read = await readOrRefuse(folder, 'a.csv', bytes, {
          ...(separator !== undefined && { separator }),
          ...(encoding !== undefined && { encoding }),
        });
        if (read === null) return;
        for (const { parsed } of read.records)
          if (parsed.ok) expect([...parsed.cells.keys()]).toEqual(read.file.columns);
        if (encoding === undefined && separator === undefined) await expectRejectsReadAgain(folder, read);
      }),
      { numRuns: tries(600), examples: found },
    );
  });

  test('cut alike wherever the borders between pieces are', { timeout: patience }, () => {
    const layout = fc.record({
      separator: fc.constantFrom(59, 44, 9),
      newline: fc.constantFrom<(10 | 13)[]>(10, 13),
    });
    fc.assert(
      fc.property(
        damaged(documents, tokens),
        fc.integer({ min: 1, max: 60 }),
        layout,
        (bytes, size, layout) => {
          const cut = (by: number): unknown[] => {
            const found: unknown[] = [];
            for (const batch of scan(piecewise(bytes, by), { layout, skip: 0, line: 1, label: 'a.csv' }))
              for (let i = 0; i < batch.count; i++)
                found.push([batch.ordinal[i], batch.bytes.toString('latin1', batch.start[i], batch.end[i])]);
            return found;
          };
          expect(cut(size)).toEqual(cut(bytes.length + 1));
        },
      ),
      { numRuns: tries(600) },
    );
  });
});
