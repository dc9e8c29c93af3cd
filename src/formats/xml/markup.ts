import { isSpace } from './bytes.ts';

/** What a `<` begins. `text`: no markup at all, as in "a < b", so the record it is in is not well-formed. */
export type MarkupKind =
  | 'start'
  | 'empty' // <Name/>
  | 'end'
  | 'comment'
  | 'cdata'
  | 'instruction'
  | 'doctype'
  | 'text'
  | 'incomplete'; // its end is not in the bytes

/** Where a piece of markup is. One object is filled again and again: a file has millions of them. */
export interface Markup {
  kind: MarkupKind;
  /** Index behind the name; the name begins one behind `<`, two behind in an end tag. Only for tags. */
  nameEnd: number;
  /** Index behind its last byte; for `text`, behind the `<`. */
  end: number;
}

export const lessThan = 0x3c;
const greaterThan = 0x3e;
const slash = 0x2f;
const doubleQuote = 0x22;
const singleQuote = 0x27;

const commentStart = Buffer.from('<!--');
const commentEnd = Buffer.from('-->');
const cdataStart = Buffer.from('<![CDATA[');
const doctypeStart = Buffer.from('<!DOCTYPE');
const declarations = [commentStart, cdataStart, doctypeStart];
const cdataEnd = Buffer.from(']]>');
const instructionEnd = Buffer.from('?>');

/** Bytes that names are made of. Whatever is not ASCII may be a letter: all encodings agree with ASCII here. */
const inName = new Uint8Array(256).fill(1, 0x80);
const beginsName = new Uint8Array(256).fill(1, 0x80);
for (const letter of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_:') {
  inName[letter.charCodeAt(0)] = 1;
  beginsName[letter.charCodeAt(0)] = 1;
}
for (const sign of '0123456789.-') inName[sign.charCodeAt(0)] = 1;

/** Reads the markup that the `<` at `at` begins into `found`. Bytes from `have` on do not count. */
export function readMarkup(bytes: Buffer, at: number, have: number, found: Markup): void {
  found.nameEnd = 0;
  found.end = at + 1;
  const next = bytes[at + 1] ?? 0;
  if (at + 1 >= have) found.kind = 'incomplete';
  else if (beginsName[next] === 1) readTag(bytes, at + 1, have, found);
  else if (next === slash) readEndTag(bytes, at + 2, have, found);
  else if (next === 0x3f) readInstruction(bytes, at + 2, have, found);
  else if (next === 0x21) readDeclaration(bytes, at, have, found);
  else found.kind = 'text';
}

function readTag(bytes: Buffer, from: number, have: number, found: Markup): void {
  let at = from + 1;
  while (at < have && inName[bytes[at] ?? 0] === 1) at++;
  found.nameEnd = at;
  if (at < have && bytes[at] === greaterThan) {
    found.kind = 'start';
    found.end = at + 1;
    return;
  }
  const named = at >= have || isSpace(bytes[at]) || bytes[at] === slash;
  // A < is forbidden in a tag, also between quotes: a quote that is never closed spoils one record, not the file.
  let quote = 0;
  for (; at < have && bytes[at] !== lessThan; at++) {
    const byte = bytes[at];
    if (quote !== 0) {
      if (byte === quote) quote = 0;
    } else if (byte === doubleQuote || byte === singleQuote) quote = byte;
    else if (byte === greaterThan) {
      found.kind = !named ? 'text' : bytes[at - 1] === slash ? 'empty' : 'start';
      if (named) found.end = at + 1;
      return;
    }
  }
  found.kind = at < have ? 'text' : 'incomplete';
}

function readEndTag(bytes: Buffer, from: number, have: number, found: Markup): void {
  let at = from;
  while (at < have && inName[bytes[at] ?? 0] === 1) at++;
  found.nameEnd = at;
  while (at < have && isSpace(bytes[at])) at++;
  if (at >= have) found.kind = 'incomplete';
  else if (bytes[at] === greaterThan && beginsName[bytes[from] ?? 0] === 1) {
    found.kind = 'end';
    found.end = at + 1;
  } else found.kind = 'text';
}

/** An instruction has a name: `<?>` is none. */
function readInstruction(bytes: Buffer, from: number, have: number, found: Markup): void {
  if (from >= have) found.kind = 'incomplete';
  else if (beginsName[bytes[from] ?? 0] !== 1) found.kind = 'text';
  else readUntil(bytes, from, have, instructionEnd, 'instruction', found);
}

function readDeclaration(bytes: Buffer, at: number, have: number, found: Markup): void {
  if (begins(bytes, at, have, commentStart))
    readUntil(bytes, at + commentStart.length, have, commentEnd, 'comment', found);
  else if (begins(bytes, at, have, cdataStart))
    readUntil(bytes, at + cdataStart.length, have, cdataEnd, 'cdata', found);
  else if (begins(bytes, at, have, doctypeStart)) found.kind = 'doctype';
  else found.kind = declarations.some(start => mayBegin(bytes, at, have, start)) ? 'incomplete' : 'text';
}

/** There are too few bytes to tell whether they begin with what is wanted, and so far they do. */
function mayBegin(bytes: Buffer, at: number, have: number, wanted: Buffer): boolean {
  const length = have - at;
  return length < wanted.length && wanted.compare(bytes, at, have, 0, length) === 0;
}

function readUntil(
  bytes: Buffer,
  from: number,
  have: number,
  close: Buffer,
  kind: MarkupKind,
  found: Markup,
): void {
  const at = bytes.indexOf(close, from);
  const complete = at >= 0 && at + close.length <= have;
  found.kind = complete ? kind : 'incomplete';
  if (complete) found.end = at + close.length;
}

function begins(bytes: Buffer, at: number, have: number, wanted: Buffer): boolean {
  return at + wanted.length <= have && wanted.compare(bytes, at, at + wanted.length) === 0;
}

/** Index of the next `<`, or -1. Most are near: a call into native code costs more than looking. */
export function nextMarkup(bytes: Buffer, from: number, have: number): number {
  const near = Math.min(from + 40, have);
  for (let at = from; at < near; at++) if (bytes[at] === lessThan) return at;
  if (near === have) return -1;
  const at = bytes.indexOf(lessThan, near);
  return at < have ? at : -1;
}
