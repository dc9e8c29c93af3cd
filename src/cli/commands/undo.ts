import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { concurrencyFlag, type GlobalFlags, rateFlag } from '../flags.ts';
import type { Outcome } from '../outcome.ts';

/** Flags of undo. */
export interface UndoFlags extends GlobalFlags {
  readonly deleteCreated?: true;
  readonly dryRun?: true;
  readonly yes?: true;
  readonly rows?: true;
  readonly rate?: number;
  readonly concurrency?: number;
}

export function registerUndo(program: Command, context: Context, outcome: Outcome): void {
  program
    .command('undo')
    .summary('take a run back')
    .description(
      'Gives fields that still hold what a run wrote the values that they held before it. What somebody has changed since is left, and told. Without --yes it only shows what it would do, and on a terminal asks then. An undo is a run of its own, and can be undone by its id.',
    )
    .argument(
      '<run>',
      'the id of a run, a beginning of it that no other run has, or last: the last import that wrote something',
    )
    .option('--yes', 'do it, without showing it first and without asking')
    .option(
      '--delete-created',
      'also delete the records that the run created, as long as nobody has worked with them',
    )
    .option('--dry-run', 'only show what would be done, and ask nothing')
    .option('--rows', 'list every record, not only those that need a look')
    .option('--rate <n>', 'most requests per second, 0 for no limit (default: 10; sandbox: 0)', rateFlag)
    .option('--concurrency <n>', 'most requests at the same time (default: 4; sandbox: 8)', concurrencyFlag)
    .addHelpText(
      'after',
      `
Examples:
  $ sic undo last
  $ sic undo 20261122-120501-x7k2 --yes
  $ sic undo last --delete-created --dry-run
  $ sic undo last --json > undo.json

What cannot be taken back is told: files of documents that were replaced, attachments, mails. Values that were added to
lists stay there. The rows of records that were taken back are looked at again by the next import: with the same file it
writes them again.

Exit codes:
  0    all of it was taken back, or this was a dry run
  1    something was left
  2    there is no such run, nothing is kept of what it overwrote, or the command line or config cannot be used
  3    SuperOffice refused the sign-in
  4    SuperOffice cannot be reached, or the undo gave up; run it again to go on
  5    another run is at work with the same profile
  130  interrupted (143: terminated); run it again to go on`,
    )
    .action(async (run: string, flags: UndoFlags) => {
      const { runUndo } = await import('../undo/run.ts');
      await runUndo(run, flags, context, outcome);
    });
}
