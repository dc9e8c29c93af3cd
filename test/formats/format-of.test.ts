import { describe, expect, test } from 'vitest';
import { formatOf, headOf } from '../../src/formats/format-of.ts';
import { findInputFile } from '../../src/formats/input-file.ts';
import type { RecordFile } from '../../src/formats/record.ts';
import { folderOfFile } from '../support/folders.ts';
import { openFile, put, readAll } from './files.ts';

const folder = folderOfFile();
type Format = RecordFile['format'];

async function format(name: string, content: string | Uint8Array): Promise<Format> {
  return formatOf(await findInputFile(put(folder, name, content), name));
}

/** How a text may lie on disk. */
const encodings: readonly (readonly [name: string, encode: (text: string) => Buffer])[] = [
  ['UTF-8', text => Buffer.from(text)],
  ['UTF-8 with a byte order mark', text => Buffer.from(`\uFEFF${text}`)],
  ['UTF-16 LE with a byte order mark', text => Buffer.from(`\uFEFF${text}`, 'utf16le')],
  ['UTF-16 BE with a byte order mark', text => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
  ['UTF-16 LE', text => Buffer.from(text, 'utf16le')],
  ['UTF-16 BE', text => Buffer.from(text, 'utf16le').swap16()],
];

describe.each(encodings)('by content, in %s', (_, encode) => {
  test.each<[string, Format]>([
    ['<?xml version="1.0"?>\n<Companies/>', 'xml'],
    ['\n  <Companies><Company/></Companies>', 'xml'],
    ['<!-- made by ERP -->\n<Companies/>', 'xml'],
    ['<c:Companies xmlns:c="urn:x"/>', 'xml'],
    ['<_rows>\n</_rows>', 'xml'],
    ['[{"CompUserKey01":"1"}]', 'json'],
    ['[\n  {\n', 'json'],
    ['[]', 'json'],
    [' [ ] \n', 'json'],
    ['{"Company":[{"CompUserKey01":"1"}]}', 'json'],
    ['{\r\n  "Company" : [\r\n', 'json'],
    ['{"CompUserKey01":"1"}\n{"CompUserKey01":"2"}\n', 'ndjson'],
    ['{ "CompUserKey01": 1 }', 'ndjson'],
    ['CompUserKey01;Name\n1;Acme\n', 'csv'],
    ['"CompUserKey01","Name"\n', 'csv'],
    ['Name\n{"a":[1]}\n', 'csv'],
    ['{Key};Name\n', 'csv'],
    ['[Key];[Name]\n', 'csv'],
    ['[1, 2]', 'csv'],
    ['<3;Name\n', 'csv'],
    ['<Key;Name>\n', 'csv'],
    ['<!DOCTYPE html>\n<html></html>', 'csv'],
    ['<html lang="en"><body>Sign in</body></html>', 'csv'],
    ['', 'csv'],
  ])('%j is %s', async (text, expected) => {
    for (const name of ['export', 'export.txt', 'companies.csv'])
      expect(await format(name, encode(text))).toBe(expected);
  });
});

describe('the ending of the name', () => {
  const contents = ['<Companies/>', '[{"a":1}]', '{"a":1}\n', 'Key;Name\n', ''];
  test.each<[string, Format]>([
    ['companies.xml', 'xml'],
    ['COMPANIES.XML', 'xml'],
    ['companies.json', 'json'],
    ['companies.Json', 'json'],
    ['companies.ndjson', 'ndjson'],
    ['companies.jsonl', 'ndjson'],
    ['companies.rejected.xml', 'xml'],
    ['companies.rejected-2.ndjson', 'ndjson'],
  ])('%s is %s, whatever it holds', async (name, expected) => {
    for (const content of contents) expect(await format(name, content)).toBe(expected);
  });

  test('counts only at the end, and only as the file was named', async () => {
    expect(await format('companies.xml.txt', 'Key;Name\n')).toBe('csv');
    const path = put(folder, 'renamed.xml', 'Key;Name\n');
    expect(formatOf(await findInputFile(path, 'companies.zip/companies.txt'))).toBe('csv');
  });
});

test('the head of a file is its first 64 KiB, or all of it', async () => {
  const short = put(folder, 'short.csv', 'Key;Name\n');
  expect(headOf(await findInputFile(short, 'short.csv')).toString()).toBe('Key;Name\n');
  const long = put(folder, 'long.csv', `Key;Name\n${'1;x\n'.repeat(50_000)}`);
  expect(headOf(await findInputFile(long, 'long.csv'))).toHaveLength(65_536);
});

test('blanks before the first sign are passed over, as many as the head holds', async () => {
  expect(await format('blanks.txt', `${' \n'.repeat(32_000)}<Companies/>`)).toBe('xml');
  expect(await format('blanks.txt', `${' \n'.repeat(33_000)}<Companies/>`)).toBe('csv');
});

const rows = [
  { CompUserKey01: 'C-1', Name: 'Ærø Bådebyggeri' },
  { CompUserKey01: 'C-2', Name: 'Žižkov 東京' },
];
const texts: readonly (readonly [Format, string])[] = [
  ['csv', `CompUserKey01;Name\n${rows.map(row => `${row.CompUserKey01};${row.Name}\n`).join('')}`],
  [
    'xml',
    `<Companies>${rows.map(row => `<Company><CompUserKey01>${row.CompUserKey01}</CompUserKey01><Name>${row.Name}</Name></Company>`).join('\n')}</Companies>`,
  ],
  ['json', JSON.stringify({ Company: rows })],
  ['ndjson', rows.map(row => `${JSON.stringify(row)}\n`).join('')],
];

test.each(
  texts.flatMap(([expected, text]) =>
    encodings
      .filter(([name]) => name.includes('8') || name.includes('mark'))
      .map(([name, encode]) => [expected, name, encode(text)] as const),
  ),
)('%s in %s without an ending is opened and read', async (expected, _name, content) => {
  const file = await openFile(put(folder, 'export', content));
  expect(file.format).toBe(expected);
  const records = await readAll(file);
  expect(
    records.map(({ parsed }) => (parsed.ok ? Object.fromEntries(parsed.cells) : parsed.problem)),
  ).toEqual(rows);
});
