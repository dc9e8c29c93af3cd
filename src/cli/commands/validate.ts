import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { exitCodeHelp } from '../exit-code.ts';
import { concurrencyFlag, type FileFlags, limitFlag, rateFlag } from '../flags.ts';
import type { Outcome } from '../outcome.ts';

export function registerValidate(program: Command, context: Context, outcome: Outcome): void {
  program
    .command('validate')
    .summary('tell what an import would do, without writing')
    .description(
      'Goes the way of an import without writing: per row whether it would be created (+), updated (~) or not taken (!), and per changed field the old and the new value.',
    )
    .argument('<file...>', 'CSV files')
    .option('--offline', 'check the files only; SuperOffice is not asked and no profile is needed')
    .option('--datatype <name>', 'what the files hold: Company or Person; else their names and columns tell')
    .option('--full', 'look at every row again, whatever was accepted last time')
    .option('--limit <n>', 'stop after so many rows', limitFlag)
    .option('--rate <n>', 'most requests per second, 0 for no limit (default: 10; sandbox: 0)', rateFlag)
    .option('--concurrency <n>', 'most requests at the same time (default: 4; sandbox: 8)', concurrencyFlag)
    .option(
      '--rejects <file>',
      'where rows go that would not be taken: a file, or a folder for several files',
    )
    .option('--rows', 'list every row, also those with nothing to do (=)')
    .addHelpText(
      'after',
      `
Examples:
  $ sic validate companies.csv --sandbox
  $ sic validate companies.csv --offline
  $ sic validate companies.csv --rows --json > plan.json
${exitCodeHelp}`,
    )
    .action(async (files: string[], flags: FileFlags) => {
      const { runFiles } = await import('../run-files.ts');
      await runFiles('validate', files, flags, context, outcome);
    });
}
