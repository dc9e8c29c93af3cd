import type { RunOptions } from '../import/ports.ts';
import type { RunResult } from '../import/result.ts';
import type { Context } from './context.ts';
import type { FileFlags } from './flags.ts';
import type { Outcome } from './outcome.ts';
import { takenBeside } from './taken-files.ts';

/** Does the work and writes the file of `--metrics`, when there is to be one, however it ended. */
export async function withMetrics(
  kind: RunOptions['kind'],
  files: readonly string[],
  flags: FileFlags,
  context: Context,
  outcome: Outcome,
  work: () => Promise<RunResult>,
): Promise<void> {
  const { metrics } = flags;
  if (metrics === undefined) {
    await work();
    return;
  }
  const { findPlace } = await import('./output-file.ts');
  const { writeMetrics } = await import('./metrics-file.ts');
  // Before the run: what is wrong with it would be found out when it is over.
  const taken = await takenBeside('metrics', files, flags, context);
  const place = await findPlace({ flag: '--metrics', shown: metrics }, context.cwd, taken);
  const startedAt = context.now();
  const write = (result: RunResult | null, exitCode: number): Promise<void> => {
    const { profile } = outcome;
    const run = { command: kind, profile, startedAt, endedAt: context.now(), exitCode, result };
    return writeMetrics(place, metrics, run, context);
  };
  let result: RunResult;
  try {
    result = await work();
  } catch (error) {
    const { endOf } = await import('./errors.ts');
    await write(null, endOf(error, kind, context).exitCode);
    throw error;
  }
  await write(result, outcome.exitCode);
}
