import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import manifest from '../../../package.json' with { type: 'json' };
import type { Config } from '../../config/config.ts';
import type { FieldNames } from '../../datatypes/udef.ts';
import { listIn, numberIn, textIn } from '../../history/json.ts';
import type { RunResult } from '../../import/result.ts';
import type { PlanHead, PlanInput } from '../../import/shown/format.ts';
import { SicError } from '../../problems/sic-error.ts';
import { runFolder } from '../../state/run-folder.ts';
import { readRunFile } from '../../state/run-record.ts';
import { systemCode } from '../../state/state-error.ts';
import type { Context } from '../context.ts';
import type { FileFlags } from '../flags.ts';
import { findPlace, writePrivately } from '../output-file.ts';
import { takenBeside } from '../taken-files.ts';

export interface PlanFile {
  readonly place: string;
  /** As typed. */
  readonly shown: string;
}

/** Where the plan of `--out` goes; null: none is wanted. Throws SicError 'usage'. */
export async function planPlace(
  files: readonly string[],
  flags: FileFlags,
  { file: config }: Pick<Config, 'file'>,
  context: Context,
): Promise<PlanFile | null> {
  const { out } = flags;
  if (out === undefined) return null;
  if (flags.offline)
    throw new SicError('usage', '--offline asks SuperOffice nothing, so there is nothing to plan with.', {
      hint: 'Leave --offline out to make a plan, or --out to check the files alone.',
    });
  if (files.includes('-'))
    throw new SicError('usage', 'Standard input cannot be read again, so it cannot be planned.', {
      hint: `Put it into a file first: sic validate FILE --out ${out}`,
    });
  const taken = await takenBeside('out', files, flags, context, config);
  return { shown: out, place: await findPlace({ flag: '--out', shown: out }, context.cwd, taken) };
}

/** What a plan is written from besides the result. */
export interface PlanSource {
  readonly config: Config;
  readonly names: FieldNames;
  readonly flags: FileFlags;
  /** `.sic/<profile>` */
  readonly stateFolder: string;
}

/**
 * Writes the plan of a validation that came to its end. Answers the result; where the plan cannot be written, the result
 * that says so.
 */
export async function writePlan(
  result: RunResult,
  file: PlanFile,
  source: PlanSource,
  context: Context,
): Promise<RunResult> {
  const { shown, place } = file;
  if (result.error !== null) {
    context.stderr.write(`No plan was written to ${shown}: not all rows were looked at.\n`);
    return result;
  }
  const { writePlanText } = await import('../../import/shown/write.ts');
  const { keepValues } = source.config.history;
  try {
    const head = await headOf(result, source, context);
    await writePrivately(place, { flag: '--out', shown }, async target =>
      writePlanText(result, { head, keepValues, mask: context.mask }, text => target.appendFile(text)),
    );
    return result;
  } catch (error) {
    if (!(error instanceof SicError)) throw error;
    const { code, message, hint } = error;
    return { ...result, error: { code, message, hint } };
  }
}

async function headOf(
  { run, profile, tenant, counts }: RunResult,
  { config, names, flags, stateFolder }: PlanSource,
  { cwd, now }: Context,
): Promise<PlanHead> {
  const { decidingParts } = await import('../../import/shown/deciding.ts');
  const record = await readRunFile(runFolder(stateFolder, run).record);
  return {
    kind: 'sic.plan',
    formatVersion: 1,
    id: randomUUID(),
    sic: manifest.version,
    madeAt: new Date(now()).toISOString(),
    run,
    profile,
    tenant,
    database: textIn(record, 'database') ?? '',
    asked: {
      datatype: flags.datatype ?? null,
      full: flags.full === true,
      limit: flags.limit ?? null,
      onConflict: flags.onConflict ?? null,
      files: flags.files === undefined ? null : path.resolve(cwd, flags.files),
    },
    config: decidingParts(config, names),
    files: await Promise.all(listIn(record, 'files').map(plannedFile)),
    counts: { created: counts.created, updated: counts.updated },
  };
}

/** @param recorded what the history has of the file: as it was when the run began */
async function plannedFile(recorded: unknown): Promise<PlanInput> {
  const { hashOfFile } = await import('../../import/shown/unmoved.ts');
  const named = textIn(recorded, 'named') ?? '';
  const file = textIn(recorded, 'path') ?? '';
  const size = numberIn(recorded, 'size');
  try {
    const sha256 = await hashOfFile(file);
    const found = await stat(file);
    if (size === found.size && textIn(recorded, 'modified') === found.mtime.toISOString())
      return { named, path: file, size, sha256 };
  } catch (error) {
    if (systemCode(error) === '') throw error;
  }
  throw new SicError('file', `${named} changed while it was looked at, so no plan was written.`, {
    hint: 'Run again once the program that writes it is done.',
  });
}
