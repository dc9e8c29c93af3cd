import type { ParsedRecord } from '../formats/record.ts';
import { createMapper } from '../mapping/map-row.ts';
import type { Row } from '../mapping/row.ts';
import type { Problem } from '../problems/problem.ts';
import type { Hash64 } from '../state/accepted.ts';
import { Arrangement } from './arrangement.ts';
import { type Delta, sameHash } from './delta.ts';
import type { HeldChunks } from './held-chunks.ts';
import type { Input } from './inputs.ts';
import { breathe } from './pace.ts';
import { type Candidate, readFile } from './read-file.ts';
import { repeatedKey, superseded } from './repeated-key.ts';
import type { Status } from './result.ts';
import type { Results, Settled } from './results.ts';
import type { RowOutcome } from './row-outcome.ts';
import type { SeenKeys } from './seen-keys.ts';

/** Chunks on their way at once: the next are read and resolved while rows of the first are written. All are in memory. */
const chunksAtOnce = 3;

/** So many records take about two milliseconds: a whole chunk in one go would leave every connection idle. */
const parsedAtOnce = 50;

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

/** Parses and maps records, and settles those that need no answer of SuperOffice. */
function createSettler(
  ports: FileRunPorts,
  arrangement: Arrangement | null,
): (candidates: readonly Candidate[]) => Promise<Item[]> {
  const mapped = createMapper(ports.input.plan);
  const toRow = async (record: ParsedRecord): Promise<Row | Problem> => {
    if (!record.ok) return record.problem;
    const row = mapped(record.cells);
    const faults = ports.check(row);
    const checked = faults.length === 0 ? row : { ...row, problems: [...row.problems, ...faults] };
    return ports.withFiles ? ports.withFiles(checked) : checked;
  };
  let isCurrent = false;
  return async candidates => {
    const items: Item[] = [];
    for (let start = 0; start < candidates.length; start += parsedAtOnce) {
      if (start > 0) await breathe();
      const some = candidates.slice(start, start + parsedAtOnce);
      const parsed = ports.input.records.parse(some.map(candidate => candidate.raw));
      if (parsed.length !== some.length)
        throw new Error('the parser answered fewer records than it was given');
      const rows = await Promise.all(parsed.map(toRow));
      if (!isCurrent && !areAccepted(ports, some, rows)) {
        await ports.current();
        isCurrent = true;
      }
      for (const [index, candidate] of some.entries()) {
        const row = rows[index];
        if (row) items.push(toItem(ports, arrangement, candidate, row));
      }
    }
    return items;
  };
}

/** All of them say what SuperOffice accepted, whatever they look like, and none has the key of another row. */
function areAccepted(
  { delta, seen }: FileRunPorts,
  candidates: readonly Candidate[],
  rows: readonly (Row | Problem)[],
): boolean {
  const keys = new Set<string>();
  return rows.every((row, nth) => {
    if (!('values' in row) || row.key === '' || row.problems.length > 0 || keys.has(row.key)) return false;
    keys.add(row.key);
    const key = delta.key(row.key);
    const index = delta.indexOf(key, candidates[nth]?.near ?? 0);
    return delta.isAccepted(index, delta.content(row)) && seen.getAt(key, index) === null;
  });
}

function toItem(
  ports: FileRunPorts,
  arrangement: Arrangement | null,
  candidate: Candidate,
  row: Row | Problem,
): Item {
  const settled = (
    status: Status,
    key: string,
    said: Partial<Pick<Settled, 'problems' | 'warnings'>> = {},
  ): Item => ({
    candidate,
    key: null,
    content: null,
    near: 0,
    row: null,
    settled: {
      ordinal: candidate.ordinal,
      raw: candidate.raw,
      key,
      status,
      problems: [],
      warnings: [],
      changes: [],
      ...said,
    },
  });
  if (!('values' in row)) return settled('rejected', '', { problems: [row] });
  if (row.key === '') return settled('rejected', '', { problems: row.problems });
  const key = ports.delta.key(row.key);
  const index = ports.delta.indexOf(key, candidate.near);
  const earlier = ports.seen.getAt(key, index);
  if (earlier && (earlier.ordinal !== candidate.ordinal || earlier.file !== ports.fileIndex)) {
    if (sameHash(earlier.raw, candidate.hash)) return settled('unchanged', row.key);
    const place = ports.placeOf(earlier.file, earlier.ordinal);
    const repeated = repeatedKey(ports.input.datatype, row.key, place);
    if (ports.input.mapping?.duplicates !== 'last')
      return settled('rejected', row.key, { problems: [repeated] });
    return settled('unchanged', row.key, { warnings: [superseded(repeated)] });
  }
  if (!earlier) ports.seen.add(key, ports.fileIndex, candidate.ordinal, candidate.hash, index);
  const content = ports.delta.content(row);
  if (candidate.unchanged || (row.problems.length === 0 && ports.delta.isAccepted(index, content))) {
    if (ports.remember) {
      if (!candidate.unchanged) ports.delta.accept(key, candidate.hash, content, index);
      if (index >= 0) note(arrangement, candidate, index);
    }
    ports.seen.settle(key, 'unchanged', 0, index);
    return settled('unchanged', row.key);
  }
  const near = Math.max(0, index);
  if (ports.remember) ports.delta.doubt(key, near);
  const acceptance = (): string => ports.delta.acceptance(key, candidate.hash, content);
  return {
    candidate,
    key,
    content,
    near,
    row: ports.remember ? { ...row, acceptance } : row,
    settled: null,
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

function note(arrangement: Arrangement | null, { slot }: Candidate, index: number): void {
  if (slot >= 0) arrangement?.put(slot, index);
}
