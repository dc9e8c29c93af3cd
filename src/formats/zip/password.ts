import { encodeSingleByte, type SingleByteEncoding } from '../single-byte.ts';

const windowsPages: readonly SingleByteEncoding[] = ['windows-1252', 'ibm850'];

/**
 * The bytes a password may stand for, the likeliest first. Zip does not say how a password is encoded: outside of ASCII,
 * programs of today take UTF-8, older ones of Windows one of its two code pages.
 */
export function passwordBytes(password: string): Uint8Array[] {
  const utf8 = Buffer.from(password, 'utf8');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII
  if (/^[\x00-\x7f]*$/.test(password)) return [utf8];
  const others = windowsPages
    .map(page => ({ page, bytes: encodeSingleByte(page, password) }))
    // A character the page lacks has become a question mark.
    .filter(({ bytes }) => bytes.filter(byte => byte === 0x3f).length === questionMarks(password));
  const all = [utf8, ...others.map(({ bytes }) => bytes)];
  return all.filter((bytes, index) => all.findIndex(other => other.equals(bytes)) === index);
}

function questionMarks(text: string): number {
  return text.split('?').length - 1;
}
