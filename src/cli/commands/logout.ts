import type { Command } from 'commander';
import { SicError } from '../../problems/sic-error.ts';
import type { Context } from '../context.ts';
import type { GlobalFlags } from '../flags.ts';
import type { Outcome } from '../outcome.ts';

/** Flags of logout. */
export interface LogoutFlags extends GlobalFlags {
  readonly set?: string;
  readonly store?: string;
}

export function registerLogout(program: Command, context: Context, outcome: Outcome): void {
  program
    .command('logout')
    .summary('forget a sign-in, or a stored secret')
    .description(
      'Forgets what signing in to a profile left on this machine: tickets, the sign-in of a person, where the tenant is. Secrets that the config names stay, unless --set names one.',
    )
    .option('--set <name>', 'remove the secret that login stored in the keychain under this name')
    .option('--store <file>', 'with --set: remove this file instead')
    .addHelpText(
      'after',
      `
Examples:
  $ sic logout --profile me
  $ sic logout --set sic/prod/client-secret
  $ sic logout --set key --store keys/prod.pem`,
    )
    .action(async (flags: LogoutFlags) => {
      const { set, store, json } = flags;
      if (set !== undefined) {
        const { forgetSecret } = await import('../sign-in/run-stored-secret.ts');
        return forgetSecret({ set, store, json }, context, outcome);
      }
      if (store !== undefined)
        throw new SicError('usage', '--store says nothing without --set.', {
          hint: 'A sign-in is forgotten wherever it is kept: leave --store out.',
        });
      const { runLogout } = await import('../sign-in/run-logout.ts');
      return runLogout(flags, context, outcome);
    });
}
