import { existsSync } from 'node:fs';
import type { Problem } from '../problems/problem.ts';
import { rewriteRowLog } from '../state/row-log.ts';
import { type RunFolder, runFolder, runIds } from '../state/run-folder.ts';
import { readRunFile, writeRunRecord } from '../state/run-record.ts';
import { isRunning } from '../state/tidy-runs.ts';
import type { Principal } from '../superoffice/superoffice.ts';
import type { RunOptions, RunPorts } from './ports.ts';
import { isRowResult, noCounts, type RowResult, type RunResult } from './result.ts';
import { isUndoRow, type UndoRow } from './undo/result.ts';

/** Where somebody was signed in, and who. */
export interface SignedIn {
  readonly tenant: string;
  readonly user: Principal;
}

/** Writes down who begins what. Throws SicError 'state'. */
export async function recordBeginning(
  folder: RunFolder,
  options: RunOptions,
  ports: RunPorts,
  files: readonly string[],
  signedIn: SignedIn | null,
  started: number,
): Promise<void> {
  await writeRunRecord(folder, {
    kind: options.kind,
    flags: ports.flags,
    files,
    cwd: ports.cwd,
    config: ports.config.file,
    profile: ports.profile,
    tenant: signedIn?.tenant ?? '',
    database: signedIn?.user.database ?? '',
    superofficeUser: signedIn && { login: signedIn.user.associate, name: signedIn.user.fullName },
    version: ports.version,
    startedAt: new Date(started).toISOString(),
  });
}

/**
 * Writes down what a run came to: all but its rows, which have a file of their own. Throws SicError 'state'.
 * @param began false: it ended before its first row
 */
export async function recordEnd(
  folder: RunFolder,
  result: RunResult,
  ports: RunPorts,
  began = true,
): Promise<void> {
  const { rows: _rows, keptRows: _kept, ...plain } = result;
  const { keepValues } = ports.config.history;
  await folder.writeResult({
    ...(keepValues ? plain : { ...plain, ...withoutQuotes(plain) }),
    endedAt: new Date(ports.now()).toISOString(),
    exitCode: ports.exitCodeOf(result, began),
    began,
  });
}

/** What of a result shows values: first rows, new list values, warnings about files, and what SuperOffice said. */
function withoutQuotes({ warnings, added, error }: Pick<RunResult, 'warnings' | 'added' | 'error'>) {
  return {
    warnings: warnings.map(each => ({ ...each, first: withoutValues(each.first) })),
    added: added.map(({ list }) => ({ list, name: '' })),
    fileWarnings: [],
    error: error?.code === 'unreachable' ? { ...error, message: '' } : error,
  };
}

/** The result of a run that ended before its first row. */
export function nothingRead(
  options: RunOptions,
  ports: RunPorts,
  folder: RunFolder,
  started: number,
  error: RunResult['error'],
): RunResult {
  const none = async function* (): AsyncGenerator<RowResult> {};
  return {
    kind: options.kind === 'import' ? 'sic.import' : 'sic.validate',
    offline: options.offline,
    run: folder.id,
    profile: ports.profile,
    tenant: '',
    durationMs: Math.round(ports.now() - started),
    counts: noCounts(),
    files: [],
    requests: { total: 0, read: 0, write: 0, retried: 0 },
    bulkRows: 0,
    rejects: null,
    added: [],
    warnings: [],
    fileWarnings: [],
    limited: false,
    rows: none,
    keptRows: none,
    error,
  };
}

/** The row without anything that stood in a cell but its key. Messages and tips name values, so the codes alone are left. */
export function withoutValues<Row extends RowResult | UndoRow>(row: Row): Row {
  const bare = ({ field, code }: Problem): Problem => ({ field, value: null, code, message: '', tip: '' });
  return {
    ...row,
    problems: row.problems.map(bare),
    ...('warnings' in row ? { warnings: row.warnings.map(bare) } : {}),
    changes: row.changes.map(({ field }) => ({ field, from: null, to: null })),
  };
}

/** Takes the values out of what is kept of a run whose history keeps none. Nothing to do for others. Throws SicError 'state'. */
export async function forgetValues(stateFolder: string, run: string): Promise<void> {
  const { rowLog, rowLogWithValues } = runFolder(stateFolder, run);
  await rewriteRowLog(rowLogWithValues, rowLog, row =>
    isRowResult(row) || isUndoRow(row) ? withoutValues(row) : null,
  );
}

/** The same for runs that were killed before they could do it. For the holder of the lock; never throws. */
export async function forgetLeftValues(stateFolder: string, now: number): Promise<void> {
  try {
    for (const id of await runIds(stateFolder)) {
      const { record, rowLogWithValues } = runFolder(stateFolder, id);
      // Not awaited: there may be thousands of runs. A validation may be telling its rows just now.
      if (existsSync(rowLogWithValues) && !(await isRunning(await readRunFile(record), now)))
        await forgetValues(stateFolder, id);
    }
  } catch {
    // It is tried again by the next import.
  }
}
