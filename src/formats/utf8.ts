import { isUtf8 } from 'node:buffer';

/**
 * Length of `bytes` without a character that only begins in its last three bytes. Cutting there lets a file be
 * checked or decoded in pieces.
 */
export function wholeCharacters(bytes: Uint8Array): number {
  const end = bytes.length;
  for (let back = 1; back <= 3 && back <= end; back++) {
    const byte = bytes[end - back] ?? 0;
    if (byte < 0x80) return end;
    if (byte >= 0xc0) {
      const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return needed > back ? end - back : end;
    }
  }
  return end;
}

/** Index of the first byte that is not UTF-8; of the last character when all that is wrong is that it is cut short. */
export function firstInvalidByte(bytes: Uint8Array): number {
  const valid = (length: number): boolean => {
    const head = bytes.subarray(0, length);
    return isUtf8(head.subarray(0, wholeCharacters(head)));
  };
  let low = 0; // a length that is valid
  let high = bytes.length + 1; // a length that is not
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (valid(middle)) low = middle;
    else high = middle;
  }
  return wholeCharacters(bytes.subarray(0, low));
}
