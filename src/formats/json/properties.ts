import {
  closeBrace,
  colon,
  comma,
  openBrace,
  openBracket,
  quote,
  skipSpace,
  stringEnd,
  trimSpace,
} from './bytes.ts';
import { elementEnd } from './element.ts';

/**
 * Walks through the properties of one record, without decoding them. One walker is used again and again, since every
 * record of a file goes through it.
 *
 *     for (walker.begin(bytes, start, end); walker.next(); ) … walker.nameStart …
 */
export class PropertyWalker {
  bytes: Buffer = Buffer.alloc(0);
  /** The name, with its quotes. */
  nameStart = 0;
  nameEnd = 0;
  valueStart = 0;
  valueEnd = 0;
  #at = 0;
  #end = 0;

  /** The record's bytes, without white space around them. What is no object has no properties. */
  begin(bytes: Buffer, start: number, end: number): void {
    this.bytes = bytes;
    this.#end = end;
    this.#at = bytes[start] === openBrace ? start + 1 : end;
  }

  /** Goes on to the next property; false when there is none, or none that can be read. */
  next(): boolean {
    const { bytes } = this;
    const end = this.#end;
    let at = skipSpace(bytes, this.#at, end);
    if (bytes[at] !== quote || at >= end) return this.#stop();
    this.nameStart = at;
    at = stringEnd(bytes, at + 1, end);
    if (at < 0) return this.#stop();
    this.nameEnd = at;
    at = skipSpace(bytes, at, end);
    if (bytes[at] !== colon) return this.#stop();
    at = skipSpace(bytes, at + 1, end);
    this.valueStart = at;
    at = this.#passValue(at);
    if (at < 0) return this.#stop();
    this.valueEnd = trimSpace(bytes, this.valueStart, at);
    at = skipSpace(bytes, at, end);
    this.#at = bytes[at] === comma ? at + 1 : end;
    return true;
  }

  /** The name of the property, which must be valid JSON. */
  name(): string {
    return String(JSON.parse(this.bytes.toString('utf8', this.nameStart, this.nameEnd)));
  }

  #passValue(from: number): number {
    const { bytes } = this;
    const end = this.#end;
    const first = bytes[from];
    if (first === quote) return stringEnd(bytes, from + 1, end);
    if (first === openBrace || first === openBracket) return elementEnd(bytes, from, end, true);
    let at = from;
    while (at < end && bytes[at] !== comma && bytes[at] !== closeBrace) at++;
    return at;
  }

  #stop(): false {
    this.#at = this.#end;
    return false;
  }
}
