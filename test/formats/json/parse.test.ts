import { describe, expect, test } from 'vitest';
import { decoder } from '../../../src/formats/decode.ts';
import { jsonParser } from '../../../src/formats/json/parse.ts';
import type { Problem } from '../../../src/problems/problem.ts';

const parse = jsonParser(decoder('utf-8', 'JSON'));

function parsed(record: string | Buffer) {
  const [result] = parse([Buffer.from(record)]);
  if (!result) throw new Error('a record without a result');
  return result;
}

function cells(record: string): Record<string, unknown> {
  const result = parsed(record);
  return result.ok ? Object.fromEntries(result.cells) : { problem: result.problem.message };
}

function problem(record: string | Buffer): Problem {
  const result = parsed(record);
  if (result.ok) throw new Error('it was taken');
  return result.problem;
}

describe('numbers are not damaged', () => {
  test.each([
    ['0', 0],
    ['-0', -0],
    ['42', 42],
    ['-1.50', -1.5],
    ['1e3', 1000],
    ['1E-7', 1e-7],
    ['123456789012345', 123456789012345],
    ['9007199254740991', 9007199254740991],
    ['9007199254740993', '9007199254740993'],
    ['12345678901234567890', '12345678901234567890'],
    ['-12345678901234567890', '-12345678901234567890'],
    ['100000000000000000000', 100000000000000000000],
    ['1000000000000000000000', '1000000000000000000000'],
    ['0.1000000000000000055', 0.1],
    ['55.67609812345678901', 55.67609812345679],
    ['1e400', '1e400'],
    ['1.5E+10', '1.5E+10'], // a key that a spreadsheet has shortened: the mapping tells it by its looks
  ])('%s', (source, expected) => {
    expect(cells(`{"before":1,"n" : ${source} ,"behind":"${source}"}`)).toEqual({
      before: 1,
      n: expected,
      behind: source,
    });
  });
});

describe('lists', () => {
  test.each([
    ['[]', ''],
    ['["A"]', 'A'],
    ['[ "A" , "B,]" ,"\\u00e6" ]', 'A|B,]|æ'],
    ['[1,2.5,12345678901234567890]', '1|2.5|12345678901234567890'],
  ])('%s', (list, expected) => {
    expect(cells(`{"a":"x","Interests":${list},"b":1}`)).toEqual({ a: 'x', Interests: expected, b: 1 });
  });

  test.each(['["A|B"]', '[["A"]]', '[{"a":1}]', '[null]', '["A",true]'])('%s cannot be joined', list => {
    expect(problem(`{"a":"x","Interests":${list}}`)).toMatchObject({
      field: 'Interests',
      code: 'nested-value',
      value: list,
      message: 'The value is a list of more than plain texts and numbers.',
    });
  });
});

test('an object as a value', () => {
  expect(problem('{"a":1,"Address":{"City":"Oslo"}}')).toEqual({
    field: 'Address',
    value: '{"City":"Oslo"}',
    code: 'nested-value',
    message: 'The value is an object, but a property holds one plain value.',
    tip: 'Write each value of the inner object as a property of the record itself.',
  });
});

test.each(['{"a":1,"b":2,"a":1}', '{"a":1,"b":2,"\\u0061":3}', '{"a":[],"a":[]}'])(
  'a property twice: %s',
  record => {
    expect(problem(record)).toMatchObject({
      field: 'a',
      code: 'duplicate-property',
      message: 'The property stands twice in the record.',
    });
  },
);

test('half a character', () => {
  expect(cells('{"a":"\\ud83d\\ude00"}')).toEqual({ a: '😀' });
  expect(problem('{"a":"x\\uD83D"}')).toMatchObject({
    field: 'a',
    code: 'bad-encoding',
    message: 'The text holds half a character: "x\\ud83d".',
  });
});

describe('records that are no JSON objects say where and why', () => {
  test.each([
    ['{"a":1 "b":2}', 'a comma is missing, at character 8: "b":2}'],
    ['{"a":"5" pipe"}', 'there is more behind a closing quote, at character 10: pipe"}'],
    ['{"a" 1}', 'a colon is missing, at character 6: "1}"'],
    ['{"a":,"b":2}', 'a value is missing, at character 6: ,"b":2}'],
    ['{"a":1,}', 'a comma has nothing behind it, at character 8: "}"'],
    ['{a:1}', 'a property name in double quotes is missing, at character 2: "a:1}"'],
    ["{'a':1}", 'a property name in double quotes is missing, at character 2: "\'a\':1}"'],
    ['{"a":NaN}', 'this is no JSON value, at character 6: "NaN}"'],
    ['{"a":True}', 'this is no JSON value, at character 6: "True}"'],
    ['{"a":1.}', 'this is no JSON number, at character 6: "1.}"'],
    ['{"a":01}', 'a comma is missing, at character 7: "1}"'],
    ['{"a":"C:\\Temp"}', 'a text holds a single backslash, at character 6: "C:\\Temp"}'],
    ['{"a":"\\u12"}', 'a text holds a single backslash, at character 6: "\\u12"}'],
    ['{"a":"x\ty"}', 'a text holds a tab or control character, at character 6: "x\ty"}'],
    ['{"a":"x\ny"}', 'a text is not closed on its line, at character 6: "x'],
    ['{"a":1,\n "b":"x" /* why */}', 'there is a comment, at character 10 of its line 2: "/* why */}"'],
    ['{"a":1} {"b":2}', 'there is more behind the end, at character 9: {"b":2}'],
    ['abc', 'this is no JSON value, at character 1: "abc"'],
    ['{"a":[1}', 'this bracket closes one of the other kind, at character 8: "}"'],
  ])('%j', (record, message) => {
    const found = problem(record);
    expect(found).toMatchObject({
      field: null,
      code: 'bad-json',
      message: `The record is no valid JSON: ${message}.`,
    });
    expect(found.tip).not.toBe('');
  });

  test.each([
    ['[1,2]', 'The record is a list, not an object.'],
    ['"x"', 'The record is a text, not an object.'],
    ['42', 'The record is 42, not an object.'],
    ['null', 'The record is null, not an object.'],
    ['{"a":1,"b":"te', 'The record was cut: it ends before its closing }.'],
    ['{"a":1', 'The record was cut: it ends before its closing }.'],
  ])('%j', (record, message) => {
    expect(problem(record)).toMatchObject({ field: null, code: 'bad-json', message });
  });

  test('however deep', () => {
    expect(problem(`{"a":${'['.repeat(200_000)}`).message).toBe(
      'The record is nested more than 100 levels deep.',
    );
    const good = `{"a":${'['.repeat(200_000)}${']'.repeat(200_000)}}`;
    expect(problem(good).message).toBe('The record is nested more than 100 levels deep.');
    expect(problem(`{"a":${'['.repeat(50)}`).message).toContain('was cut');
  });

  test('bytes that are no UTF-8', () => {
    expect(problem(Buffer.from('{"a":"\xe6"}', 'latin1')).code).toBe('bad-encoding');
  });
});
