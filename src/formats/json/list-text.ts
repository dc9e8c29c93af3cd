import { comma, skipSpace } from './bytes.ts';
import { elementEnd } from './element.ts';
import { exactNumber } from './number.ts';

/**
 * A JSON list of texts and numbers as the text that the fields for several names take: joined by `|`
 * (integration-cloud.md, section 2.1). `["A","B"]` is `A|B`, and `[]` an empty text. Null for a list that holds anything
 * else, or a text with a `|` of its own. The list is valid JSON and `bytes[start]` its opening bracket.
 */
export function listText(bytes: Buffer, start: number, end: number): string | null {
  const texts: string[] = [];
  let at = skipSpace(bytes, start + 1, end - 1);
  while (at < end - 1) {
    const stop = elementEnd(bytes, at, end, true);
    const source = bytes.toString('utf8', at, stop);
    const value: unknown = JSON.parse(source);
    if (typeof value === 'number') texts.push(String(exactNumber(source)));
    else if (typeof value === 'string' && !value.includes('|')) texts.push(value);
    else return null;
    at = skipSpace(bytes, stop, end);
    if (bytes[at] === comma) at = skipSpace(bytes, at + 1, end);
  }
  return texts.join('|');
}
