import type { Command } from 'commander';
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
    .argument('<datatype>', 'Company, Person, Project, Sale, Appointment, Document, Ticket or Message')
    .addHelpText(
      'after',
      `
Examples:
  $ sic schema Company > company.schema.json
  $ sic schema Person --json`,
    )
    .action(async (name: string, flags: SchemaFlags) => {
      const { requireDatatype } = await import('../../mapping/choose.ts');
      const { renderSchema } = await import('../../datatypes/render/schema.ts');
      const schema = renderSchema(requireDatatype(name, 'The command line'));
      context().stdout.write(`${flags.json ? JSON.stringify(schema) : JSON.stringify(schema, null, 2)}\n`);
    });
}
