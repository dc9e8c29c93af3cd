import { describe, expect, test } from 'vitest';
import { folderOfFile } from '../../support/folders.ts';
import { refusal } from '../../support/refusal.ts';
import { put, readAll } from '../files.ts';
import { named, openFile } from './files.ts';

const folder = folderOfFile();
const letters = 'Sæther & Ærlig'.replace('&', '&amp;');

function document(encoding: string | null, value = letters, standalone = ''): string {
  const declaration = encoding === null ? '' : `<?xml version="1.0" encoding="${encoding}"${standalone}?>\n`;
  return `${declaration}<Rs>\n<R><Navnø>${value}</Navnø></R>\n</Rs>\n`;
}

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');
const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');

describe('what the file says', () => {
  test.each<[string, Buffer, string]>([
    ['nothing', Buffer.from(document(null)), 'utf-8'],
    ['UTF-8', Buffer.from(document('UTF-8')), 'utf-8'],
    ['UTF-8 and a mark', Buffer.from(`\ufeff${document('utf-8')}`), 'utf-8'],
    ['a mark', Buffer.from(`\ufeff${document(null)}`), 'utf-8'],
    ['US-ASCII', Buffer.from(document('US-ASCII')), 'utf-8'],
    ['ISO-8859-1', latin1(document('ISO-8859-1')), 'iso-8859-1'],
    ['windows-1252', latin1(document('windows-1252', letters, ' standalone="yes"')), 'windows-1252'],
    ['in single quotes', latin1(document('latin1').replaceAll('"', "'")), 'iso-8859-1'],
    ['after a blank line', latin1(`\r\n${document('windows-1252')}`), 'windows-1252'],
    ['UTF-16LE and a mark', utf16(`\ufeff${document('utf-16')}`), 'utf-16le'],
    ['UTF-16BE and a mark', utf16(`\ufeff${document('UTF-16')}`).swap16(), 'utf-16be'],
    ['UTF-16LE without mark', utf16(document('utf-16')), 'utf-16le'],
    ['UTF-16BE without mark', utf16(document('utf-16be')).swap16(), 'utf-16be'],
  ])('%s', async (_, bytes, encoding) => {
    const file = await openFile(put(folder, 'a.xml', bytes));
    expect(file.layout).toContain(`"${encoding}"`);
    expect(file.columns).toEqual(['Navnø']);
    expect(named(await readAll(file))).toEqual([{ Navnø: 'Sæther & Ærlig' }]);
    expect(file.warnings).toEqual([]);
    expect(file.size).toBe(bytes.length);
  });

  test('an encoding in a comment or in the data says nothing', async () => {
    const content =
      '<?xml version="1.0"?><!-- encoding="latin1" --><Rs><R><A> encoding="latin1"æ</A></R></Rs>';
    const file = await openFile(put(folder, 'a.xml', content));
    expect(named(await readAll(file))).toEqual([{ A: ' encoding="latin1"æ' }]);
  });

  test('UTF-16 of several chunks keeps its letters', async () => {
    const rows = Array.from({ length: 40_000 }, (_, i) => `<R><A>${i} ${'å😀'.repeat(i % 7)}</A></R>`);
    const file = await openFile(put(folder, 'long.xml', utf16(`\ufeff<Rs>${rows.join('\n')}</Rs>`)));
    expect((await readAll(file)).map(({ raw }) => raw.toString())).toEqual(rows);
  });

  test('lines of UTF-16 are counted as lines', async () => {
    const content = utf16(`\ufeff<Rs>\n${'<R><A>ø</A></R>\n'.repeat(60_000)}oops</Rs>`);
    const error = await refusal(openFile(put(folder, 'lines.xml', content)));
    expect(error.message).toBe('lines.xml, line 60002: "oops</Rs>" stands between the records.');
  });
});

describe('contradictions', () => {
  test.each<[string, Buffer, string | null, string, string]>([
    [
      'a mark beats the declaration',
      Buffer.from(`\ufeff${document('latin1')}`),
      null,
      'utf-8',
      'says that it is written in "latin1", but it is UTF-8',
    ],
    [
      'UTF-16 beats the declaration',
      utf16(`\ufeff${document('utf-8')}`),
      null,
      'utf-16le',
      'says that it is written in "utf-8", but it is UTF-16LE',
    ],
    [
      'a mark beats the setting',
      Buffer.from(`\ufeff${document(null)}`),
      'windows-1252',
      'utf-8',
      'is, by its first bytes, UTF-8, so it is read as that, not as windows-1252',
    ],
    [
      'the declaration beats the setting',
      Buffer.from(document('utf-8')),
      'windows-1252',
      'utf-8',
      'says that it is UTF-8, so it is read as that, not as windows-1252',
    ],
    [
      'the declaration beats the setting',
      latin1(document('windows-1252')),
      'ibm850',
      'windows-1252',
      'says that it is Windows-1252',
    ],
    [
      'UTF-16 that is saved as UTF-8',
      Buffer.from(document('utf-16')),
      null,
      'utf-8',
      'says that it is written in "utf-16", but it is UTF-8',
    ],
    [
      'UTF-16 that is saved as configured',
      latin1(document('utf-16')),
      'windows-1252',
      'windows-1252',
      'says that it is written in "utf-16", but it is Windows-1252',
    ],
  ])('%s', async (_, bytes, setting, encoding, warning) => {
    const file = await openFile(put(folder, 'b.xml', bytes), setting);
    expect(file.layout).toContain(`"${encoding}"`);
    expect(named(await readAll(file))).toEqual([{ Navnø: 'Sæther & Ærlig' }]);
    expect(file.warnings).toEqual([expect.stringContaining(`b.xml ${warning}`)]);
  });

  test('the setting decides where the file says nothing', async () => {
    const file = await openFile(put(folder, 'b.xml', latin1(document(null))), 'windows-1252');
    expect(named(await readAll(file))).toEqual([{ Navnø: 'Sæther & Ærlig' }]);
    expect(file.warnings).toEqual([]);
  });
});

describe('refused with the evidence', () => {
  test('Windows-1252 that says nothing', async () => {
    const error = await refusal(openFile(put(folder, 'c.xml', latin1('<Rs>\n<R><A>S\xe6ther</A></R></Rs>'))));
    expect(error.message).toContain('c.xml is not UTF-8: line 2, byte 12, holds E6, which reads "Sæther"');
    expect(error.hint).toBe(
      'If "Sæther" is right, have the file say so in its first line: ' +
        '<?xml version="1.0" encoding="windows-1252"?>. Otherwise save the file as UTF-8.',
    );
  });

  test('UTF-8 that says it is Latin-1', async () => {
    const error = await refusal(openFile(put(folder, 'c.xml', document('iso-8859-1'))));
    expect(error.message).toBe('c.xml says that it is iso-8859-1, but it is UTF-8: line 3 holds "Navnø".');
    expect(error.hint).toContain('first line of the file to utf-8');
  });

  test('an encoding that is not known', async () => {
    const error = await refusal(openFile(put(folder, 'c.xml', document('windows-1250', 'x'))));
    expect(error.code).toBe('file');
    expect(error.message).toBe('c.xml says that it is written in "windows-1250", which is not known.');
    expect(error.hint).toMatch(/^Save it as UTF-8\. .*Known are utf-8/);
  });

  test('a zero byte', async () => {
    const error = await refusal(openFile(put(folder, 'c.xml', `<Rs>${'<R/>\n'.repeat(2000)}\0</Rs>`)));
    expect(error.message).toContain('holds a zero byte in line 2001');
  });

  test('a byte that means nothing rejects its record and no other', async () => {
    const content = latin1(
      '<?xml version="1.0" encoding="cp1252"?><Rs><R><A>\x9drsted</A></R><R><A>\xd8</A></R></Rs>',
    );
    const records = await readAll(await openFile(put(folder, 'c.xml', content)));
    expect(named(records)).toEqual(['bad-encoding', { A: 'Ø' }]);
    const parsed = records[0]?.parsed;
    expect(parsed?.ok === false && parsed.problem.tip).toContain('encoding="ibm850"');
  });
});
