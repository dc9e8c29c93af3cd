import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { XMLValidator } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import type { RecordFile } from '../../../src/formats/record.ts';
import { rejectColumns } from '../../../src/formats/reject-columns.ts';
import { SicError } from '../../../src/problems/sic-error.ts';
import { folderOfFile } from '../../support/folders.ts';
import { refusal } from '../../support/refusal.ts';
import { put, readAll } from '../files.ts';
import { named, openFile } from './files.ts';

const folder = folderOfFile();
const extra = ['too-long', 'Name', '<a> & "b" ]]>', '/Rs/R[2]', 'Too long – €.', ' Shorten\r\nit. '];
const extras = Object.fromEntries(rejectColumns.map((name, i) => [name, extra[i]]));

/** Writes every record of a file into a reject file. */
async function rejectAll(file: RecordFile, name: string, cells = extra): Promise<string> {
  const path = join(folder, name);
  const writer = file.rejects(path, rejectColumns);
  for (const { raw } of await readAll(file)) writer.write(raw, cells);
  await writer.close();
  return path;
}

async function rejected(content: string | Uint8Array, cells = extra): Promise<string> {
  return rejectAll(await openFile(put(folder, 'in.xml', content)), 'out.xml', cells);
}

const elements = [
  '    <SicCode>too-long</SicCode>',
  '    <SicField>Name</SicField>',
  '    <SicValue>&lt;a&gt; &amp; "b" ]]&gt;</SicValue>',
  '    <SicPlace>/Rs/R[2]</SicPlace>',
  '    <SicMessage>Too long – €.</SicMessage>',
  '    <SicTip> Shorten&#13;\nit. </SicTip>',
].join('\n');

describe('a reject file', () => {
  test('keeps the root and the records as they were', async () => {
    const path = await rejected(
      '<?xml version="1.0"?><!-- x -->\n<q:Rs xmlns:q="urn:q" n="1">\n <q:R xmlns="a">\n    <A>1</A><!-- & -->\n  </q:R>' +
        '<R><A><![CDATA[</R>]]></A></R><q:R/></q:Rs>',
    );
    const text = readFileSync(path, 'utf8');
    expect(text).toBe(
      '<?xml version="1.0" encoding="utf-8"?>\n' +
        `<q:Rs xmlns:q="urn:q" n="1">\n  <q:R xmlns="a">\n    <A>1</A><!-- & -->\n${elements}\n  </q:R>\n` +
        `  <R><A><![CDATA[</R>]]></A>\n${elements}</R>\n` +
        `  <q:R>\n${elements}</q:R>\n` +
        '</q:Rs>\n',
    );
    expect(XMLValidator.validate(text)).toBe(true);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test('reads again, and its own elements are replaced and not doubled', async () => {
    const first = await rejected(
      '<Rs><R><A>1</A></R>\n  <R x:nil="true"/><R>\n  <A>1<A>2</A></A>\n</R>' +
        '<R><A>5 < 6</A></R><R><A>1</R><R>1</A></R><R><A>1</A><A>2</A>\n</R></Rs>',
    );
    const again = await openFile(first);
    expect(again.columns).toEqual(['A', ...rejectColumns]);
    expect(named(await readAll(again))).toEqual([
      { A: '1', ...extras },
      extras,
      'nested-element',
      'bad-markup',
      'bad-markup',
      'bad-markup',
      'repeated-field',
    ]);
    const second = await rejectAll(again, 'second.xml');
    expect(readFileSync(second, 'utf8')).toBe(readFileSync(first, 'utf8'));
    const third = await rejectAll(
      await openFile(second),
      'third.xml',
      extra.map(() => ''),
    );
    expect(named(await readAll(await openFile(third)))[0]).toEqual({
      A: '1',
      ...Object.fromEntries(rejectColumns.map(name => [name, ''])),
    });
  });

  test('elements of such a name are replaced wherever they stand', async () => {
    const path = await rejected(
      '<Rs><R><SicTip>a</SicTip><A>1</A> <q:SicCode>x<SicTip/></q:SicCode><B/></R></Rs>',
    );
    expect(readFileSync(path, 'utf8')).toContain(`  <R><A>1</A><B/>\n${elements}</R>\n`);
  });

  test('without records is still XML', async () => {
    const path = await rejected('<Rs a="/"/>');
    expect(readFileSync(path, 'utf8')).toBe('<?xml version="1.0" encoding="utf-8"?>\n<Rs a="/">\n</Rs>\n');
    expect(named(await readAll(await openFile(path)))).toEqual([]);
  });

  test('Windows-1252 stays Windows-1252; what it lacks is written as a number', async () => {
    const cells = ['c', 'f', '日😀', 'p', 'æ €', 'a\u0001\ud800b\uffff'];
    const declaration = '<?xml version="1.0" encoding="windows-1252"?>';
    const path = await rejected(
      Buffer.from(`${declaration}<Rs><R><A>S\xe6ther</A></R></Rs>`, 'latin1'),
      cells,
    );
    const text = readFileSync(path, 'latin1');
    expect(text).toContain(`${declaration}\n<Rs>\n  <R><A>S\xe6ther</A>\n`);
    expect(text).toContain('<SicValue>&#26085;&#128512;</SicValue>');
    expect(text).toContain('<SicMessage>\xe6 \x80</SicMessage>');
    expect(named(await readAll(await openFile(path)))).toEqual([
      {
        A: 'Sæther',
        SicCode: 'c',
        SicField: 'f',
        SicValue: '日😀',
        SicPlace: 'p',
        SicMessage: 'æ €',
        SicTip: 'a\ufffd\ufffdb\ufffd',
      },
    ]);
  });

  test('Latin-1 stays what other programs take for it', async () => {
    const input = Buffer.from(
      '<?xml version="1.0" encoding="ISO-8859-1"?><Rs><R><A>\xe6</A></R></Rs>',
      'latin1',
    );
    const path = await rejected(input);
    expect(readFileSync(path, 'latin1')).toContain('<SicMessage>Too long &#8211; &#8364;.</SicMessage>');
    expect(named(await readAll(await openFile(path)))).toEqual([{ A: 'æ', ...extras }]);
  });

  test.each([
    ['UTF-8 with mark', Buffer.from('\ufeff<Rs><R><A>æ</A></R></Rs>')],
    [
      'UTF-16LE',
      Buffer.from('\ufeff<?xml version="1.0" encoding="utf-16"?><Rs><R><A>æ</A></R></Rs>', 'utf16le'),
    ],
    ['UTF-16BE', Buffer.from('\ufeff<Rs><R><A>æ</A></R></Rs>', 'utf16le').swap16()],
  ])('%s becomes UTF-8 with mark', async (_, bytes) => {
    const path = await rejected(bytes);
    expect(readFileSync(path, 'utf8')).toMatch(/^\ufeff<\?xml version="1.0" encoding="utf-8"\?>\n<Rs>/);
    const again = await openFile(path);
    expect(again.warnings).toEqual([]);
    expect(named(await readAll(again))).toEqual([{ A: 'æ', ...extras }]);
  });

  test('a record whose bytes are no text keeps them', async () => {
    const input = Buffer.from(
      '<?xml version="1.0" encoding="windows-1252"?><Rs><R><A>a\x81</A></R></Rs>',
      'latin1',
    );
    const path = await rejected(input);
    expect(readFileSync(path, 'latin1')).toContain('<A>a\x81</A>');
    expect(named(await readAll(await openFile(path)))).toEqual(['bad-encoding']);
  });

  test('never overwrites the input, and says where it cannot be written', async () => {
    const path = put(folder, 'in.xml', '<Rs/>');
    const file = await openFile(path);
    expect(() => file.rejects(path, rejectColumns)).toThrow('would overwrite the input file');
    expect(readFileSync(path, 'utf8')).toBe('<Rs/>');
    const error = await refusal(() => file.rejects(join(folder, 'no', 'x.xml'), rejectColumns));
    expect(error.hint).toContain(join(folder, 'no'));
  });
});

test('of any file that can be opened can be opened, has the same records, and stays as it is', async () => {
  const part = fc.constantFrom(
    ...[
      '<A>',
      '</A>',
      '<A/>',
      '<B>',
      '</B>',
      '<R>',
      '<SicTip>',
      '</SicTip>',
      '<SicCode/>',
      '<!--',
      '-->',
      '<?p ?>',
    ],
    ...['<![CDATA[', ']]>', 'x', ' ', '\n', '&', '"', "'", '<', '<A x="'],
  );
  const row = fc.array(part, { maxLength: 12, size: 'max' }).map(parts => `<R>${parts.join('')}</R>`);
  const bytes = fc.array(row, { maxLength: 4 }).map(rows => `<Rs>${rows.join('\n')}</Rs>`);
  let opened = 0;
  await fc.assert(
    fc.asyncProperty(bytes, async content => {
      let file: RecordFile;
      try {
        file = await openFile(put(folder, 'any.xml', content));
      } catch (error) {
        if (error instanceof SicError) return;
        throw error;
      }
      opened++;
      const before = named(await readAll(file));
      const again = await openFile(await rejectAll(file, 'first.xml'));
      const after = named(await readAll(again));
      expect(after).toHaveLength(before.length);
      for (const [i, row] of before.entries())
        if (typeof row === 'object') expect(after[i]).toEqual({ ...row, ...extras });
      const second = await rejectAll(again, 'second.xml');
      expect(readFileSync(second, 'utf8')).toBe(readFileSync(join(folder, 'first.xml'), 'utf8'));
    }),
    { numRuns: 400 },
  );
  expect(opened).toBeGreaterThan(50);
});
