import type { Counts, FileResult, Requests, RowResult, RunResult } from '../import/result.ts';
import type { UndoCounts } from '../import/undo/result.ts';

export const runStates = [
  'ok',
  'rows need a look',
  'gave up',
  /** By a brake. */
  'stopped',
  'interrupted',
  'killed',
  'running',
] as const;
export type RunState = (typeof runStates)[number];

/** One run, as the list of runs tells it. What an older sic did not write down, or a killed run could not, is null. */
export interface RunSummary {
  readonly id: string;
  readonly kind: 'import' | 'validate' | 'undo' | null;
  readonly state: RunState;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly durationMs: number | null;
  readonly exitCode: number | null;
  /** As typed. */
  readonly files: readonly string[];
  readonly counts: Counts | null;
  /** Of an undo: the run it took back, whether it only showed that, and what became of the records. */
  readonly undo: {
    readonly run: string;
    readonly dryRun: boolean;
    readonly counts: UndoCounts | null;
  } | null;
  readonly requests: Requests | null;
  /** Rows it refused that no later import has taken or refused again; null: not known, or nothing that an import refused. */
  readonly open: number | null;
  /** Why it ended early; null: it did not, or nobody could say. */
  readonly error: { readonly code: string; readonly message: string; readonly hint: string | null } | null;
  /** `sic resume` goes on with it. */
  readonly resumable: boolean;
  /** It wrote something, what that was before is kept, and no undo has taken all of it back. */
  readonly undoable: boolean;
  /** The undo that took all of it back; null: none did. */
  readonly undoneBy: string | null;
}

/** The runs of one profile, newest first. */
export interface RunList {
  readonly profile: string;
  readonly runs: readonly RunSummary[];
  /** Runs that are older than those of the list. */
  readonly more: number;
  /** Runs that were removed for their age. */
  readonly removed: number;
}

/** A file as it was when the run began, and what became of its rows. */
export interface FileOfRun {
  readonly named: string;
  readonly path: string | null;
  readonly size: number | null;
  /** ISO 8601. */
  readonly modified: string | null;
}

/**
 * What became of a row that a run refused: still open; taken by a later import; refused again by one, where it is open
 * now; not known.
 */
export type Since =
  | { readonly kind: 'open' | 'passed' | 'unknown' }
  | { readonly kind: 'refused again'; readonly run: string };

/** A row that needs a look; `since` is null where it was taken, or only looked at. */
export interface RowOfRun extends RowResult {
  readonly since: Since | null;
}

/** Everything that is known of one run. */
export interface RunDetails extends RunSummary {
  readonly profile: string;
  readonly tenant: string;
  readonly version: string | null;
  /** By their names without dashes. */
  readonly flags: Readonly<Record<string, unknown>>;
  readonly cwd: string | null;
  readonly config: string | null;
  readonly user: {
    readonly os: string;
    readonly superoffice: { readonly login: string; readonly name: string } | null;
  } | null;
  readonly host: string | null;
  readonly pid: number | null;
  /** Folder with all that is left of it. */
  readonly folder: string;
  readonly inputs: readonly FileOfRun[];
  readonly results: readonly FileResult[];
  readonly added: RunResult['added'];
  readonly warnings: RunResult['warnings'];
  readonly fileWarnings: readonly string[];
  readonly limited: boolean;
  /** Refused rows without a key that are open: nobody can tell which of them were taken since. */
  readonly openWithoutKey: number;
  /** A later run of the same command; null: there is none. */
  readonly goneOn: string | null;
  /** Rows that need a look, read from the disk: memory does not grow with them. */
  rows(): AsyncIterable<RowOfRun>;
}
