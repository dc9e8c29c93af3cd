import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { RecordFile } from '../../src/formats/record.ts';
import { rejectColumns } from '../../src/formats/reject-columns.ts';
import { folderOfFile } from '../support/folders.ts';
import { refusal } from '../support/refusal.ts';
import { openFile, put, readAll, shape } from './files.ts';

const folder = folderOfFile();
const extra = ['too-long', 'Name', 'a "b"; c', 'line 2', 'Too long – €.', 'Shorten it.'];

/** Writes every record of a file into a reject file. */
async function rejectAll(file: RecordFile, name: string, cells = extra): Promise<string> {
  const path = join(folder, name);
  const writer = file.rejects(path, rejectColumns);
  for (const { raw } of await readAll(file)) writer.write(raw, cells);
  await writer.close();
  return path;
}

const heads = rejectColumns.map(name => `"${name}"`);
const quoted = extra.map(text => `"${text.replaceAll('"', '""')}"`);

describe('a reject file', () => {
  test.each([
    ['LF', '\n'],
    ['CRLF', '\r\n'],
  ])('keeps records as they were, with %s', async (_, end) => {
    const content = ['a,b', '1,"x,""y"""', '2,"l\nm"', ''].join(end);
    const path = await rejectAll(await openFile(put(folder, 'in.csv', content)), 'out.csv');
    expect(readFileSync(path, 'utf8')).toBe(
      [
        ['a,b', ...heads],
        ['1,"x,""y"""', ...quoted],
        ['2,"l\nm"', ...quoted],
      ]
        .map(cells => cells.join(',') + end)
        .join(''),
    );
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test('reads again, and its own columns are replaced and not doubled', async () => {
    const input = put(folder, 'in.csv', 'a;b\n1;"x;y"\n2;æ\n3\n4;5;6\n7;"z"w\n');
    const first = await rejectAll(await openFile(input), 'first.csv');
    const again = await openFile(first);
    expect(again.columns).toEqual(['a', 'b', ...rejectColumns]);
    expect(shape(await readAll(again))).toEqual([
      ['1', 'x;y', ...extra],
      ['2', 'æ', ...extra],
      'ragged-row',
      'ragged-row',
      'bad-quotes',
    ]);
    const second = await rejectAll(again, 'second.csv');
    expect(readFileSync(second, 'utf8')).toBe(readFileSync(first, 'utf8'));
  });

  test('Windows-1252 stays Windows-1252; what it lacks becomes ?', async () => {
    const input = put(folder, 'in.csv', Buffer.from('a\nS\xe6ther\n', 'latin1'));
    const cells = ['c', 'f', '日', 'p', 'æ €', 't'];
    const path = await rejectAll(await openFile(input, { encoding: 'windows-1252' }), 'out.csv', cells);
    expect(readFileSync(path, 'latin1')).toContain('S\xe6ther;"c";"f";"?";"p";"\xe6 \x80";"t"\n');
  });

  test.each([
    ['UTF-8 with mark', Buffer.from('\ufeffa\næ\n')],
    ['UTF-16LE', Buffer.from('\ufeffa\næ\n', 'utf16le')],
    ['UTF-16BE', Buffer.from('\ufeffa\næ\n', 'utf16le').swap16()],
  ])('%s becomes UTF-8 with mark', async (_, bytes) => {
    const path = await rejectAll(await openFile(put(folder, 'in.csv', bytes)), 'out.csv');
    expect(readFileSync(path, 'utf8')).toMatch(/^\ufeffa;"SicCode".*\næ;"too-long"/);
    expect(shape(await readAll(await openFile(path)))).toEqual([['æ', ...extra]]);
  });

  test('never overwrites the input, and says where it cannot be written', async () => {
    const path = put(folder, 'in.csv', 'a\n1\n');
    const file = await openFile(path);
    expect(() => file.rejects(path, rejectColumns)).toThrow('would overwrite the input file');
    expect(readFileSync(path, 'utf8')).toBe('a\n1\n');
    const error = await refusal((async () => file.rejects(join(folder, 'no', 'x.csv'), rejectColumns))());
    expect(error.hint).toContain(join(folder, 'no'));
  });

  test('an old one is replaced and made owner-only', async () => {
    const old = put(folder, 'old.csv', 'much longer than what comes now '.repeat(50));
    const file = await openFile(put(folder, 'in.csv', 'a\n'));
    await file.rejects(old, ['X']).close();
    expect(readFileSync(old, 'utf8')).toBe('a;"X"\n');
    expect(statSync(old).mode & 0o777).toBe(0o600);
  });

  test('of a file whose lines end with a separator can be read again', async () => {
    const path = await rejectAll(await openFile(put(folder, 'erp.csv', 'a;b;\n1;2;\n3;4\n')), 'erp.out.csv');
    const again = await openFile(path);
    expect(again.columns).toEqual(['a', 'b', ...rejectColumns]);
    expect(shape(await readAll(again))).toEqual([
      ['1', '2', ...extra],
      ['3', '4', ...extra],
    ]);
  });
});
