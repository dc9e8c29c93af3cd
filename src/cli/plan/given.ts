import path from 'node:path';
import type { Config } from '../../config/config.ts';
import type { FieldNames } from '../../datatypes/udef.ts';
import type { PlanHead } from '../../import/shown/format.ts';
import type { ShownPlan } from '../../import/shown/read.ts';
import { SicError } from '../../problems/sic-error.ts';
import type { Context } from '../context.ts';
import type { FileFlags } from '../flags.ts';
import { shortPath } from '../short-path.ts';

/** What a run does: as the command line says, or as a plan does. */
export interface Asked {
  readonly files: readonly string[];
  readonly flags: FileFlags;
  /** null: none was given. */
  readonly plan: ShownPlan | null;
}

/** Flags that a plan has settled. */
const settled = [
  ['--datatype', 'datatype'],
  ['--full', 'full'],
  ['--limit', 'limit'],
  ['--on-conflict', 'onConflict'],
  ['--files', 'files'],
] as const;

/** Throws SicError 'usage' where files are missing, or a plan and the command line would both have a say. */
export function requireFilesOrPlan(files: readonly string[], flags: FileFlags): void {
  const { plan } = flags;
  if (plan === undefined) {
    if (files.length > 0) return;
    throw new SicError('usage', 'sic import needs a file.', {
      hint: 'For example: sic import companies.csv',
    });
  }
  if (plan === '' || plan === '-')
    throw new SicError('usage', '--plan needs the name of a file.', {
      hint: 'sic validate FILE… --out plan.json makes one, and sic import --plan plan.json imports it.',
    });
  const [file] = files;
  if (file !== undefined)
    throw new SicError('usage', `A plan names its files itself, so ${file} cannot be given besides.`, {
      hint: `To import what was shown: sic import --plan ${plan}`,
    });
  const flag = settled.find(([, name]) => flags[name] !== undefined)?.[0];
  if (flag !== undefined)
    throw new SicError('usage', `${flag} is settled by the plan, and cannot be given with --plan.`, {
      hint: `Leave it out, or make another plan with it: sic validate FILE… ${flag} … --out ${plan}`,
    });
}

/** Does the work with what the plan of `--plan` says; without one with what the command line says. Throws SicError. */
export async function withPlan<Result>(
  files: readonly string[],
  flags: FileFlags,
  { cwd }: Context,
  work: (asked: Asked) => Promise<Result>,
): Promise<Result> {
  if (flags.plan === undefined) return work({ files, flags, plan: null });
  const { rejects } = flags;
  if (rejects !== undefined && path.resolve(cwd, rejects) === path.resolve(cwd, flags.plan))
    throw new SicError('usage', `--rejects ${rejects} would overwrite the plan.`, {
      hint: 'Give --rejects another name.',
    });
  const { openShownPlan } = await import('../../import/shown/read.ts');
  const plan = await openShownPlan(path.resolve(cwd, flags.plan), flags.plan);
  try {
    return await work({
      files: plan.head.files.map(file => nameOf(file, cwd)),
      flags: { ...flags, ...flagsOf(plan.head) },
      plan,
    });
  } finally {
    await plan.close();
  }
}

/** As it was typed, where that still means the same file. */
function nameOf({ named, path: planned }: PlanHead['files'][number], cwd: string): string {
  return path.resolve(cwd, named) === planned ? named : shortPath(planned, cwd);
}

function flagsOf({ asked }: PlanHead): Partial<FileFlags> {
  const { datatype, full, limit, onConflict, files } = asked;
  return {
    ...(datatype === null ? {} : { datatype }),
    ...(full ? { full } : {}),
    ...(limit === null ? {} : { limit }),
    ...(onConflict === null ? {} : { onConflict }),
    ...(files === null ? {} : { files }),
  };
}

/** Throws SicError 'plan' when anything that it follows from is not what it was. */
export async function requireUnmoved(
  plan: ShownPlan,
  profile: string,
  config: Config,
  names: FieldNames,
): Promise<void> {
  const { requireSameConfig, requireSameFiles, requireSameProfile } = await import(
    '../../import/shown/unmoved.ts'
  );
  const { decidingParts } = await import('../../import/shown/deciding.ts');
  requireSameProfile(plan, profile);
  requireSameConfig(plan, decidingParts(config, names));
  await requireSameFiles(plan);
}
