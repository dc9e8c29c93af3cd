import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import { folderOfFile } from '../../support/folders.ts';
import { nastyText, readBack, row, rowsOf, tables, written } from './files.ts';

const folder = folderOfFile();

describe('a CSV file', () => {
  test('has a line of column names, CRLF line ends, and quotes where they are needed', () => {
    const text = written('csv', [
      [row('0005', 'plain'), row(' x', 'y ')],
      [],
      [row('a;b', 'say "hi"'), row('one\ntwo', 'one\r\ntwo'), row('a,b', '')],
    ]);
    expect(text).toBe(
      ['A;B', '0005;plain', '" x";"y "', '"a;b";"say ""hi"""', '"one\ntwo";"one\r\ntwo"', 'a,b;', ''].join(
        '\r\n',
      ),
    );
  });

  test('without rows is its header line', () => {
    expect(written('csv', [])).toBe('A;B\r\n');
    expect(written('csv', [[], []])).toBe('A;B\r\n');
  });

  test('begins with a byte order mark if asked, and with that only once', async () => {
    const text = written('csv', [[row('æ', '1')], [row('ø', '2')]], { bom: true });
    expect(text).toBe('\ufeffA;B\r\næ;1\r\nø;2\r\n');
    expect((await readBack(folder, 'csv', text)).columns).toEqual(['A', 'B']);
  });

  test.each([',', '\t', '|'])('separator %j', separator => {
    const text = written('csv', [[row('a;b', `c${separator}d`)]], { separator });
    expect(text).toBe(`A${separator}B\r\na;b${separator}"c${separator}d"\r\n`);
  });

  test('an empty cell alone is no blank line', async () => {
    const text = written('csv', [[row(''), row('x')], [row('')]], { columns: ['A'] });
    expect(text).toBe('A\r\n""\r\nx\r\n""\r\n');
    expect((await readBack(folder, 'csv', text)).rows).toEqual([[''], ['x'], ['']]);
  });

  test('column names that hold another separator do not mislead who looks for it', async () => {
    const columns = ['Omsætning; DKK; 2024', 'Navn', 'a\tb'];
    const text = written('csv', [[row('1', '2', '3')]], { columns, separator: ',' });
    expect(text).toBe('"Omsætning; DKK; 2024",Navn,"a\tb"\r\n1,2,3\r\n');
    expect(await readBack(folder, 'csv', text)).toMatchObject({ columns, rows: [['1', '2', '3']] });
  });

  test('a zero byte, for which readers would refuse the file, is replaced', async () => {
    const text = written('csv', [[row('a\0b', '\0')]]);
    expect((await readBack(folder, 'csv', text)).rows).toEqual([['a\ufffdb', '\ufffd']]);
  });
});

describe('formulas', () => {
  test.each([
    ['=1+1', "'=1+1"],
    ['=HYPERLINK("http://example.com";"x")', '\'=HYPERLINK("http://example.com";"x")'],
    ['=cmd\nx', "'=cmd\nx"],
    ['=', "'="],
    ['+', "'+"],
    ['-', "'-"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\tx', "'\tx"],
    ['\rx', "'\rx"],
    ['-5-3', "'-5-3"],
    ['-5+cmd', "'-5+cmd"],
    ['+A1', "'+A1"],
    ['-5\n=1', "'-5\n=1"],
    ['- see below', "'- see below"],
    ['--5', "'--5"],
    ['+ 5', "'+ 5"],
  ])('%j is guarded', (text, expected) => {
    const file = written('csv', [[row(text, 'x')]], { guardFormulas: true });
    expect(file).toBe(`A;B\r\n"${expected.replaceAll('"', '""')}";x\r\n`);
    expect(Papa.parse<string[]>(file, { delimiter: ';' }).data[1]).toEqual([expected, 'x']);
  });

  test.each([
    '-5',
    '+3,5',
    '-1.234,56',
    '-1 234',
    '-.5',
    '-1.2e-7',
    '+4722334455',
    '+47 22 33 44 55',
    '5',
    'a=b',
    '',
  ])('%j is none', text => {
    expect(written('csv', [[row(text, 'x')]], { guardFormulas: true })).toBe(`A;B\r\n${text};x\r\n`);
  });

  test('are left alone unless asked', () => {
    expect(written('csv', [[row('=1+1', '@x')]])).toBe('A;B\r\n=1+1;@x\r\n');
  });

  test('whatever begins like one and is left alone is made of digits', () => {
    fc.assert(
      fc.property(nastyText, text => {
        const file = written('csv', [[row(text, 'x')]], { guardFormulas: true });
        const [cell] = Papa.parse<string[]>(file, { delimiter: ';', newline: '\r\n' }).data[1] ?? [];
        const isGuarded = cell === `'${text}`;
        if (!isGuarded) expect(cell).toBe(text);
        if (/^[=+\-@\t\r]/.test(text) === isGuarded) return;
        expect(text).toMatch(/^[+-][\d., \u00a0\u202feE+-]+$/);
        expect(isGuarded).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('what is written is read back', () => {
  const separators = fc.constantFrom(';', ',', '\t', '|');

  test('by the import, which finds the separator by itself', async () => {
    await fc.assert(
      fc.asyncProperty(tables(), separators, fc.boolean(), async (table, separator, bom) => {
        const text = written('csv', rowsOf(table), { ...table, separator, bom });
        expect(await readBack(folder, 'csv', text)).toEqual({
          datatype: null,
          columns: table.columns,
          rows: table.batches.flat(),
        });
      }),
      { numRuns: 500 },
    );
  });

  test('by papaparse, which guesses it too', () => {
    fc.assert(
      fc.property(tables(), separators, (table, separator) => {
        const text = written('csv', rowsOf(table), { ...table, separator });
        const { data } = Papa.parse<string[]>(text, { delimiter: separator, newline: '\r\n' });
        expect(data).toEqual([[...table.columns], ...table.batches.flat(), ['']]);
      }),
      { numRuns: 500 },
    );
  });
});
