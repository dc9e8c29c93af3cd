import type { Problem } from '../../problems/problem.ts';
import { SicError } from '../../problems/sic-error.ts';
import { deepest, incomplete, tooDeep } from './element.ts';
import { excerpt } from './excerpt.ts';
import { findFault } from './fault.ts';

/** Records above this are refused: they are damage, and would take memory without end. Bytes. */
export const longestRecord = 16 << 20;

/** A file while it is scanned, for messages about its damage. */
export interface Scanned {
  readonly label: string;
  /** Words for a byte of the source, counted from 0: "line 40 (byte 5312)". */
  readonly locate: (offset: number) => string;
}

/** Where the scanner stands when it finds damage. */
export interface Spot {
  /** The bytes from the spot on, as far as they are known. */
  readonly rest: Buffer;
  /** Byte of the source at which `rest` begins. */
  readonly offset: number;
}

export const shapeHint =
  'A JSON file for sic is { "Company": [ … ] }, with the datatype as the only property, or a bare list [ … ]; ' +
  'each record is a flat object. A file with one record per line is NDJSON: name it .ndjson.';
const cutHint = 'The file was cut off. Fetch it again, or check whether the program that writes it was done.';

/** At most so much of a broken record is looked through for what is wrong with it. */
const searched = 1 << 20;

export function empty(label: string): SicError {
  return new SicError('file', `${label} is empty.`, {
    hint: 'Check the program that writes the file: a JSON file without records holds [].',
  });
}

export function notJson({ label }: Scanned, { rest }: Spot): SicError {
  return new SicError('file', `${label} is not JSON: it begins with ${found(rest)}.`, { hint: shapeHint });
}

/** Something else stands where `wanted` should: 'a comma or ] behind /Company/11'. */
export function misplaced({ label, locate }: Scanned, spot: Spot, wanted: string, hint: string): SicError {
  return new SicError(
    'file',
    `${label}, ${locate(spot.offset)}: ${found(spot.rest)} stands where ${wanted} should.`,
    { hint },
  );
}

/** The outer object's property holds no list. */
export function noList({ label, locate }: Scanned, { rest, offset }: Spot, property: string): SicError {
  const kinds: Readonly<Record<string, string>> = { '{': 'an object', '"': 'a text' };
  const first = rest.toString('latin1', 0, 1);
  const kind = kinds[first] ?? (/[\d-]/.test(first) ? 'a number' : found(rest));
  return new SicError(
    'file',
    `${label}, ${locate(offset)}: "${property}" holds ${kind} where the list of records should stand.`,
    { hint: shapeHint },
  );
}

export function secondProperty({ label, locate }: Scanned, spot: Spot, property: string): SicError {
  return new SicError(
    'file',
    `${label}, ${locate(spot.offset)}: behind the list of "${property}" there is a second property: ${found(spot.rest)}.`,
    { hint: 'A file holds one datatype: write each list into a file of its own, and nothing beside it.' },
  );
}

export function moreBehindEnd({ label, locate }: Scanned, spot: Spot): SicError {
  return new SicError(
    'file',
    `${label}, ${locate(spot.offset)}: there is more behind the end of the JSON: ${found(spot.rest)}.`,
    {
      hint: 'Two files may have been joined, or one written over a longer one. Write each into a file of its own.',
    },
  );
}

export function cutOff({ label }: Scanned, before: string): SicError {
  return new SicError('file', `${label} ends before ${before}.`, { hint: cutHint });
}

/**
 * A record whose end cannot be found: it is cut, or its brackets or quotes are out of order, so that nobody can tell
 * where the next one begins. `place`: the record's. `why`: what `elementEnd` answered.
 */
export function openEnded(scanned: Scanned, { rest, offset }: Spot, place: string, why: number): SicError {
  const { label, locate } = scanned;
  if (why === tooDeep)
    return new SicError(
      'file',
      `${label}, ${locate(offset)}: the record ${place} is nested more than ${deepest} levels deep.`,
      { hint: 'Records are flat objects: property names with plain values.' },
    );
  return (
    broken(scanned, { rest, offset }, place, why === incomplete) ??
    new SicError(
      'file',
      `${label} ends in the middle of the record ${place}, which begins in ${locate(offset)}.`,
      { hint: cutHint },
    )
  );
}

/** A record that has become too long, most often because a quote or bracket of it is never closed. */
export function endless(scanned: Scanned, spot: Spot, place: string): SicError {
  return (
    broken(scanned, spot, place, true) ?? tooLong(scanned.label, `${scanned.locate(spot.offset)}, ${place}`)
  );
}

/** What is wrong inside a record; null when it is good as far as it goes and `mayBeCut`. */
function broken(
  { label, locate }: Scanned,
  { rest, offset }: Spot,
  place: string,
  mayBeCut: boolean,
): SicError | null {
  const text = rest.toString('utf8', 0, searched);
  const fault = findFault(text);
  if (fault === null || (fault.cutOff && mayBeCut)) return null;
  const at = offset + Buffer.byteLength(text.slice(0, fault.offset));
  return new SicError(
    'file',
    `${label}, ${locate(at)}: the record ${place} is no valid JSON, and where it ends cannot be told: ` +
      `${fault.what}, at ${found(rest.subarray(at - offset))}.`,
    { hint: fault.tip },
  );
}

/** `where`: the record's place. */
export function tooLong(label: string, where: string): SicError {
  return new SicError(
    'file',
    `${label}, ${where}: the record is longer than ${longestRecord / (1 << 20)} MiB.`,
    { hint: 'Records are flat objects. Check that every quote and bracket of this one is closed.' },
  );
}

/** The bytes of a place as evidence: at most the rest of its line. */
function found(rest: Buffer): string {
  return excerpt(rest.toString('utf8', 0, 200), 0);
}

/** Nothing in the file is a record that could be read; `place` and `problem` are of the first. */
export function noRecord(label: string, place: string, problem: Problem): SicError {
  return new SicError('file', `${label} holds no record that can be read. ${place}: ${problem.message}`, {
    hint: problem.tip,
  });
}
