import type { Problem } from '../problems/problem.ts';
import type { ErrorCode } from '../problems/sic-error.ts';

/** The fate of a row (design.md, section 3). Every row read ends in exactly one of these. */
export const statuses = [
  'created',
  'updated',
  'unchanged',
  'current',
  'rejected',
  'conflict',
  'failed',
  'unknown',
  'notReached',
] as const;
export type Status = (typeof statuses)[number];

/** Counters add up: read = the sum of all statuses. */
export type Counts = { read: number } & Record<Status, number>;

export function noCounts(): Counts {
  return {
    read: 0,
    created: 0,
    updated: 0,
    unchanged: 0,
    current: 0,
    rejected: 0,
    conflict: 0,
    failed: 0,
    unknown: 0,
    notReached: 0,
  };
}

/** One field of a created or updated record, as text that a person can read. */
export interface Change {
  readonly field: string;
  readonly from: string | null;
  readonly to: string | null;
}

/** A row in the machine-readable result (design.md, section 4). */
export interface RowResult {
  readonly file: string;
  readonly place: string;
  readonly key: string;
  readonly status: Status;
  readonly problems: readonly Problem[];
  /** Things worth a look that did not stop the row: a fall-back associate, a list value that was added. */
  readonly warnings: readonly Problem[];
  readonly changes: readonly Change[];
  /** What a dry run found out about a row that would be written, for a plan of it. */
  readonly foreseen?: Foreseen;
}

/** Besides its changes, what tells one plan of a row from another. */
export interface Foreseen {
  /** The record that would be updated; null: there is none yet. */
  readonly id: number | null;
  /** The record holds all of the row but its files or its mail: an earlier run did not get that far. */
  readonly isRest: boolean;
  /** Changed fields that hold list values. */
  readonly lists: readonly string[];
  /** Files that go along, each with a checksum: `scan.pdf 0f3c…`. */
  readonly contents: readonly string[];
}

export interface FileResult {
  readonly file: string;
  readonly datatype: string;
  readonly counts: Counts;
  /** Path of this file's reject file, or null when every row was taken. */
  readonly rejects: string | null;
}

export interface Requests {
  total: number;
  read: number;
  write: number;
  retried: number;
}

/** What the run came to. Plain data: reporters and the exit code are functions of it. */
export interface RunResult {
  readonly kind: 'sic.import' | 'sic.validate';
  readonly offline: boolean;
  readonly run: string;
  readonly profile: string;
  readonly tenant: string;
  readonly durationMs: number;
  readonly counts: Counts;
  readonly files: readonly FileResult[];
  readonly requests: Requests;
  /** Rows that were updated by mass operations: many of them share a request. */
  readonly bulkRows: number;
  /** The reject file; the folder that holds them when several files have rejects; null when no row was refused. */
  readonly rejects: string | null;
  /** List values that were (or, in a dry run, would be) added, by column: `Category: Wholesaler`. */
  readonly added: readonly { readonly list: string; readonly name: string }[];
  /** How many rows were given each kind of warning, with the first of them. */
  readonly warnings: readonly { readonly code: string; readonly count: number; readonly first: RowResult }[];
  /** Things about whole files: a mapped column that is absent, text that looks double-encoded. */
  readonly fileWarnings: readonly string[];
  /** True when --limit ended the reading. */
  readonly limited: boolean;
  /** Rows that need a look (all rows when asked), in file order, read from the run folder so that memory stays flat. */
  rows(): AsyncIterable<RowResult>;
  /** Besides these the rows that were written, where the options say that they are kept. */
  keptRows(): AsyncIterable<RowResult>;
  /** Why the run ended early, or null. */
  readonly error: {
    readonly code: ErrorCode | 'interrupted' | 'bug';
    readonly message: string;
    readonly hint: string | null;
  } | null;
}

/** Whether a row is told to everybody who asks what became of the run. */
export function needsLook(kind: RunResult['kind'], { status, problems, warnings }: RowResult): boolean {
  return (
    problems.length > 0 ||
    warnings.length > 0 ||
    (kind === 'sic.validate' && (status === 'created' || status === 'updated'))
  );
}

/** Tells a row that was read back from the row log. */
export function isRowResult(value: unknown): value is RowResult {
  return (
    typeof value === 'object' && value !== null && 'status' in value && 'place' in value && 'changes' in value
  );
}
