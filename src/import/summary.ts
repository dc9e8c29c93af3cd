import { SicError } from '../problems/sic-error.ts';
import type { RowLog } from '../state/row-log.ts';
import type { RunFolder } from '../state/run-folder.ts';
import { SuperOfficeError } from '../superoffice/error.ts';
import type { SuperOffice } from '../superoffice/superoffice.ts';
import type { Doubts } from './apply/doubts.ts';
import type { Input } from './inputs.ts';
import type { Memory } from './memory.ts';
import type { OpenList } from './open-list.ts';
import type { RunOptions, RunPorts } from './ports.ts';
import type { RejectFiles } from './reject-files.ts';
import { isRowResult, needsLook, type RowResult, type RunResult } from './result.ts';
import type { Results } from './results.ts';

/** A run that is ready to read rows. */
export interface Opened {
  readonly inputs: readonly Input[];
  readonly superoffice: SuperOffice | null;
  readonly memories: ReadonlyMap<string, Memory>;
  readonly doubts: Doubts;
  readonly folder: RunFolder;
  /** null: a dry run. */
  readonly openList: OpenList | null;
  readonly started: number;
}

/** A run that has read its last row. */
interface Ended extends Opened {
  readonly options: RunOptions;
  readonly ports: RunPorts;
  readonly results: Results;
  readonly rejects: RejectFiles;
  readonly rowLog: RowLog;
  readonly limited: boolean;
  /** What a dry run says of files that an import would stop at. */
  readonly foretellings: readonly string[];
  /** What ended it early; null: the end of the last file. */
  readonly reason: unknown;
}

/** Folds everything into the plain result, and proves that no row was lost on the way. */
export function toResult(ended: Ended): RunResult {
  const { options, ports, inputs, superoffice, folder, results, rejects, rowLog } = ended;
  const { counts } = results;
  const { read, ...fates } = counts;
  const told = Object.values(fates).reduce((sum, count) => sum + count, 0);
  if (read !== told) throw new Error(`${read} rows read, but ${told} told`);
  const kind = options.kind === 'import' ? 'sic.import' : 'sic.validate';
  return {
    kind,
    offline: options.offline,
    run: folder.id,
    profile: ports.profile,
    tenant: superoffice?.tenant ?? '',
    durationMs: Math.round(ports.now() - ended.started),
    counts,
    files: inputs.map(input => ({
      file: input.label,
      datatype: input.datatype.name,
      counts: results.countsOf(input),
      rejects: rejects.pathOf(input),
    })),
    requests: superoffice ? { ...superoffice.requests } : { total: 0, read: 0, write: 0, retried: 0 },
    bulkRows: results.bulkRows,
    rejects: rejects.path(),
    // Rows are written side by side: without an order of its own it would differ from run to run.
    added: [...results.added.values()].sort((a, b) =>
      `${a.list} ${a.name}` < `${b.list} ${b.name}` ? -1 : 1,
    ),
    warnings: [...results.warnings.values()],
    fileWarnings: [
      ...inputs.flatMap(input => [
        ...input.plan.warnings.map(({ message, tip }) => `${input.label}: ${message} ${tip}`),
        // These name the file themselves.
        ...(input.records.warnings ?? []),
      ]),
      ...ended.foretellings,
    ],
    limited: ended.limited,
    rows: () => rowsOf(rowLog, row => options.allRows || needsLook(kind, row)),
    keptRows: () => rowsOf(rowLog, () => true),
    error: endedBy(ended.reason),
  };
}

async function* rowsOf(rowLog: RowLog, isWanted: (row: RowResult) => boolean): AsyncGenerator<RowResult> {
  for await (const row of rowLog.read()) if (isRowResult(row) && isWanted(row)) yield row;
}

const goOn = 'Rows that were done are not sent twice.';

/** Why a run ended early, for its result. */
export function endedBy(reason: unknown): RunResult['error'] {
  if (reason === null) return null;
  if (reason instanceof SuperOfficeError) {
    const { message, hint, status } = reason;
    if (status === 401 || status === 403) return { code: 'sign-in', message, hint };
    // It answered when the run began, so the address is right: the hint for a first contact would mislead.
    return { code: 'unreachable', message, hint: `Go on once SuperOffice answers again. ${goOn}` };
  }
  if (reason instanceof SicError) return { code: reason.code, message: reason.message, hint: reason.hint };
  return {
    code: 'interrupted',
    message: 'The run was interrupted.',
    hint: goOn,
  };
}
