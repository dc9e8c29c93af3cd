import { createRequire } from 'node:module';
import type { Problem } from '../../problems/problem.ts';
import type { Decode } from '../decode.ts';
import { shownName } from '../longest-name.ts';
import type { Cell, ParsedRecord } from '../record.ts';
import type { CsvHeader } from './header.ts';
import { separatorTitle } from './separator.ts';
import { surveyRecord } from './survey.ts';

/** Loaded at the first parse, and at once: a run in which nothing changed never pays for papaparse. */
const require = createRequire(import.meta.url);

/** papaparse notes every stray quote of what it is given: an object each. */
const groupBytes = 1 << 20;

/** Above so many bytes a record is looked at before papaparse makes a text of each of its cells: they may be millions. */
const largeRecord = 1 << 16;

/** Parses records cut by the scanner. */
export function csvParser(
  header: CsvHeader,
  decode: Decode,
): (records: readonly Uint8Array[]) => ParsedRecord[] {
  const split = splitter(header);
  return records => {
    const results: ParsedRecord[] = [];
    for (const group of groups(records)) {
      const refused = group.map(record =>
        record.length > largeRecord ? refusalOf(record, header, decode) : null,
      );
      const rows = refused.every(problem => problem === null)
        ? splitTogether(group, header, decode, split)
        : null;
      for (const [i, record] of group.entries()) {
        const cells = rows?.[i] ?? refused[i] ?? splitAlone(record, header, decode, split);
        results.push(Array.isArray(cells) ? named(cells, header) : bad(cells));
      }
    }
    return results;
  };
}

/** Why a large record cannot be taken, without splitting it; null: it is to be split. */
function refusalOf(record: Uint8Array, header: CsvHeader, decode: Decode): Problem | null {
  const bytes = Buffer.from(record.buffer, record.byteOffset, record.length);
  const { cells, lastIsEmpty, badQuotes: isBad } = surveyRecord(bytes, header.layout.separator);
  if (!isBad && cells <= header.columns.length + 1) return null;
  const text = decode(record);
  if (typeof text !== 'string') return text;
  return isBad ? badQuotes(text) : ragged(cells, lastIsEmpty, header);
}

type Split = (text: string) => { readonly rows: string[][]; readonly faulty: boolean };

/** papaparse over text that begins and ends with a newline: so no byte order mark is stripped, and every record ends alike. */
function splitter(header: CsvHeader): Split {
  return text => {
    const papa: typeof import('papaparse') = require('papaparse');
    const { data, errors } = papa.parse<string[]>(text, {
      delimiter: header.separator,
      newline: header.layout.newline === 10 ? '\n' : '\r',
      header: false,
      dynamicTyping: false,
      fastMode: false,
      skipEmptyLines: false,
    });
    return { rows: data.slice(1, -1), faulty: errors.length > 0 };
  };
}

/** All records in one call, or null when one of them has a fault and could have swallowed its neighbours. */
function splitTogether(
  records: readonly Uint8Array[],
  header: CsvHeader,
  decode: Decode,
  split: Split,
): string[][] | null {
  const bytes = Buffer.allocUnsafe(records.reduce((sum, record) => sum + record.length + 1, 1));
  let at = 0;
  bytes[at++] = header.layout.newline;
  for (const record of records) {
    bytes.set(record, at);
    at += record.length;
    bytes[at++] = header.layout.newline;
  }
  const text = decode(bytes);
  if (typeof text !== 'string') return null;
  const { rows, faulty } = split(text);
  return !faulty && rows.length === records.length ? rows : null;
}

function splitAlone(record: Uint8Array, header: CsvHeader, decode: Decode, split: Split): string[] | Problem {
  const text = decode(record);
  if (typeof text !== 'string') return text;
  const newline = String.fromCharCode(header.layout.newline);
  const { rows, faulty } = split(newline + text + newline);
  const [cells] = rows;
  return faulty || rows.length !== 1 || cells === undefined ? badQuotes(text) : cells;
}

function named(cells: readonly string[], header: CsvHeader): ParsedRecord {
  const surplus = cells.length - header.columns.length;
  if (surplus === 1 && header.unnamedLast && cells.at(-1) !== '') return bad(behindLast(cells.at(-1) ?? ''));
  if (surplus !== 0 && !(surplus === 1 && header.unnamedLast))
    return bad(ragged(cells.length, cells.at(-1) === '', header));
  const byName = new Map<string, Cell>();
  for (const [i, name] of header.columns.entries()) byName.set(name, cells[i] ?? '');
  return { ok: true, cells: byName };
}

function bad(problem: Problem): ParsedRecord {
  return { ok: false, problem };
}

function ragged(cells: number, lastIsEmpty: boolean, { columns, separator }: CsvHeader): Problem {
  const title = separatorTitle(separator);
  const few = cells < columns.length;
  const oneTooMany = cells === columns.length + 1 && lastIsEmpty;
  return {
    field: null,
    value: null,
    code: 'ragged-row',
    message: `${cells} ${cells === 1 ? 'cell' : 'cells'}, but the header has ${columns.length}.`,
    tip: few
      ? 'The row was cut: check its end, and put a cell that holds a line break in double quotes.'
      : oneTooMany
        ? `The row ends with a ${title} too many: remove it.`
        : `A cell holds a ${title} and is not quoted: put that cell in double quotes.`,
  };
}

function behindLast(value: string): Problem {
  return {
    field: null,
    value,
    code: 'ragged-row',
    message: `"${shownName(value)}" stands in the last column, which has no name.`,
    tip: 'Name the column in the header line, or put the cell that holds a separator in double quotes.',
  };
}

function badQuotes(text: string): Problem {
  const lines = text.split('\n').length - 1;
  const swallowed =
    lines === 0
      ? ''
      : `, so ${lines} more ${lines === 1 ? 'line' : 'lines'} may have been read as part of this row`;
  return {
    field: null,
    value: null,
    code: 'bad-quotes',
    message: `A quoted cell is not closed properly${swallowed}.`,
    tip: 'Write a quote inside a quoted cell twice (""), and put nothing between the closing quote and the separator.',
  };
}

function* groups(records: readonly Uint8Array[]): Generator<readonly Uint8Array[]> {
  let first = 0;
  let bytes = 0;
  for (const [i, record] of records.entries()) {
    bytes += record.length;
    if (bytes < groupBytes) continue;
    yield records.slice(first, i + 1);
    first = i + 1;
    bytes = 0;
  }
  if (first < records.length) yield records.slice(first);
}
