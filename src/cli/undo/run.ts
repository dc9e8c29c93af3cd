import path from 'node:path';
import manifest from '../../../package.json' with { type: 'json' };
import type { Config } from '../../config/config.ts';
import { loadConfig } from '../../config/load.ts';
import { type ChosenProfile, chooseProfile } from '../../config/profiles.ts';
import { noUndoCounts, type UndoCounts, type UndoResult } from '../../import/undo/result.ts';
import { count } from '../../report/words.ts';
import type { UndoFlags } from '../commands/undo.ts';
import { canAsk, confirm, confirmNumber } from '../confirm.ts';
import { openConnection } from '../connection.ts';
import type { Context } from '../context.ts';
import { configWish, profileWish, programName, stateFolder } from '../environment.ts';
import { exitCodeOfUndo } from '../exit-code.ts';
import { fieldNames } from '../field-names.ts';
import { givenFlags } from '../flags.ts';
import { placeFlags } from '../go-on.ts';
import type { Outcome } from '../outcome.ts';
import { pause } from '../pause.ts';
import { createTicker } from '../ticker.ts';
import { styleFor } from '../ui.ts';

interface Subject {
  /** Id of the run that is to be taken back. */
  readonly run: string;
  readonly config: Config;
  readonly chosen: ChosenProfile;
  readonly stateRoot: string;
}

/** `sic undo RUN`: shows what would be done, asks where somebody can answer, does it. */
export async function runUndo(
  wish: string,
  flags: UndoFlags,
  context: Context,
  outcome: Outcome,
): Promise<void> {
  const config = await loadConfig({ file: configWish(flags, context), cwd: context.cwd });
  const chosen = chooseProfile(config, profileWish(flags, context));
  outcome.profile = chosen.name;
  const stateRoot = stateFolder(flags, context, config);
  const run = await targetOf(wish, path.join(stateRoot, chosen.name), chosen.name);
  const subject: Subject = { run, config, chosen, stateRoot };
  const isSure = flags.yes === true && flags.dryRun !== true;
  const shown = await runOnce(subject, !isSure, flags, context);
  await reportOnce(subject, shown, flags, context, outcome);
  if (isSure || shown.error !== null || flags.dryRun || flags.json || !canAsk(context)) return;
  if (await isWanted(shown.counts, context))
    await reportOnce(subject, await runOnce(subject, false, flags, context), flags, context, outcome);
}

async function targetOf(wish: string, stateFolder: string, profile: string): Promise<string> {
  const { findRun } = await import('../../history/find.ts');
  const { lastWritten } = await import('../../history/last.ts');
  const { runIds } = await import('../../state/run-folder.ts');
  const ids = await runIds(stateFolder);
  return findRun(wish, ids, profile, () => lastWritten(stateFolder, ids));
}

async function runOnce(
  { run, config, chosen, stateRoot }: Subject,
  dryRun: boolean,
  flags: UndoFlags,
  context: Context,
): Promise<UndoResult> {
  let counts: Readonly<UndoCounts> = noUndoCounts();
  const text = () => (counts.records === 0 ? null : `${run}: ${count(counts.records, 'record')}`);
  const ticker = await createTicker(context, { text, idleText: 'getting ready' });
  const connection = openConnection(chosen, {
    rate: flags.rate,
    concurrency: flags.concurrency,
    stateRoot,
    program: programName(context),
    env: context.env,
    note: ticker.note,
    signal: context.signal,
    conceal: context.conceal,
    keychain: context.keychain,
  });
  try {
    const { undo } = await import('../../import/undo/run.ts');
    return await undo(
      { run, dryRun, deleteCreated: flags.deleteCreated === true, allRows: flags.rows === true },
      {
        config,
        names: fieldNames(config, chosen),
        profile: chosen.name,
        stateFolder: path.join(stateRoot, chosen.name),
        connect: () => connection.connect(),
        now: context.now,
        sleep: milliseconds => pause(milliseconds, context.signal),
        note: ticker.note,
        version: manifest.version,
        cwd: context.cwd,
        flags: givenFlags(flags),
        exitCodeOf: result => exitCodeOfUndo(result, context.signal.reason),
        signal: context.signal,
        update: now => {
          counts = now;
          ticker.show();
        },
      },
    );
  } finally {
    ticker.stop();
    await connection.close();
  }
}

/** A record that is deleted by mistake may be lost: there the number has to be typed. */
async function isWanted({ restored, partly, deleted }: UndoCounts, context: Context): Promise<boolean> {
  if (deleted > 0)
    return confirmNumber(
      `To delete ${count(deleted, 'record')}${restored + partly > 0 ? ` and take back ${count(restored + partly, 'more', 'more')}` : ''}, type the number of records to delete:`,
      deleted,
      context,
    );
  return restored + partly > 0 && confirm(`Take back ${count(restored + partly, 'record')}?`, context);
}

/** Told, and then without the values, where the history keeps none. */
async function reportOnce(
  { chosen, stateRoot }: Subject,
  result: UndoResult,
  flags: UndoFlags,
  context: Context,
  outcome: Outcome,
): Promise<void> {
  try {
    await report(result, flags, context, outcome);
  } finally {
    const { forgetValues } = await import('../../import/kept-history.ts');
    // What cannot be rewritten is gone, or goes with the next import.
    await forgetValues(path.join(stateRoot, chosen.name), result.run).catch(() => {});
  }
}

async function report(
  result: UndoResult,
  flags: UndoFlags,
  context: Context,
  outcome: Outcome,
): Promise<void> {
  outcome.exitCode = exitCodeOfUndo(result, context.signal.reason);
  const write = (text: string) => context.stdout.write(text);
  const { writeUndoJson, writeUndo } = await import('../../report/undo.ts');
  if (flags.json) {
    outcome.answered = true;
    await writeUndoJson(result, outcome.exitCode, write);
  } else
    await writeUndo(
      result,
      {
        style: await styleFor(context.stdout, context),
        width: context.stdout.isTTY ? context.stdout.columns : Number.POSITIVE_INFINITY,
        program: programName(context),
        repeat: placeFlags(flags),
        deletesCreated: flags.deleteCreated === true,
        asks: canAsk(context) && flags.dryRun !== true,
      },
      write,
    );
  if (result.error !== null) {
    const { tellText } = await import('../errors.ts');
    await tellText({ ...result.error, detail: null }, context);
  }
}
