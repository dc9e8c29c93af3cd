import { type Encoding, isSingleByte } from '../encoding-names.ts';
import type { InputFile } from '../input-file.ts';
import type { RejectWriter } from '../record.ts';
import { createRejectFile } from '../reject-file.ts';
import { asBuffer, isSpace } from './bytes.ts';
import { encodeEntities } from './entities.ts';
import type { Root } from './frame.ts';
import { createRowWalker, localStart } from './row-walker.ts';

export interface XmlRejectOptions {
  readonly root: Root;
  /** Written first; empty when the input has no byte order mark. */
  readonly mark: Buffer;
  /** UTF-16 has become UTF-8 here. */
  readonly encoding: Encoding;
  readonly encode: (text: string) => Buffer;
  /** Reads a text back: what an encoding lacks does not survive it. */
  readonly decode: (bytes: Buffer) => string;
  readonly input: InputFile;
}

const lineEnd = '\n';
const slash = 0x2f;

/**
 * A reject file: the root, in it each record as it was with the extra elements at its end. Those it has already are
 * replaced. Truncates what was there. Throws SicError 'file' when it cannot be written.
 */
export function openXmlRejects(
  path: string,
  extraColumns: readonly string[],
  options: XmlRejectOptions,
): RejectWriter {
  const { root, encoding, encode, decode } = options;
  const file = createRejectFile(path, options.input);
  const has = (character: string): boolean => {
    if (!isSingleByte(encoding)) return true;
    // Read as Windows-1252 here, but other programs go by the name: what only that one has is written as its number.
    if (encoding === 'iso-8859-1' && character > '\xff') return false;
    return decode(encode(character)) === character;
  };
  const splitRecord = splitter(extraColumns);
  file.put(
    options.mark,
    encode(`<?xml version="1.0" encoding="${encoding}"?>${lineEnd}`),
    startTagOf(root.startTag),
  );
  file.flush();
  return {
    write: (record, extra) => {
      const { kept, end } = splitRecord(asBuffer(record));
      const elements = extraColumns.map(
        (name, i) => `${lineEnd}    <${name}>${encodeEntities(extra[i] ?? '', has)}</${name}>`,
      );
      file.put(encode(`${lineEnd}  `), ...kept, encode(elements.join('')), ...end);
    },
    close: () => {
      file.put(encode(lineEnd), Buffer.from('</'), root.bytes, Buffer.from('>'), encode(lineEnd));
      return file.close();
    },
  };
}

interface SplitRecord {
  readonly kept: readonly Buffer[];
  /** The record's end tag, with the white space before it. */
  readonly end: readonly Buffer[];
}

/** Parts a record before its end tag, without the elements of those names. */
function splitter(extraColumns: readonly string[]): (record: Buffer) => SplitRecord {
  const walkRow = createRowWalker();
  const names = new Set(extraColumns);
  return record => {
    const old: [start: number, end: number][] = [];
    let nameEnd = 1;
    walkRow(record, 0, record.length, Buffer.alloc(0), {
      opened: (depth, _, end) => {
        if (depth === 0) nameEnd = end;
      },
      closed: (depth, from, to, end) => {
        if (depth > 0 && names.has(record.toString('latin1', localStart(record, from, to), to)))
          addRange(old, spaceBefore(record, from - 1), end);
      },
    });
    if (record.at(-2) === slash) {
      const name = record.subarray(1, nameEnd);
      const tag = startTagOf(record);
      return { kept: [tag], end: [Buffer.from('</'), name, Buffer.from('>')] };
    }
    const stop = spaceBefore(record, record.lastIndexOf('</'));
    const kept: Buffer[] = [];
    let at = 0;
    for (const [start, end] of old) {
      kept.push(record.subarray(at, start));
      at = end;
    }
    return {
      kept: [...kept, record.subarray(at, Math.max(at, stop))],
      end: [record.subarray(Math.max(at, stop))],
    };
  };
}

/** What is inside the new range goes with it. */
function addRange(ranges: [start: number, end: number][], start: number, end: number): void {
  while ((ranges.at(-1)?.[0] ?? -1) >= start) ranges.pop();
  ranges.push([start, end]);
}

/** Index of the white space that ends at `at`. */
function spaceBefore(record: Buffer, at: number): number {
  let start = at;
  while (start > 0 && isSpace(record[start - 1])) start--;
  return start;
}

/** `<Name …/>` as `<Name …>`. */
function startTagOf(tag: Buffer): Buffer {
  return tag.at(-2) === slash ? Buffer.concat([tag.subarray(0, -2), Buffer.from('>')]) : tag;
}
