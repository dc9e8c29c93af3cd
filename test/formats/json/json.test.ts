import { appendFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { encodingByName } from '../../../src/formats/encoding-names.ts';
import { findInputFile } from '../../../src/formats/input-file.ts';
import { openJson } from '../../../src/formats/json/json-file.ts';
import { folderOfFile } from '../../support/folders.ts';
import { refusal } from '../../support/refusal.ts';
import { put, readAll } from '../files.ts';
import { openAt, openText, readText } from './files.ts';

const folder = folderOfFile();
const read = (content: string | Uint8Array) => readText(folder, 'a.json', content);
const refused = (content: string | Uint8Array) => refusal(openText(folder, 'a.json', content));

describe('a JSON document', () => {
  test('whose one property is the datatype', async () => {
    const { file, rows, places } = await read('{"Company":[{"a":"1","b":"x"},\n {"a":"2","b":"y"}]}\n');
    expect(file).toMatchObject({ format: 'json', datatype: 'Company', columns: ['a', 'b'], warnings: [] });
    expect(rows).toEqual([
      { a: '1', b: 'x' },
      { a: '2', b: 'y' },
    ]);
    expect(places).toEqual(['/Company/0', '/Company/1']);
  });

  test('that is a bare list', async () => {
    const { file, rows, places } = await read('[{"a":1},{"a":2}]');
    expect(file.datatype).toBeNull();
    expect(rows).toEqual([{ a: 1 }, { a: 2 }]);
    expect(places).toEqual(['/0', '/1']);
  });

  test.each([
    ['[]', null],
    [' [ \r\n ] ', null],
    ['{"Sale":[]}', 'Sale'],
  ])('without records: %s', async (content, datatype) => {
    const { file, rows } = await read(content);
    expect(file).toMatchObject({ datatype, columns: [] });
    expect(rows).toEqual([]);
  });

  test('values keep their type, and nothing is trimmed', async () => {
    const { rows } = await read('[{"t":" 0005 ","n":-1.50,"e":1e3,"y":true,"x":false,"z":null,"s":""}]');
    expect(rows).toEqual([{ t: ' 0005 ', n: -1.5, e: 1000, y: true, x: false, z: null, s: '' }]);
  });

  test('columns: all names in the order of their first use, by what they mean', async () => {
    const { file, rows } = await read('[{"a":1},{"b":2,"N\\u0061me":3},{"Name":4,"a":5},{},{"c":6,"b":7}]');
    expect(file.columns).toEqual(['a', 'b', 'Name', 'c']);
    expect(rows).toEqual([{ a: 1 }, { b: 2, Name: 3 }, { Name: 4, a: 5 }, {}, { c: 6, b: 7 }]);
  });

  test('names that begin alike, hold quotes, or are empty', async () => {
    const record = { a: 1, ab: 2, abc: 3, 'a"': 4, 'a\\': 5, '': 6, æ: 7, __proto__x: 8 };
    const { file, rows } = await read(JSON.stringify([record, record]));
    expect(file.columns).toEqual(Object.keys(record));
    expect(rows).toEqual([record, record]);
  });

  test('a property named __proto__ is a property', async () => {
    const { file, records } = await read('[{"__proto__":"x","a":"1"}]');
    expect(file.columns).toEqual(['__proto__', 'a']);
    const [first] = records;
    expect(first?.parsed.ok && first.parsed.cells.get('__proto__')).toBe('x');
  });

  test('the names of a broken record are no columns', async () => {
    const { file, rows } = await read('[{"a":1},{"b":2 "c":3},{"d":{"e":4}}]');
    expect(file.columns).toEqual(['a', 'd']);
    expect(rows).toEqual([{ a: 1 }, 'bad-json', 'nested-value']);
  });

  test('odd names of the datatype make good pointers', async () => {
    const { file, places } = await read('{"A\\u002fB~":[{"a":1}]}');
    expect(file.datatype).toBe('A/B~');
    expect(places).toEqual(['/A~1B~0/0']);
  });

  test('more than one batch and more than one chunk, and again', async () => {
    const all = Array.from({ length: 50_000 }, (_, i) => ({ k: `C-${i}`, t: `"ø", {[ ${i}`, n: i % 7 }));
    const { file, rows, places } = await read(JSON.stringify({ Company: all }, null, 1));
    expect(rows).toEqual(all);
    expect(places[49_999]).toBe('/Company/49999');
    expect(await readAll(file)).toHaveLength(50_000);
  });

  test('the layout leaves the bytes of a record to speak for themselves', async () => {
    const layouts = new Set<string>();
    for (const content of ['[{"a":1}]', '[{"b":1}]', '{"Company":[]}', '\ufeff[]'])
      layouts.add((await read(content)).file.layout);
    expect(layouts.size).toBe(1);
  });

  test('too many names are data', async () => {
    const many = Object.fromEntries(Array.from({ length: 2001 }, (_, i) => [`key ${i}`, i]));
    const error = await refused(JSON.stringify([many]));
    expect(error.message).toContain('more than 2000 different properties');
    expect(error.message).toContain('"key 2000"');
  });
});

describe('a broken record', () => {
  test.each([
    ['a quote too many', '{"a":"5" pipe"}'],
    ['a quote too few', '{"a":"x}'],
    ['a quote too few before a name', '{"a:1,"b":2}'],
    ['a wrong bracket', '{"a":[1}'],
    ['a brace too few', '{"a":{"b":1}'],
    ['words', '{"a":x}'],
    ['a line break in a text', '{"a":"x\ny"}'],
    ['a tab in a text', '{"a":"x\ty"}'],
  ])('on a line of its own spoils no other: %s', async (_, record) => {
    const lines = ['{"a":"1"}', record, '{"a":"2"}', record].join(',\n');
    for (const content of [`[\n${lines}\n]`, `{"C":[${lines.replaceAll('\n', '\r\n')}\r\n] }`]) {
      const { file, rows } = await read(content);
      expect(file.columns).toEqual(['a']);
      expect(rows).toEqual([{ a: '1' }, 'bad-json', { a: '2' }, 'bad-json']);
    }
  });

  test('is never seen in good JSON over many lines', async () => {
    const record = { a: '"},\n{"', b: [{}, {}], c: [[{ d: '}' }], { e: 1 }] };
    const cut = JSON.stringify([record, record], null, 0).replaceAll('},{', '},\n{');
    expect(JSON.parse(cut)).toEqual([record, record]);
    expect((await read(cut)).rows).toEqual(['nested-value', 'nested-value']);
  });

  test('a hundred thousand of them are no trouble', async () => {
    const lines = '{"a":"5" pipe"},\n'.repeat(100_000);
    const { rows } = await read(`[{"a":1},\n${lines}{"a":2}]`);
    expect(rows).toHaveLength(100_002);
    expect(rows.at(-1)).toEqual({ a: 2 });
  });
});

describe('encodings', () => {
  const text = '{"Company":[{"Name":"Sæther 日本 😀"}]}';
  test.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with mark', Buffer.from(`\ufeff${text}`)],
    ['UTF-16LE with mark', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16BE with mark', Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
  ])('%s', async (_, bytes) => {
    const { file, rows } = await read(bytes);
    expect(file.datatype).toBe('Company');
    expect(rows).toEqual([{ Name: 'Sæther 日本 😀' }]);
  });

  test('other encodings are refused with advice', async () => {
    const error = await refused(Buffer.from('[{"Name":"S\xe6ther"}]', 'latin1'));
    expect(error.message).toContain('is not UTF-8: line 1');
    expect(error.hint).toContain('UTF-8');
    expect(error.hint).not.toContain('"csv"');
    const input = await findInputFile(put(folder, 'w.json', '[]'), 'w.json');
    const set = await refusal(openJson('w.json', input, { encoding: encodingByName('windows-1252') }));
    expect(set.message).toBe('w.json is set to Windows-1252, but JSON is read as UTF-8 or UTF-16 only.');
    expect(set.hint).toContain('Remove "encoding"');
  });

  test('text that was turned into UTF-8 twice is told', async () => {
    const file = await openText(folder, 'a.json', '[{"Name":"SÃ¦ther"}]');
    expect(file.warnings?.[0]).toContain('turned into UTF-8 twice');
  });
});

describe('files that cannot be taken', () => {
  test.each([
    ['', 'a.json is empty.'],
    [' \r\n', 'a.json is empty.'],
    ['hello', 'a.json is not JSON: it begins with "hello".'],
    ['// x\n[]', 'a.json is not JSON: it begins with "// x".'],
    ['42', 'a.json is not JSON: it begins with "42".'],
    ["{'Company':[]}", `line 1 (byte 1): "'Company':[]}" stands where the name of the datatype should.`],
    ['{}', 'line 1 (byte 1): "}" stands where the name of the datatype should.'],
    ['{"a\\x":[]}', '"a\\x":[]} stands where the name of the datatype should.'],
    ['{"Company" [', 'line 1 (byte 11): "[" stands where the colon behind "Company" should.'],
    ['{"a":1,"b":2}', '"a" holds a number where the list of records should stand.'],
    ['{"a":"1"}\n{"a":"2"}', '"a" holds a text where the list of records should stand.'],
    ['{"Company":{"a":1}}', '"Company" holds an object where the list of records should stand.'],
    ['{"Company":null}', '"Company" holds "null}" where the list of records should stand.'],
    ['{"A":[],\n"B":[]}', 'line 1 (byte 7): behind the list of "A" there is a second property: ",".'],
    ['{"A":[] "B":[]}', 'stands where the closing } should'],
    ['[{"a":1}]\n[{"a":2}]', 'line 2 (byte 10): there is more behind the end of the JSON: [{"a":2}].'],
    ['{"A":[]}x', 'there is more behind the end of the JSON: "x".'],
    ['[{"a":1},\n]', 'line 2 (byte 10): "]" stands where a record should.'],
    ['[,{"a":1}]', ',{"a":1}] stands where a record should.'],
    ['[{"a":1},,{"a":2}]', 'stands where a record should'],
    ['[{"a":1}\n{"a":2}]', 'line 2 (byte 9): {"a":2}] stands where a comma or ] behind /0 should.'],
    ['{"C":[{"a":1}}', '"}" stands where a comma or ] behind /C/0 should.'],
  ])('%j', async (content, message) => {
    const error = await refused(content);
    expect(error.code).toBe('file');
    expect(error.message).toContain(message);
    expect(error.hint).not.toBeNull();
  });

  test.each([
    ['[', 'a.json ends before the first record, or the ] of an empty list.'],
    ['{', 'a.json ends before the list of records.'],
    ['{"Comp', 'a.json ends before the list of records.'],
    ['{"Company"', 'a.json ends before the list of records.'],
    ['{"Company":', 'a.json ends before the list of records.'],
    ['{"C":[{"a":1}', 'a.json ends before the comma or ] behind /C/0.'],
    ['{"C":[{"a":1},', 'a.json ends before the record /C/1.'],
    ['{"C":[{"a":1}]', 'a.json ends before the closing }.'],
    ['[{"a":1},\n{"a":"tex', 'a.json ends in the middle of the record /1, which begins in line 2 (byte 10).'],
    ['[{"a":1},{"a', 'a.json ends in the middle of the record /1, which begins in line 1 (byte 9).'],
    ['[{"a":1},{"a":tr', 'a.json ends in the middle of the record /1, which begins in line 1 (byte 9).'],
    ['[{"a":1},{"a":"x\\', 'a.json ends in the middle of the record /1, which begins in line 1 (byte 9).'],
  ])('cut off: %j', async (content, message) => {
    const error = await refused(content);
    expect(error.message).toBe(message);
    expect(error.hint).toContain('cut off');
  });

  test('cut off at any place', async () => {
    const whole = '{"Company": [ {"a":"x\\"", "b":[1,{}]} , {"c":null} ] }';
    const bytes = Buffer.from(whole);
    for (let length = 0; length < bytes.length; length++) {
      const error = await refused(bytes.subarray(0, length));
      expect(error.message).toMatch(/ ends | is empty/);
    }
  });

  test.each([
    // A quote inside a text that is not escaped: all texts from there on would be turned inside out.
    [
      '[{"a":1},\n{"a":"5" pipe","b":2}, {"a":3}]',
      2,
      'the record /1',
      'there is more behind a closing quote, at pipe","b":2}, {"a":3}].',
    ],
    [
      '[{"a":"x,"b":1},{"a":2}]',
      1,
      'the record /0',
      'there is more behind a closing quote, at b":1},{"a":2}].',
    ],
    ['[{"a":1},\n{"a":[1}]', 2, 'the record /1', 'this bracket closes one of the other kind, at "}]"'],
  ])('a record whose end cannot be told: %j', async (content, line, place, what) => {
    const { message } = await refused(content);
    expect(message).toContain(`a.json, line ${line} (byte `);
    expect(message).toContain(place);
    expect(message).toContain(what);
  });

  test('a quote that is never closed in a record without end', async () => {
    const error = await refused(`[{"a":1},{"a":"5" pipe"},${'{"a":"x"},'.repeat(2_000_000)}{"a":"y"}]`);
    expect(error.message).toContain('there is more behind a closing quote, at pipe"},{"a":"x"},');
  });

  test('200,000 levels of nesting', async () => {
    const deep = '['.repeat(200_000) + ']'.repeat(200_000);
    expect((await refused(deep)).message).toBe(
      'a.json, line 1 (byte 1): the record /0 is nested more than 100 levels deep.',
    );
    expect((await refused(`{"Company":[{"a":1},\n{"b":${deep}}]}`)).message).toContain(
      'record /Company/1 is nested',
    );
    expect((await refused('{"a":'.repeat(200_000))).message).toContain('holds an object');
  });

  test('a record above 16 MiB', async () => {
    const error = await refused(`{"Company":[{"a":1},\n{"a":"${'x'.repeat(18 << 20)}"}]}`);
    expect(error.message).toBe('a.json, line 2 (byte 21), /Company/1: the record is longer than 16 MiB.');
    const allowed = 'x'.repeat(15 << 20);
    expect((await read(`[{"a":"${allowed}"}]`)).rows).toEqual([{ a: allowed }]);
  });

  test('where no record can be read, the first one says why', async () => {
    const error = await refused("[{'a':1},{'a':2}]");
    expect(error.message).toBe(
      'a.json holds no record that can be read. /0: The record is no valid JSON: a property name in double quotes is missing, at character 2: "\'a\':1}".',
    );
  });

  test('no text at all', async () => {
    const zero = `[{"a":"${'x'.repeat(100)}\0"}]`;
    expect((await refused(zero)).message).toContain('zero byte in line 1');
    expect((await refused('%PDF-1.4 …')).message).toContain('a PDF');
    expect((await refused('<html><body>Sign in</body></html>')).message).toContain('a web page');
  });

  test('a file that changes under our hands', async () => {
    const path = put(folder, 'growing.json', '[{"a":1}]');
    const file = await openAt(path);
    appendFileSync(path, ']');
    expect((await refusal(readAll(file))).message).toBe('growing.json was changed while it was being read.');
  });

  test('a file that is cut while its records are read is told as changed', async () => {
    const path = put(folder, 'writing.json', `[${'{"a":"22222222222222"},'.repeat(100_000)}{}]`);
    const file = await openAt(path);
    const reading = async () => {
      for await (const batch of file.batches()) if (batch.count > 0) writeFileSync(path, '[{"a":"2');
    };
    expect((await refusal(reading())).message).toContain('was changed');
  });
});
