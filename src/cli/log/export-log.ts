import type { ExportResult } from '../../export/result.ts';
import { newId } from '../../state/run-folder.ts';
import type { Note } from '../../superoffice/wait.ts';
import type { LogFile } from './log-file.ts';
import { logNote, progressEvery } from './run-log.ts';

/** What an export tells its log. */
export interface ExportEvents {
  /** Rows handed over so far. */
  update(rows: number): void;
  readonly note: Note;
  end(result: ExportResult, exitCode: number): void;
  /** `--explain`: nothing was exported. */
  explained(): void;
}

/** An export leaves no folder; the id it gets only tells its events from those of another one. */
export function exportEvents(
  log: LogFile,
  search: string,
  withKeys: boolean,
  now: () => number,
): ExportEvents {
  log.begin(newId(now()));
  log.write('info', 'run', { search });
  let told = now();
  return {
    note: logNote(log, withKeys),
    update(rows) {
      const time = now();
      if (time - told < progressEvery) return;
      told = time;
      log.write('info', 'progress', { rows });
    },
    explained() {
      log.write('info', 'end', { exitCode: 0, rows: 0, error: null });
    },
    end({ rows, files, requests, durationMs, servedAgeMs, isCut }, exitCode) {
      log.write('info', 'end', {
        exitCode,
        durationMs: Math.round(durationMs),
        rows,
        files,
        requests,
        servedAgeMs,
        isCut,
        error: null,
      });
    },
  };
}
