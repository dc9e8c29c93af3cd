import type { Problem } from '../../problems/problem.ts';
import type { Decode } from '../decode.ts';
import { nilOf, readAttributes } from './attributes.ts';
import * as problems from './problems.ts';
import type { WalkRow } from './row-walker.ts';

const nothing = Buffer.alloc(0);

/** What is known of a well-formed record. */
export interface Look {
  /** For each field, in order: it stands for null. */
  readonly nils: readonly boolean[];
  /** Comments and processing instructions, as ranges. */
  readonly remarks: readonly (readonly [start: number, end: number])[];
}

/**
 * Makes sure of what the parser does not: that tags fit together, and that it sees the same elements as the scanner.
 * What passes here is well-formed, but for references.
 */
export function examine(record: Buffer, decode: Decode, walkRow: WalkRow): Look | Problem {
  const nils: boolean[] = [];
  const remarks: [number, number][] = [];
  let problem: Problem | null = null;
  const textOf = (from: number, to: number): string => {
    const text = decode(record.subarray(from, to));
    return typeof text === 'string' ? text : '';
  };
  const nameOf = (from: number, to: number): string => {
    for (let at = from; at < to; at++) if ((record[at] ?? 0) >= 0x80) return textOf(from, to);
    return '';
  };
  const row = walkRow(record, 0, record.length, nothing, {
    opened: (depth, nameStart, nameEnd, tagEnd) => {
      let nil: boolean | null = false;
      // Legal in a name or not: the parser would end the name there, and the value would get into another column.
      if (/\s/.test(nameOf(nameStart, nameEnd))) problem ??= problems.badTag(textOf(nameStart - 1, tagEnd));
      if (tagEnd - 1 > nameEnd) {
        const attributes = readAttributes(textOf(nameEnd, tagEnd - 1));
        nil = attributes === null ? null : nilOf(attributes);
        if (nil === null) problem ??= problems.badTag(textOf(nameStart - 1, tagEnd));
      }
      if (depth === 1) nils.push(nil === true);
    },
    remark: (start, end) => remarks.push([start, end]),
    fault: (fault, start, end) => {
      problem ??=
        fault === 'no-markup'
          ? problems.strayLessThan(textOf(...around(record, start)))
          : problems.unpaired(fault, textOf(start, end));
    },
  });
  if (problem) return problem;
  return row.end === record.length ? { nils, remarks } : problems.unreadable('The record does not end.');
}

/** The text that the `<` at `at` is in, for people: up to the markup before and behind it. */
function around(record: Buffer, at: number): [from: number, to: number] {
  const before = record.lastIndexOf('>', at) + 1;
  const behind = record.indexOf('<', at + 1);
  return [before, behind < 0 ? record.length : behind];
}
