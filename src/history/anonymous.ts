import { withoutValues } from '../import/kept-history.ts';
import type { RowResult } from '../import/result.ts';
import type { RowOfRun, RunDetails } from './result.ts';

/**
 * A run that can be shown to others: no cell values, no keys (unless asked for), no names of people and machines, and of
 * paths the last part alone. Messages name values and paths, so their codes have to do.
 */
export function anonymous(run: RunDetails, withKeys: boolean): RunDetails {
  const rowOf = <Row extends RowResult>(row: Row): Row => ({
    ...withoutValues(row),
    file: lastPart(row.file),
    key: withKeys ? row.key : '',
  });
  return {
    ...run,
    files: run.files.map(lastPart),
    error: run.error && { code: run.error.code, message: '', hint: null },
    flags: Object.fromEntries(
      Object.entries(run.flags).map(([name, value]) => [
        name,
        typeof value === 'string' ? lastPart(value) : value,
      ]),
    ),
    cwd: null,
    config: run.config && lastPart(run.config),
    user: null,
    host: null,
    folder: lastPart(run.folder),
    inputs: run.inputs.map(({ named, size, modified }) => ({
      named: lastPart(named),
      path: null,
      size,
      modified,
    })),
    results: run.results.map(result => ({
      ...result,
      file: lastPart(result.file),
      rejects: result.rejects && lastPart(result.rejects),
    })),
    added: run.added.map(({ list }) => ({ list, name: '' })),
    warnings: run.warnings.map(({ code, count, first }) => ({ code, count, first: rowOf(first) })),
    fileWarnings: [],
    rows: async function* () {
      for await (const row of run.rows()) yield rowOf<RowOfRun>(row);
    },
  };
}

/** The name without its folders, as Windows and others write them. */
function lastPart(path: string): string {
  return path.split(/[/\\]/).findLast(part => part !== '') ?? path;
}
