/** Signatures of APPNOTE.TXT, section 4.3, as the little-endian numbers they are: an entry, the end of the directory. */
const entryMark = 0x04034b50;
const endMark = 0x06054b50;
/** The first part of a split archive. */
const splitMark = 0x08074b50;
/** Stands before the first entry of an archive that was to be split and fitted into one part. */
const unsplitMark = 0x30304b50;

/** What a zip is, judged by the first bytes of the file ("an Excel workbook (.xlsx)", "a zip archive"), or null for no zip. */
export function zipKind(head: Buffer): string | null {
  const start = markAt(head, 0) === unsplitMark ? 4 : 0;
  const mark = markAt(head, start);
  if (mark === entryMark) return officeKindOfHead(head.subarray(start)) ?? 'a zip archive';
  return start === 0 && (mark === endMark || mark === splitMark) ? 'a zip archive' : null;
}

/** Whether a file is a zip that may hold data files, judged by its first bytes: no Office document, e-book or program. */
export function isPlainZip(head: Buffer): boolean {
  return zipKind(head) === 'a zip archive';
}

/** What a zip is that has entries of these names, when it is more than a zip ("a Word document (.docx)"), or null. */
export function officeKind(names: readonly string[]): string | null {
  if (names.includes('META-INF/MANIFEST.MF')) return 'a Java program (.jar)';
  if (!names.some(name => officeParts.test(name))) return null;
  if (names.some(name => name.startsWith('word/'))) return 'a Word document (.docx)';
  if (names.some(name => name.startsWith('ppt/'))) return 'a PowerPoint presentation (.pptx)';
  return 'an Excel workbook (.xlsx)';
}

/** What each program writes first of an Office document: Excel the content types, others the relations or properties. */
const officeParts =
  /^(?:\[Content_Types\]\.xml|_rels\/(?:\.rels)?|docProps\/(?:(?:app|core|custom)\.xml)?|xl\/(?:workbook|styles|sharedStrings)\.\w+|xl\/(?:_rels|theme|worksheets)\/.*|word\/document\.xml|word\/_rels\/.*|ppt\/presentation\.xml|ppt\/_rels\/.*)$/;

/**
 * Office documents, e-books and programs are told by the name of their first entry. Later names prove nothing: they may be
 * those of a document that is stored inside a plain zip.
 */
function officeKindOfHead(head: Buffer): string | null {
  const name = nameAt(head, 0);
  if (name === 'mimetype') return packageKind(head.toString('latin1', 0, 256));
  if (name === 'META-INF/') return officeKind(['META-INF/MANIFEST.MF']);
  if (officeKind([name]) === null) return null;
  const mark = Buffer.from('PK\x03\x04', 'latin1');
  const names = [name];
  for (let at = head.indexOf(mark, 4); at >= 0; at = head.indexOf(mark, at + 4)) names.push(nameAt(head, at));
  return officeKind(names);
}

function markAt(head: Buffer, at: number): number | null {
  return head.length < at + 4 ? null : head.readUInt32LE(at);
}

/** The name of the entry whose header begins there; empty when it is not whole. */
function nameAt(head: Buffer, at: number): string {
  const name = at + 30;
  if (head.length < name) return '';
  return head.toString('latin1', name, name + head.readUInt16LE(at + 26));
}

/** OpenDocument and EPUB begin with an entry that is stored as it is and names their kind. */
function packageKind(start: string): string | null {
  if (start.includes('application/epub')) return 'an e-book (.epub)';
  if (start.includes('opendocument.spreadsheet')) return 'an OpenDocument spreadsheet (.ods)';
  return start.includes('opendocument') ? 'an OpenDocument file' : null;
}
