import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { lastSuccessIn, type MeasuredRun, metricsText } from '../report/metrics.ts';
import { writeAside } from '../state/replace-file.ts';
import type { Context } from './context.ts';

/**
 * Replaces the file as a whole, readable by all: it holds no customer data, and the collector runs as somebody else. A file
 * that cannot be written is told, and changes nothing about the run.
 */
export async function writeMetrics(
  target: string,
  shown: string,
  run: Omit<MeasuredRun, 'lastSuccessAt'>,
  { stderr }: Pick<Context, 'stderr'>,
): Promise<void> {
  // Not *.prom, so the collector never reads a half one.
  const aside = `${target}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    const before = run.exitCode === 0 ? '' : await readFile(target, 'utf8').catch(() => '');
    const lastSuccessAt = run.exitCode === 0 ? run.endedAt : lastSuccessIn(before);
    await writeAside({ path: target, aside, mode: 0o644 }, async handle => {
      await handle.writeFile(metricsText({ ...run, lastSuccessAt }));
      // Whatever the umask of a cron job says.
      await handle.chmod(0o644);
    });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    stderr.write(`sic: ${shown} could not be written${code}, so it does not tell of this run.\n`);
  }
}
