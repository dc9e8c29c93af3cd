import type { RejectWriter } from '../formats/record.ts';
import type { Row } from '../mapping/row.ts';
import type { Hash64 } from '../state/accepted.ts';
import { type FileRunPorts, runFile } from './file-run.ts';
import type { Counts, Status } from './result.ts';
import { Results } from './results.ts';
import type { RowOutcome } from './row-outcome.ts';

/** What becomes of rows whose records are there. */
const isThere: ReadonlySet<Status> = new Set(['updated', 'current', 'unchanged', 'conflict']);

const nowhere: RejectWriter = { write: () => {}, close: async () => {} };

export interface Ahead {
  readonly counts: Readonly<Counts>;
  /** Of the records that are there, those that the import made itself. */
  readonly made: number;
}

/**
 * Plans a whole file without writing, as `validate` does, and counts what would become of its rows.
 * @param work plans rows, and tells the status of each
 * @param isMade the import has made the record of this key; `text` is the key itself, where it is known
 * @param isEnough ends it early, given the counts so far
 */
export async function lookAhead(
  file: FileRunPorts,
  work: (rows: readonly Row[], reached: (status: Status) => void) => Promise<RowOutcome[]>,
  isMade: (key: Hash64, text?: string) => boolean,
  isEnough: (counts: Readonly<Counts>) => boolean,
): Promise<Ahead> {
  let made = 0;
  const results = new Results(
    'sic.validate',
    { allRows: false, keepChanges: false },
    {
      log: () => {},
      rejectsOf: () => nowhere,
      settled: (_, key, status) => {
        if (isThere.has(status) && isMade(file.delta.key(key), key)) made++;
      },
      passed: (_, rows, keyOf) => {
        for (let nth = 0; nth < rows; nth++) if (isMade(keyOf(nth))) made++;
      },
    },
  );
  await runFile({
    ...file,
    results,
    // The keys of rows that the import has read already mean the same rows here.
    seen: file.seen.copy(),
    held: null,
    allRows: false,
    remember: false,
    tick: () => {},
    allGiven: () => {},
    holdsBack: () => {},
    stopped: () => file.stopped() || isEnough(results.live),
    work: rows => work(rows, status => results.reached(status)),
  });
  return { counts: results.live, made };
}
