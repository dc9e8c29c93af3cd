import type { Database } from '../store/database.ts';
import { archiveFileNames } from './open-points.ts';
import { rowsWith } from './rows.ts';
import { numberOf } from './values.ts';

/** Characters of a file name (writing.md, section 4). */
export const fileNameLength = 511;

/** The name under which the archive keeps a file of this document: the wanted one, amended where it has to be. */
export function archiveName(database: Database, wanted: string, documentId: number): string {
  if (database.quirks['archive-amends-names'] === 'no') return wanted;
  const { restricted, replacement, numbered } = archiveFileNames;
  const name = wanted.replace(restricted, replacement).trim() || `document${documentId}`;
  const dot = name.lastIndexOf('.');
  const stem = dot > 0 ? name.slice(0, dot) : name;
  const extension = dot > 0 ? name.slice(dot) : '';
  let candidate = name;
  for (let number = 1; isTaken(database, candidate, documentId); number++) {
    const suffix = numbered('', number) + extension;
    candidate = stem.slice(0, fileNameLength - suffix.length) + suffix;
  }
  return candidate;
}

/** A document without content has no file that could be in the way. */
function isTaken(database: Database, name: string, documentId: number): boolean {
  return rowsWith(database.table('document'), 'name', name).some(
    row => row.document_id !== documentId && numberOf(row.content_id) > 0,
  );
}
