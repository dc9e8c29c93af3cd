import type { RunDetails } from '../../history/result.ts';

/** Say where the state and the config are; whoever goes on says so anew. */
const ofPlace: ReadonlySet<string> = new Set(['profile', 'config', 'state-dir', 'sandbox', 'json']);

/**
 * The words of the command that a run was started with, without those that say where its state and config are.
 * @param instead flags that are given anew, by their names without dashes
 */
export function argumentsOf(
  { kind, flags, files }: Pick<RunDetails, 'kind' | 'flags' | 'files'>,
  instead: Readonly<Record<string, unknown>>,
): string[] {
  const given = Object.entries({ ...flags, ...instead }).filter(([name]) => !ofPlace.has(name));
  const words = given.map(([name, value]) => (value === true ? `--${name}` : `--${name}=${value}`));
  // A plan names its files itself.
  const named = 'plan' in flags ? [] : files;
  return [kind ?? 'import', ...words, ...(named.some(file => file.startsWith('-')) ? ['--'] : []), ...named];
}
