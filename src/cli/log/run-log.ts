import manifest from '../../../package.json' with { type: 'json' };
import type { Progress } from '../../import/ports.ts';
import type { Counts, RowResult, RunResult } from '../../import/result.ts';
import { baseName } from '../../report/words.ts';
import type { Note } from '../../superoffice/wait.ts';
import type { LogFile } from './log-file.ts';

/** Milliseconds between two events that tell how far the work is. */
export const progressEvery = 5_000;

/** The first event. Names of flags without their values, and of files without their folders: it can be shown to others. */
export function logStart(
  log: LogFile,
  command: string,
  files: readonly string[],
  flags: Readonly<Record<string, unknown>>,
): void {
  log.write('info', 'start', {
    command,
    version: manifest.version,
    node: process.versions.node,
    platform: process.platform,
    flags: Object.keys(flags).sort(),
    files: files.map(baseName),
  });
}

/** @param withKeys also what quotes the data: keys of rows, and notes in words */
export function logNote(log: LogFile, withKeys: boolean): Note {
  return (text, wait) => {
    const words = withKeys ? { text } : {};
    if (wait === undefined) return log.write('info', 'note', words);
    const { milliseconds, nextTry, tries, status } = wait;
    log.write('warn', 'wait', {
      ms: Math.round(milliseconds),
      try: nextTry,
      tries,
      status,
      ...words,
    });
  };
}

/** The same progress, told to the log, too. */
export function logged<Kind extends Progress>(
  progress: Kind,
  log: LogFile,
  withKeys: boolean,
  now: () => number,
): Kind {
  let last: { counts: Readonly<Counts>; bytes: number; told: number } | null = null;
  const tellProgress = (): void => {
    if (last) log.write('info', 'progress', { bytes: last.bytes, counts: { ...last.counts } });
  };
  const note = logNote(log, withKeys);
  return {
    ...progress,
    begin(run, tenant) {
      progress.begin(run, tenant);
      log.begin(run);
      log.write('info', 'run', { tenant: tenant === '' ? null : tenant });
    },
    start(file, datatype, size) {
      progress.start(file, datatype, size);
      tellProgress();
      log.write('info', 'file', { file: baseName(file), datatype, size });
      last = null;
    },
    update(counts, bytes) {
      progress.update(counts, bytes);
      const time = now();
      last = { counts, bytes: Math.max(bytes, last?.bytes ?? 0), told: last?.told ?? time };
      if (time - last.told < progressEvery) return;
      last.told = time;
      tellProgress();
    },
    row(row) {
      progress.row(row);
      if (row.problems.length > 0) log.write('warn', 'row', rowFields(row, withKeys));
    },
    note(text, wait) {
      progress.note(text, wait);
      note(text, wait);
    },
    end() {
      progress.end();
      tellProgress();
      last = null;
    },
  };
}

function rowFields({ file, place, key, status, problems }: RowResult, withKeys: boolean) {
  return {
    file: baseName(file),
    place,
    status,
    ...(withKeys ? { key } : {}),
    problems: problems.map(({ code, field }) => ({ code, field })),
  };
}

/** The last event of an import or validation that came to a result. */
export function logEnd(log: LogFile, result: RunResult, exitCode: number): void {
  const { counts, requests, durationMs, limited, added, warnings, error } = result;
  log.write(error === null ? 'info' : 'error', 'end', {
    exitCode,
    durationMs,
    counts: { ...counts },
    requests,
    limited,
    listValuesAdded: added.length,
    warnings: warnings.map(({ code, count }) => ({ code, count })),
    error: error?.code ?? null,
  });
}

/** The last event of one that did not. */
export function logFailure(log: LogFile, code: string, exitCode: number): void {
  log.write('error', 'end', { exitCode, error: code });
}
