import fc from 'fast-check';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import { folderOfFile } from '../../support/folders.ts';
import { nastyText, readBack, row, rowsOf, tables, written } from './files.ts';

const folder = folderOfFile();

describe('an XML document', () => {
  test('has one element per row and one per column', () => {
    const text = written('xml', [[row('0005', 'A & B <x> ]]> "q"')], [], [row('', ' æ\t\r\n😀 ')]]);
    expect(text).toBe(
      [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<TestData>',
        '  <Company>',
        '    <A>0005</A>',
        '    <B>A &amp; B &lt;x&gt; ]]&gt; "q"</B>',
        '  </Company>',
        '  <Company>',
        '    <A/>',
        '    <B> æ\t&#13;\n😀 </B>',
        '  </Company>',
        '</TestData>',
        '',
      ].join('\n'),
    );
  });

  test('without rows is XML', async () => {
    const text = written('xml', [[]]);
    expect(text).toBe('<?xml version="1.0" encoding="UTF-8"?>\n<TestData>\n</TestData>\n');
    expect(await readBack(folder, 'xml', text)).toEqual({ datatype: null, columns: [], rows: [] });
  });

  test.each([
    ['a zero byte', '\0'],
    ['a control character', '\u001b'],
    ['half a character', '\ud83d'],
    ['the other half', '\ude00'],
    ['no character', '\ufffe'],
    ['no character either', '\uffff'],
  ])('%s becomes U+FFFD', async (_, character) => {
    const text = written('xml', [[row(`a${character}b`, character)]]);
    expect((await readBack(folder, 'xml', text)).rows).toEqual([['a\ufffdb', '\ufffd']]);
  });

  test('names are made valid', async () => {
    const columns = ['contactUdef/Siteshop:CompUserKey01', '2nd name', 'Company', 'Top 10'];
    const text = written('xml', [[row('1', '2', '3', '4')]], { name: 'Top 10', columns });
    expect(XMLValidator.validate(text)).toBe(true);
    expect(text).toContain('<Top_10>');
    expect(await readBack(folder, 'xml', text)).toEqual({
      datatype: 'Company',
      columns: ['contactUdef_Siteshop_CompUserKey01', '_2nd_name', 'Company', 'Top_10'],
      rows: [['1', '2', '3', '4']],
    });
  });

  test.each([
    ['Company', 'Company', 'Export'],
    ['my search', 'my_search', 'Export'],
    ['Export', 'Export', 'Rows'],
    ['company', 'Company', 'company'],
  ])('the root of %j over rows of %j is %s', (name, rows, root) => {
    expect(written('xml', [[row('1', '2')]], { name, row: rows }).split('\n')[1]).toBe(`<${root}>`);
  });
});

describe('what is written is read back', () => {
  /** Control characters and what is called noncharacters, which XML 1.0 forbids (section 2.2). */
  const forbidden = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

  test('by the import', async () => {
    const text = fc.oneof(nastyText, fc.string({ unit: 'binary' }), fc.string({ unit: 'binary-ascii' }));
    await fc.assert(
      fc.asyncProperty(tables(text), async table => {
        const rows = table.batches.flat();
        const columns = rows.length === 0 ? [] : table.columns;
        const datatype = rows.length === 0 ? null : 'Company';
        const file = written('xml', rowsOf(table), table);
        expect(await readBack(folder, 'xml', file)).toEqual({
          datatype,
          columns,
          rows: rows.map(cells => cells.map(cell => cell.replace(forbidden, '\ufffd'))),
        });
      }),
      { numRuns: 500 },
    );
  });

  test('by fast-xml-parser', () => {
    const parser = new XMLParser({
      parseTagValue: false,
      trimValues: false,
      ignoreDeclaration: true,
      isArray: name => name === 'Company',
      htmlEntities: true, // else it leaves numbers as they are
    });
    fc.assert(
      fc.property(tables(), table => {
        const rows = table.batches.flat();
        fc.pre(rows.length > 0);
        const file = written('xml', rowsOf(table), table);
        expect(XMLValidator.validate(file)).toBe(true);
        const { TestData }: { TestData: { Company: Record<string, string>[] } } = parser.parse(file);
        const found = TestData.Company.map(cells => table.columns.map(column => cells[column]));
        expect(found).toEqual(rows.map(cells => cells.map(cell => cell.replace(forbidden, '\ufffd'))));
      }),
      { numRuns: 300 },
    );
  });
});
