import type { Command } from 'commander';
import { renderSchema } from '../../datatypes/render/schema.ts';
import { requireDatatype } from '../../mapping/choose.ts';
import type { Context } from '../context.ts';

interface SchemaFlags {
  readonly json?: true;
}

/** `sic schema DATATYPE`: a row as JSON Schema. Talks to nobody and reads no file. */
export function registerSchema(program: Command, context: () => Context): void {
  program
    .command('schema')
    .summary('print the JSON Schema of a row')
    .description('Prints the JSON Schema (draft 2020-12) of one row of a datatype in JSON form.')
    .argument('<datatype>', 'Company, Person …')
    .option('--json', 'the schema on one line, for programs')
    .addHelpText(
      'after',
      `
Examples:
  $ sic schema Company > company.schema.json
  $ sic schema Person --json`,
    )
    .action((name: string, flags: SchemaFlags) => {
      const schema = renderSchema(requireDatatype(name, 'The command line'));
      context().stdout.write(`${flags.json ? JSON.stringify(schema) : JSON.stringify(schema, null, 2)}\n`);
    });
}
