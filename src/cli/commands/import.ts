import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { exitCodeHelp } from '../exit-code.ts';
import { deadlineFlag, type FileFlags, maxErrorsFlag, maxRequestsFlag, strategyFlag } from '../flags.ts';
import type { Outcome } from '../outcome.ts';
import { addFileOptions } from './file-options.ts';

export function registerImport(program: Command, context: Context, outcome: Outcome): void {
  const command = program
    .command('import')
    .summary('create and update records from files')
    .description(
      'Creates and updates records in SuperOffice from files. A record is found by its user key; only fields that differ are written, and rows that did not change since the last run are skipped.',
    );
  addFileOptions(command, '[file...]')
    .option(
      '--plan <file>',
      'do what sic validate --out FILE has shown, and nothing else; it names files and flags. Refused when a file, the config or a record has moved since',
    )
    .option('--dry-run', 'change nothing, only tell what would happen (the same as validate)')
    .option(
      '--strategy <how>',
      'how updates are written: entity (record by record), bulk (mass operations: many rows a request, for system users), auto: bulk where it is allowed and 100 updates or more wait (default: auto)',
      strategyFlag,
    )
    .option(
      '--max-errors <n|n%>',
      'stop when more rows were rejected or failed; a percentage is judged from 100 rows on, and at the end',
      maxErrorsFlag,
    )
    .option('--max-requests <n>', 'stop before one more request would be sent', maxRequestsFlag)
    .option('--deadline <hh:mm>', 'stop at this time of day, the next one after the start', deadlineFlag)
    .option(
      '--ping <url>',
      'tell a watcher such as healthchecks.io: URL/start, then URL if all went well, else URL/fail',
    )
    .option('--metrics <file>', 'write counts and times for the textfile collector of Prometheus')
    .addHelpText(
      'after',
      `
Examples:
  $ sic import companies.csv --sandbox
  $ sic import companies.xml persons.json sales.csv --profile prod
  $ sic import documents.csv --files scans
  $ SIC_ZIP_PASSWORD=… sic import night.zip
  $ sic import export.csv --datatype Company --limit 10
  $ sic import companies.csv --on-conflict report
  $ sic import prices.csv --strategy entity
  $ sic import night.csv --max-errors 5% --deadline 05:30
  $ zcat companies.csv.gz | sic import - --datatype Company
  $ sic import companies.csv --json > result.json
  $ sic import --plan plan.json
${exitCodeHelp}`,
    )
    .action(async (files: string[], flags: FileFlags) => {
      const { requireFilesOrPlan } = await import('../plan/given.ts');
      requireFilesOrPlan(files, flags);
      const { runFiles } = await import('../run-files.ts');
      await runFiles(flags.dryRun ? 'validate' : 'import', files, flags, context, outcome);
    });
}
