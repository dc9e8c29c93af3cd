import { zipKind } from './zip/kind.ts';

/** How people call the format that a file is taken for. */
export type TextFormat = 'CSV' | 'XML' | 'JSON';

/** First bytes of kinds of file that people hand in by mistake, as Latin-1 text. */
const signatures: readonly (readonly [start: string, looksLike: string])[] = [
  ['\xd0\xcf\x11\xe0', 'an old Excel or Office file (.xls)'],
  ['%PDF-', 'a PDF'],
  ['\x1f\x8b', 'a gzip archive'],
  ['\x89PNG', 'a PNG picture'],
  ['\xff\xd8\xff', 'a JPEG picture'],
  ['GIF8', 'a GIF picture'],
  ['7z\xbc\xaf\x27\x1c', 'a 7-Zip archive'],
  ['Rar!\x1a', 'a RAR archive'],
  ['BZh9', 'a bzip2 archive'],
  ['\xfd7zXZ', 'an xz archive'],
  ['\x28\xb5\x2f\xfd', 'a Zstandard archive'],
  ['SQLite format 3\0', 'an SQLite database'],
  ['PAR1', 'a Parquet file'],
  ['\x7fELF', 'a program'],
  ['MZ\x90\0', 'a Windows program'],
  ['\xff\xfe\0\0', 'text in UTF-32'],
  ['\0\0\xfe\xff', 'text in UTF-32'],
];

/** What a file that is not text of the expected format looks like ("a PDF"), judged by its first bytes, or null. */
export function foreignKind(head: Buffer, expected: TextFormat): string | null {
  const text = head.subarray(0, 4096).toString('latin1');
  const zip = zipKind(head);
  if (zip) return zip;
  for (const [start, looksLike] of signatures) if (text.startsWith(start)) return looksLike;
  const visible = text.replace(/^(?:\xef\xbb\xbf)?\s*/, '');
  if (/^<(?:!doctype html|html)\b/i.test(visible)) return 'a web page (HTML)';
  if (expected !== 'XML' && /^<\?xml|^<[A-Za-z][^\r\n;,\t]*>/.test(visible)) return 'XML';
  if (expected !== 'JSON' && /^\[\s*\{|^\{\s*"/.test(visible)) return 'JSON';
  return null;
}

/** What to do with a file of such a kind, as a sentence. */
export function foreignKindHint(kind: string, expected: TextFormat): string {
  if (kind.includes('Excel'))
    return 'Save it in Excel as "CSV UTF-8 (comma delimited)" and import that file.';
  if (kind.includes('spreadsheet')) return 'Save it as "Text CSV" in UTF-8 and import that file.';
  if (/archive/.test(kind)) return `Unpack it and import the ${expected} file inside.`;
  if (kind.includes('HTML'))
    return 'The download may have saved a sign-in or error page: open the file in a browser and fetch it again.';
  return `Export the data as ${expected} text${shapes[expected]}.`;
}

const shapes: Readonly<Record<TextFormat, string>> = {
  CSV: ', with a header line of column names',
  XML: ': one element per record, inside one element around them all',
  JSON: ': an object per record, inside one array',
};
