import { SicError } from '../../problems/sic-error.ts';
import type { Context } from '../context.ts';
import { endOf } from '../errors.ts';
import { givenFlags } from '../flags.ts';
import { type LogFile, openLogFile } from './log-file.ts';
import { logFailure, logStart } from './run-log.ts';

export interface LogWish {
  readonly command: string;
  /** Data files, as typed. */
  readonly files: readonly string[];
  /** Files that the log must not write over, as typed. */
  readonly taken: readonly string[];
  readonly flags: { readonly log?: string; readonly logKeys?: true };
}

/** Does the work with the log of `--log`, from its first event to its last; null: no log is wanted. */
export async function withLog<Result>(
  { command, files, taken, flags }: LogWish,
  context: Context,
  work: (log: LogFile | null) => Promise<Result>,
): Promise<Result> {
  if (flags.log === undefined) {
    if (flags.logKeys)
      throw new SicError('usage', '--log-keys says what a log holds, but there is none.', {
        hint: 'Add --log FILE, or leave --log-keys out.',
      });
    return work(null);
  }
  const named = taken.filter(file => file !== '-' && file !== '');
  const log = await openLogFile(flags.log, named, context);
  try {
    logStart(log, command, files, givenFlags(flags));
    return await work(log);
  } catch (error) {
    const { code, exitCode } = endOf(error, command, context);
    logFailure(log, code, exitCode);
    throw error;
  } finally {
    log.close();
  }
}
