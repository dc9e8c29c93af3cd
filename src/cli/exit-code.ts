import type { DoctorResult } from '../doctor/result.ts';
import type { RunResult } from '../import/result.ts';
import type { UndoResult } from '../import/undo/result.ts';
import { type ErrorCode, SicError } from '../problems/sic-error.ts';

/** Exit codes, fixed because scripts depend on them (design.md, section 4). */
export const exitCodes = {
  ok: 0,
  rowsNeedALook: 1,
  usage: 2,
  signIn: 3,
  gaveUp: 4,
  locked: 5,
  braked: 6,
  /** Standard output is a pipe whose reader has gone: 128 and the number of SIGPIPE. */
  nobodyReads: 141,
} as const;

const ofError: Readonly<Record<ErrorCode, number>> = {
  usage: exitCodes.usage,
  config: exitCodes.usage,
  file: exitCodes.usage,
  plan: exitCodes.usage,
  'sign-in': exitCodes.signIn,
  unreachable: exitCodes.gaveUp,
  locked: exitCodes.locked,
  state: exitCodes.usage,
  brake: exitCodes.braked,
};

export function exitCodeOfError(code: ErrorCode): number {
  return ofError[code];
}

/** 128 + the signal's number, as shells have it. `reason` is that of the abort: the signal's name. */
export function exitCodeOfSignal(reason: unknown): number {
  return reason === 'SIGTERM' ? 143 : 130;
}

/** `reason`: why the run was aborted, when it was. */
export function exitCodeOfResult(result: RunResult, reason: unknown): number {
  const { error, counts } = result;
  if (error !== null) return exitCodeOfEnd(error.code, reason);
  // Offline, no row gets as far as SuperOffice: that is what was asked for.
  const leftOut = result.offline ? 0 : counts.notReached;
  const open = counts.rejected + counts.conflict + counts.failed + counts.unknown + leftOut;
  return open > 0 ? exitCodes.rowsNeedALook : exitCodes.ok;
}

/** A dry run has done what was asked of it. `reason`: why it was aborted, when it was. */
export function exitCodeOfUndo({ error, counts, dryRun }: UndoResult, reason: unknown): number {
  if (error !== null) return exitCodeOfEnd(error.code, reason);
  const { partly, left, kept, failed, unknown, notReached } = counts;
  const isAll = partly + left + kept + failed + unknown + notReached === 0;
  return dryRun || isAll ? exitCodes.ok : exitCodes.rowsNeedALook;
}

function exitCodeOfEnd(code: ErrorCode | 'interrupted' | 'bug', reason: unknown): number {
  if (code === 'interrupted') return exitCodeOfSignal(reason);
  // Found out in the middle (a full disk, a file that was replaced): the run gave up and can be started again.
  return code === 'state' || code === 'file' || code === 'bug' ? exitCodes.gaveUp : exitCodeOfError(code);
}

/**
 * What an import would end with counts before what only leaves rows behind. `reason`: why doctor was aborted, when it was.
 */
export function exitCodeOfDoctor({ checks, probe, error }: DoctorResult, reason: unknown): number {
  if (error !== null) return exitCodeOfError(error.code);
  if (probe?.stopped === 'interrupted') return exitCodeOfSignal(reason);
  if (probe?.stopped instanceof SicError) return exitCodeOfError(probe.stopped.code);
  if (probe?.stopped) return exitCodes.gaveUp;
  const missing = checks.filter(({ status }) => status === 'missing');
  const ends = missing.flatMap(each => (each.ends === null ? [] : [exitCodeOfError(each.ends)]));
  if (ends.length > 0) return Math.min(...ends);
  return missing.length > 0 ? exitCodes.rowsNeedALook : exitCodes.ok;
}

/** For the help of commands that sign in and do nothing else. */
export const signInExitCodeHelp = `
Exit codes:
  0    signed in
  2    the command line, the config file or a secret cannot be used
  3    SuperOffice refused the sign-in, or nobody signed in
  4    SuperOffice cannot be reached
  130  interrupted (143: terminated)`;

/** For the help of commands that run files. */
export const exitCodeHelp = `
Exit codes:
  0    every row was accepted or already right
  1    finished, but some rows were not taken
  2    the command line, the config file or an input file cannot be used, or a plan does not hold any more
  3    SuperOffice refused the sign-in
  4    SuperOffice cannot be reached, or the run gave up; sic resume goes on
  5    another run is at work with the same profile
  6    a brake stopped it (--max-errors, --max-changes, --max-requests, --deadline); sic resume goes on
  130  interrupted (143: terminated); sic resume goes on`;
