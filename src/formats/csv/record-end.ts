import { type CsvLayout, quote } from './layout.ts';

/**
 * Where the record that begins at `from` ends (the index of its newline), or -1 when that is not in `bytes` before
 * `end`. A quote counts only at the start of a cell; what follows a closing quote up to the next separator or newline is
 * taken as it is, so that a stray quote spoils one record and not the rest of the file. `last`: no bytes come after
 * `end`, so the record ends there at the latest, even inside quotes.
 */
export function recordEnd(
  bytes: Buffer,
  from: number,
  end: number,
  last: boolean,
  { separator, newline }: CsvLayout,
): number {
  const missing = last ? end : -1;
  let at = from;
  for (;;) {
    if (at < end && bytes[at] === quote) {
      at = closingQuote(bytes, at + 1, end);
      if (at < 0) return missing;
      at++;
    }
    for (;;) {
      if (at >= end) return missing;
      const byte = bytes[at];
      if (byte === newline) return at;
      at++;
      if (byte === separator) break;
    }
  }
}

/**
 * Index of the quote that closes a cell, or -1. A quote that is the last byte counts as closing: who has more bytes to
 * come must ask again with them.
 */
export function closingQuote(bytes: Buffer, from: number, end: number): number {
  for (let at = from; ; at += 2) {
    at = bytes.indexOf(quote, at);
    if (at < 0 || at >= end) return -1;
    if (at + 1 >= end || bytes[at + 1] !== quote) return at;
  }
}
