import { merged } from './merged.ts';
import { spilledRuns } from './spilled-runs.ts';

/** What is kept at most of what a million companies take: some tens of MB. */
const keptAtMost = 50_000;
const batchSize = 1000;

/**
 * Sorts rows that may be too many for memory. Stable. `inMemory`: rows kept at most before they are spilled to a nameless
 * temporary file; those come back as JSON gives them back, so a row is a plain JSON value.
 *
 * The file is gone when the last row was taken, when the consumer stops early and when the source throws. Throws
 * SicError 'file' where there is no room for it.
 */
export async function* sorted<Row>(
  rows: AsyncIterable<readonly Row[]>,
  compare: (a: Row, b: Row) => number,
  inMemory: number = keptAtMost,
): AsyncGenerator<Row[]> {
  const runs = spilledRuns<Row>('the rows to be sorted');
  try {
    let kept: Row[] = [];
    for await (const batch of rows)
      for (const row of batch) {
        if (kept.length >= inMemory) {
          await runs.add(kept.sort(compare));
          kept = [];
        }
        kept.push(row);
      }
    kept.sort(compare);
    if (runs.isEmpty()) {
      yield* batchesOf(kept);
    } else {
      await runs.add(kept);
      // Free while the merge lasts, which may be as long as somebody reads.
      kept = [];
      yield* batchesOf(merged(runs.readers(), compare));
    }
  } finally {
    runs.discard();
  }
}

function* batchesOf<Row>(rows: Iterable<Row>): Generator<Row[]> {
  let batch: Row[] = [];
  for (const row of rows) {
    batch.push(row);
    if (batch.length === batchSize) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}
