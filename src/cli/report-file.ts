import manifest from '../../package.json' with { type: 'json' };
import type { RunResult } from '../import/result.ts';
import { SicError } from '../problems/sic-error.ts';
import type { Context } from './context.ts';
import type { FileFlags } from './flags.ts';
import { findPlace, writePrivately } from './output-file.ts';
import { shortPath } from './short-path.ts';
import { takenBeside } from './taken-files.ts';

export interface ReportFile {
  readonly place: string;
  /** As typed. */
  readonly shown: string;
}

/** Where the page of `--report` goes; null: none is wanted. Throws SicError 'usage'. */
export async function reportFile(
  files: readonly string[],
  flags: FileFlags,
  config: string | null,
  context: Context,
): Promise<ReportFile | null> {
  const { report } = flags;
  if (report === undefined) return null;
  const taken = await takenBeside('report', files, flags, context, config);
  return { shown: report, place: await findPlace({ flag: '--report', shown: report }, context.cwd, taken) };
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
    // The run has another error to tell; the page of an earlier run must not pass for this one's.
    if (result.error !== null) context.stderr.write(`sic: ${message}\n`);
    return { ...result, error: result.error ?? { code, message, hint } };
  }
}
