import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withoutComments } from '../../src/config/comments.ts';
import { excerpt, placeOf } from '../../src/config/excerpt.ts';
import { parseJsonText } from '../../src/config/json-text.ts';

test('reads what JSON.parse reads', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.nat(4), (value, indent) => {
      const text = JSON.stringify(value, null, indent);
      const parsed = parseJsonText(text);
      // JSON.parse, not `value`: -0 is written as 0.
      expect(parsed).toMatchObject({ ok: true, value: JSON.parse(text) });
    }),
  );
});

test('accepts nothing that JSON.parse refuses', () => {
  const jsonish = fc.string({ unit: fc.constantFrom(...'{}[]:,"\\ntrue1.-e0 \t'), maxLength: 12 });
  fc.assert(
    fc.property(jsonish, text => {
      if (!parseJsonText(text).ok) return;
      expect(() => JSON.parse(text)).not.toThrow();
    }),
    { numRuns: 2000 },
  );
});

test('comments count as spaces, wherever they stand', () => {
  const comment = fc.constantFrom('// "x": {\n', '/* , ] */', '/**/', '/* "\n// */', '//\r\n', '');
  fc.assert(
    fc.property(fc.jsonValue(), fc.infiniteStream(comment), (value, comments) => {
      const pieces = JSON.stringify(value).split(/("(?:[^"\\]|\\.)*"|[[\]{}:,])/);
      const commented = pieces.map(piece => `${comments.next().value}${piece}`).join('');
      const spaced = withoutComments(commented);
      expect(parseJsonText(commented)).toEqual(parseJsonText(spaced));
      expect(parseJsonText(commented)).toMatchObject({ ok: true, value: JSON.parse(JSON.stringify(value)) });
      expect(spaced.length).toBe(commented.length);
    }),
  );
});

test('what looks like a comment inside a text is none', () => {
  const text = '{"a": "https://x/*y*/", "b\\\\": "//"}';
  expect(withoutComments(text)).toBe(text);
  expect(parseJsonText(text)).toMatchObject({ value: { a: 'https://x/*y*/', 'b\\': '//' } });
});

test('knows where values stand', () => {
  const parsed = parseJsonText('{\n  "a/b": [1,\n    {"c": 2}]\n}');
  expect(parsed.ok && [...parsed.places]).toEqual([
    ['', 0],
    ['/a~1b', 4],
    ['/a~1b/0', 12],
    ['/a~1b/1', 19],
    ['/a~1b/1/c', 20],
  ]);
});

test.each([
  ['', '1:1', 'the file is empty'],
  ['{ # prod\n}', '1:3', 'there is a comment that begins with #'],
  ['{ // "a"\n "b" 2 }', '2:6', 'a colon is missing after "b"'],
  ['{ "a": 1, /* x', '1:11', 'this comment is never closed'],
  ['{ "a": 1 } /*/', '1:12', 'this comment is never closed'],
  ['/* { } */', '1:1', 'the file is empty'],
  ['{ "a": 1, // "b": 2\n}', '1:9', 'this comma is followed by }'],
  ['{ "a": 1 / 2 }', '1:9', 'a comma or } is missing here'],
  ['{\n  "a": 1,\n}', '2:9', 'this comma is followed by }'],
  ['[1,\n2,]', '2:2', 'this comma is followed by ]'],
  ['{\n  "a": 1\n  "b": 2\n}', '2:9', 'a comma or } is missing here'],
  ['{ "a" 1 }', '1:7', 'a colon is missing after "a"'],
  ['{ a: 1 }', '1:3', 'a name in double quotes is missing here'],
  ["{ 'a': 1 }", '1:3', 'a name in double quotes is missing here'],
  ['{ "a": \'x\' }', '1:8', 'text stands in single quotes'],
  ['{ "a": "x\n}', '1:8', 'this text is not closed'],
  ['{ "a": "C:\\Data" }', '1:11', 'there is a single backslash inside a text'],
  ['{ "a": True }', '1:8', 'this word is written with capitals'],
  ['{ "a": , }', '1:8', 'a value is missing here'],
  ['{ "a": 01 }', '1:8', 'a value is missing here'],
  ['{ "a": ', '1:8', 'the file ends where a value should stand'],
  ['{ "a": { "b": 1 ', '1:8', 'the file ends before this { is closed'],
  ['{ "a": 1, "a": 2 }', '1:11', '"a" stands twice in the same place'],
  ['{} {}', '1:4', 'there is more after the end of the config'],
  ['{ "a": "x" # y\n}', '1:12', 'there is a comment that begins with #'],
  ['{ "a": [1, 2', '1:8', 'the file ends before this [ is closed'],
  ['{ "a" ', '1:7', 'a colon is missing after "a"'],
  ['{ "a": "\t" }', '1:9', 'there is a tab or control character inside a text'],
])('%j', (text, place, message) => {
  const parsed = parseJsonText(text);
  if (parsed.ok) expect.unreachable();
  else {
    const { line, column } = placeOf(text, parsed.fault.offset);
    expect(`${line}:${column} ${parsed.fault.message}`).toBe(`${place} ${message}`);
  }
});

test('brackets without end', () => {
  expect(parseJsonText('['.repeat(100_000))).toMatchObject({
    fault: { offset: 101, message: 'brackets are nested too deeply' },
  });
  expect(parseJsonText('['.repeat(100) + ']'.repeat(100)).ok).toBe(true);
});

test('the excerpt points at the place', () => {
  const text = '{\n  "a": 1\n  "b": 2\n}';
  expect(excerpt(text, 10)).toBe('1 | {\n2 |   "a": 1\n  |         ^');
});

test.each([
  '{\n "auth": { "password": "hunter2" "x": 1 }\n}',
  '{\n "password":\n "hunter2" "x"\n}',
  "{\n password: 'hunter2'\n}",
  '{\n "password" "hunter2"\n}',
  '{\n "clientSecret": hunter2\n}',
  '{\n "password": // here:\n "hunter2" "x"\n}',
  '{\n // it was hunter2\n "password" 1\n}',
  '{ "pasword": "hunter2"; }',
])('an excerpt shows no secret: %j', text => {
  const parsed = parseJsonText(text);
  if (parsed.ok) expect.unreachable();
  else {
    expect(excerpt(text, parsed.fault.offset)).not.toContain('hunter2');
    expect(parsed.fault.message + parsed.fault.hint).not.toContain('hunter2');
  }
});

test('a fault far to the right stays in view', () => {
  const text = `{ "a": "${'x'.repeat(300)}" "b": 1 }`;
  const lines = excerpt(text, 309).split('\n');
  expect(lines[0]?.length).toBeLessThan(110);
  expect((lines[1] ?? '').indexOf('^')).toBeLessThan(110);
});
