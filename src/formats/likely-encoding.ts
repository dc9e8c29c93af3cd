import { decodeSingleByte, type SingleByteEncoding } from './single-byte.ts';

const candidates: readonly SingleByteEncoding[] = ['windows-1252', 'ibm850', 'macintosh'];

/** Of the usual single-byte encodings, the one in which a word's bytes read most like a name of the Nordic countries. */
export function likelyEncoding(word: Uint8Array): SingleByteEncoding {
  const score = (encoding: SingleByteEncoding): number => likeness(decodeSingleByte(encoding, word));
  return candidates.reduce((best, other) => (score(other) > score(best) ? other : best));
}

/** Every wrong code page has some letters with accents: the usual ones count more, capitals amid small letters less. */
function likeness(word: string): number {
  const count = (pattern: RegExp): number => word.match(pattern)?.length ?? 0;
  const letters = count(/[À-ÖØ-öø-ÿ]/g) + count(/[ÅÆÄÉØÖÜåæäéøöü]/g);
  const misplaced = count(/\p{L}\p{Lu}(?=\p{Ll})|\p{Ll}(?=\p{Lu})/gu);
  return letters + count(/^\p{Lu}/gu) + 2 * count(/(?<=\p{L})’(?=\p{L})/gu) - 2 * misplaced;
}
