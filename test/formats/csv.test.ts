import { appendFileSync, mkdirSync, renameSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openRecords } from '../../src/formats/open.ts';
import { folderOfFile } from '../support/folders.ts';
import { refusal } from '../support/refusal.ts';
import { openFile, put, readAll, type Settings, shape } from './files.ts';

const folder = folderOfFile();

async function read(content: string, settings: Settings = {}) {
  const file = await openFile(put(folder, 'a.csv', content), settings);
  const records = await readAll(file);
  return { file, rows: shape(records), lines: records.map(({ line }) => line) };
}

describe('separator', () => {
  test.each([
    ['a;b;c', 3],
    ['a,b,c', 3],
    ['a\tb\tc', 3],
    ['a|b|c', 3],
    ['a;b,c;d', 3],
    ['a,b;c', 2],
    ['"a;b",c', 2],
    ['one', 1],
    ['IntegrationID,Name;x;y,integrationidcheck', 3],
    ['IntegrationID,a;b;c;d,IntegrationIDCheck,SicCode,SicTip', 5],
  ])('%s has %i columns', async (header, count) => {
    expect((await read(`${header}\n`)).file.columns).toHaveLength(count);
  });

  test('by setting', async () => {
    expect((await read('a:b;c:d\n1:2;3:4\n', { separator: ':' })).rows).toEqual([['1', '2;3', '4']]);
  });

  test("Excel's sep= line", async () => {
    const { file, rows, lines } = await read('sep=,\r\na,b\r\n1;2,3\r\n');
    expect(file.columns).toEqual(['a', 'b']);
    expect(rows).toEqual([['1;2', '3']]);
    expect(lines).toEqual([3]);
  });

  test('a wrong setting is refused with the one that fits', async () => {
    const path = put(folder, 'wrong.csv', 'a,b,c\n');
    expect((await refusal(openFile(path, { separator: ';' }))).message).toBe(
      'wrong.csv is set to the separator semicolon, but its header line is separated by comma.',
    );
    expect((await refusal(openFile(path, { separator: ';;' }))).code).toBe('config');
  });
});

describe('records', () => {
  test('quotes, doubled quotes, separators and line breaks in cells, empty cells', async () => {
    const { rows, lines } = await read(
      'k;a;b\n1;"x;y";"say ""hi"""\n2;"line one\nline ""two""\r\nthree";\n\n3;5" pipe;a"b"c\n4;"";""""\n',
    );
    expect(rows).toEqual([
      ['1', 'x;y', 'say "hi"'],
      ['2', 'line one\nline "two"\r\nthree', ''],
      ['3', '5" pipe', 'a"b"c'],
      ['4', '', '"'],
    ]);
    expect(lines).toEqual([2, 3, 7, 8]);
  });

  test('nothing is typed or trimmed', async () => {
    expect((await read('k;a;b;c\n0005; 1e3 ;TRUE;\t\n')).rows).toEqual([['0005', ' 1e3 ', 'TRUE', '\t']]);
  });

  test.each([
    ['LF', '\n'],
    ['CRLF', '\r\n'],
    ['CR', '\r'],
    ['CR CR LF', '\r\r\n'],
  ])('%s line ends, blank lines, no end after the last record', async (_, end) => {
    const { file, rows, lines } = await read(['', 'a;b', '1;"2"', '', '', '3;"x""y"'].join(end));
    expect(file.columns).toEqual(['a', 'b']);
    expect(rows).toEqual([
      ['1', '2'],
      ['3', 'x"y'],
    ]);
    expect(lines).toEqual([3, 6]);
    expect(file.place(lines[1] ?? 0)).toBe('line 6');
  });

  test('a line break in a cell of a CR file', async () => {
    expect((await read('a;b\r1;"x\ry\nz"\r2;q"r\r')).rows).toEqual([
      ['1', 'x\ry\nz'],
      ['2', 'q"r'],
    ]);
  });

  test('a header over several lines', async () => {
    const { file, lines } = await read('"a\nb";c\n1;2\n');
    expect(file.columns).toEqual(['a\nb', 'c']);
    expect(lines).toEqual([3]);
  });

  test('the Ctrl-Z at the end of a DOS file is no record', async () => {
    const file = await openFile(put(folder, 'dos.csv', 'a;b\r\n1;2\r\n\x1a'));
    expect(shape(await readAll(file))).toEqual([['1', '2']]);
  });

  test('a header line and rows that end with a separator: a last column without a name', async () => {
    const file = await openFile(put(folder, 'erp.csv', 'a;b;\n1;2;\n3;4\n5;6;7\n8;\n'));
    expect(file.columns).toEqual(['a', 'b']);
    expect(shape(await readAll(file))).toEqual([['1', '2'], ['3', '4'], 'ragged-row', ['8', '']]);
  });

  test('header only', async () => {
    expect((await read('a;b\n')).rows).toEqual([]);
    expect((await read('a;b')).rows).toEqual([]);
  });

  test('more than one batch and more than one chunk', async () => {
    const many = Array.from({ length: 50_000 }, (_, i) => `${i};"ø ${i}\n;";${'x'.repeat(i % 60)}`);
    const { rows, lines } = await read(`a;b;c\n${many.join('\n')}\n`);
    expect(rows).toHaveLength(50_000);
    expect(rows[49_999]).toEqual(['49999', 'ø 49999\n;', 'x'.repeat(49_999 % 60)]);
    expect(lines[49_999]).toBe(2 + 2 * 49_999);
  });

  test('a file can be read again', async () => {
    const file = await openFile(put(folder, 'again.csv', 'a\n1\n2\n'));
    expect(shape(await readAll(file))).toEqual(shape(await readAll(file)));
  });

  test('the layout tells header, separator and encoding apart', async () => {
    const layouts = new Set<string>();
    for (const content of ['a;b\n', 'a;c\n', 'a,b\n', 'b;a\n', '\ufeffa;b\n'])
      layouts.add((await read(content)).file.layout);
    layouts.add((await read('a;b\n', { encoding: 'windows-1252' })).file.layout);
    expect(layouts.size).toBe(5);
  });
});

describe('bad records are data, and the rest goes on', () => {
  test.each([
    ['1;2', '2 cells, but the header has 3.', 'The row was cut'],
    ['1', '1 cell, but the header has 3.', 'The row was cut'],
    ['1;2;3;4', '4 cells, but the header has 3.', 'A cell holds a semicolon and is not quoted'],
    ['1;2;3;', '4 cells, but the header has 3.', 'The row ends with a semicolon too many'],
  ])('ragged: %s', async (record, message, tip) => {
    const file = await openFile(put(folder, 'ragged.csv', `a;b;c\n${record}\n7;8;9\n`));
    const [bad, good] = await readAll(file);
    expect(bad?.parsed).toMatchObject({ ok: false, problem: { code: 'ragged-row', message } });
    expect(bad?.parsed.ok === false && bad.parsed.problem.tip).toContain(tip);
    expect(good?.parsed.ok).toBe(true);
  });

  test('text after a closing quote spoils one record', async () => {
    const { rows } = await read('a;b\n1;"x"y\n2;"z"\n"3"4;"5\n6"\n7;8\n');
    expect(rows).toEqual(['bad-quotes', ['2', 'z'], 'bad-quotes', ['7', '8']]);
  });

  test('blanks after a closing quote are forgiven', async () => {
    expect((await read('a;b\n"1" ;"2" \n3;4')).rows).toEqual([
      ['1', '2'],
      ['3', '4'],
    ]);
  });

  test('a quote that is never closed says how far it went', async () => {
    const file = await openFile(put(folder, 'open.csv', 'a;b\n1;2\n3;"x\n4;5\n6;7\n'));
    const records = await readAll(file);
    expect(shape(records)).toEqual([['1', '2'], 'bad-quotes']);
    expect(records[1]).toMatchObject({
      line: 3,
      parsed: { problem: { message: expect.stringContaining('3 more lines may have been read') } },
    });
  });

  test('a record above 16 MiB ends the reading and names the open quote', async () => {
    const path = put(folder, 'huge.csv', `a;b\n1;2\n"x\ny";"open\n${'filler line\n'.repeat(1_600_000)}`);
    const error = await refusal(readAll(await openFile(path)));
    expect(error.message).toBe(
      'huge.csv: the quote that opens a cell in line 4 is not closed within 16 MiB.',
    );
    const plain = put(folder, 'long.csv', `a;b\n1;2\n${'x'.repeat(18 << 20)}\n`);
    expect((await refusal(readAll(await openFile(plain)))).message).toBe(
      'long.csv, line 3, is longer than 16 MiB.',
    );
  });
});

describe('files that cannot be taken', () => {
  test.each([
    ['nothing at all', ''],
    ['a byte order mark', '\ufeff'],
    ['blank lines', '\r\n  \r\n\n'],
  ])('empty: %s', async (_, content) => {
    const error = await refusal(openFile(put(folder, 'empty.csv', content)));
    expect(error.message).toBe('empty.csv is empty.');
    expect(error.code).toBe('file');
  });

  test.each([
    ['a;b; a ;c', 'bad.csv has the column "a" twice: columns 1 and 3.'],
    ['a;;c', 'bad.csv: column 2 of 3 has no name.'],
    ['a;"b', 'bad.csv, line 1: a quote in the header line is not closed properly.'],
  ])('header %s', async (header, message) => {
    expect((await refusal(openFile(put(folder, 'bad.csv', `${header}\n1;2;3;4\n`)))).message).toBe(message);
  });

  test('no such file, with the nearest name', async () => {
    put(folder, 'companies.csv', 'a\n');
    const error = await refusal(openFile(join(folder, 'compnies.csv')));
    expect(error.message).toBe('compnies.csv does not exist.');
    expect(error.hint).toBe('Did you mean companies.csv?');
    const nowhere = await refusal(openFile(join(folder, 'no', 'such', 'x.csv')));
    expect(nowhere.message).toContain('nor does its folder');
  });

  test('a folder', async () => {
    const inner = join(folder, 'inner');
    mkdirSync(inner);
    expect((await refusal(openFile(inner))).hint).toContain('holds no data file');
    put(inner, 'kunder.csv', 'a\n');
    const error = await refusal(openFile(inner));
    expect(error.message).toBe('inner is a folder.');
    expect(error.hint).toContain('kunder.csv');
  });

  test('a file that changes under our hands', async () => {
    const path = put(folder, 'growing.csv', 'a\n1\n2\n');
    const file = await openFile(path);
    appendFileSync(path, '3\n4');
    expect((await refusal(readAll(file))).message).toBe('growing.csv was changed while it was being read.');
    const swapped = await openFile(path);
    writeFileSync(`${path}.new`, 'b\n1\n2\n3\n4');
    utimesSync(`${path}.new`, new Date(), new Date());
    renameSync(`${path}.new`, path);
    expect((await refusal(readAll(swapped))).code).toBe('file');
  });

  test('a file that grows while its records are read hands out no torn last record', async () => {
    const path = put(folder, 'writing.csv', `a;b\n${'1;22222222222222\n'.repeat(100_000)}3;4`);
    const file = await openFile(path);
    let seen = 0;
    const reading = async () => {
      for await (const batch of file.batches()) {
        if (seen === 0) appendFileSync(path, '4444\n');
        seen += batch.count;
      }
    };
    expect((await refusal(reading())).message).toContain('was changed');
    expect(seen).toBeLessThan(100_000);
  });
});

test.skipIf(process.platform === 'win32')('what cannot be read twice is copied first', async () => {
  const { execFileSync } = await import('node:child_process');
  const { createWriteStream } = await import('node:fs');
  const path = join(folder, 'pipe');
  execFileSync('mkfifo', [path]);
  const writing = createWriteStream(path);
  writing.end('a;b\n1;ø\n');
  const file = await openRecords(path, { separator: null, encoding: null, label: 'pipe' });
  expect(shape(await readAll(file))).toEqual([['1', 'ø']]);
});
