import { Command } from 'commander';
import manifest from '../../package.json' with { type: 'json' };
import { registerDoctor } from './commands/doctor.ts';
import { registerExport } from './commands/export.ts';
import { registerFields } from './commands/fields.ts';
import { registerImport } from './commands/import.ts';
import { registerInit } from './commands/init.ts';
import { registerLogin } from './commands/login.ts';
import { registerLogout } from './commands/logout.ts';
import { registerResume } from './commands/resume.ts';
import { registerRuns } from './commands/runs.ts';
import { registerSandbox } from './commands/sandbox.ts';
import { registerSchema } from './commands/schema.ts';
import { registerSearches } from './commands/searches.ts';
import { registerUndo } from './commands/undo.ts';
import { registerValidate } from './commands/validate.ts';
import { registerWhoami } from './commands/whoami.ts';
import type { Context } from './context.ts';
import type { Outcome } from './outcome.ts';

type Register = (program: Command, context: Context, outcome: Outcome) => void;

/** By the names of the commands, in the order of the help. */
const registrars: Readonly<Record<string, Register>> = {
  import: registerImport,
  validate: registerValidate,
  resume: registerResume,
  undo: registerUndo,
  export: registerExport,
  searches: registerSearches,
  runs: registerRuns,
  init: registerInit,
  doctor: registerDoctor,
  login: registerLogin,
  logout: registerLogout,
  whoami: registerWhoami,
  fields: (program, context) => registerFields(program, () => context),
  schema: (program, context) => registerSchema(program, () => context),
  sandbox: registerSandbox,
};

/**
 * All commands and flags; of a command line that begins with a command that one alone. commander neither exits nor writes errors:
 * main does both in one place.
 */
export function createProgram(context: Context, outcome: Outcome, argv: readonly string[] = []): Command {
  const program = new Command('sic')
    .description('Moves data between files and SuperOffice CRM.')
    .version(manifest.version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', 'print help for a command')
    .exitOverride()
    .showSuggestionAfterError(false)
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: text => context.stdout.write(text),
      writeErr: () => {},
      getOutHelpWidth: () => context.stdout.columns,
      getOutHasColors: () => false,
    })
    .option('--profile <name>', 'the SuperOffice to use, from the config file (or SIC_PROFILE)')
    .option(
      '--config <file>',
      'the config file (or SIC_CONFIG); else sic.config.json here or in a folder above',
    )
    .option(
      '--state-dir <dir>',
      'where sic keeps what it remembers (or SIC_STATE_DIR); else .sic beside the config',
    )
    .option('--sandbox', 'use the embedded SuperOffice instead of a real one')
    .option('--json', 'one JSON document on standard output and nothing else there')
    .addHelpText(
      'after',
      `
Examples:
  $ sic import companies.csv --sandbox      try it, no SuperOffice needed
  $ sic validate companies.csv              what would an import change?
  $ sic import companies.csv persons.csv    into the SuperOffice of sic.config.json
  $ sic undo last                           take that import back
  $ sic export --datatype Company           out of SuperOffice again
  $ sic fields Company                      which columns a file may have`,
    );
  // Flags of the program are found before and after the verb; a command reads them like its own.
  program.hook('preAction', (_program, command) => {
    for (const [name, value] of Object.entries(program.opts()))
      command.setOptionValueWithSource(name, value, 'cli');
  });
  const [first = ''] = argv;
  // The flags of one command are declared in a tenth of the time that those of all take.
  const wanted = Object.hasOwn(registrars, first) ? [registrars[first]] : Object.values(registrars);
  for (const register of wanted) register?.(program, context, outcome);
  return program;
}
