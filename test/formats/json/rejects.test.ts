import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { RecordFile } from '../../../src/formats/record.ts';
import { rejectColumns } from '../../../src/formats/reject-columns.ts';
import { folderOfFile } from '../../support/folders.ts';
import { readAll } from '../files.ts';
import { objects, openAt, openText } from './files.ts';

const folder = folderOfFile();
const extra = ['too-long', 'Name', 'a "b"\n', '/Company/11', 'Too long – €.', 'Shorten it.'];
const added = Object.fromEntries(rejectColumns.map((name, i) => [name, extra[i]]));
const tail = JSON.stringify(added).slice(1);

/** Writes every record of a file into a reject file. */
async function rejectAll(file: RecordFile, name: string, cells = extra): Promise<string> {
  const path = join(folder, name);
  const writer = file.rejects(path, rejectColumns);
  for (const { raw } of await readAll(file)) writer.write(raw, cells);
  await writer.close();
  return path;
}

describe('a reject file', () => {
  test('has the shape of the input, one record per line', async () => {
    const input = await openText(
      folder,
      'in.json',
      '\ufeff{"Company": [ {\r\n  "a" : 12345678901234567890 ,\r\n  "b": "x\\u00e6\\n"\r\n}, {}, {"c":[1,\n2]} ] }',
    );
    const path = await rejectAll(input, 'out.json');
    expect(readFileSync(path, 'utf8')).toBe(
      [
        '{"Company":[',
        `{"a" : 12345678901234567890,"b": "x\\u00e6\\n",${tail},`,
        `{${tail},`,
        `{"c":[1, 2],${tail}`,
        ']}',
        '',
      ].join('\n'),
    );
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const again = await openAt(path);
    expect(again).toMatchObject({ datatype: 'Company', columns: ['a', 'b', ...rejectColumns, 'c'] });
    expect(objects(await readAll(again))).toEqual([
      { a: '12345678901234567890', b: 'xæ\n', ...added },
      added,
      { c: '1|2', ...added },
    ]);
  });

  test('of a bare list, of NDJSON, and of nothing', async () => {
    const list = await rejectAll(await openText(folder, 'in.json', '[{"a":1},{"a":2}]'), 'list.json');
    expect(readFileSync(list, 'utf8')).toBe(`[\n{"a":1,${tail},\n{"a":2,${tail}\n]\n`);
    const lines = await rejectAll(
      await openText(folder, 'in.ndjson', '\ufeff{"a":1}\r\n\r\n{"a":2}'),
      'l.ndjson',
    );
    expect(readFileSync(lines, 'utf8')).toBe(`{"a":1,${tail}\n{"a":2,${tail}\n`);
    const none = await rejectAll(await openText(folder, 'in.json', '{"Sale":[]}'), 'none.json');
    expect(JSON.parse(readFileSync(none, 'utf8'))).toEqual({ Sale: [] });
  });

  test('its own properties are replaced and not doubled', async () => {
    const input = await openText(folder, 'in.json', '[{"SicCode":"old","a":1,"Sic\\u0054ip":"old","b":2}]');
    const first = await rejectAll(input, 'first.json');
    expect(readFileSync(first, 'utf8')).toBe(`[\n{"a":1,"b":2,${tail}\n]\n`);
    const second = await rejectAll(await openAt(first), 'second.json');
    expect(readFileSync(second, 'utf8')).toBe(readFileSync(first, 'utf8'));
  });

  test.each([
    ['in.json', '[{"a":1},{"a":"x" "b\\n":2},\n42,{"a":1,"a":2}]', 3],
    ['in.ndjson', '{"a":1}\n{"a":"x" "b\\n":2}\n42\n{"a":1,"a":2}\n', 3],
  ])(
    '%s: a record that is no JSON object stands in it as a text, and is still broken',
    async (name, content) => {
      const path = await rejectAll(await openText(folder, name, content), `broken-${name}`);
      const again = await openAt(path);
      expect(again.columns).toEqual(['a', ...rejectColumns]);
      const records = await readAll(again);
      expect(objects(records)).toEqual([{ a: 1, ...added }, 'bad-json', 'bad-json', 'duplicate-property']);
      expect(JSON.parse(String(records[1]?.raw))).toEqual({ SicRecord: '{"a":"x" "b\\n":2}', ...added });
      expect(records[1]?.parsed).toMatchObject({
        problem: {
          message:
            'The record still stands in SicRecord as a text. The record is no valid JSON: a comma is missing, at character 10: "b\\n":2}.',
          tip: expect.stringContaining('Write its properties in place of SicRecord.'),
        },
      });
      expect(records[2]?.parsed).toMatchObject({
        problem: { message: expect.stringContaining('is 42, not an object') },
      });
      const second = await rejectAll(again, `twice-${name}`);
      expect(readFileSync(second, 'utf8')).toBe(readFileSync(path, 'utf8'));
    },
  );

  test('a text in SicRecord that is JSON by now is not taken for the record', async () => {
    const file = await openText(
      folder,
      'in.json',
      '[{"a":1},{"SicRecord":"{\\"a\\":2}","SicCode":"bad-json"}]',
    );
    const [, second] = await readAll(file);
    expect(second?.parsed).toMatchObject({
      ok: false,
      problem: {
        message: 'The record still stands in SicRecord as a text.',
        tip: 'Write its properties in place of SicRecord.',
      },
    });
  });

  test('never overwrites the input', async () => {
    const file = await openText(folder, 'in.json', '[]');
    expect(() => file.rejects(file.path, rejectColumns)).toThrow('would overwrite the input file');
    expect(readFileSync(file.path, 'utf8')).toBe('[]');
  });
});
