import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { type GlobalFlags, runsFlag } from '../flags.ts';
import type { Outcome } from '../outcome.ts';

/** Flags of runs. */
export interface RunsFlags extends GlobalFlags {
  readonly limit: number;
}

/** Flags of runs show. */
export interface RunsShowFlags extends GlobalFlags {
  readonly anonymous?: true;
  readonly keys?: true;
}

export function registerRuns(program: Command, context: Context, outcome: Outcome): void {
  const runs = program
    .command('runs')
    .summary('tell what earlier runs did')
    .description(
      'Lists the imports, validations and undos of a profile, newest first: what, when, rows, cost, how it ended, and how many of the rows it refused no later import has taken. SuperOffice is not asked.',
    )
    .option('--limit <n>', 'no more than so many runs', runsFlag, 20)
    .addHelpText(
      'after',
      `
Examples:
  $ sic runs
  $ sic runs --profile prod --limit 100
  $ sic runs show last
  $ sic runs --json

A run that was killed left no result: what it had written is known all the same, and the next import goes on from there.`,
    )
    .action(async (flags: RunsFlags) => {
      const { runRuns } = await import('../runs/run.ts');
      await runRuns(flags, context, outcome);
    });
  runs
    .command('show')
    .summary('tell all about one run')
    .description(
      'Tells who ran what, when and where, what became of the rows, what it cost, which rows need a look and which of those a later import has taken.',
    )
    .argument('<id>', 'the id of a run, its beginning, or last')
    .option(
      '--anonymous',
      'to show to others: no values, no keys, no names of people and machines, no folders',
    )
    .option('--keys', 'with --anonymous: the keys of rows all the same')
    // Without those of `sic runs`, which mean nothing here.
    .configureHelp({ showGlobalOptions: true, visibleGlobalOptions: () => [...program.options] })
    .addHelpText(
      'after',
      `
Examples:
  $ sic runs show last
  $ sic runs show 20261122-02
  $ sic runs show last --anonymous --json > for-support.json`,
    )
    .action(async (id: string, flags: RunsShowFlags) => {
      const { runShow } = await import('../runs/run.ts');
      await runShow(id, flags, context, outcome);
    });
}
