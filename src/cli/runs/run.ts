import path from 'node:path';
import { loadConfig } from '../../config/load.ts';
import { chooseProfile } from '../../config/profiles.ts';
import { anonymous } from '../../history/anonymous.ts';
import { readDetails } from '../../history/details.ts';
import { findRun } from '../../history/find.ts';
import { listRuns } from '../../history/list.ts';
import { shellWord } from '../../problems/shell-word.ts';
import { writeRunDetails, writeRunJson } from '../../report/run-details.ts';
import { runsJson, runsText } from '../../report/runs.ts';
import { runIds } from '../../state/run-folder.ts';
import type { RunsFlags, RunsShowFlags } from '../commands/runs.ts';
import type { Context } from '../context.ts';
import { configWish, profileWish, programName, stateFolder } from '../environment.ts';
import type { GlobalFlags } from '../flags.ts';
import { placeFlags } from '../go-on.ts';
import type { Outcome } from '../outcome.ts';
import { shortPath } from '../short-path.ts';
import { styleFor } from '../ui.ts';

/** `sic runs` */
export async function runRuns(flags: RunsFlags, context: Context, outcome: Outcome): Promise<void> {
  const { profile, folder } = await stateOf(flags, context, outcome);
  const list = await listRuns(folder, profile, flags.limit, context.now());
  outcome.answered = true;
  context.stdout.write(
    flags.json
      ? runsJson(list)
      : runsText(list, {
          style: await styleFor(context.stdout, context),
          width: widthOf(context),
          command: commandFor(flags, context),
        }),
  );
}

/** `sic runs show ID` */
export async function runShow(
  id: string,
  flags: RunsShowFlags,
  context: Context,
  outcome: Outcome,
): Promise<void> {
  const { profile, folder } = await stateOf(flags, context, outcome);
  const found = await findRun(id, await runIds(folder), profile);
  const details = await readDetails(folder, profile, found, context.now());
  const shown = flags.anonymous ? anonymous(details, flags.keys === true) : details;
  const write = (text: string) => context.stdout.write(text);
  if (flags.json) {
    // To their ends, before the first word is printed: half a JSON document helps nobody.
    for await (const _ of shown.rows());
    outcome.answered = true;
    return writeRunJson(shown, write);
  }
  await writeRunDetails(
    shown,
    {
      style: await styleFor(context.stdout, context),
      width: widthOf(context),
      path: file => shortPath(file, context.cwd),
      command: commandFor(flags, context),
    },
    write,
  );
}

async function stateOf(
  flags: GlobalFlags,
  context: Context,
  outcome: Outcome,
): Promise<{ readonly profile: string; readonly folder: string }> {
  const config = await loadConfig({ file: configWish(flags, context), cwd: context.cwd });
  const { name } = chooseProfile(config, profileWish(flags, context));
  outcome.profile = name;
  return { profile: name, folder: path.join(stateFolder(flags, context, config), name) };
}

/** A command for the same profile and state folder, to be copied. */
function commandFor(flags: GlobalFlags, context: Context): (...words: string[]) => string {
  return (...words) => [programName(context), ...[...words, ...placeFlags(flags)].map(shellWord)].join(' ');
}

function widthOf({ stdout }: Context): number | null {
  return stdout.isTTY ? stdout.columns : null;
}
