import type { Block } from '../blocks/block.ts';
import type { BlockCutter } from '../blocks/cutter.ts';
import type { ByteSource } from '../byte-source.ts';
import { longestName } from '../longest-name.ts';
import type { RecordBatch } from '../record.ts';
import { Batch } from './batch.ts';
import {
  closeBrace,
  closeBracket,
  colon,
  comma,
  lineFeed,
  openBrace,
  openBracket,
  quote,
  skipSpace,
  stringEnd,
} from './bytes.ts';
import {
  cutOff,
  empty,
  endless,
  longestRecord,
  misplaced,
  moreBehindEnd,
  noList,
  notJson,
  openEnded,
  type Scanned,
  type Spot,
  secondProperty,
  shapeHint,
} from './damage.ts';
import { incomplete } from './element.ts';
import { recordEnd } from './line-record.ts';
import { pointer } from './pointer.ts';
import { Window } from './window.ts';

/** What stands around the records. */
export interface Envelope {
  /** The outer object's one property; null around a bare list. */
  readonly property: string | null;
  readonly records: number;
}

export interface ScanOptions {
  /** The source holds blocks and nothing else, of which this is the first; null: a whole document. */
  readonly from: Block | null;
  /** Told each record, while batches hand out those that are in no known block: one at least for each piece that was read. */
  readonly cutter?: BlockCutter;
  /** Told the columns of a known block. */
  readonly columns?: (names: readonly string[]) => void;
}

/** What is to come next. */
type Phase = 'document' | 'name' | 'colon' | 'list' | 'first' | 'record' | 'comma' | 'brace' | 'end';

const between = 'Records are separated by commas, and the last one is followed by ].';

/**
 * Cuts the records out of a JSON document, `{"Company":[{…},…]}` or `[{…},…]`, without decoding or parsing them: it knows
 * strings and brackets only. Ordinals count records from 1. One buffer is used again and again, so memory grows with the
 * longest record and not with the file. Throws SicError 'file' for whatever is wrong around the records, and for a
 * record whose end cannot be told or that is above 16 MiB. Answers the envelope at the end.
 */
export function* scan(
  source: ByteSource,
  scanned: Scanned,
  { from, cutter, columns }: ScanOptions,
): Generator<RecordBatch, Envelope, void> {
  const window = new Window(source);
  const batch = new Batch();
  let phase: Phase = from ? 'record' : 'document';
  let property: string | null = null;
  let records = from ? from.ordinal - 1 : 0;
  let at = 0;
  do {
    window.advance(at);
    at = 0;
    const { bytes, have, last } = window;
    cutter?.moveTo(bytes, have, window.position, last);
    let newline = -1;
    const spot = (): Spot => ({ rest: bytes.subarray(at, have), offset: window.position + at });
    for (;;) {
      at = skipSpace(bytes, at, have);
      if (at === have) break;
      const byte = bytes[at];
      if (phase === 'record' || phase === 'first') {
        if (byte === closeBracket && phase === 'first') {
          phase = afterList(property);
          at++;
          continue;
        }
        if (byte === comma || byte === colon || byte === closeBracket || byte === closeBrace)
          throw misplaced(
            scanned,
            spot(),
            'a record',
            `${between} There is no comma without a record behind it.`,
          );
        // The position of the next line feed is kept: many records may stand on one line.
        if (newline < at) {
          newline = bytes.indexOf(lineFeed, at);
          if (newline < 0 || newline >= have) newline = have;
        }
        const stop = recordEnd(bytes, at, newline, have, last, from !== null);
        if (stop === incomplete && !last) break;
        if (stop < 0) throw openEnded(scanned, spot(), pointer(property, records), stop);
        const behind = cutter?.record(at, stop, records + 1, records + 2, false) ?? stop;
        if (behind < 0) break;
        batch.add(at, stop, ++records);
        if (cutter?.found) {
          columns?.(cutter.found.columns);
          records += cutter.found.records - 1;
        }
        at = behind;
        phase = 'comma';
        if (batch.isFull) yield batch.take(bytes, source.offset);
      } else if (phase === 'comma') {
        if (byte !== comma && byte !== closeBracket)
          throw misplaced(scanned, spot(), `a comma or ] behind ${pointer(property, records - 1)}`, between);
        phase = byte === comma ? 'record' : afterList(property);
        at++;
      } else if (phase === 'name') {
        const stop = byte === quote ? stringEnd(bytes, at + 1, have) : -1;
        if (stop < 0 && byte === quote) break;
        property = stop < 0 ? null : nameIn(bytes.toString('utf8', at, stop));
        if (property === null || property.length > longestName)
          throw misplaced(scanned, spot(), 'the name of the datatype', shapeHint);
        at = stop;
        phase = 'colon';
      } else {
        phase = expect(phase, byte, property, scanned, spot);
        at++;
      }
    }
    cutter?.end(at);
    if (!batch.isEmpty || cutter) yield batch.take(bytes, source.offset);
    if (have - at > longestRecord) throw endless(scanned, spot(), pointer(property, records));
  } while (!window.last);
  if (from) return { property, records };
  if (phase === 'document') throw empty(scanned.label);
  if (phase !== 'end') throw cutOff(scanned, missing(phase, property, records));
  return { property, records };
}

/** One byte of the envelope. */
function expect(
  phase: Phase,
  byte: number | undefined,
  property: string | null,
  scanned: Scanned,
  spot: () => Spot,
): Phase {
  switch (phase) {
    case 'document':
      if (byte === openBracket) return 'first';
      if (byte === openBrace) return 'name';
      throw notJson(scanned, spot());
    case 'colon':
      if (byte === colon) return 'list';
      throw misplaced(scanned, spot(), `the colon behind "${property}"`, shapeHint);
    case 'list':
      if (byte === openBracket) return 'first';
      throw noList(scanned, spot(), property ?? '');
    case 'brace':
      if (byte === closeBrace) return 'end';
      if (byte === comma) throw secondProperty(scanned, spot(), property ?? '');
      throw misplaced(scanned, spot(), 'the closing }', shapeHint);
    default:
      throw moreBehindEnd(scanned, spot());
  }
}

function afterList(property: string | null): Phase {
  return property === null ? 'end' : 'brace';
}

/** A property's name from its JSON, or null. */
function nameIn(json: string): string | null {
  try {
    return String(JSON.parse(json));
  } catch {
    return null;
  }
}

function missing(phase: Phase, property: string | null, records: number): string {
  if (phase === 'brace') return 'the closing }';
  if (phase === 'comma') return `the comma or ] behind ${pointer(property, records - 1)}`;
  if (phase === 'record') return `the record ${pointer(property, records)}`;
  if (phase === 'first') return 'the first record, or the ] of an empty list';
  return 'the list of records';
}
