import { type Counts, noCounts, type RowResult, type RunResult, statuses } from '../import/result.ts';
import { each, writeWithRows } from './json-rows.ts';

type Write = (text: string) => void;

export interface FailedRun {
  readonly kind: 'sic.import' | 'sic.validate';
  readonly profile: string;
  readonly exitCode: number;
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly hint: string | null;
    readonly detail?: string;
  };
}

/** The document of design.md, section 4, written row by row: memory does not grow with the file. */
export async function writeJson(result: RunResult, exitCode: number, write: Write): Promise<void> {
  const head = {
    kind: result.kind,
    formatVersion: 1,
    run: result.run,
    profile: result.profile,
    tenant: result.tenant,
    exitCode,
    durationMs: Math.round(result.durationMs),
    counts: orderedCounts(result.counts),
    files: result.files.map(({ file, datatype, counts, rejects }) => ({
      file,
      datatype,
      counts: orderedCounts(counts),
      rejects,
    })),
    requests: {
      total: result.requests.total,
      read: result.requests.read,
      write: result.requests.write,
      retried: result.requests.retried,
    },
    bulkRows: result.bulkRows,
    rejects: result.rejects,
    limited: result.limited,
    added: result.added,
    warnings: result.warnings.map(({ code, count, first }) => ({ code, count, first: rowDocument(first) })),
    fileWarnings: result.fileWarnings,
  };
  await writeWithRows(head, each(result.rows(), rowDocument), write, result.error);
}

/** The same document for a run that never began. */
export function writeFailedJson(failed: FailedRun, write: Write): void {
  const document = {
    kind: failed.kind,
    formatVersion: 1,
    run: '',
    profile: failed.profile,
    tenant: '',
    exitCode: failed.exitCode,
    durationMs: 0,
    counts: noCounts(),
    files: [],
    requests: { total: 0, read: 0, write: 0, retried: 0 },
    bulkRows: 0,
    rejects: null,
    limited: false,
    added: [],
    warnings: [],
    fileWarnings: [],
    rows: [],
    error: failed.error,
  };
  write(`${JSON.stringify(document, null, 2)}\n`);
}

function rowDocument(row: RowResult) {
  const { file, place, key, status, problems, warnings, changes } = row;
  return { file, place, key, status, problems, changes, warnings };
}

function orderedCounts(counts: Counts): Counts {
  const ordered = noCounts();
  ordered.read = counts.read;
  for (const status of statuses) ordered[status] = counts[status];
  return ordered;
}
