import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutRows } from '../../src/superoffice/cut-rows.ts';

/** The rows that were cut, and the JSON that is left. */
async function cut(text: string, pieceSize = 7) {
  async function* body() {
    const bytes = Buffer.from(text);
    for (let start = 0; start < bytes.length; start += pieceSize)
      yield bytes.subarray(start, start + pieceSize);
  }
  const taken: unknown[] = [];
  const left = await cutRows(body(), row => taken.push(row));
  return { taken, left };
}

const rows = [{ a: 1 }, { a: 'å},{"b":2' }, { a: { b: [{ c: 1 }, { c: 2 }] } }, { a: '"value":[{' }];

test('rows come one by one, and the last one is left with what stands around', async () => {
  const { taken, left } = await cut(JSON.stringify({ 'odata.nextLink': 'x', value: rows, more: true }));
  expect(taken).toEqual(rows.slice(0, -1));
  expect(JSON.parse(left)).toEqual({ 'odata.nextLink': 'x', value: rows.slice(-1), more: true });
});

test.each([
  ['an answer without rows', '{"value":[]}'],
  ['an agent, whose list stands alone', '[{"value":[{"a":1},{"a":2}]}]'],
  ['a list that is nested deeper', '{"of":{"value":[{"a":1},{"a":2}]},"value":[{"a":3},{"a":4}]}'],
  ['JSON with blanks', JSON.stringify({ value: rows }, null, 2)],
  ['a web page', '<html>"value":[{},{}]</html>'],
  ['nothing', ''],
])('%s is left as it is', async (_, text) => {
  expect(await cut(text)).toEqual({ taken: [], left: text });
});

test('what breaks off in the middle is no JSON', async () => {
  const { taken, left } = await cut('{"value":[{"a":1},{"a":2},{"a":');
  expect(taken).toEqual([{ a: 1 }, { a: 2 }]);
  expect(() => JSON.parse(left)).toThrow(SyntaxError);
});

test('whatever the rows hold and wherever the pieces end, nothing is lost or changed', async () => {
  const anyRow = fc.dictionary(fc.string(), fc.jsonValue());
  await fc.assert(
    fc.asyncProperty(fc.array(anyRow), fc.integer({ min: 1, max: 40 }), async (value, pieceSize) => {
      const sent = JSON.parse(JSON.stringify({ head: 1, value }));
      const { taken, left } = await cut(JSON.stringify(sent), pieceSize);
      const remaining = JSON.parse(left);
      expect({ ...remaining, value: [...taken, ...remaining.value] }).toEqual(sent);
    }),
  );
});
