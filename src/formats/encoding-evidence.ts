import type { Problem } from '../problems/problem.ts';
import { SicError } from '../problems/sic-error.ts';
import type { Judgement } from './encoding.ts';
import { type Encoding, encodingTitle } from './encoding-names.ts';
import type { TextFormat } from './file-kind.ts';
import type { InputDescriptor } from './input-file.ts';
import { likelyEncoding } from './likely-encoding.ts';
import { decodeSingleByte, type SingleByteEncoding } from './single-byte.ts';

/** A spot in a file, as evidence for people. */
export interface Evidence {
  readonly line: number;
  /** Byte offset in the file, 0 = the first. */
  readonly offset: number;
  /** The word around the spot, undecoded. */
  readonly word: Buffer;
  /** Index of the spot in `word`. */
  readonly index: number;
  /** The file ends with that word. */
  readonly atEnd: boolean;
}

const reach = 24;

/** Looks a byte offset up. Reads the file from its beginning to count lines: only for a file that is refused or warned of. */
export function describePlace(input: InputDescriptor, offset: number): Evidence {
  const buffer = Buffer.allocUnsafe(1 << 20);
  let line = 1;
  for (let position = 0; position < offset; position += buffer.length) {
    const count = input.read(buffer, 0, Math.min(buffer.length, offset - position), position);
    for (let at = buffer.indexOf(10); at >= 0 && at < count; at = buffer.indexOf(10, at + 1)) line++;
  }
  const from = Math.max(0, offset - reach);
  const around = buffer.subarray(0, input.read(buffer, 0, 2 * reach, from));
  const spot = offset - from;
  const { word, start } = wordAround(around, spot);
  const atEnd = start + word.length === around.length && around.length < 2 * reach;
  return { line, offset, word: Buffer.from(word), index: spot - start, atEnd };
}

function wordAround(bytes: Uint8Array, spot: number): { word: Uint8Array; start: number } {
  let start = spot;
  while (start > 0 && isWordByte(bytes[start - 1])) start--;
  let end = Math.min(spot + 1, bytes.length);
  while (end < bytes.length && isWordByte(bytes[end])) end++;
  return { word: bytes.subarray(start, end), start };
}

/** The file claims or seems to be UTF-8 and is not. `mixed`: letters such as æøå before that spot are good UTF-8. */
export function notUtf8(place: Evidence, mixed: boolean, label: string, format: TextFormat): SicError {
  const where = `${label} is not UTF-8: line ${place.line}, byte ${place.offset}`;
  if (isCutOff(place, mixed))
    return new SicError('file', `${where}, ends in the middle of a letter.`, {
      hint: 'The file was cut off. Fetch it again.',
    });
  const bytes = place.word.subarray(place.index);
  const length = bytes.findIndex(byte => byte < 0x80);
  const hex = hexOf(bytes.subarray(0, Math.min(4, length < 0 ? bytes.length : length)));
  const encoding = likelyEncoding(place.word);
  const reading = `"${visible(decodeSingleByte(encoding, place.word))}"`;
  const message = `${where}, holds ${hex}, which reads ${reading} in ${encodingTitle(encoding)}.`;
  if (mixed)
    return new SicError('file', message, {
      hint:
        'Letters before that place are good UTF-8, so the file mixes two encodings. ' +
        'Have the program that writes it use UTF-8 throughout.',
    });
  return new SicError('file', message, {
    hint:
      format === 'JSON'
        ? 'Have the program that writes the file use UTF-8: JSON is read in no other encoding.'
        : `If ${reading} is right, ${howToName(encoding, format)}. Otherwise save the file as UTF-8.`,
  });
}

/** What to do so that a file is read in that encoding, as the middle of a sentence. */
function howToName(encoding: Encoding, format: TextFormat): string {
  return format === 'XML'
    ? `have the file say so in its first line: <?xml version="1.0" encoding="${encoding}"?>`
    : `write "csv": { "encoding": "${encoding}" } in the file's mapping in sic.config.json`;
}

/** The config or the file itself says another encoding, but all of the file is UTF-8. */
export function isReallyUtf8(place: Evidence, { encoding, declared }: Judgement, label: string): SicError {
  return new SicError(
    'file',
    `${label} ${declared ? 'says that it is' : 'is set to'} ${encoding}, but it is UTF-8: line ${place.line} holds "${place.word.toString('utf8')}".`,
    {
      hint: declared
        ? 'Correct encoding="…" in the first line of the file to utf-8, in the program that writes it.'
        : 'Remove "encoding" from the file\'s mapping in sic.config.json: sic tells UTF-8 by itself.',
    },
  );
}

/** A record in which the byte at `index` stands for no character of the file's encoding. */
export function openByte(
  encoding: SingleByteEncoding,
  record: Uint8Array,
  index: number,
  format: TextFormat,
): Problem {
  const from = Math.max(0, index - reach);
  const { word } = wordAround(record.subarray(from, index + reach), index - from);
  const other = likelyEncoding(word);
  const reading = visible(decodeSingleByte(other, word));
  const value = visible(decodeSingleByte(encoding, word));
  const hex = hexOf(record.subarray(index, index + 1));
  const what = `"${value}" holds the byte ${hex}, which stands for nothing in ${encodingTitle(encoding)}`;
  const problem = { field: null, value, code: 'bad-encoding' };
  return reading.includes('·')
    ? { ...problem, message: `${what}.`, tip: 'Correct that letter in the file.' }
    : {
        ...problem,
        message: `${what}, but reads "${reading}" in ${encodingTitle(other)}.`,
        tip: `If "${reading}" is right, ${howToName(other, format)}. Otherwise correct that letter in the file.`,
      };
}

export function zeroByte(place: Evidence, label: string): SicError {
  return new SicError(
    'file',
    `${label} holds a zero byte in line ${place.line} (byte ${place.offset}): text has none.`,
    { hint: binary },
  );
}

/** The same of UTF-16, where every other byte is zero. */
export function zeroCharacter(line: number, label: string): SicError {
  return new SicError('file', `${label} holds a zero character in line ${line}: text has none.`, {
    hint: binary,
  });
}

const binary = 'The file is binary, or was damaged when it was written or copied. Fetch it again.';

export function notUtf16(encoding: Encoding, position: number, label: string, cause: unknown): SicError {
  return new SicError('file', `${label} is not good ${encodingTitle(encoding)} after byte ${position}.`, {
    hint: 'The file was cut off or damaged: half a character stands alone. Fetch it again, or save it as UTF-8.',
    cause,
  });
}

const doubled = Buffer.from('Ã', 'utf8');

/** Where text was encoded twice ("Ã¥" for "å"), or -1. */
export function doubleEncoded(chunk: Buffer): number {
  for (let at = chunk.indexOf(doubled); at >= 0; at = chunk.indexOf(doubled, at + 2)) {
    const next = chunk[at + 2];
    // What follows Ã is then the reading of a byte 0x80 to 0xBF: Latin-1 signs, or Windows-1252 punctuation.
    if (next === 0xc2 || next === 0xe2) return at;
    if (next === 0xc5 && [0xa0, 0xa1, 0x92, 0x93, 0xb8, 0xbd, 0xbe].includes(chunk[at + 3] ?? 0)) return at;
  }
  return -1;
}

function isWordByte(byte: number | undefined): boolean {
  if (byte === undefined) return false;
  return (
    byte >= 0x80 ||
    (byte >= 0x30 && byte <= 0x39) ||
    (byte >= 0x41 && byte <= 0x5a) ||
    (byte >= 0x61 && byte <= 0x7a)
  );
}

/** A lead byte with too few bytes after it, where the file ends. A lead byte alone proves it only in a UTF-8 file. */
function isCutOff(place: Evidence, surelyUtf8: boolean): boolean {
  const rest = place.word.subarray(place.index);
  const lead = rest[0] ?? 0;
  const needed = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (!place.atEnd || rest.length >= needed || (rest.length === 1 && !surelyUtf8)) return false;
  return rest.subarray(1).every(byte => byte >= 0x80 && byte < 0xc0);
}

function hexOf(bytes: Uint8Array): string {
  return [...bytes].map(byte => byte.toString(16).toUpperCase().padStart(2, '0')).join(' ');
}

function visible(text: string): string {
  return text.replace(/[\x80-\x9f\ufffd]/g, '·');
}
