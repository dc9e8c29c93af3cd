import type { Command } from 'commander';
import { concurrencyFlag, limitFlag, rateFlag } from '../flags.ts';

/** What `import` and `validate` take in the same words. */
export function addFileOptions(command: Command): Command {
  return command
    .argument(
      '<file...>',
      'CSV files, or - for standard input; parents go before their children, in whatever order they are named',
    )
    .option('--datatype <name>', 'what the files hold: Company or Person; else their names and columns tell')
    .option('--full', 'look at every row again, whatever was accepted last time')
    .option('--limit <n>', 'stop after so many rows', limitFlag)
    .option('--rate <n>', 'most requests per second, 0 for no limit (default: 10; sandbox: 0)', rateFlag)
    .option('--concurrency <n>', 'most requests at the same time (default: 4; sandbox: 8)', concurrencyFlag)
    .option(
      '--rejects <file>',
      'where rows go that are not taken: a file, or a folder when there are several files',
    )
    .option('--rows', 'list every row, not only those that need a look');
}
