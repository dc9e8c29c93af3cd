import { access, stat } from 'node:fs/promises';
import path from 'node:path';
import { loadConfig } from '../../config/load.ts';
import { chooseProfile } from '../../config/profiles.ts';
import { readDetails } from '../../history/details.ts';
import { findRun } from '../../history/find.ts';
import { lastResumable } from '../../history/last.ts';
import type { RunDetails } from '../../history/result.ts';
import { shellWord } from '../../problems/shell-word.ts';
import { SicError } from '../../problems/sic-error.ts';
import { oneLine } from '../../report/words.ts';
import { runIds } from '../../state/run-folder.ts';
import type { ResumeFlags } from '../commands/resume.ts';
import type { Context } from '../context.ts';
import { configWish, profileWish, stateFolder } from '../environment.ts';
import { givenFlags } from '../flags.ts';
import { placeFlags } from '../go-on.ts';
import type { Outcome } from '../outcome.ts';
import { createProgram } from '../program.ts';
import { argumentsOf } from './arguments.ts';
import { whyNot } from './why-not.ts';

/** `sic resume [ID]`: the command of a run that stopped before its end, once more. */
export async function runResume(
  wish: string | undefined,
  flags: ResumeFlags,
  context: Context,
  outcome: Outcome,
): Promise<void> {
  const config = await loadConfig({ file: configWish(flags, context), cwd: context.cwd });
  const { name: profile } = chooseProfile(config, profileWish(flags, context));
  outcome.profile = profile;
  const stateRoot = stateFolder(flags, context, config);
  const folder = path.join(stateRoot, profile);
  const ids = await runIds(folder);
  const last = () => lastResumable(folder, ids, context.now());
  const id = wish === undefined ? await last() : await findRun(wish, ids, profile, last);
  const run = await readDetails(folder, profile, id, context.now());
  if (!run.resumable) throw whyNot(run);
  const cwd = await folderOf(run);
  const words = argumentsOf(run, insteadOf(flags, context));
  const where = cwd === context.cwd ? '' : `, in ${oneLine(cwd)}`;
  context.stderr.write(`Going on with ${id}: sic ${words.map(shellWord).join(' ')}${where}\n`);
  for (const changed of await changedFiles(run))
    context.stderr.write(`${oneLine(changed)} has changed since: it is imported as it is now.\n`);
  // Said in full: the folder of the run, and variables that are set here and were not there, may name others.
  const place = placeFlags({ profile, config: run.config ?? undefined, stateDir: stateRoot });
  const ping = flags.ping === undefined ? [] : ['--ping', flags.ping];
  const [verb = '', ...rest] = words;
  await createProgram({ ...context, cwd }, outcome).parseAsync(
    [verb, ...place, ...ping, ...(flags.json ? ['--json'] : []), ...rest],
    { from: 'user' },
  );
}

const naming = ['rejects', 'report', 'log', 'metrics'];

/** Flags that are given anew. What they name is named from here, not from the folder of the run. */
function insteadOf(flags: ResumeFlags, { cwd }: Context): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(givenFlags(flags)).map(([name, value]) => [
      name,
      naming.includes(name) && typeof value === 'string' && value !== '' ? path.resolve(cwd, value) : value,
    ]),
  );
}

/** Where the command was typed: its files and flags name things from there. */
async function folderOf({ id, cwd }: RunDetails): Promise<string> {
  if (
    cwd !== null &&
    (await access(cwd).then(
      () => true,
      () => false,
    ))
  )
    return cwd;
  throw new SicError(
    'usage',
    `Run ${id} was started in ${cwd ?? 'a folder that is not known'}, which is not there.`,
    {
      hint: 'Import its files again: rows that were done are not sent twice.',
    },
  );
}

/** Files that are not what they were when the run began, as they were named. */
async function changedFiles({ inputs }: RunDetails): Promise<string[]> {
  const changed: string[] = [];
  for (const input of inputs) {
    const found = input.path === null ? null : await stat(input.path).catch(() => null);
    if (found && (found.size !== input.size || found.mtime.toISOString() !== input.modified))
      changed.push(input.named);
  }
  return changed;
}
