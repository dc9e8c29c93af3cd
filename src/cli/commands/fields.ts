import { type Command, Option } from 'commander';
import type { FieldFormat } from '../../datatypes/render/fields.ts';
import type { Context } from '../context.ts';

interface FieldsFlags {
  readonly format: FieldFormat;
  readonly json?: true;
}

/** `sic fields [DATATYPE]`: the catalogue. Talks to nobody and reads no file. */
export function registerFields(program: Command, context: () => Context): void {
  program
    .command('fields')
    .summary('list the columns a file may have')
    .description(
      'Lists the columns of a datatype: type, length, where each is written. Without one, the datatypes.',
    )
    .argument('[datatype]', 'Company, Person, Project, Sale, Appointment, Document, Ticket or Message')
    .addOption(
      new Option('--format <format>', 'a table for people, CSV, or a Markdown field-mapping document')
        .choices(['table', 'csv', 'markdown'] satisfies FieldFormat[])
        .default('table'),
    )
    .addHelpText(
      'after',
      `
Examples:
  $ sic fields
  $ sic fields Company
  $ sic fields Person --format markdown > person-fields.md`,
    )
    .action(async (name: string | undefined, flags: FieldsFlags) => {
      const { requireDatatype } = await import('../../mapping/choose.ts');
      const { renderFields } = await import('../../datatypes/render/fields.ts');
      const datatype = name === undefined ? null : requireDatatype(name, 'The command line');
      context().stdout.write(renderFields(datatype, flags.json ? 'json' : flags.format));
    });
}
