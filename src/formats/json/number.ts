/** Digits from which on a number may have more of them than a double can tell apart. */
const longest = 15;

/** Whether `exactNumber` may answer otherwise than JSON.parse, judged quickly: most numbers are short. */
export function mayLoseDigits(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start > longest) return true;
  for (let at = start; at < end; at++) if (bytes[at] === 0x65 || bytes[at] === 0x45) return true; // e E
  return false;
}

/**
 * The value of a JSON number; its own text where the number would not be what the file says, so that a key with 20
 * digits is taken as it is, and one that a spreadsheet has shortened (1.5E+10) is told from a good one. Fractions are
 * numbers always: more digits than a double has mean nothing there.
 */
export function exactNumber(source: string): number | string {
  const value = Number(source);
  if (!Number.isFinite(value) || /^-?\d\.\d+e\+\d+$/i.test(source)) return source;
  return /^-?[1-9]\d*$/.test(source) && String(value) !== source ? source : value;
}
