import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { exitCodeHelp } from '../exit-code.ts';
import type { FileFlags } from '../flags.ts';
import type { Outcome } from '../outcome.ts';
import { addFileOptions } from './file-options.ts';

export function registerValidate(program: Command, context: Context, outcome: Outcome): void {
  const command = program
    .command('validate')
    .summary('tell what an import would do, without writing')
    .description(
      'Goes the way of an import without writing: per row whether it would be created (+), updated (~), not taken (!) or left alone because a user changed it meanwhile (?), and per changed field the old and the new value.',
    );
  addFileOptions(command, '<file...>')
    .option('--offline', 'check the files only; SuperOffice is not asked and no profile is needed')
    .option(
      '--out <file>',
      'write a plan: sic import --plan FILE then does what was shown, or nothing where files, config or records have moved; readable by you alone',
    )
    .addHelpText(
      'after',
      `
Examples:
  $ sic validate companies.csv --sandbox
  $ sic validate companies.csv --offline
  $ sic validate companies.csv --full --on-conflict report
  $ sic validate companies.csv --rows --json > rows.json
  $ sic validate companies.csv persons.csv --out plan.json
${exitCodeHelp}`,
    )
    .action(async (files: string[], flags: FileFlags) => {
      const { runFiles } = await import('../run-files.ts');
      await runFiles('validate', files, flags, context, outcome);
    });
}
