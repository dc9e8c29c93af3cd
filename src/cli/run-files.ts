import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Config } from '../config/config.ts';
import { loadConfig } from '../config/load.ts';
import { type ChosenProfile, chooseProfile } from '../config/profiles.ts';
import { RunBrake } from '../import/brake.ts';
import type { RunOptions } from '../import/ports.ts';
import type { RunResult } from '../import/result.ts';
import { oneLine } from '../report/words.ts';
import { brakesOf } from './brakes.ts';
import { openConnection } from './connection.ts';
import type { Context } from './context.ts';
import { watchDeadline } from './deadline.ts';
import { configWish, profileWish, programName, stateFolder } from './environment.ts';
import { exitCodeOfResult } from './exit-code.ts';
import { fieldNames, readZipPassword } from './field-names.ts';
import type { FileFlags } from './flags.ts';
import type { Outcome } from './outcome.ts';
import { configuredPing, withPing } from './ping.ts';
import { createProgress } from './progress.ts';
import { styleFor } from './ui.ts';

/** `sic import` and `sic validate`: config, profile, run, report; and what machines are told of it. */
export async function runFiles(
  kind: RunOptions['kind'],
  files: readonly string[],
  flags: FileFlags,
  context: Context,
  outcome: Outcome,
): Promise<void> {
  await withPing(flags.ping, context, outcome, ping =>
    withMetrics(kind, flags, context, outcome, async () => {
      const config = await loadConfig({ file: configWish(flags, context), cwd: context.cwd });
      const chosen = chooseFor(config, flags, context);
      outcome.profile = chosen?.name ?? '';
      // A try in the sandbox is not the job that somebody watches over.
      if (kind === 'import' && chosen?.kind === 'tenant') ping.start(await configuredPing(config, context));
      const result = await runWith(kind, files, flags, context, config, chosen);
      outcome.exitCode = exitCodeOfResult(result, context.signal.reason);
      await report(result, files, flags, context, outcome);
      return result;
    }),
  );
}

async function withMetrics(
  kind: RunOptions['kind'],
  { metrics }: FileFlags,
  context: Context,
  outcome: Outcome,
  work: () => Promise<RunResult>,
): Promise<void> {
  if (metrics === undefined) {
    await work();
    return;
  }
  const { ensureMetricsFolder, writeMetrics } = await import('./metrics-file.ts');
  await ensureMetricsFolder(metrics, context.cwd);
  const startedAt = context.now();
  const write = (result: RunResult | null, exitCode: number): Promise<void> => {
    const { profile } = outcome;
    const run = { command: kind, profile, startedAt, endedAt: context.now(), exitCode, result };
    return writeMetrics(metrics, run, context);
  };
  let result: RunResult;
  try {
    result = await work();
  } catch (error) {
    const { exitCodeOfFailure } = await import('./errors.ts');
    await write(null, exitCodeOfFailure(error, kind, context));
    throw error;
  }
  await write(result, outcome.exitCode);
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
): Promise<RunResult> {
  const stateRoot = stateFolder(flags, context, config);
  const profile = chosen?.name ?? withoutProfile;
  const progress = await createProgress(context);
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
    files,
    datatype: flags.datatype ?? null,
    limit: flags.limit ?? null,
    maxChanges: brakes.maxChanges,
    filesFolder: flags.files ?? null,
    allRows: flags.rows === true,
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
      brake,
    });
  } finally {
    forgetDeadline();
    progress.stop();
    await connection?.close();
  }
}

/** Ends early, without throwing, when the signal fires. */
function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return setTimeout(milliseconds, undefined, { signal }).then(
    () => {},
    () => {},
  );
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
    await writeJson(result, outcome.exitCode, write);
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
      path: (file: string) => shortPath(file, context.cwd),
    };
    await writeTerminal(result, options, write);
  }
  if (result.error !== null) {
    const { tellText } = await import('./errors.ts');
    await tellText({ ...result.error, detail: null }, context);
  }
}

/** Flags without which the next command would mean something else. */
function flagsToRepeat(flags: FileFlags, result: RunResult): string[] {
  const repeated: [string, string | undefined][] = [
    ['--files', flags.files],
    ['--datatype', flags.datatype ?? datatypeToName(flags, result)],
    ['--profile', flags.profile],
    ['--config', flags.config],
    ['--state-dir', flags.stateDir],
  ];
  return [
    ...(flags.sandbox ? ['--sandbox'] : []),
    ...repeated.flatMap(([flag, value]) => (value === undefined ? [] : [flag, value])),
  ];
}

/** Without them an import would not write what validate has shown. */
function flagsOfRows(flags: FileFlags, result: RunResult): string[] {
  const limit = result.limited && flags.limit !== undefined ? ['--limit', String(flags.limit)] : [];
  return [...(flags.full ? ['--full'] : []), ...limit];
}

/** A reject file with a name of the user's own no longer tells what it holds. */
function datatypeToName(flags: FileFlags, result: RunResult): string | undefined {
  const [first, ...more] = result.files;
  return flags.rejects !== undefined && more.length === 0 ? first?.datatype : undefined;
}

function shortPath(file: string, cwd: string): string {
  if (!path.isAbsolute(file)) return oneLine(file);
  const relative = path.relative(cwd, file);
  return relative === '' || relative.startsWith('..') ? oneLine(file) : oneLine(relative);
}
