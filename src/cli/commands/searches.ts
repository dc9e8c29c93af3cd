import type { Command } from 'commander';
import type { Context } from '../context.ts';
import type { GlobalFlags } from '../flags.ts';
import type { Outcome } from '../outcome.ts';

export function registerSearches(program: Command, context: Context, outcome: Outcome): void {
  program
    .command('searches')
    .summary('list the searches of the config file')
    .description(
      'Lists the searches that sic export --search knows, and checks them. SuperOffice is not asked.',
    )
    .addHelpText(
      'after',
      `
Examples:
  $ sic searches
  $ sic searches --json

Exit codes:
  0    every search can be run
  2    one of them cannot, or the config file cannot be used`,
    )
    .action(async (flags: GlobalFlags) => {
      const { runSearches } = await import('../export/searches.ts');
      await runSearches(flags, context, outcome);
    });
}
