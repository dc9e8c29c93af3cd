import {
  closeBrace,
  closeBracket,
  comma,
  openBrace,
  quote,
  skipSpace,
  stringEnd,
  trimSpace,
} from './bytes.ts';
import { elementEnd, incomplete, mismatched, tooDeep } from './element.ts';

/**
 * As `elementEnd`, but a broken record that has a line to itself, as most programs write them, ends with that line: a
 * quote too many turns all texts behind it inside out, and without this rule the record would swallow its neighbours.
 * Good JSON is never cut by it. `newline`: index of the first line feed behind `from`, or `end`.
 * @param isCut the bytes end with a record, and more of the list is behind them that is not to be seen
 */
export function recordEnd(
  bytes: Buffer,
  from: number,
  newline: number,
  end: number,
  last: boolean,
  isCut = false,
): number {
  const stop = elementEnd(bytes, from, end, last);
  if (stop === tooDeep || (stop >= 0 && stop <= newline)) return stop;
  const isAtCut = isCut && last;
  // What is open at the cut would be closed by the end of the list.
  const isBroken = stop === mismatched || (isAtCut && stop === incomplete);
  const line = lineEnd(bytes, from, newline, end, isBroken, isAtCut);
  // A bracket of the wrong kind is damage already, but the bytes to come may show that it spoils one line only.
  return line >= 0 || (line === incomplete && stop < 0 && !last) ? line : stop;
}

/**
 * Where the line's record ends; `incomplete` when the bytes do not tell yet, `mismatched` when it is no such line. It ends
 * with } and maybe a comma, and a record or the end of the list follows. `broken`: it is known to be no JSON; else its
 * line has to end inside a text, where JSON has no line breaks. `isAtCut`: a record or the end of the list follows `end`.
 */
function lineEnd(
  bytes: Buffer,
  from: number,
  newline: number,
  end: number,
  broken: boolean,
  isAtCut: boolean,
): number {
  if (bytes[from] !== openBrace) return mismatched;
  const next = skipSpace(bytes, newline, end);
  if (next === end && !isAtCut) return incomplete;
  if (next < end && bytes[next] !== openBrace && bytes[next] !== closeBracket) return mismatched;
  let close = trimSpace(bytes, from, newline);
  if (bytes[close - 1] === comma) close = trimSpace(bytes, from, close - 1);
  if (bytes[close - 1] !== closeBrace) return mismatched;
  return broken || endsInsideText(bytes, from, newline) ? close : mismatched;
}

function endsInsideText(bytes: Buffer, from: number, end: number): boolean {
  let at = from;
  while (at < end) {
    if (bytes[at++] !== quote) continue;
    at = stringEnd(bytes, at, end);
    if (at < 0) return true;
  }
  return false;
}
