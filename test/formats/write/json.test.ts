import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { folderOfFile } from '../../support/folders.ts';
import { readBack, row, rowsOf, tables, written } from './files.ts';

const folder = folderOfFile();

describe('a JSON document', () => {
  test('is what the hosted service answers, one row per line', () => {
    const text = written(
      'json',
      [[row('2345', 'Siteshop "Test"')], [], [row('0005', ''), row('7', 'æ\n😀')]],
      {
        columns: ['CompUserKey01', 'Name'],
      },
    );
    expect(text).toBe(
      [
        '{"TestData":[',
        '{"CompUserKey01":"2345","Name":"Siteshop \\"Test\\""},',
        '{"CompUserKey01":"0005","Name":""},',
        '{"CompUserKey01":"7","Name":"æ\\n😀"}',
        ']}',
        '',
      ].join('\n'),
    );
  });

  test.each([
    ['no batches', []],
    ['empty batches', [[], []]],
  ])('without rows is valid: %s', (_, batches) => {
    expect(written('json', batches)).toBe('{"TestData":[\n]}\n');
    expect(JSON.parse(written('json', batches))).toEqual({ TestData: [] });
  });

  test('empty batches leave no comma behind', () => {
    const text = written('json', [[], [row('1', '2')], [], [row('3', '4')], []]);
    expect(JSON.parse(text)).toEqual({
      TestData: [
        { A: '1', B: '2' },
        { A: '3', B: '4' },
      ],
    });
  });

  test('names are escaped and keep their order, whatever they are', () => {
    const columns = ['b"c', '2', '1', '__proto__', 'contactUdef/Siteshop:Key'];
    const text = written('json', [[row('v', 'w', 'x', 'y', 'z')]], { name: 'My "Search"', columns });
    expect(text).toBe(
      '{"My \\"Search\\"":[\n{"b\\"c":"v","2":"w","1":"x","__proto__":"y","contactUdef/Siteshop:Key":"z"}\n]}\n',
    );
  });

  test('half a character is escaped, so that the file is UTF-8 all the same', () => {
    const text = written('json', [[row('\ud83d', 'x')]]);
    expect(text).toContain('{"A":"\\ud83d","B":"x"}');
    expect(Buffer.from(text).toString()).toBe(text);
  });
});

describe('typed', () => {
  const cells = [
    { text: '12,5', typed: 12.5 },
    { text: '', typed: null },
    { text: 'ja', typed: true },
    { text: 'x', typed: 'x' },
  ];
  const columns = ['A', 'B', 'C', 'D'];

  test('values keep their types', () => {
    expect(written('ndjson', [[cells]], { columns, typed: true })).toBe(
      '{"A":12.5,"B":null,"C":true,"D":"x"}\n',
    );
    expect(written('json', [[cells]], { columns, typed: true })).toContain(
      '{"A":12.5,"B":null,"C":true,"D":"x"}',
    );
  });

  test('and are strings without it', () => {
    expect(written('ndjson', [[cells]], { columns })).toBe('{"A":"12,5","B":"","C":"ja","D":"x"}\n');
  });
});

test('NDJSON has one object per line, each line ended as soon as its row is there', () => {
  expect(written('ndjson', [[row('1', 'a\nb')], [], [row('2', ''), row('3', '"')]])).toBe(
    '{"A":"1","B":"a\\nb"}\n{"A":"2","B":""}\n{"A":"3","B":"\\""}\n',
  );
  expect(written('ndjson', [[]])).toBe('');
});

describe('what is written is read back', () => {
  test('JSON', async () => {
    await fc.assert(
      fc.asyncProperty(tables(), async table => {
        const text = written('json', rowsOf(table), table);
        const rows = table.batches.flat();
        const columns = rows.length === 0 ? [] : table.columns;
        expect(await readBack(folder, 'json', text)).toEqual({ datatype: 'TestData', columns, rows });
        expect(text.split('\n')).toHaveLength(rows.length + 3);
      }),
      { numRuns: 300 },
    );
  });

  test('NDJSON', async () => {
    await fc.assert(
      fc.asyncProperty(tables(), async table => {
        const rows = table.batches.flat();
        fc.pre(rows.length > 0); // the reader refuses a file of nothing
        const text = written('ndjson', rowsOf(table), table);
        expect(await readBack(folder, 'ndjson', text)).toEqual({
          datatype: null,
          columns: table.columns,
          rows,
        });
      }),
      { numRuns: 300 },
    );
  });
});
