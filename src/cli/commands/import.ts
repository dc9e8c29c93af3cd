import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { exitCodeHelp } from '../exit-code.ts';
import { concurrencyFlag, type FileFlags, limitFlag, rateFlag } from '../flags.ts';
import type { Outcome } from '../outcome.ts';

export function registerImport(program: Command, context: Context, outcome: Outcome): void {
  program
    .command('import')
    .summary('create and update records from files')
    .description(
      'Creates and updates records in SuperOffice from files. A record is found by its user key; only fields that differ are written, and rows that did not change since the last run are skipped.',
    )
    .argument(
      '<file...>',
      'CSV files, or - for standard input; parents are imported before their children, in whatever order they are named',
    )
    .option('--datatype <name>', 'what the files hold: Company or Person; else their names and columns tell')
    .option('--full', 'look at every row again, whatever was accepted last time')
    .option('--dry-run', 'change nothing, only tell what would happen (the same as validate)')
    .option('--limit <n>', 'stop after so many rows', limitFlag)
    .option('--rate <n>', 'most requests per second, 0 for no limit (default: 10; sandbox: 0)', rateFlag)
    .option('--concurrency <n>', 'most requests at the same time (default: 4; sandbox: 8)', concurrencyFlag)
    .option(
      '--rejects <file>',
      'where rows go that are not taken: a file, or a folder when several files are imported',
    )
    .option('--rows', 'list every row in the JSON, not only those that need a look')
    .addHelpText(
      'after',
      `
Examples:
  $ sic import companies.csv --sandbox
  $ sic import companies.csv persons.csv --profile prod
  $ sic import export.csv --datatype Company --limit 10
  $ zcat companies.csv.gz | sic import - --datatype Company
  $ sic import companies.csv --json > result.json
${exitCodeHelp}`,
    )
    .action(async (files: string[], flags: FileFlags) => {
      const { runFiles } = await import('../run-files.ts');
      await runFiles(flags.dryRun ? 'validate' : 'import', files, flags, context, outcome);
    });
}
