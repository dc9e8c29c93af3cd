import type { Limit } from '../config/limit.ts';
import { asBrake, changesIn, isTooMany, rowsWithoutQuestion, tooManyChanges } from './change-limit.ts';
import type { ChunkPorts } from './chunk.ts';
import { type FileRunPorts, type Item, runFile } from './file-run.ts';
import { HeldChunks } from './held-chunks.ts';
import { lookAhead } from './look-ahead.ts';
import type { RunPorts } from './ports.ts';
import { Turns } from './turns.ts';
import { UpdateGate } from './update-gate.ts';
import { work } from './work.ts';

/**
 * Imports one file, and updates none of the records that SuperOffice has unless it is known that there are not too many
 * such updates.
 *
 * The file is first read until that is sure or cannot be told from the file alone: what is remembered of the last run shows
 * how many rows have anything to do, and few of those cannot be many updates. Such a file costs nothing. Else the first
 * update waits, and the others with it, until the whole file was planned without writing: one request more for each
 * hundred of its changed rows. New records are not counted, and wait for nothing.
 */
export async function runWithin(
  limit: Limit | null,
  file: FileRunPorts,
  chunk: ChunkPorts,
  { brake, progress }: Pick<RunPorts, 'brake' | 'progress'>,
): Promise<void> {
  const { results, input } = file;
  const { stop } = chunk;
  const start = { ...results.live };
  const rowLimit = { ...file.limit };
  const updates = new UpdateGate(async () => {
    progress.note(
      `${input.label}: many rows have changed, so all are looked at before any record is updated`,
    );
    const tooMany = (counts: Parameters<typeof changesIn>[0]): boolean =>
      isTooMany(limit, changesIn(counts, start.updated));
    try {
      const counts = await lookAhead(
        { ...file, limit: rowLimit },
        (rows, reached) =>
          work(rows, {
            ...chunk,
            apply: null,
            bulk: null,
            updates: null,
            turns: new Turns(),
            reached,
            listValueAdded: () => {},
          }),
        // More rows make a share smaller again, but never a number.
        counts => limit?.kind === 'number' && tooMany(counts),
      );
      if (stop.reason !== null) return;
      // Records that this import made a moment ago are no changes, whatever SuperOffice says of them now. A few may be taken
      // off that were not there yet when they were looked up: the share is too large then, and not too small.
      const made = results.live.created - start.created;
      const planned = changesIn(counts, start.updated);
      const changes = { ...planned, named: Math.max(planned.updates, planned.named - made) };
      if (isTooMany(limit, changes)) brake.pull(asBrake(tooManyChanges(input.label, limit, changes)));
    } catch (error) {
      stop.reason ??= error;
    }
  });
  const held = new HeldChunks<readonly Item[]>(
    rowsWithoutQuestion(limit, start.updated),
    ({ changed, unchanged, isAll }) => {
      const worst = { updates: changed, named: changed + unchanged, before: start.updated };
      if (isAll && !isTooMany(limit, worst)) updates.open();
    },
  );
  await runFile({ ...file, held, work: rows => work(rows, { ...chunk, updates }) });
}
