import type { Command } from 'commander';
import { SicError } from '../../problems/sic-error.ts';
import type { Context } from '../context.ts';
import { signInExitCodeHelp } from '../exit-code.ts';
import { type GlobalFlags, timeoutFlag } from '../flags.ts';
import type { Outcome } from '../outcome.ts';

/** Flags of login. */
export interface LoginFlags extends GlobalFlags {
  /** False with `--no-browser`. */
  readonly browser: boolean;
  /** Seconds. */
  readonly timeout: number;
  readonly store?: string;
  readonly showSystemToken?: true;
  readonly set?: string;
}

const defaultTimeout = 300;

export function registerLogin(program: Command, context: Context, outcome: Outcome): void {
  program
    .command('login')
    .summary('sign in with a browser, or store a secret')
    .description(
      'Signs a person in to a profile whose "auth" is oauth, with a browser, and keeps that for later runs: in the keychain, unless the profile or --store says otherwise. A profile of another kind signs in by itself; its sign-in is tried. With --set it asks for a secret and stores it under the name that the config uses.',
    )
    .option('--no-browser', 'only print the address to open')
    .option('--timeout <seconds>', 'how long to wait for the browser', timeoutFlag, defaultTimeout)
    .option(
      '--store <file>',
      'where to keep it instead of the keychain, readable by you alone: the word file for a sign-in (it goes into the state folder); a file of your own with --set',
    )
    .option(
      '--show-system-token',
      'print the system user token, which SuperOffice gives to administrators, instead of only saying that there is one',
    )
    .option('--set <name>', 'ask for a secret, or read it from standard input, and store it under this name')
    .addHelpText(
      'after',
      `
Examples:
  $ sic login --profile me
  $ sic login --profile me --no-browser --store file
  $ sic login --profile prod                               does it sign in by itself?
  $ sic login --set sic/prod/client-secret                 for { "keychain": "sic/prod/client-secret" }
  $ sic login --set key --store keys/prod.pem < prod.pem   for { "file": "keys/prod.pem" }
${signInExitCodeHelp}`,
    )
    .action(async (flags: LoginFlags) => {
      const { set, store, json } = flags;
      if (set === undefined) {
        const { runLogin } = await import('../sign-in/run-login.ts');
        return runLogin(flags, context, outcome);
      }
      if (flags.showSystemToken || !flags.browser)
        throw new SicError('usage', '--set stores a secret; it signs in to nothing.', {
          hint: 'Leave --show-system-token and --no-browser out.',
        });
      const { storeSecret } = await import('../sign-in/run-stored-secret.ts');
      return storeSecret({ set, store, json }, context, outcome);
    });
}
