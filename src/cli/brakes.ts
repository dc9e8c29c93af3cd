import type { Brakes, Config } from '../config/config.ts';
import type { RunOptions } from '../import/ports.ts';
import type { FileFlags } from './flags.ts';

/**
 * What stops this run: flags go before the config. The config speaks of imports; a run that writes nothing is only to
 * tell what would become of too many changes.
 */
export function brakesOf(kind: RunOptions['kind'], flags: FileFlags, config: Config): Brakes {
  const { maxErrors, maxChanges, maxRequests, deadline } = config.brakes;
  const isImport = kind === 'import';
  return {
    maxErrors: flags.maxErrors ?? (isImport ? maxErrors : null),
    maxChanges: flags.maxChanges ?? maxChanges,
    maxRequests: flags.maxRequests ?? (isImport ? maxRequests : null),
    deadline: flags.deadline ?? (isImport ? deadline : null),
  };
}
