import type { Limit } from '../config/limit.ts';
import type { Hash64 } from '../state/accepted.ts';
import { asBrake, changesIn, isTooMany, rowsWithoutQuestion, tooManyChanges } from './change-limit.ts';
import type { ChunkPorts } from './chunk.ts';
import { type FileRunPorts, type Item, runFile } from './file-run.ts';
import { HeldChunks } from './held-chunks.ts';
import { lookAhead } from './look-ahead.ts';
import type { RunPorts } from './ports.ts';
import { Turns } from './turns.ts';
import { UpdateGate } from './update-gate.ts';
import { work } from './work.ts';

/** So many rows are on their way at most; of those before them it is known what became of them. */
const mostOnTheirWay = 4_000;

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
  /** Keys of the records that were made last. */
  const lastMade = new Set<string>();
  const isMade = (key: Hash64, text?: string): boolean =>
    results.live.created > start.created &&
    ((text !== undefined && lastMade.has(text)) || file.seen.get(key)?.status === 'created');
  const updates = new UpdateGate(async () => {
    progress.note(
      `${input.label}: many rows have changed, so all are looked at before any record is updated`,
    );
    const tooMany = (counts: Parameters<typeof changesIn>[0]): boolean =>
      isTooMany(limit, changesIn(counts, start.updated));
    try {
      const { counts, made } = await lookAhead(
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
        isMade,
        // More rows make a share smaller again, but never a number.
        counts => limit?.kind === 'number' && tooMany(counts),
      );
      if (stop.reason !== null) return;
      const planned = changesIn(counts, start.updated);
      // Records that this import made a moment ago are no changes, whatever SuperOffice says of them now.
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
  const reached: ChunkPorts['reached'] = (status, key) => {
    chunk.reached(status, key);
    if (status !== 'created') return;
    lastMade.add(key);
    for (const first of lastMade) {
      if (lastMade.size <= mostOnTheirWay) break;
      lastMade.delete(first);
    }
  };
  await runFile({ ...file, held, work: rows => work(rows, { ...chunk, updates, reached }) });
}
