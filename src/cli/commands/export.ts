import { type Command, Option } from 'commander';
import { outputFormats } from '../../formats/write/row-writer.ts';
import type { Context } from '../context.ts';
import { concurrencyFlag, type GlobalFlags, limitFlag, rateFlag } from '../flags.ts';
import type { Outcome } from '../outcome.ts';

/** Flags of export. */
export interface ExportFlags extends GlobalFlags {
  readonly search?: readonly string[];
  readonly datatype?: string;
  readonly fields?: string;
  readonly where?: readonly string[];
  readonly order?: readonly string[];
  readonly limit?: number;
  readonly since?: string;
  readonly format?: 'json' | 'ndjson' | 'csv' | 'xml';
  readonly typed?: true;
  readonly separator?: string;
  readonly bom?: true;
  readonly guardFormulas?: true;
  readonly out?: string;
  readonly withFiles?: string;
  /** false: --no-cache. */
  readonly cache?: string | false;
  readonly refresh?: true;
  readonly explain?: true;
  readonly ping?: string;
  readonly rate?: number;
  readonly concurrency?: number;
  readonly log?: string;
  readonly logKeys?: true;
}

function several(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

export function registerExport(program: Command, context: Context, outcome: Outcome): void {
  program
    .command('export')
    .summary('read records out of SuperOffice')
    .description(
      'Reads records out of SuperOffice: those of a search that the config names, or of a datatype. The answer goes to standard output, or to a file that gets its name when it is complete.',
    )
    .option('--search <name>', 'the search of the config file; sic searches lists them', several)
    .option(
      '--datatype <name>',
      'without a search: Company, Person, Project, Sale, Appointment, Document, Ticket or Message',
    )
    .option(
      '--fields <names>',
      'with --datatype: its columns, parted by commas (default: all that an import takes)',
    )
    .option(
      '--where <criterion>',
      'only what satisfies it: a field, one of = <> > >= < <= and a value; given several times, all of them',
      several,
    )
    .option('--order <fields>', 'sort by these, such as "Name,CreatedDate desc"', several)
    .option('--limit <n>', 'no more than so many rows', limitFlag)
    .option(
      '--since <when>',
      'only what was made or changed since: last (the last complete export with --since last), a day, a time, or 7d, 12h',
    )
    .addOption(
      new Option(
        '--format <format>',
        'how the rows are written; by default what the name behind --out says, else json',
      ).choices(outputFormats),
    )
    .option('--typed', 'JSON and NDJSON: numbers, true, false and null instead of texts')
    .option('--separator <sign>', 'CSV: ; , | or tab (default: ; and tab for a name that ends in .tsv)')
    .option('--bom', 'CSV: begin with a byte order mark, which some spreadsheets want')
    .option(
      '--guard-formulas',
      'CSV: an apostrophe before what a spreadsheet would take for a formula; not for a file that is imported again',
    )
    .option('--out <file>', 'write to this file instead of standard output')
    .option(
      '--with-files <folder>',
      'save the files of documents, the attachments of messages, in this folder',
    )
    .option('--cache <duration>', 'take the last answer if it is no older than 90s, 15m, 2h, 1d')
    .option('--no-cache', 'ask SuperOffice, whatever the search says, and keep nothing')
    .option('--refresh', 'ask SuperOffice, and keep the answer for the cache')
    .option('--explain', 'only tell what SuperOffice would be asked, and which criteria it decides')
    .option(
      '--ping <url>',
      'tell a watcher such as healthchecks.io: URL/start, then URL if all went well, else URL/fail',
    )
    .option('--rate <n>', 'most requests per second, 0 for no limit (default: 10; sandbox: 0)', rateFlag)
    .option('--concurrency <n>', 'most requests at the same time (default: 4; sandbox: 8)', concurrencyFlag)
    .option(
      '--log <file>',
      'write a log, an event (JSON) in a line, safe to show to others; an earlier one goes to FILE.1, up to FILE.5',
    )
    .option('--log-keys', 'with --log: also the words of notes')
    .addHelpText(
      'after',
      `
Examples:
  $ sic export --search TestData --where "CreatedYear>=2017"
  $ sic export --datatype Company --fields CompUserKey01,Name,Category --out companies.csv
  $ sic export --datatype Person --where "CountryName=Norway" --where "Retired=FALSE" --limit 10 --sandbox
  $ sic export --datatype Sale --since last --out changed-sales.ndjson
  $ sic export --datatype Document --with-files documents --out documents.csv
  $ sic export --search TestData --explain

A value may stand in quotes, and "" means empty: --where 'Name<>""'. Text is compared without regard to letter case.
A function of a field is a field too: year, quarter, month, week, day, weekday, date, time, upper, lower, length.

Exit codes:
  0    the answer is complete
  2    the command line, the config file or a criterion cannot be used
  3    SuperOffice refused the sign-in
  4    SuperOffice cannot be reached or stopped answering, or the disk is full; no file got its name
  130  interrupted (143: terminated); 141: nobody reads standard output any more`,
    )
    .action(async (flags: ExportFlags) => {
      const { runExportCommand } = await import('../export/run.ts');
      const { withPing } = await import('../ping.ts');
      await withPing(flags.ping, context, outcome, () => runExportCommand(flags, context, outcome));
    });
}
