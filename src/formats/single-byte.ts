/** Encodings with one byte per character. Each agrees with ASCII below 0x80. */
export type SingleByteEncoding = 'windows-1252' | 'iso-8859-1' | 'iso-8859-15' | 'macintosh';

/**
 * Tables of our own, because Node's TextDecoder reads windows-1252 as Latin-1 in several releases (20.20 among them):
 * € and ’ would come out as control characters (nodejs/node 56542).
 */
interface Table {
  /** Bytes 0x80 to 0xFF; index 0 is byte 0x80. */
  readonly upper: string;
  readonly byteOf: ReadonlyMap<string, number>;
}

const latin1 = Array.from({ length: 128 }, (_, i) => String.fromCharCode(128 + i)).join('');
// The five bytes that Windows-1252 leaves open stay control characters, as the WHATWG encoding standard has them.
const windows1252 = `€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ${latin1.slice(32)}`;
const latin9 = [
  [0xa4, '€'],
  [0xa6, 'Š'],
  [0xa8, 'š'],
  [0xb4, 'Ž'],
  [0xb8, 'ž'],
  [0xbc, 'Œ'],
  [0xbd, 'œ'],
  [0xbe, 'Ÿ'],
] as const;
const macRoman =
  'ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø' +
  '¿¡¬√ƒ≈∆«»…\xa0ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\uf8ffÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ';

const tables: Readonly<Record<SingleByteEncoding, Table>> = {
  'windows-1252': table(windows1252),
  // What calls itself Latin-1 and uses 0x80 to 0x9F is Windows-1252; browsers read it so too.
  'iso-8859-1': table(windows1252),
  'iso-8859-15': table(latin9.reduce((text, [byte, letter]) => replaceAt(text, byte - 128, letter), latin1)),
  macintosh: table(macRoman),
};

/** Decodes bytes. Every byte has a character, so this never fails. */
export function decodeSingleByte(encoding: SingleByteEncoding, bytes: Uint8Array): string {
  const { upper } = tables[encoding];
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  return text.replace(/[\x80-\xff]/g, letter => upper.charAt(letter.charCodeAt(0) - 128));
}

/** Encodes text; a character the encoding lacks becomes `?`. */
export function encodeSingleByte(encoding: SingleByteEncoding, text: string): Buffer {
  const { byteOf } = tables[encoding];
  const bytes: number[] = [];
  for (const letter of text) {
    const code = letter.charCodeAt(0);
    bytes.push(code < 128 ? code : (byteOf.get(letter) ?? 0x3f));
  }
  return Buffer.from(bytes);
}

function table(upper: string): Table {
  return { upper, byteOf: new Map([...upper].map((letter, i) => [letter, 128 + i])) };
}

function replaceAt(text: string, index: number, letter: string): string {
  return text.slice(0, index) + letter + text.slice(index + 1);
}
