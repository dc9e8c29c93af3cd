import type { Command } from 'commander';
import { concurrencyFlag, conflictFlag, limitFlag, maxChangesFlag, rateFlag } from '../flags.ts';

/**
 * What `import` and `validate` take in the same words.
 * @param files how the argument is written: `[file...]` where something else may name the files
 */
export function addFileOptions(command: Command, files: '<file...>' | '[file...]'): Command {
  return command
    .argument(
      files,
      'CSV, XML, JSON or NDJSON files, zips of them, or - for standard input; parents go before children, in whatever order they are named',
    )
    .option(
      '--datatype <name>',
      'what the files hold: Company, Person, Project, Sale, Appointment, Document, Ticket or Message; without it the mapping, the content or the file name tells',
    )
    .option('--full', 'look at every row again, whatever was accepted last time')
    .option(
      '--on-conflict <who>',
      'who wins where a user changed a field in SuperOffice since the last import: file, crm, or report to leave the row alone and tell (default: what the config says, else file)',
      conflictFlag,
    )
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
    .option(
      '--report <file>',
      'write a page (HTML) to open or mail: rows, changes from old to new, what needs a look, cost; readable by you alone',
    )
    .option(
      '--log <file>',
      'write a log, an event (JSON) in a line, safe to show to others; an earlier one goes to FILE.1, up to FILE.5',
    )
    .option('--log-keys', 'with --log: also the keys of rows and the words of notes')
    .option('--rows', 'list every row, not only those that need a look');
}
