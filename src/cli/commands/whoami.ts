import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { signInExitCodeHelp } from '../exit-code.ts';
import type { GlobalFlags } from '../flags.ts';
import type { Outcome } from '../outcome.ts';

export function registerWhoami(program: Command, context: Context, outcome: Outcome): void {
  program
    .command('whoami')
    .summary('tell who is signed in, where, and until when')
    .description(
      'Signs in and tells who that is: user and kind of user, tenant and address, version, the rights that matter to an import, until when the sign-in holds and how it is renewed.',
    )
    .addHelpText(
      'after',
      `
Examples:
  $ sic whoami
  $ sic whoami --profile prod --json
  $ sic whoami --sandbox
${signInExitCodeHelp}`,
    )
    .action(async (flags: GlobalFlags) => {
      const { runWhoami } = await import('../sign-in/run-whoami.ts');
      await runWhoami(flags, context, outcome);
    });
}
