import type { RejectWriter } from '../formats/record.ts';
import type { Row } from '../mapping/row.ts';
import { type FileRunPorts, runFile } from './file-run.ts';
import type { Counts, Status } from './result.ts';
import { Results } from './results.ts';
import type { RowOutcome } from './row-outcome.ts';

const nowhere: RejectWriter = { write: () => {}, close: async () => {} };

/**
 * Plans a whole file without writing, as `validate` does, and counts what would become of its rows.
 * @param work plans rows, and tells the status of each
 * @param isEnough ends it early, given the counts so far
 */
export async function lookAhead(
  file: FileRunPorts,
  work: (rows: readonly Row[], reached: (status: Status) => void) => Promise<RowOutcome[]>,
  isEnough: (counts: Readonly<Counts>) => boolean,
): Promise<Readonly<Counts>> {
  const results = new Results(
    'sic.validate',
    { allRows: false, keepChanges: false },
    {
      log: () => {},
      rejectsOf: () => nowhere,
      settled: () => {},
      passed: () => {},
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
  return results.live;
}
