import { expandPatterns } from '../import/patterns.ts';
import type { Context } from './context.ts';
import { configWish } from './environment.ts';
import type { FileFlags } from './flags.ts';

/** Flags that name a file of the user's own. */
const naming = ['rejects', 'report', 'log', 'metrics', 'out', 'plan'] as const;

/**
 * What the file of one flag must not write over: the data, the config, and the files of the other flags.
 * @param own the flag
 * @param config the config file, where it was found by now
 */
export async function takenBeside(
  own: (typeof naming)[number],
  files: readonly string[],
  flags: FileFlags,
  context: Context,
  config: string | null = null,
): Promise<string[]> {
  const others = naming.filter(name => name !== own).map(name => flags[name]);
  const named = [...(await expandPatterns(files, context.cwd)), ...others];
  const configs = config ?? configWish(flags, context) ?? 'sic.config.json';
  return [...named.filter(file => file !== undefined && file !== '' && file !== '-'), configs].flatMap(
    file => file ?? [],
  );
}
