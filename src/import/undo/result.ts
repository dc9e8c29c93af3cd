import type { Problem } from '../../problems/problem.ts';
import type { Change, Requests, RunResult } from '../result.ts';

/** What became, or would become, of a record that a run had written. Each ends in exactly one of these. */
export const undoStatuses = [
  /** Holds again what it held before. */
  'restored',
  /** Was created by the run, and is deleted. */
  'deleted',
  /** Holds already what it held before. */
  'asBefore',
  /** Some of its fields are as before; others were left. */
  'partly',
  /** Nothing of it could be taken back. */
  'left',
  /** Was created by the run, and is kept because nobody asked for its deletion. */
  'kept',
  /** Is not in SuperOffice any more. */
  'gone',
  'failed',
  /** Sent, but no answer came. */
  'unknown',
  'notReached',
] as const;
export type UndoStatus = (typeof undoStatuses)[number];

/** Counters add up: records = the sum of all statuses. */
export type UndoCounts = { records: number } & Record<UndoStatus, number>;

export function noUndoCounts(): UndoCounts {
  return {
    records: 0,
    restored: 0,
    deleted: 0,
    asBefore: 0,
    partly: 0,
    left: 0,
    kept: 0,
    gone: 0,
    failed: 0,
    unknown: 0,
    notReached: 0,
  };
}

export interface UndoRow {
  readonly datatype: string;
  readonly key: string;
  /** Its number in SuperOffice; null when the run never learned it. */
  readonly id: number | null;
  readonly status: UndoStatus;
  /** What it holds now, and what it goes back to. */
  readonly changes: readonly Change[];
  /** What was left, and why. */
  readonly problems: readonly Problem[];
}

/** What an undo came to. Plain data: reporters and the exit code are functions of it. */
export interface UndoResult {
  readonly kind: 'sic.undo';
  readonly dryRun: boolean;
  readonly run: string;
  /** The run that was taken back. */
  readonly undoes: string;
  readonly profile: string;
  readonly tenant: string;
  readonly durationMs: number;
  readonly counts: UndoCounts;
  readonly requests: Requests;
  /** Values that the run added to lists: they stay there. */
  readonly listValues: readonly { readonly list: string; readonly name: string }[];
  /** Records that need a look (of a dry run also those that would change; all when asked), in the order of the work. */
  rows(): AsyncIterable<UndoRow>;
  /** Why it ended early, or null. */
  readonly error: RunResult['error'];
}

export function isUndoRow(value: unknown): value is UndoRow {
  return typeof value === 'object' && value !== null && 'status' in value && 'datatype' in value;
}
