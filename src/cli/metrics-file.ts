import { randomBytes } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { SicError } from '../problems/sic-error.ts';
import { lastSuccessIn, type MeasuredRun, metricsText } from '../report/metrics.ts';
import { writeAside } from '../state/replace-file.ts';
import type { Context } from './context.ts';

/** Before the run: a folder that is not there would be found out when it is over. */
export async function ensureMetricsFolder(file: string, cwd: string): Promise<void> {
  const folder = path.dirname(path.resolve(cwd, file));
  const isFolder = await stat(folder).then(
    found => found.isDirectory(),
    () => false,
  );
  if (isFolder && file !== '') return;
  throw new SicError('usage', `The folder of --metrics ${file} does not exist.`, {
    hint: 'Name a file in the folder of the textfile collector, for example --metrics /var/lib/node_exporter/sic.prom',
  });
}

/**
 * Replaces the file as a whole, readable by all: it holds no customer data, and the collector runs as somebody else. A file
 * that cannot be written is told, and changes nothing about the run.
 */
export async function writeMetrics(
  file: string,
  run: Omit<MeasuredRun, 'lastSuccessAt'>,
  { cwd, stderr }: Pick<Context, 'cwd' | 'stderr'>,
): Promise<void> {
  const target = path.resolve(cwd, file);
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
    stderr.write(`sic: ${file} could not be written${code}, so it does not tell of this run.\n`);
  }
}
