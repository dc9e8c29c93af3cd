import manifest from '../../package.json' with { type: 'json' };
import type { RunResult } from '../import/result.ts';
import { SicError } from '../problems/sic-error.ts';
import type { Context } from './context.ts';
import type { FileFlags } from './flags.ts';
import { findPlace, writePrivately } from './output-file.ts';
import { shortPath } from './short-path.ts';

export interface ReportFile {
  readonly place: string;
  /** As typed. */
  readonly shown: string;
}

/** Where the page of `--report` goes; null: none is wanted. Throws SicError 'usage'. */
export async function reportFile(
  files: readonly string[],
  { report, rejects, plan }: FileFlags,
  { cwd }: Context,
): Promise<ReportFile | null> {
  if (report === undefined) return null;
  const taken = [...files.filter(file => file !== '-'), ...[rejects, plan].flatMap(file => file ?? [])];
  return { shown: report, place: await findPlace({ flag: '--report', shown: report }, cwd, taken) };
}

/** Writes the page of `--report`. Answers the result; where the page cannot be written, the result that says so. */
export async function writeReport(
  result: RunResult,
  { place, shown }: ReportFile,
  context: Context,
): Promise<RunResult> {
  const { writeHtml } = await import('../report/html/page.ts');
  const options = {
    version: manifest.version,
    endedAt: context.now(),
    path: (file: string) => shortPath(file, context.cwd),
  };
  try {
    await writePrivately(place, { flag: '--report', shown }, file =>
      writeHtml(result, options, text => file.appendFile(context.mask(text))),
    );
    return result;
  } catch (error) {
    if (!(error instanceof SicError)) throw error;
    const { code, message, hint } = error;
    return { ...result, error: result.error ?? { code, message, hint } };
  }
}
