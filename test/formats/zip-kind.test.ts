import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foreignKind, foreignKindHint } from '../../src/formats/file-kind.ts';
import { isPlainZip } from '../../src/formats/zip/kind.ts';
import { rawZip, zipOf } from './zips.ts';

const headSize = 65_536;
const openDocument = 'application/vnd.oasis.opendocument.';

/** Stored, so that everything inside stands readable in the first bytes. */
async function headOf(files: Readonly<Record<string, string | Uint8Array>>): Promise<Buffer> {
  return (await zipOf(files, { level: 0 })).subarray(0, headSize);
}

describe('documents that are zips keep their own advice', () => {
  test.each([
    ['an Excel workbook (.xlsx)', { '[Content_Types].xml': '', '_rels/.rels': '', 'xl/workbook.xml': '' }],
    ['an Excel workbook (.xlsx)', { '_rels/.rels': '', 'xl/workbook.xml': '', '[Content_Types].xml': '' }],
    ['an Excel workbook (.xlsx)', { 'docProps/app.xml': '', 'xl/workbook.xml': '' }],
    ['an Excel workbook (.xlsx)', { 'xl/_rels/workbook.xml.rels': '', '[Content_Types].xml': '' }],
    ['an Excel workbook (.xlsx)', { 'xl/worksheets/sheet1.xml': '', '[Content_Types].xml': '' }],
    ['a Word document (.docx)', { '[Content_Types].xml': '', '_rels/.rels': '', 'word/document.xml': '' }],
    ['a PowerPoint presentation (.pptx)', { '[Content_Types].xml': '', 'ppt/presentation.xml': '' }],
    ['an OpenDocument spreadsheet (.ods)', { mimetype: `${openDocument}spreadsheet`, 'content.xml': '' }],
    ['an OpenDocument file', { mimetype: `${openDocument}text`, 'content.xml': '' }],
    ['an e-book (.epub)', { mimetype: 'application/epub+zip', 'META-INF/container.xml': '' }],
    ['a Java program (.jar)', { 'META-INF/': '', 'META-INF/MANIFEST.MF': '' }],
    ['a Java program (.jar)', { 'META-INF/MANIFEST.MF': '', 'a.class': '' }],
  ])('%s', async (kind, files) => {
    const head = await headOf(files);
    expect(foreignKind(head, 'CSV')).toBe(kind);
    expect(isPlainZip(head)).toBe(false);
    expect(foreignKindHint(kind, 'CSV')).not.toContain('Unpack');
  });
});

describe('plain zips', () => {
  test.each([
    ['data files', { 'companies.csv': 'Key\n' }],
    [
      'a file that talks about a workbook',
      { 'companies.csv': 'Key;File\n1;xl/workbook.xml [Content_Types].xml\n' },
    ],
    ['folders named like those of a workbook', { 'xl/companies.csv': 'Key\n', 'word/': '' }],
    ['a file called mimetype', { mimetype: 'text/csv', 'companies.csv': 'Key\n' }],
  ])('%s', async (_name, files) => {
    const head = await headOf(files);
    expect(isPlainZip(head)).toBe(true);
    expect(foreignKind(head, 'CSV')).toBe('a zip archive');
  });

  test('a workbook among the files', async () => {
    const workbook = await zipOf({ '[Content_Types].xml': '', 'xl/workbook.xml': '' });
    expect(isPlainZip(await headOf({ 'documents.csv': 'Key\n', 'documents/a.xlsx': workbook }))).toBe(true);
  });

  test('an empty archive, the first part of a split one, and one that was to be split', () => {
    const bytes = rawZip([{ name: 'a.csv' }]);
    expect(isPlainZip(rawZip([]))).toBe(true);
    expect(isPlainZip(Buffer.concat([Buffer.from('PK\x07\x08', 'latin1'), bytes]))).toBe(true);
    expect(isPlainZip(Buffer.concat([Buffer.from('PK00'), bytes]))).toBe(true);
  });

  test.each(['', 'PK', 'PK\x03', 'PK00;Name\n1;x\n', 'PK00PK00', 'PK1;Name\n', 'Key;Name\n'])(
    '%j is none',
    text => {
      expect(isPlainZip(Buffer.from(text))).toBe(false);
    },
  );

  test('any first bytes are judged', () => {
    const start = fc.constantFrom('PK\x03\x04', 'PK\x05\x06', 'PK\x07\x08', 'PK00PK\x03\x04');
    fc.assert(
      fc.property(start, fc.uint8Array({ maxLength: 100 }), (mark, rest) => {
        expect(foreignKind(Buffer.concat([Buffer.from(mark, 'latin1'), rest]), 'CSV')).not.toBeNull();
      }),
    );
  });
});
