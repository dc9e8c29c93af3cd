import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { entryName, shownName } from '../../src/formats/zip/names.ts';
import { refusal } from '../support/refusal.ts';
import { openBytes, rawZip, unpackAll } from './zips.ts';

const utf8 = 0x0800;
const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');

/** Info-ZIP's extra field 0x7075: the name in UTF-8, valid for this plain name. */
function unicodePath(name: string, plain: Uint8Array): Buffer {
  const field = Buffer.alloc(9);
  const path = Buffer.from(name);
  field.writeUInt16LE(0x7075, 0);
  field.writeUInt16LE(5 + path.length, 2);
  field.writeUInt8(1, 4);
  field.writeUInt32LE(crc32(plain), 5);
  return Buffer.concat([field, path]);
}

const dos = hex('91 9b 86 2e 63 73 76');

describe('letters', () => {
  test.each([
    ['marked as UTF-8', { name: 'æøåÆØÅ.csv', flags: utf8 }, 'æøåÆØÅ.csv'],
    ['UTF-8 without the mark, as macOS and Linux write', { name: 'æøåÆØÅ.csv' }, 'æøåÆØÅ.csv'],
    ['with letters taken apart, as macOS does', { name: 'Å.csv'.normalize('NFD') }, 'Å.csv'],
    [
      'in the code page of DOS, as Windows writes',
      { name: hex('91 9b 86 92 9d 8f 84 94 82 2e 63 73 76') },
      'æøåÆØÅäöé.csv',
    ],
    [
      'in the code page of DOS, with UTF-8 beside it',
      { name: dos, extra: unicodePath('æøå→.csv', dos) },
      'æøå→.csv',
    ],
    ['with backslashes for separators', { name: 'export\\below\\æ.csv' }, 'export/below/æ.csv'],
    ['with parts that mean nothing', { name: './export//./a.csv' }, 'export/a.csv'],
  ])('a name %s', async (_name, entry, expected) => {
    const archive = await openBytes(rawZip([{ ...entry, content: 'Key\n' }]));
    expect(await unpackAll(archive)).toEqual([[expected, 'Key\n']]);
  });
});

describe('an archive is refused for the name of any entry', () => {
  test.each([
    ['../companies.csv', '"../companies.csv" in it leads out of the archive (..).'],
    ['a/../../companies.csv', '"a/../../companies.csv" in it leads out of the archive (..).'],
    ['a\\..\\companies.csv', '"a\\\\..\\\\companies.csv" in it leads out of the archive (..).'],
    ['..', '".." in it leads out of the archive (..).'],
    ['../', '"../" in it leads out of the archive (..).'],
    ['__MACOSX/../x', '"__MACOSX/../x" in it leads out of the archive (..).'],
    ['/etc/companies.csv', '"/etc/companies.csv" in it is an absolute path.'],
    ['\\\\server\\share\\a.csv', '"\\\\\\\\server\\\\share\\\\a.csv" in it is an absolute path.'],
    ['C:\\companies.csv', '"C:\\\\companies.csv" in it begins with a drive letter.'],
    ['c:companies.csv', '"c:companies.csv" in it begins with a drive letter.'],
    ['', '"" in it is empty.'],
    ['./', '"./" in it is empty.'],
    ['a\0.csv', '"a\\u0000.csv" in it holds control characters.'],
    ['a\x1b[2J.csv', '"a\\u001b[2J.csv" in it holds control characters.'],
    ['a\x7f.csv', '"a\\u{7f}.csv" in it holds control characters.'],
    ['a\u009b31m.csv', '"a\\u{9b}31m.csv" in it holds control characters.'],
    ['vsc.\u202eexe', '"vsc.\\u{202e}exe" in it holds control characters.'],
    ['a\nb.csv', '"a\\nb.csv" in it holds control characters.'],
  ])('%j', async (name, told) => {
    const bytes = rawZip([
      { name: 'companies.csv', content: 'Key\n' },
      { name, flags: utf8 },
    ]);
    const error = await refusal(openBytes(bytes));
    expect(error.code).toBe('file');
    expect(error.message).toBe(`orders.zip is refused: the name ${told}`);
    expect(error.hint).toContain('Pack the files again');
  });

  test('a control character in a name that is not marked as UTF-8', async () => {
    const error = await refusal(openBytes(rawZip([{ name: 'a\x07.csv' }])));
    expect(error.message).toContain('"a\\u0007.csv" in it holds control characters.');
  });

  test.each([
    ['on Unix', 0x0314],
    ['on another system, with the mode of Unix', 0x0014],
  ])('a symbolic link, packed %s', async (_name, madeBy) => {
    const link = { name: 'companies.csv', content: '/etc/passwd', madeBy, attributes: 0o120777 * 0x10000 };
    const error = await refusal(openBytes(rawZip([link])));
    expect(error.message).toBe('orders.zip is refused: "companies.csv" is a symbolic link to another file.');
  });

  test.each([
    ['a.csv', 'a.csv', 'it holds "a.csv" twice.'],
    ['a.csv', './a.csv', 'it holds "a.csv" twice.'],
    [
      'Companies.csv',
      'companies.CSV',
      'it holds both "Companies.csv" and "companies.CSV", which are one file on Windows and macOS.',
    ],
    ['ÆØÅ.csv', 'æøå.csv', 'it holds both "ÆØÅ.csv" and "æøå.csv", which are one file on Windows and macOS.'],
  ])('twins: %s and %s', async (first, second, told) => {
    const error = await refusal(openBytes(rawZip([{ name: first }, { name: second }])));
    expect(error.message).toBe(`orders.zip is refused: ${told}`);
  });
});

test('a name is either refused or plain, and judging it again changes nothing', () => {
  const part = fc.constantFrom('a', 'æ', '..', '.', '', '/', '\\', 'C:', '\0', ' ', '...', '~', 'A\u030a');
  fc.assert(
    fc.property(
      fc.array(part, { maxLength: 8 }).map(parts => parts.join('')),
      raw => {
        const judged = entryName(raw);
        if (!judged.ok) return;
        expect(judged.name.split('/')).not.toContain('..');
        expect(judged.name).toMatch(/^[^/\\][^\\]*$/);
        expect(entryName(judged.name)).toEqual(judged);
      },
    ),
    { numRuns: 2000 },
  );
});

test('a name for a message is one line of printable characters, not too long', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), raw => {
      expect(shownName(raw)).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
    }),
    { numRuns: 500 },
  );
  expect(shownName('x'.repeat(70_000))).toBe(`"${'x'.repeat(120)}…"`);
});
