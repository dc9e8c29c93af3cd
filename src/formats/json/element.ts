import {
  closeBrace,
  closeBracket,
  comma,
  openBrace,
  openBracket,
  quote,
  stringEnd,
  trimSpace,
} from './bytes.ts';

/** Records are flat: what is nested deeper than this is damage, or an attack on whoever reads it by recursion. */
export const deepest = 100;

/** Why `elementEnd` found no end. */
export const incomplete = -1;
export const mismatched = -2;
export const tooDeep = -3;

const closers = new Uint8Array(deepest + 1);

/**
 * Where the value that begins at `from` ends (the index behind it): `incomplete` when that is not before `end`,
 * `mismatched` when a bracket is closed by one of the other kind, `tooDeep` below 100 levels. Knows only strings and
 * brackets, so it costs little: whether a value is JSON is for the parser to say. What begins with neither a bracket nor
 * a quote goes up to the next comma or closing square bracket. `last`: no bytes come after `end`.
 */
export function elementEnd(bytes: Uint8Array, from: number, end: number, last: boolean): number {
  const first = bytes[from];
  if (first === quote) return stringEnd(bytes, from + 1, end);
  if (first !== openBrace && first !== openBracket) return bareEnd(bytes, from, end, last);
  let depth = 0;
  let at = from;
  while (at < end) {
    const byte = bytes[at++];
    if (byte === quote) {
      at = stringEnd(bytes, at, end);
      if (at < 0) return incomplete;
    } else if (byte === openBrace || byte === openBracket) {
      if (depth === deepest) return tooDeep;
      closers[++depth] = byte + 2; // } stands two behind {, as ] does behind [
    } else if (byte === closeBrace || byte === closeBracket) {
      if (closers[depth] !== byte) return mismatched;
      if (--depth === 0) return at;
    }
  }
  return incomplete;
}

function bareEnd(bytes: Uint8Array, from: number, end: number, last: boolean): number {
  let at = from;
  while (at < end && bytes[at] !== comma && bytes[at] !== closeBracket) at++;
  return at === end && !last ? incomplete : trimSpace(bytes, from, at);
}
