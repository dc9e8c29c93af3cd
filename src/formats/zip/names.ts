import { isAscii } from 'node:buffer';
import { decodeSingleByte } from '../single-byte.ts';

export type EntryName =
  | { readonly ok: true; readonly name: string }
  /** `why` completes a sentence: "the name "x" …". */
  | { readonly ok: false; readonly why: string };

/**
 * Decodes a name that is not marked as UTF-8. `encoding` is zip.js's guess by its bytes; undefined: it shall decode by
 * itself. The standard says CP437 for such names, but Windows writes the DOS code page of its country: 850 in Western
 * Europe. Their letters stand at the same places, only that 850 has ø and Ø where 437 has ¢ and ¥.
 */
export function decodeName(bytes: Uint8Array, encoding: string): string | undefined {
  if (encoding !== 'cp437') return undefined;
  // zip.js would show control characters as the pictures of CP437, and so get them past the check of names.
  return isAscii(bytes) ? Buffer.from(bytes).toString('latin1') : decodeSingleByte('ibm850', bytes);
}

/** Windows and most programs take less. */
const longestPath = 1000;

/**
 * The path of an entry inside its zip: parts joined with `/`, none of them empty, `.` or `..`. Refused is what points
 * out of the folder it would be unpacked to, though sic unpacks under no name: nobody packs such names in good faith.
 */
export function entryName(raw: string): EntryName {
  // macOS takes letters apart (a and ring instead of å).
  const path = raw.replaceAll('\\', '/').normalize('NFC');
  if (/\p{Cc}|\p{Bidi_Control}|\p{Zl}|\p{Zp}/u.test(path))
    return { ok: false, why: 'holds control characters' };
  if (path.length > longestPath) return { ok: false, why: `has more than ${longestPath} characters` };
  if (path.startsWith('/')) return { ok: false, why: 'is an absolute path' };
  const parts = path.split('/').filter(part => part !== '' && part !== '.');
  if (/^[A-Za-z]:/.test(parts[0] ?? '')) return { ok: false, why: 'begins with a drive letter' };
  if (parts.includes('..')) return { ok: false, why: 'leads out of the archive (..)' };
  if (parts.length === 0) return { ok: false, why: 'is empty' };
  return { ok: true, name: parts.join('/') };
}

/** What macOS and Windows leave in folders, and pack with them. */
export function isDropping(name: string): boolean {
  const parts = name.toLowerCase().split('/');
  const last = parts.at(-1) ?? '';
  return parts[0] === '__macosx' || last.startsWith('._') || droppings.includes(last);
}

const droppings: readonly string[] = ['.ds_store', 'thumbs.db', 'desktop.ini'];

/** Equal for names that are the same file on Windows and macOS. */
export function foldedName(name: string): string {
  return name.toUpperCase().toLowerCase();
}

/** A name that cannot be trusted, for a message: in quotes, with nothing in it that a terminal would obey. */
export function shownName(raw: string): string {
  const start = raw.length > 120 ? `${raw.slice(0, 120)}…` : raw;
  return JSON.stringify(start).replace(
    /\p{C}|\p{Zl}|\p{Zp}/gu,
    sign => `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`,
  );
}
