import path from 'node:path';
import manifest from '../../package.json' with { type: 'json' };
import type { Config } from '../config/config.ts';
import { loadConfig } from '../config/load.ts';
import { type ChosenProfile, chooseProfile } from '../config/profiles.ts';
import { RunBrake } from '../import/brake.ts';
import type { RunOptions } from '../import/ports.ts';
import type { RunResult } from '../import/result.ts';
import type { ShownPlan } from '../import/shown/read.ts';
import { brakesOf } from './brakes.ts';
import { openConnection } from './connection.ts';
import type { Context } from './context.ts';
import { watchDeadline } from './deadline.ts';
import { configWish, profileWish, programName, stateFolder } from './environment.ts';
import { exitCodeOfError, exitCodeOfResult } from './exit-code.ts';
import { fieldNames, readZipPassword } from './field-names.ts';
import { type FileFlags, givenFlags } from './flags.ts';
import { hintWithCommand, placeFlags, resumeCommand } from './go-on.ts';
import type { LogFile } from './log/log-file.ts';
import { logEnd, logged } from './log/run-log.ts';
import { withLog } from './log/with-log.ts';
import type { Outcome } from './outcome.ts';
import { pause } from './pause.ts';
import { configuredPing, type Ping, withPing } from './ping.ts';
import { requireUnmoved, withPlan } from './plan/given.ts';
import { planPlace, writePlan } from './plan/made.ts';
import { createProgress } from './progress.ts';
import { reportFile, writeReport } from './report-file.ts';
import { shortPath } from './short-path.ts';
import { takenBeside } from './taken-files.ts';
import { styleFor } from './ui.ts';
import { withMetrics } from './with-metrics.ts';

/** `sic import` and `sic validate`: config, profile, run, report; and what machines are told of it. */
export async function runFiles(
  kind: RunOptions['kind'],
  files: readonly string[],
  flags: FileFlags,
  context: Context,
  outcome: Outcome,
): Promise<void> {
  const taken = await takenBeside('log', files, flags, context);
  await withPing(flags.ping, context, outcome, ping =>
    withLog({ command: kind, files, taken, flags }, context, log =>
      withMetrics(kind, files, flags, context, outcome, () =>
        withPlan(files, flags, context, asked =>
          runWatched(kind, asked.files, asked.flags, context, outcome, {
            log,
            ping,
            given: flags,
            plan: asked.plan,
          }),
        ),
      ),
    ),
  );
}

/** Who is told how a run goes, while it runs. */
interface Watchers {
  readonly log: LogFile | null;
  readonly ping: Ping;
  /** For the history: a plan adds flags that nobody gave. */
  readonly given: FileFlags;
  readonly plan: ShownPlan | null;
}

async function runWatched(
  kind: RunOptions['kind'],
  files: readonly string[],
  flags: FileFlags,
  context: Context,
  outcome: Outcome,
  watchers: Watchers,
): Promise<RunResult> {
  const { log, ping, plan } = watchers;
  const config = await loadConfig({ file: configWish(flags, context), cwd: context.cwd });
  const chosen = chooseFor(config, flags, context);
  outcome.profile = chosen?.name ?? '';
  // A try in the sandbox is not the job that somebody watches over.
  if (kind === 'import' && chosen?.kind === 'tenant') ping.start(await configuredPing(config, context));
  const names = fieldNames(config, chosen);
  if (plan) await requireUnmoved(plan, outcome.profile, config, names);
  const page = await reportFile(files, flags, config.file, context);
  const wanted = await planPlace(files, flags, config, context);
  const recorded = (run: string): void => {
    if (kind === 'import') outcome.goOn = resumeCommand(run, files, flags, context);
  };
  const ran = await runWith(kind, files, flags, context, config, chosen, { ...watchers, recorded });
  try {
    const source = { config, names, flags, stateFolder: statePath(flags, context, config, chosen) };
    const planned = wanted === null ? ran : await writePlan(ran, wanted, source, context);
    const result = page === null ? planned : await writeReport(planned, page, context);
    outcome.exitCode = exitCodeOfResult(result, context.signal.reason);
    if (log) logEnd(log, result, outcome.exitCode);
    await report(result, files, flags, context, outcome);
    return result;
  } finally {
    const { forgetValues } = await import('../import/kept-history.ts');
    // What cannot be rewritten is gone, or goes with the next import; neither makes this run another one.
    await forgetValues(statePath(flags, context, config, chosen), ran.run).catch(() => {});
  }
}

/** The state folder of the profile. */
function statePath(flags: FileFlags, context: Context, config: Config, chosen: ChosenProfile | null): string {
  return path.join(stateFolder(flags, context, config), chosen?.name ?? withoutProfile);
}

/** Offline no profile is needed, but a chosen one is respected: its state tells what is unchanged. */
function chooseFor(config: Config, flags: FileFlags, context: Context): ChosenProfile | null {
  const wish = profileWish(flags, context);
  const undecided =
    wish.named === null && !wish.sandbox && config.defaultProfile === null && config.profiles.size !== 1;
  return flags.offline && undecided ? null : chooseProfile(config, wish);
}

const withoutProfile = 'offline';

async function runWith(
  kind: RunOptions['kind'],
  files: readonly string[],
  flags: FileFlags,
  context: Context,
  config: Config,
  chosen: ChosenProfile | null,
  { log, given, plan, recorded }: Watchers & { readonly recorded: (run: string) => void },
): Promise<RunResult> {
  const stateRoot = stateFolder(flags, context, config);
  const profile = chosen?.name ?? withoutProfile;
  const shown = await createProgress(context);
  const progress = log ? logged(shown, log, flags.logKeys === true, context.now) : shown;
  const brakes = brakesOf(kind, flags, config);
  const brake = new RunBrake(brakes);
  const connection =
    chosen === null || flags.offline
      ? null
      : openConnection(chosen, {
          rate: flags.rate,
          concurrency: flags.concurrency,
          stateRoot,
          program: programName(context),
          env: context.env,
          note: progress.note,
          signal: context.signal,
          brake,
          conceal: context.conceal,
          keychain: context.keychain,
        });
  const options: RunOptions = {
    kind,
    offline: flags.offline === true,
    full: flags.full === true,
    onConflict: flags.onConflict ?? null,
    files,
    datatype: flags.datatype ?? null,
    strategy: flags.strategy ?? 'auto',
    limit: flags.limit ?? null,
    maxChanges: brakes.maxChanges,
    filesFolder: flags.files ?? null,
    allRows: flags.rows === true,
    keepChanges: flags.report !== undefined,
    rejects: flags.rejects ?? null,
  };
  const forgetDeadline =
    brakes.deadline === null ? () => {} : watchDeadline(brakes.deadline, context.now(), brake);
  try {
    const { run } = await import('../import/run.ts');
    return await run(options, {
      config,
      names: fieldNames(config, chosen),
      zipPassword: () => readZipPassword(config, context),
      profile,
      stateFolder: path.join(stateRoot, profile),
      cwd: context.cwd,
      connect: connection === null ? null : () => connection.connect(),
      now: context.now,
      sleep: milliseconds => pause(milliseconds, context.signal),
      progress,
      signal: context.signal,
      recorded,
      version: manifest.version,
      flags: givenFlags(given),
      ...(plan ? { shown: plan } : {}),
      exitCodeOf: (result, began) =>
        began || result.error === null || result.error.code === 'interrupted' || result.error.code === 'bug'
          ? exitCodeOfResult(result, context.signal.reason)
          : exitCodeOfError(result.error.code),
      brake,
    });
  } finally {
    forgetDeadline();
    progress.stop();
    await connection?.close();
  }
}

async function report(
  result: RunResult,
  files: readonly string[],
  flags: FileFlags,
  context: Context,
  outcome: Outcome,
): Promise<void> {
  const write = (text: string) => context.stdout.write(text);
  if (flags.json) {
    const { writeJson } = await import('../report/json.ts');
    outcome.answered = true;
    const { error: ended } = result;
    const error = ended && { ...ended, hint: hintWithCommand(ended, outcome.goOn) };
    await writeJson({ ...result, error }, outcome.exitCode, write);
  } else {
    const { writeTerminal } = await import('../report/terminal.ts');
    const options = {
      style: await styleFor(context.stdout, context),
      width: context.stdout.isTTY ? context.stdout.columns : null,
      allRows: flags.rows === true,
      program: programName(context),
      named: files,
      repeat: flagsToRepeat(flags, result),
      again: flagsOfRows(flags, result),
      plan: flags.out ?? flags.plan ?? null,
      path: (file: string) => shortPath(file, context.cwd),
    };
    await writeTerminal(result, options, write);
  }
  if (result.error !== null) {
    const { tellText } = await import('./errors.ts');
    await tellText({ ...result.error, detail: null }, context, outcome.goOn);
  }
}

/** Flags without which the next command would mean something else. */
function flagsToRepeat(flags: FileFlags, result: RunResult): string[] {
  const repeated: [string, string | undefined][] = [
    ['--files', flags.files],
    ['--datatype', flags.datatype ?? datatypeToName(flags, result)],
  ];
  return [
    ...placeFlags(flags),
    ...repeated.flatMap(([flag, value]) => (value === undefined ? [] : [flag, value])),
  ];
}

/** Without them an import would not write what validate has shown. */
function flagsOfRows(flags: FileFlags, result: RunResult): string[] {
  const limit = result.limited && flags.limit !== undefined ? ['--limit', String(flags.limit)] : [];
  const policy = flags.onConflict === undefined ? [] : ['--on-conflict', flags.onConflict];
  return [...(flags.full ? ['--full'] : []), ...policy, ...limit];
}

/** A reject file with a name of the user's own no longer tells what it holds. */
function datatypeToName(flags: FileFlags, result: RunResult): string | undefined {
  const [first, ...more] = result.files;
  return flags.rejects !== undefined && more.length === 0 ? first?.datatype : undefined;
}
