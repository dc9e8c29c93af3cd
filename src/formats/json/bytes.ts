/** The bytes that give JSON its structure (RFC 8259, section 2). */
export const quote = 0x22;
export const comma = 0x2c;
export const colon = 0x3a;
export const openBracket = 0x5b;
const backslash = 0x5c;
export const closeBracket = 0x5d;
export const openBrace = 0x7b;
export const closeBrace = 0x7d;
export const lineFeed = 0x0a;

/** Index of the first byte from `from` on that is no white space, or `end`. */
export function skipSpace(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end) {
    const byte = bytes[at];
    if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) break;
    at++;
  }
  return at;
}

/** Index of the last byte before `end` that is no white space, plus one; `from` when there is none. */
export function trimSpace(bytes: Uint8Array, from: number, end: number): number {
  let at = end;
  while (at > from && skipSpace(bytes, at - 1, at) === at) at--;
  return at;
}

/** Index behind the quote that closes the string whose first character is at `from`, or -1 when it is not before `end`. */
export function stringEnd(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end) {
    const byte = bytes[at++];
    if (byte === quote) return at;
    if (byte === backslash) at++;
  }
  return -1;
}
