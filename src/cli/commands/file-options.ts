import type { Command } from 'commander';
import { concurrencyFlag, limitFlag, maxChangesFlag, rateFlag } from '../flags.ts';

/** What `import` and `validate` take in the same words. */
export function addFileOptions(command: Command): Command {
  return command
    .argument(
      '<file...>',
      'CSV, XML, JSON or NDJSON files, zips of them, or - for standard input; parents go before children, in whatever order they are named',
    )
    .option(
      '--datatype <name>',
      'what the files hold: Company, Person, Project, Sale, Appointment, Document, Ticket or Message; without it the mapping, the content or the file name tells',
    )
    .option('--full', 'look at every row again, whatever was accepted last time')
    .option('--limit <n>', 'stop after so many rows, of all files together', limitFlag)
    .option(
      '--max-changes <n|n%>',
      'an import stops before more existing records are updated: a number for the run, a percentage of those a file names; 100% allows all (default: 5000, or half of those a file names)',
      maxChangesFlag,
    )
    .option('--rate <n>', 'most requests per second, 0 for no limit (default: 10; sandbox: 0)', rateFlag)
    .option('--concurrency <n>', 'most requests at the same time (default: 4; sandbox: 8)', concurrencyFlag)
    .option(
      '--rejects <file>',
      'where to put rows that are not taken: a file, or an existing folder when there are several files',
    )
    .option(
      '--files <folder>',
      'where documents and attachments are, besides the folder of the data file and its documents or attachments folder',
    )
    .option('--rows', 'list every row, not only those that need a look');
}
