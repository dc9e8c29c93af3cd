import type { Row } from '../mapping/row.ts';
import type { Problem } from '../problems/problem.ts';
import type { Hash64 } from '../state/accepted.ts';
import { Arrangement } from './arrangement.ts';
import type { Delta } from './delta.ts';
import type { HeldChunks } from './held-chunks.ts';
import type { Input } from './inputs.ts';
import { type Candidate, readFile } from './read-file.ts';
import type { Status } from './result.ts';
import type { Results, Settled } from './results.ts';
import type { RowOutcome } from './row-outcome.ts';
import type { SeenKeys } from './seen-keys.ts';
import { createSettler, note } from './settle-candidates.ts';

/** Chunks on their way at once: the next are read and resolved while rows of the first are written. All are in memory. */
const chunksAtOnce = 3;

/** `--limit`, over all files of the run. `reached`: there was a row beyond it. */
export interface RowLimit {
  left: number;
  reached: boolean;
}

export interface FileRunPorts {
  readonly input: Input;
  readonly fileIndex: number;
  readonly delta: Delta;
  readonly seen: SeenKeys;
  readonly results: Results;
  /** Place of a key that was met earlier in this run. */
  readonly placeOf: (file: number, ordinal: number) => string;
  /** To be awaited before anything is made of a row that does not say what was accepted: see `Judged`. */
  readonly current: () => Promise<void>;
  /** Resolves, plans, applies rows with distinct, non-blank keys. */
  readonly work: (rows: readonly Row[]) => Promise<RowOutcome[]>;
  /** Called when no more rows are given to `work`: those that wait for others wait no longer. */
  readonly allGiven: () => void;
  /** True: no more rows are given before some of those that were are done; false: the next ones come. */
  readonly holdsBack: (held: boolean) => void;
  /** True once nothing more may be started. */
  readonly stopped: () => boolean;
  readonly limit: RowLimit;
  /** Holds rows back while the file is read on; null: they are worked on as they come. */
  readonly held: HeldChunks<readonly Item[]> | null;
  /** Rows a chunk holds: one archive request answers for all of them. */
  readonly chunkSize: number;
  /** Unchanged records are parsed too, so that every row can be told. */
  readonly allRows: boolean;
  /** True when accepted rows are to be remembered (import), false in a dry run. */
  readonly remember: boolean;
  /** What the row alone shows to be wrong, beyond its cells. */
  readonly check: (row: Row) => readonly Problem[];
  /**
   * Finds the files that a row names; null where rows name none. Their content decides whether a row is unchanged, so its
   * bytes alone then do not.
   */
  readonly withFiles: ((row: Row) => Promise<Row>) | null;
  /** Told how far the settled records reach, in bytes of the file. */
  readonly tick: (bytes: number) => void;
}

/** A candidate after mapping: either settled already, or a row to be worked on. */
export interface Item {
  readonly candidate: Candidate;
  readonly key: Hash64 | null;
  readonly content: Hash64 | null;
  /** Where the key is looked for first in the store. */
  readonly near: number;
  readonly row: Row | null;
  readonly settled: Settled | null;
}

/** Reads one file from its first record to its last, and settles every record it reads. */
export async function runFile(ports: FileRunPorts): Promise<void> {
  const { input, delta } = ports;
  const { blocks } = input.records;
  // What files hold that rows name decides whether a row is unchanged, so that of the row alone nothing is to be kept.
  const arrangement = ports.remember && blocks && !ports.withFiles ? new Arrangement(blocks.list) : null;
  const settle = createSettler(ports, arrangement);
  const running = new Set<Promise<void>>();
  let ordered = Promise.resolve();
  let broken = false;
  let candidates: Candidate[] = [];
  let items: Item[] = [];

  const settleCandidates = async (): Promise<void> => {
    if (candidates.length === 0) return;
    const settling = candidates;
    candidates = [];
    items.push(...(await settle(settling)));
  };

  const dispatch = async (): Promise<void> => {
    await settleCandidates();
    if (broken || items.length === 0) return;
    const chunk = items;
    items = [];
    for (const ready of ports.held?.add(chunk, sizeOf(chunk)) ?? [chunk]) await send(ready);
  };

  const send = async (chunk: readonly Item[]): Promise<void> => {
    if (broken) return;
    const rows = chunk.flatMap(item => (item.row ? [item.row] : []));
    const outcomes = rows.length === 0 ? Promise.resolve([]) : ports.work(rows);
    const before = ordered;
    // Results are told in file order, whichever chunk is done first.
    const told = Promise.all([outcomes, before]).then(([answers]) =>
      tell(ports, arrangement, chunk, answers),
    );
    ordered = told;
    // A failure is kept for whoever awaits `ordered`; here nobody may be waiting when it comes.
    const slot: Promise<void> = told
      .catch(() => {
        broken = true;
      })
      .then(() => outcomes)
      .then(
        () => {},
        () => {},
      )
      .finally(() => running.delete(slot));
    running.add(slot);
    if (running.size < chunksAtOnce) return;
    ports.holdsBack(true);
    await Promise.race(running);
    ports.holdsBack(false);
  };

  try {
    await readFile(ports, arrangement, {
      take: async candidate => {
        candidates.push(candidate);
        if (items.length + candidates.length >= ports.chunkSize) await dispatch();
      },
      settle: () => (candidates.length === 0 ? null : settleCandidates()),
      isDone: () => broken || ports.stopped(),
      reached: offset => {
        if (running.size === 0) ports.tick(offset);
      },
    });
    await dispatch();
    for (const ready of ports.held?.end() ?? []) await send(ready);
  } finally {
    ports.allGiven();
    // Rows on their way are settled even when the reading failed: what was written must be told and remembered.
    await Promise.all(running);
  }
  await ordered;
  if (blocks && arrangement) delta.arrange(blocks, arrangement.blocks);
}

function sizeOf(chunk: readonly Item[]): { changed: number; unchanged: number; bytes: number } {
  return {
    changed: chunk.filter(({ row }) => row !== null).length,
    unchanged: chunk.filter(({ settled }) => settled?.status === 'unchanged').length,
    bytes: chunk.reduce((sum, { candidate }) => sum + candidate.raw.length, 0),
  };
}

function tell(
  ports: FileRunPorts,
  arrangement: Arrangement | null,
  items: readonly Item[],
  answers: readonly RowOutcome[],
): void {
  let next = 0;
  for (const item of items) {
    if (item.settled) {
      ports.results.reached(item.settled.status);
      ports.results.settle(ports.input, item.settled);
      continue;
    }
    const outcome = answers[next++];
    if (!outcome || !item.row || !item.key || !item.content)
      throw new Error('a row was left without an outcome');
    const { differs, record, ...told } = outcome;
    const index = ports.remember && !differs ? remember(ports, item, outcome.status) : -1;
    if (index >= 0) note(arrangement, item.candidate, index);
    ports.seen.settle(item.key, outcome.status, record ?? 0, index);
    ports.results.settle(ports.input, {
      ordinal: item.candidate.ordinal,
      raw: item.candidate.raw,
      key: item.row.key,
      ...told,
    });
  }
  ports.tick(items.at(-1)?.candidate.offset ?? 0);
}

/** Only what SuperOffice accepted counts as known; whatever else happened, the row is looked at again next time: -1. */
function remember({ delta }: FileRunPorts, { candidate, key, content, near }: Item, status: Status): number {
  if (status !== 'created' && status !== 'updated' && status !== 'current') return -1;
  return key && content ? delta.accept(key, candidate.hash, content, near) : -1;
}
