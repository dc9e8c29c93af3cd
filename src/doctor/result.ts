import type { ErrorCode } from '../problems/sic-error.ts';
import type { Probed } from '../superoffice/probe/probe.ts';
import type { Check } from './check.ts';
import type { Schedule } from './schedule.ts';

export { type Area, areas, type Check, type CheckStatus, checkStatuses } from './check.ts';
export type { Schedule } from './schedule.ts';

/** A field that `--fix` made. */
export interface MadeField {
  /** What SuperOffice calls it: `Contact`. */
  readonly entity: string;
  readonly progId: string;
  readonly type: string;
}

/** What the doctor found. Plain data: reports and the exit code are functions of it. */
export interface DoctorResult {
  /** '' when none could be chosen. */
  readonly profile: string;
  /** '' when nobody was reached. */
  readonly tenant: string;
  readonly checks: readonly Check[];
  /** Fields that `--fix` made and published. */
  readonly made: readonly MadeField[];
  /** How many of the missing fields `--fix` could make. */
  readonly fixable: number;
  /** `--as-cron`: what to write where; null when it was not asked for. */
  readonly schedule: Schedule | null;
  /** `--probe`: what its experiments found; null when it was not asked for or SuperOffice not reached. */
  readonly probe: (Probed & { readonly tenant: string }) | null;
  /** Why `--fix` was not carried out, or null. */
  readonly error: { readonly code: ErrorCode; readonly message: string; readonly hint: string | null } | null;
}
