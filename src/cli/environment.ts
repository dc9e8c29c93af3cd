import path from 'node:path';
import type { Config } from '../config/config.ts';
import type { ProfileWish } from '../config/profiles.ts';
import { SicError } from '../problems/sic-error.ts';
import type { Context } from './context.ts';
import type { GlobalFlags } from './flags.ts';

/** An environment variable that is set to nothing counts as not set. */
function variable(context: Context, name: string): string | null {
  const value = context.env[name];
  return value === undefined || value === '' ? null : value;
}

/** A flag that was given nothing: an unset variable in a cron line. It would mean another place than was meant. */
function refuseEmpty(flag: string, value: string | undefined): void {
  if (value !== '') return;
  throw new SicError('usage', `${flag} was given nothing.`, {
    hint: `Write a value behind ${flag}, or leave it out. Is a variable in the command line not set?`,
  });
}

/** `--config`, else SIC_CONFIG, else null. */
export function configWish(flags: GlobalFlags, context: Context): string | null {
  refuseEmpty('--config', flags.config);
  return flags.config ?? variable(context, 'SIC_CONFIG');
}

/** `--profile`, else SIC_PROFILE; and `--sandbox`. */
export function profileWish(flags: GlobalFlags, context: Context): ProfileWish {
  refuseEmpty('--profile', flags.profile);
  const fromEnvironment = variable(context, 'SIC_PROFILE');
  const named =
    flags.profile !== undefined
      ? ({ name: flags.profile, by: '--profile' } as const)
      : fromEnvironment !== null
        ? ({ name: fromEnvironment, by: 'SIC_PROFILE' } as const)
        : null;
  return { named, sandbox: flags.sandbox === true };
}

/** Absolute path of the folder that holds a folder per profile. */
export function stateFolder(flags: GlobalFlags, context: Context, config: Config): string {
  refuseEmpty('--state-dir', flags.stateDir);
  const wish = flags.stateDir ?? variable(context, 'SIC_STATE_DIR');
  return wish === null ? path.join(config.folder, '.sic') : path.resolve(context.cwd, wish);
}

/** How the reader starts this program, for commands to copy. */
export function programName(context: Context): string {
  return variable(context, 'npm_lifecycle_event') === 'npx' ? 'npx sic' : 'sic';
}
