import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { exitCodeHelp } from '../exit-code.ts';
import {
  concurrencyFlag,
  deadlineFlag,
  type FileFlags,
  maxChangesFlag,
  maxErrorsFlag,
  maxRequestsFlag,
  rateFlag,
} from '../flags.ts';
import type { Outcome } from '../outcome.ts';

/** Flags of resume: those of an import that may be others this time. */
export type ResumeFlags = Pick<
  FileFlags,
  | 'profile'
  | 'config'
  | 'stateDir'
  | 'sandbox'
  | 'json'
  | 'maxErrors'
  | 'maxChanges'
  | 'maxRequests'
  | 'deadline'
  | 'rate'
  | 'concurrency'
  | 'rejects'
  | 'report'
  | 'log'
  | 'ping'
  | 'metrics'
>;

export function registerResume(program: Command, context: Context, outcome: Outcome): void {
  program
    .command('resume')
    .summary('go on with an import that stopped before its end')
    .description(
      'Goes on with an import that was interrupted, killed, stopped by a brake, or gave up: runs its command again, in its folder, with its files and flags. Rows that were done are not sent twice; what was sent without an answer is looked up first.',
    )
    .argument(
      '[run]',
      'the id of a run, or a beginning of it that no other run has; without it, the last import that stopped before its end',
    )
    .option('--max-errors <n|n%>', 'in place of that of the run', maxErrorsFlag)
    .option('--max-changes <n|n%>', 'in place of that of the run; 100% allows all', maxChangesFlag)
    .option('--max-requests <n>', 'in place of that of the run; counted anew', maxRequestsFlag)
    .option('--deadline <hh:mm>', 'in place of that of the run', deadlineFlag)
    .option('--rate <n>', 'most requests per second, 0 for no limit', rateFlag)
    .option('--concurrency <n>', 'most requests at the same time', concurrencyFlag)
    .option('--rejects <file>', 'where to put rows that are not taken')
    .option('--report <file>', 'write a page (HTML) about this run')
    .option('--log <file>', 'write a log of this run')
    .option('--ping <url>', 'tell a watcher; the address of the run itself is not kept')
    .option('--metrics <file>', 'write counts and times for the textfile collector of Prometheus')
    .addHelpText(
      'after',
      `
Examples:
  $ sic resume
  $ sic resume 20261122-02 --profile prod
  $ sic resume --max-changes 100%
  $ sic resume --json > result.json

sic runs tells which runs stopped before their end. What came through a pipe is gone: pipe it again.
${exitCodeHelp}`,
    )
    .action(async (run: string | undefined, flags: ResumeFlags) => {
      const { runResume } = await import('../resume/run.ts');
      await runResume(run, flags, context, outcome);
    });
}
