import { SicError } from '../problems/sic-error.ts';
import type { RowLog } from '../state/row-log.ts';
import type { RunFolder } from '../state/run-folder.ts';
import { SuperOfficeError } from '../superoffice/error.ts';
import type { SuperOffice } from '../superoffice/superoffice.ts';
import type { Input } from './inputs.ts';
import type { RunOptions, RunPorts } from './ports.ts';
import type { RejectFiles } from './reject-files.ts';
import { isRowResult, type RunResult } from './result.ts';
import type { Results } from './results.ts';

/** A run that is ready to read rows. */
export interface Opened {
  readonly inputs: readonly Input[];
  readonly superoffice: SuperOffice | null;
  readonly folder: RunFolder;
  readonly started: number;
}

/** Folds everything into the plain result, and proves that no row was lost on the way. */
export function toResult(
  options: RunOptions,
  ports: RunPorts,
  { inputs, superoffice, folder, started }: Opened,
  results: Results,
  rejects: RejectFiles,
  rowLog: RowLog,
  reason: unknown,
): RunResult {
  const { counts } = results;
  const { read, ...fates } = counts;
  const told = Object.values(fates).reduce((sum, count) => sum + count, 0);
  if (read !== told) throw new Error(`${read} rows read, but ${told} told`);
  return {
    kind: options.kind === 'import' ? 'sic.import' : 'sic.validate',
    offline: options.offline,
    run: folder.id,
    profile: ports.profile,
    tenant: superoffice?.tenant ?? '',
    durationMs: Math.round(ports.now() - started),
    counts,
    files: inputs.map(input => ({
      file: input.label,
      datatype: input.datatype.name,
      counts: results.countsOf(input),
      rejects: rejects.pathOf(input),
    })),
    requests: superoffice ? { ...superoffice.requests } : { total: 0, read: 0, write: 0, retried: 0 },
    rejects: rejects.path(),
    // Rows are written side by side: without an order of its own it would differ from run to run.
    added: [...results.added.values()].sort((a, b) =>
      `${a.list} ${a.name}` < `${b.list} ${b.name}` ? -1 : 1,
    ),
    warnings: [...results.warnings.values()],
    fileWarnings: inputs.flatMap(input => [
      ...input.plan.warnings.map(({ message, tip }) => `${input.label}: ${message} ${tip}`),
      // These name the file themselves.
      ...(input.records.warnings ?? []),
    ]),
    limited: options.limit !== null && counts.read >= options.limit,
    rows: async function* () {
      for await (const row of rowLog.read()) if (isRowResult(row)) yield row;
    },
    error: endedBy(reason),
  };
}

function endedBy(reason: unknown): RunResult['error'] {
  if (reason === null) return null;
  if (reason instanceof SuperOfficeError)
    return {
      code: reason.status === 401 || reason.status === 403 ? 'sign-in' : 'unreachable',
      message: reason.message,
      hint: reason.hint,
    };
  if (reason instanceof SicError) return { code: reason.code, message: reason.message, hint: reason.hint };
  return {
    code: 'interrupted',
    message: 'The run was interrupted.',
    hint: 'Start it again: rows that were done are not sent twice.',
  };
}

/** For `result.json`: everything but the rows, which have a file of their own. */
export function withoutRows({ rows: _rows, ...plain }: RunResult): object {
  return plain;
}
