import { createRequire } from 'node:module';
import type { XMLParser } from 'fast-xml-parser';
import type { Problem } from '../../problems/problem.ts';
import type { Decode } from '../decode.ts';
import type { Cell, ParsedRecord } from '../record.ts';
import { asBuffer } from './bytes.ts';
import { decodeEntities } from './entities.ts';
import { examine, type Look } from './examine.ts';
import { depthLimit } from './limits.ts';
import * as problems from './problems.ts';
import { createRowWalker, type WalkRow } from './row-walker.ts';

/** Loaded at the first parse, and at once: a run in which nothing changed never pays for fast-xml-parser. */
const require = createRequire(import.meta.url);

/** Parses rows cut by the scanner. */
export function xmlParser(decode: Decode): (records: readonly Uint8Array[]) => ParsedRecord[] {
  const walkRow = createRowWalker();
  let parser: XMLParser | null = null;
  return records => {
    parser ??= createParser();
    const parse = parser;
    return records.map(record => {
      const cells = cellsOf(asBuffer(record), decode, walkRow, parse);
      return cells instanceof Map ? { ok: true, cells } : { ok: false, problem: cells };
    });
  };
}

/**
 * Every element name gets a dot before it, which no name of the file's own can have: so they cannot be mistaken for the
 * parser's own keys, and names like `constructor` are names as any other. The parser asks twice for `<Name/>`.
 */
const marked = (name: string): string => (name.startsWith('.') ? name : `.${name}`);
const textKey = '#text';
const cdataKey = '#cdata';

/** A node as the parser gives it in its ordered form: one property, whose name is an element's, or `#text`, or `#cdata`. */
type Node = Readonly<Record<string, readonly Node[] | string>>;

function createParser(): XMLParser {
  const { XMLParser: Parser }: typeof import('fast-xml-parser') = require('fast-xml-parser');
  return new Parser({
    preserveOrder: true,
    ignoreAttributes: true,
    removeNSPrefix: true,
    parseTagValue: false,
    trimValues: false,
    transformTagName: marked,
    textNodeName: textKey,
    // References are resolved here: the parser leaves those it does not know, and drops characters without a word.
    processEntities: false,
    cdataPropName: cdataKey,
    jPath: false,
    maxNestedTags: depthLimit + 1,
  });
}

function cellsOf(
  record: Buffer,
  decode: Decode,
  walkRow: WalkRow,
  parser: XMLParser,
): Map<string, Cell> | Problem {
  const text = decode(record);
  if (typeof text !== 'string') return text;
  const look = examine(record, decode, walkRow);
  if (!('nils' in look)) return look;
  const source = look.remarks.length === 0 ? text : decode(withoutRemarks(record, look.remarks));
  if (typeof source !== 'string') return source;
  return namedCells(parseRow(parser, source), look.nils);
}

/** The nodes inside the row, or why the parser refuses it. That is not known to happen, but its limits are its own. */
function parseRow(parser: XMLParser, source: string): readonly Node[] | Problem {
  try {
    const [row]: readonly Record<string, readonly Node[]>[] = parser.parse(source);
    return Object.values(row ?? {})[0] ?? [];
  } catch (error) {
    return problems.unreadable(error instanceof Error ? error.message : String(error));
  }
}

const emptyCdata = Buffer.from('<![CDATA[]]>');

/**
 * The parser takes an apostrophe in an instruction for a quote and reads on behind its end, and joins what stands before
 * and behind a comment before it looks for references. An empty CDATA section means nothing, and parts them.
 */
function withoutRemarks(record: Buffer, remarks: Look['remarks']): Buffer {
  const parts: Buffer[] = [];
  let at = 0;
  for (const [start, end] of remarks) {
    parts.push(record.subarray(at, start), emptyCdata);
    at = end;
  }
  return Buffer.concat([...parts, record.subarray(at)]);
}

function namedCells(row: readonly Node[] | Problem, nils: readonly boolean[]): Map<string, Cell> | Problem {
  if ('code' in row) return row;
  const cells = new Map<string, Cell>();
  let index = 0;
  for (const node of row)
    for (const [name, content] of Object.entries(node)) {
      if (name === textKey || name === cdataKey) {
        const text = typeof content === 'string' ? content : rawText(content);
        if (!/^[ \t\r\n]*$/.test(text)) return problems.strayText(text);
        continue;
      }
      const field = name.slice(1);
      if (cells.has(field)) return problems.repeatedField(field);
      const cell = typeof content === 'string' ? content : fieldText(field, content);
      if (typeof cell !== 'string') return cell;
      const isNil = nils[index++] === true;
      if (isNil && cell !== '') return problems.nilWithText(field, cell);
      cells.set(field, isNil ? null : cell);
    }
  return cells;
}

function fieldText(field: string, content: readonly Node[]): string | Problem {
  let text = '';
  for (const node of content)
    for (const [name, part] of Object.entries(node)) {
      if (name === cdataKey) text += typeof part === 'string' ? part : rawText(part);
      else if (typeof part !== 'string') return problems.nestedElement(field, name.slice(1));
      else {
        const decoded = decodeEntities(part);
        if (typeof decoded !== 'string') return problems.unknownEntity(field, decoded.unknown);
        text += decoded;
      }
    }
  return text;
}

/** The text of a CDATA section, which has no references. */
function rawText(content: readonly Node[]): string {
  return content.map(node => node[textKey] ?? '').join('');
}
