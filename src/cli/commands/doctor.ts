import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { concurrencyFlag, type GlobalFlags, rateFlag } from '../flags.ts';
import type { Outcome } from '../outcome.ts';

/** Flags of doctor. */
export interface DoctorFlags extends GlobalFlags {
  readonly datatype?: string;
  readonly files?: string;
  readonly rate?: number;
  readonly concurrency?: number;
  readonly fix?: true;
  readonly yes?: true;
  readonly asCron?: true;
  /** true: nothing stands behind it. */
  readonly probe?: string | true;
}

export function registerDoctor(program: Command, context: Context, outcome: Outcome): void {
  program
    .command('doctor')
    .summary('check that this machine, config, SuperOffice and files are ready')
    .description(
      'Checks whatever an import needs and tells what to do: config and secrets, disk and clock, proxy and certificate, sign-in, the key field of each datatype (or of those of the files), and of the files every more-page column, list value, country and user. Nothing is written, unless --fix or --probe says so.',
    )
    .argument('[file...]', 'the files that are to be imported; every row of them is looked at')
    .option('--fix', 'make the missing user-defined fields in SuperOffice and publish them; asks first')
    .option('--yes', 'with --fix: do not ask')
    .option(
      '--as-cron',
      'check that this would run with no terminal, and print the crontab line, systemd units and Windows task for it',
    )
    .option(
      '--probe [tenant]',
      'then try out what the documents of SuperOffice leave open, on records that are made, marked and deleted; a production tenant or your own installation has to be named',
    )
    .option(
      '--datatype <name>',
      'what the files hold: Company, Person, Project, Sale, Appointment, Document, Ticket or Message',
    )
    .option('--files <folder>', 'where documents and attachments are, as for import')
    .option('--rate <n>', 'most requests per second, 0 for no limit (default: 10; sandbox: 0)', rateFlag)
    .option('--concurrency <n>', 'most requests at the same time (default: 4; sandbox: 8)', concurrencyFlag)
    .addHelpText(
      'after',
      `
Examples:
  $ sic doctor --sandbox
  $ sic doctor --profile prod
  $ sic doctor companies.csv persons.csv --profile prod
  $ sic doctor companies.csv --profile prod --fix
  $ sic doctor /srv/erp/companies.csv --profile prod --as-cron
  $ sic doctor --profile prod --json > doctor.json
  $ sic doctor --profile test --probe

Each check ends as ok, advice (imports run, but it could be better), missing (has to be mended) or skipped.

Exit codes:
  0    nothing has to be mended; there may be advice
  1    something in SuperOffice or in the files has to be mended
  2    the command line, the config file or a secret cannot be used; or --fix could not ask
  3    SuperOffice refused the sign-in
  4    SuperOffice cannot be reached, or stopped answering in a probe
  130  a probe was interrupted (143: terminated)`,
    )
    .action(async (files: string[], flags: DoctorFlags) => {
      const { runDoctor } = await import('../doctor/run.ts');
      await runDoctor(files, flags, context, outcome);
    });
}
