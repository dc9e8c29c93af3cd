import { createRequire } from 'node:module';

/** Encodings with one byte per character. Each agrees with ASCII below 0x80. */
export type SingleByteEncoding =
  | 'windows-1252'
  | 'iso-8859-1'
  | 'iso-8859-15'
  | 'macintosh'
  | 'ibm850'
  | 'ibm865';

/**
 * Loaded at the first use, and at once: files in UTF-8 never pay for iconv-lite. Node's TextDecoder is no substitute: it
 * reads windows-1252 as Latin-1 in several releases (nodejs/node 56542), and knows no DOS code page.
 */
const require = createRequire(import.meta.url);

/** Decodes bytes, one UTF-16 unit for each. U+FFFD stands for a byte that the code page leaves open. */
export function decodeSingleByte(encoding: SingleByteEncoding, bytes: Uint8Array): string {
  const text = iconv().decode(bytes, tableName(encoding));
  // The table is of Mac OS before 8.5, which put the euro sign in the place of ¤.
  return encoding === 'macintosh' ? text.replaceAll('¤', '€') : text;
}

/** Encodes text; a character the encoding lacks becomes `?`. */
export function encodeSingleByte(encoding: SingleByteEncoding, text: string): Buffer {
  // iconv-lite writes two ? for a character of two units, and an open byte for U+FFFD.
  const plain = text.replace(/[\ufffd\u{10000}-\u{10ffff}]/gu, '?');
  const table = encoding === 'macintosh' ? plain.replace(/[¤€]/g, sign => (sign === '€' ? '¤' : '?')) : plain;
  return iconv().encode(table, tableName(encoding));
}

function iconv(): typeof import('iconv-lite') {
  return require('iconv-lite');
}

/** What calls itself Latin-1 and uses 0x80 to 0x9F is Windows-1252; browsers read it so too. */
function tableName(encoding: SingleByteEncoding): string {
  return encoding === 'iso-8859-1' ? 'windows-1252' : encoding;
}
