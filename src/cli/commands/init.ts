import { type Command, Option } from 'commander';
import type { OnlineEnvironment } from '../../config/config.ts';
import type { StarterProfile } from '../../config/starter.ts';
import type { StarterSecretPlace } from '../../config/starter-secrets.ts';
import type { Context } from '../context.ts';
import type { GlobalFlags } from '../flags.ts';

/** Flags of init. */
export interface InitFlags extends GlobalFlags {
  readonly online?: string;
  readonly environment?: OnlineEnvironment;
  readonly onsite?: string;
  readonly auth?: StarterProfile['auth'];
  readonly clientId?: string;
  readonly username?: string;
  readonly secrets?: StarterSecretPlace;
  readonly name?: string;
  readonly datatype?: string;
  readonly separator?: string;
  readonly force?: true;
  readonly print?: true;
}

export function registerInit(program: Command, context: Context): void {
  program
    .command('init')
    .summary('write a commented starter config')
    .description(
      'Writes sic.config.json (or the file of --config), with comments. On a terminal it asks for what no flag tells. It takes no secret: the config says where secrets are, and the answer tells how to put them there.',
    )
    .argument('[file]', 'the first file to import, when it needs a mapping; it need not be there yet')
    .option('--online <tenant>', 'SuperOffice Online: the customer identifier, such as Cust12345')
    .addOption(
      new Option(
        '--environment <name>',
        'of SuperOffice Online: development, stage or production (default: online)',
      ).choices(['sod', 'stage', 'online'] satisfies OnlineEnvironment[]),
    )
    .option('--onsite <url>', 'an installation of your own: its address')
    .addOption(
      new Option(
        '--auth <type>',
        'online: system-user for jobs, oauth for a person; onsite: basic (the default) or ticket',
      ).choices(['system-user', 'oauth', 'basic', 'ticket'] satisfies StarterProfile['auth'][]),
    )
    .option('--client-id <id>', 'online: the id of your application, from the Developer Portal')
    .option('--username <name>', 'onsite: the SuperOffice user, for basic')
    .addOption(
      new Option(
        '--secrets <place>',
        'where secrets are (default: env; for oauth, which keeps its own, keychain)',
      ).choices(['env', 'keychain', 'file'] satisfies StarterSecretPlace[]),
    )
    .option('--name <profile>', 'the name of the profile (default: prod, stage, dev or onsite)')
    .option('--datatype <name>', 'what the first file holds, when its name does not tell')
    .option('--separator <character>', 'what separates the cells of the first file (default: sic finds out)')
    .option('--force', 'replace a config file that is there')
    .option('--print', 'print the config to standard output and write nothing')
    .addHelpText(
      'after',
      `
Examples:
  $ sic init
  $ sic init --online Cust12345 --auth system-user --client-id 0123456789abcdef0123456789abcdef
  $ sic init --online Cust12345 --environment sod --auth oauth --client-id 0123456789abcdef0123456789abcdef
  $ sic init --onsite https://crm.example.com/SuperOffice --username SIC
  $ sic init kunder.csv --datatype Company --onsite https://crm.example.com --username SIC --print`,
    )
    .action(async (file: string | undefined, flags: InitFlags) => {
      const { runInit } = await import('../init/run.ts');
      await runInit(file, flags, context);
    });
}
