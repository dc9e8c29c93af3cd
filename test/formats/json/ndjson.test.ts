import { describe, expect, test } from 'vitest';
import { folderOfFile } from '../../support/folders.ts';
import { refusal } from '../../support/refusal.ts';
import { openText, readText } from './files.ts';

const folder = folderOfFile();
const read = (content: string | Uint8Array) => readText(folder, 'a.ndjson', content);
const refused = (content: string) => refusal(openText(folder, 'a.ndjson', content));

describe('NDJSON', () => {
  test('one record per line, whatever its end; blank lines are passed over', async () => {
    const { file, rows, places } = await read('\n{"a":1}\r\n  \n {"b":"x","a":null} \n\r\n{"a":2}');
    expect(file).toMatchObject({ format: 'ndjson', datatype: null, columns: ['a', 'b'] });
    expect(rows).toEqual([{ a: 1 }, { b: 'x', a: null }, { a: 2 }]);
    expect(places).toEqual(['line 2', 'line 4', 'line 6']);
  });

  test('with a byte order mark, and in UTF-16', async () => {
    const text = '\ufeff{"a":"æ"}\n{"a":"日"}\n';
    expect((await read(text)).rows).toEqual([{ a: 'æ' }, { a: '日' }]);
    expect((await read(Buffer.from(text, 'utf16le'))).rows).toEqual([{ a: 'æ' }, { a: '日' }]);
  });

  test('a broken line spoils no other', async () => {
    const { file, rows, records } = await read(
      ['{"a":1}', '{"a":"open}', '{"a":2}', '{"a":3},', '7', '{"a":{}}', '{"b', '{"a":4}', '{"a":"cu'].join(
        '\n',
      ),
    );
    expect(file.columns).toEqual(['a']);
    expect(rows).toEqual([
      { a: 1 },
      'bad-json',
      { a: 2 },
      'bad-json',
      'bad-json',
      'nested-value',
      'bad-json',
      { a: 4 },
      'bad-json',
    ]);
    const last = records.at(-1)?.parsed;
    expect(last?.ok === false && last.problem.message).toBe(
      'The record was cut: it ends before its closing }.',
    );
  });

  test('more than one batch and more than one chunk', async () => {
    const all = Array.from({ length: 30_000 }, (_, i) => ({ k: `C-${i}`, t: 'ø'.repeat(i % 60) }));
    const { rows, places } = await read(all.map(record => JSON.stringify(record)).join('\r\n'));
    expect(rows).toEqual(all);
    expect(places[29_999]).toBe('line 30000');
  });

  test('the bytes of a record mean the same in JSON and in NDJSON', async () => {
    const { file } = await read('{"a":1}');
    expect(file.layout).toBe((await readText(folder, 'a.json', '[{"a":1}]')).file.layout);
  });
});

describe('files that cannot be taken', () => {
  test.each(['', '\n \r\n\n'])('empty: %j', async content => {
    expect((await refused(content)).message).toBe('a.ndjson is empty.');
  });

  test.each([
    '[\n{"a":1},\n{"a":2}\n]',
    '[{"a":1},{"a":2}]',
    '{\n "a": 1\n}',
    '{"Company":\n[]}',
    '{ "Company": [\n{"a":1}\n]}',
    '{"Company":[{"a":1}]}',
    '{"Company":[]}',
  ])('a JSON document: %j', async content => {
    const error = await refused(content);
    expect(error.message).toBe(
      'a.ndjson is no NDJSON: its first line begins a list or an object of several lines.',
    );
    expect(error.hint).toContain('name it .json');
  });

  test('a line above 16 MiB', async () => {
    const error = await refused(`{"a":1}\n\n{"a":"${'x'.repeat(18 << 20)}"}\n`);
    expect(error.message).toBe('a.ndjson, line 3: the record is longer than 16 MiB.');
  });

  test('where no record can be read, the first one says why', async () => {
    const error = await refused('\nkey;name\n1;x\n');
    expect(error.message).toContain(
      'a.ndjson holds no record that can be read. line 2: The record is no valid JSON',
    );
  });
});
