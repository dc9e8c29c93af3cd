import path from 'node:path';
import { loadConfig } from '../../config/load.ts';
import { type ChosenProfile, chooseProfile } from '../../config/profiles.ts';
import { type Destination, toFile, toStream } from '../../export/destination.ts';
import { ensureFilesFolder } from '../../export/files/files-folder.ts';
import type { ExportOptions, ExportPorts } from '../../export/ports.ts';
import type { ExportResult } from '../../export/result.ts';
import { runExport } from '../../export/run.ts';
import { exportSummary } from '../../report/export.ts';
import type { Note } from '../../superoffice/wait.ts';
import type { ExportFlags } from '../commands/export.ts';
import { openConnection } from '../connection.ts';
import type { Context } from '../context.ts';
import { configWish, profileWish, programName, stateFolder } from '../environment.ts';
import { exitCodes } from '../exit-code.ts';
import { fieldNames } from '../field-names.ts';
import { exportEvents } from '../log/export-log.ts';
import type { LogFile } from '../log/log-file.ts';
import { withLog } from '../log/with-log.ts';
import type { Outcome } from '../outcome.ts';
import { exportOptions } from './options.ts';
import { createExportProgress } from './progress.ts';

/** `sic export`: config, question, destination, answer. */
export async function runExportCommand(
  flags: ExportFlags,
  context: Context,
  outcome: Outcome,
): Promise<void> {
  await withLog(
    {
      command: 'export',
      files: [],
      taken: [flags.out ?? '', configWish(flags, context) ?? 'sic.config.json'],
      flags,
    },
    context,
    log => exportLogged(flags, context, outcome, log),
  );
}

async function exportLogged(
  flags: ExportFlags,
  context: Context,
  outcome: Outcome,
  log: LogFile | null,
): Promise<void> {
  const config = await loadConfig({ file: configWish(flags, context), cwd: context.cwd });
  const options = exportOptions(flags, config, context.cwd, context.now());
  const chosen = chooseProfile(config, profileWish(flags, context));
  outcome.profile = chosen.name;
  const stateRoot = stateFolder(flags, context, config);
  const events = log && exportEvents(log, options.search.name, flags.logKeys === true, context.now);
  const { ticker, update } = await createExportProgress(context, {
    name: options.search.name,
    // Between rows on the same terminal a live line would be in the way.
    mayDraw: isToFile(flags) || !context.stdout.isTTY,
  });
  const note: Note = (text, wait) => {
    ticker.note(text);
    events?.note(text, wait);
  };
  const connection = openConnection(chosen, {
    rate: flags.rate,
    concurrency: flags.concurrency,
    stateRoot,
    program: programName(context),
    env: context.env,
    note,
    signal: context.signal,
    conceal: context.conceal,
    keychain: context.keychain,
  });
  const ports: ExportPorts = {
    config,
    fieldNames: fieldNames(config, chosen),
    address: addressOf(chosen),
    stateFolder: path.join(stateRoot, chosen.name),
    connect: () => connection.connect(),
    now: context.now,
    progress: {
      update: counts => {
        update(counts);
        events?.update(counts.rows);
      },
      note,
    },
    signal: context.signal,
  };
  try {
    if (flags.explain) {
      await explain(options, ports, flags, context, outcome);
      events?.explained();
      return;
    }
    const result = await answer(options, ports, flags, context, outcome);
    ticker.stop();
    tell(result, options, flags, context, outcome);
    events?.end(result, outcome.exitCode);
  } finally {
    ticker.stop();
    await connection.close();
  }
}

async function answer(
  options: ExportOptions,
  ports: ExportPorts,
  flags: ExportFlags,
  context: Context,
  outcome: Outcome,
): Promise<ExportResult> {
  // Before SuperOffice is asked anything: a night's export is not lost to a folder that does not exist.
  if (options.filesFolder !== null) await ensureFilesFolder(options.filesFolder, flags.withFiles ?? '');
  const destination = isToFile(flags)
    ? await toFile(path.resolve(context.cwd, flags.out), flags.out, context.signal)
    : toStdout(context, outcome);
  return runExport(options, ports, destination);
}

function isToFile(flags: ExportFlags): flags is ExportFlags & { readonly out: string } {
  return flags.out !== undefined && flags.out !== '-';
}

/** Once something of the answer is there, no other document may follow. */
function toStdout(context: Context, outcome: Outcome): Destination {
  return toStream({
    write: text => {
      outcome.answered = true;
      context.stdout.write(text);
    },
    taken: () => context.stdout.taken(),
    flushed: () => context.stdout.flushed(),
  });
}

async function explain(
  options: ExportOptions,
  ports: ExportPorts,
  flags: ExportFlags,
  context: Context,
  outcome: Outcome,
): Promise<void> {
  const { explainExport } = await import('../../export/explain.ts');
  const { explanationText, explanationJson } = await import('../../report/export.ts');
  const explanation = await explainExport(options, ports);
  outcome.answered = true;
  context.stdout.write(flags.json ? explanationJson(explanation) : explanationText(explanation));
}

/** The result itself is the answer; what is said of it goes to standard error, or is the one document of `--json`. */
function tell(
  result: ExportResult,
  options: ExportOptions,
  flags: ExportFlags,
  context: Context,
  outcome: Outcome,
): void {
  if (result.isCut) {
    // As a program ends that writes to a pipe nobody reads: 128 and the number of SIGPIPE.
    outcome.exitCode = exitCodes.nobodyReads;
    return;
  }
  if (flags.json && isToFile(flags)) {
    const { search, rows, files, servedAgeMs, since, durationMs, requests } = result;
    const document = {
      kind: 'sic.export',
      formatVersion: 1,
      profile: outcome.profile,
      exitCode: 0,
      search,
      rows,
      out: flags.out,
      format: options.format,
      files,
      servedAgeMs,
      since,
      durationMs,
      requests,
    };
    outcome.answered = true;
    context.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
    return;
  }
  context.stderr.write(`${exportSummary(result, isToFile(flags) ? flags.out : null)}\n`);
}

/** Tells one SuperOffice from another without asking it, and one account from another: they may not see the same. */
function addressOf(chosen: ChosenProfile): string {
  if (chosen.kind === 'sandbox') return 'sandbox';
  const { profile } = chosen;
  return profile.kind === 'onsite'
    ? [profile.url, profile.auth.type, profile.auth.type === 'basic' ? profile.auth.username : ''].join(' ')
    : [
        profile.environment,
        profile.tenant,
        profile.login ?? '',
        profile.auth.type,
        profile.auth.clientId,
      ].join(' ');
}
