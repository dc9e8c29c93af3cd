import type { RunOptions } from '../import/ports.ts';
import type { RunResult } from '../import/result.ts';
import type { Context } from './context.ts';
import type { FileFlags } from './flags.ts';
import type { Outcome } from './outcome.ts';

/** Does the work and writes the file of `--metrics`, when there is to be one, however it ended. */
export async function withMetrics(
  kind: RunOptions['kind'],
  { metrics }: FileFlags,
  context: Context,
  outcome: Outcome,
  work: () => Promise<RunResult>,
): Promise<void> {
  if (metrics === undefined) {
    await work();
    return;
  }
  const { ensureMetricsFolder, writeMetrics } = await import('./metrics-file.ts');
  await ensureMetricsFolder(metrics, context.cwd);
  const startedAt = context.now();
  const write = (result: RunResult | null, exitCode: number): Promise<void> => {
    const { profile } = outcome;
    const run = { command: kind, profile, startedAt, endedAt: context.now(), exitCode, result };
    return writeMetrics(metrics, run, context);
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
