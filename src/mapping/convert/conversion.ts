import type { Problem } from '../../problems/problem.ts';

/** Stable codes of the problems that mapping finds in a row. */
export const mappingCodes = [
  'blank-key',
  'key-too-long',
  'damaged-key',
  'blank-relation',
  'cannot-clear',
  'too-long',
  'control-character',
  'not-an-integer',
  'integer-out-of-range',
  'not-a-decimal',
  'not-a-boolean',
  'not-a-date',
  'date-out-of-range',
  'not-a-choice',
  'file-outside',
  'not-base64',
  'not-an-address',
  'integration-id',
] as const;
export type MappingCode = (typeof mappingCodes)[number];

/** Why a cell cannot be understood; place and value are added by whoever knows them. */
export type Fault = Pick<Problem, 'message' | 'tip'> & { readonly ok: false; readonly code: MappingCode };

/** A cell's typed value, or why it has none. */
export type Conversion<T> = { readonly ok: true; readonly value: T } | Fault;

export function fault(code: MappingCode, message: string, tip: string): Fault {
  return { ok: false, code, message, tip };
}

/** A cell as it stands, quoted for a message and cut where it would fill the screen. */
export function shown(cell: string): string {
  return cell.length > 60 ? `"${cell.slice(0, 57)}…"` : `"${cell}"`;
}
