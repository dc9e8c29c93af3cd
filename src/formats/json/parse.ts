import type { Problem } from '../../problems/problem.ts';
import type { Decode } from '../decode.ts';
import type { Cell, ParsedRecord } from '../record.ts';
import { openBrace, openBracket } from './bytes.ts';
import { listText } from './list-text.ts';
import { exactNumber, mayLoseDigits } from './number.ts';
import {
  duplicateProperty,
  halfCharacter,
  nested,
  notAnObject,
  notValid,
  stillBroken,
  tooNested,
} from './problems.ts';
import { PropertyWalker } from './properties.ts';
import { recordProperty } from './record-property.ts';

/** Parses records cut by a scanner: flat JSON objects in UTF-8. */
export function jsonParser(decode: Decode): (records: readonly Uint8Array[]) => ParsedRecord[] {
  const walker = new PropertyWalker();
  return records => records.map(record => parseRecord(record, decode, walker));
}

function parseRecord(record: Uint8Array, decode: Decode, walker: PropertyWalker): ParsedRecord {
  const text = decode(record);
  if (typeof text !== 'string') return bad(text);
  const value = parsed(text);
  if (value === undefined) return bad(notValid(text, record));
  if (!isObject(value)) return bad(notAnObject(text));
  const broken = value[recordProperty];
  if (broken !== undefined) return bad(stillBroken(broken, reasonFor(broken, decode)));
  return readCells(value, Buffer.from(record.buffer, record.byteOffset, record.length), text, walker);
}

/** What JSON.parse gives is taken where it is a plain value; for the rest the record's own text is asked. */
function readCells(
  value: Readonly<Record<string, unknown>>,
  record: Buffer,
  text: string,
  walker: PropertyWalker,
): ParsedRecord {
  const cells = new Map<string, Cell>();
  // Half a character cannot stand in UTF-8, but it can be written as an escape.
  const mayBeHalf = text.includes('\\u') && /\\u[dD][89a-fA-F]/.test(text);
  let names = 0;
  for (const [name, content] of Object.entries(value)) {
    names++;
    if (isCell(content)) cells.set(name, content);
    if (mayBeHalf && typeof content === 'string' && /\p{Surrogate}/u.test(content))
      return bad(halfCharacter(name, content));
  }
  let properties = 0;
  for (walker.begin(record, 0, record.length); walker.next(); ) {
    properties++;
    const { valueStart: start, valueEnd: end } = walker;
    const first = record[start] ?? 0;
    if (first === openBrace) return bad(nested(walker.name(), record.toString('utf8', start, end)));
    if (first === openBracket) {
      const list = listText(record, start, end);
      if (list === null) return bad(nested(walker.name(), record.toString('utf8', start, end)));
      cells.set(walker.name(), list);
    } else if (beginsNumber(first) && mayLoseDigits(record, start, end)) {
      cells.set(walker.name(), exactNumber(record.toString('latin1', start, end)));
    }
  }
  if (properties === names) return { ok: true, cells };
  const twice = repeated(record, walker);
  // Valid JSON whose properties cannot all be walked through is too deep.
  return bad(twice === null ? tooNested() : duplicateProperty(twice));
}

/** Undefined, which JSON cannot say, for what is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCell(value: unknown): value is Cell {
  return typeof value !== 'object' || value === null;
}

function beginsNumber(byte: number): boolean {
  return byte === 0x2d || (byte >= 0x30 && byte <= 0x39); // - 0 9
}

/** The property that stands twice in a record, or null. */
function repeated(record: Buffer, walker: PropertyWalker): string | null {
  const names = new Set<string>();
  for (walker.begin(record, 0, record.length); walker.next(); ) {
    const name = walker.name();
    if (names.has(name)) return name;
    names.add(name);
  }
  return null;
}

/** Why the record that an earlier run has put into a reject file as a text cannot be read; null when it can by now. */
function reasonFor(text: unknown, decode: Decode): Problem | null {
  if (typeof text !== 'string') return null;
  const again = parseRecord(Buffer.from(text), decode, new PropertyWalker());
  return again.ok ? null : again.problem;
}

function bad(problem: Problem): ParsedRecord {
  return { ok: false, problem };
}
