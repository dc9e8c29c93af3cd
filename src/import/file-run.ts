import type { ParsedRecord, RecordBatch } from '../formats/record.ts';
import { createMapper } from '../mapping/map-row.ts';
import type { Row } from '../mapping/row.ts';
import type { Problem } from '../problems/problem.ts';
import type { Hash64 } from '../state/accepted.ts';
import { type Delta, sameHash } from './delta.ts';
import type { HeldChunks } from './held-chunks.ts';
import type { Input } from './inputs.ts';
import { repeatedKey, superseded } from './repeated-key.ts';
import type { Status } from './result.ts';
import type { Results, Settled } from './results.ts';
import type { RowOutcome } from './row-outcome.ts';
import type { SeenKeys } from './seen-keys.ts';

/** Chunks on their way at once: the next are read and resolved while rows of the first are written. */
const chunksAtOnce = 4;

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
  /** Resolves, plans, applies rows with distinct, non-blank keys. */
  readonly work: (rows: readonly Row[]) => Promise<RowOutcome[]>;
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

interface Candidate {
  readonly raw: Buffer;
  readonly ordinal: number;
  readonly hash: Hash64;
  /** Delta knows these bytes; only --rows wants to hear of it. */
  readonly unchanged: boolean;
  /** Bytes of the file up to its end, near enough for progress. */
  readonly offset: number;
}

/** A candidate after mapping: either settled already, or a row to be worked on. */
export interface Item {
  readonly candidate: Candidate;
  readonly key: Hash64 | null;
  readonly content: Hash64 | null;
  readonly row: Row | null;
  readonly settled: Settled | null;
}

/** Reads one file from its first record to its last, and settles every record it reads. */
export async function runFile(ports: FileRunPorts): Promise<void> {
  const { input, delta, seen, results } = ports;
  const settle = createSettler(ports);
  const running = new Set<Promise<void>>();
  let ordered = Promise.resolve();
  let broken = false;
  let candidates: Candidate[] = [];
  let items: Item[] = [];

  /** Makes the keys of what was read known, so that a record after it can be told from the first of its key. */
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
    const told = Promise.all([outcomes, before]).then(([answers]) => tell(ports, chunk, answers));
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
    if (running.size >= chunksAtOnce) await Promise.race(running);
  };

  try {
    await readAll();
    await dispatch();
    for (const ready of ports.held?.end() ?? []) await send(ready);
  } finally {
    // Rows on their way are settled even when the reading failed: what was written must be told and remembered.
    await Promise.all(running);
  }
  await ordered;

  async function readAll(): Promise<void> {
    let bytesBefore = 0;
    for await (const batch of input.records.batches()) {
      for (let i = 0; i < batch.count; i++) {
        if (broken || ports.stopped() || !takeRow(ports.limit)) return;
        const bytes = recordAt(batch, i);
        const ordinal = batch.ordinal[i] ?? 0;
        const hash = delta.raw(bytes);
        const accepted = ports.withFiles ? null : delta.acceptedKey(hash);
        if (accepted && !ports.allRows) {
          if (candidates.length > 0) await settleCandidates();
          if (isFirst(seen, accepted, ports.fileIndex, ordinal, hash)) {
            seen.settle(accepted, 'unchanged');
            results.unchanged(input, accepted);
            ports.held?.countUnchanged();
            continue;
          }
        }
        const offset = bytesBefore + ((batch.offset - bytesBefore) * (i + 1)) / batch.count;
        candidates.push({ raw: Buffer.from(bytes), ordinal, hash, unchanged: accepted !== null, offset });
        if (items.length + candidates.length >= ports.chunkSize) await dispatch();
      }
      bytesBefore = batch.offset;
      if (running.size === 0) ports.tick(bytesBefore);
    }
  }
}

function sizeOf(chunk: readonly Item[]): { changed: number; unchanged: number; bytes: number } {
  return {
    changed: chunk.filter(({ row }) => row !== null).length,
    unchanged: chunk.filter(({ settled }) => settled?.status === 'unchanged').length,
    bytes: chunk.reduce((sum, { candidate }) => sum + candidate.raw.length, 0),
  };
}

/** Counts a row against the limit; false when there is no room for it. */
function takeRow(limit: RowLimit): boolean {
  limit.reached = limit.left <= 0;
  limit.left--;
  return !limit.reached;
}

function recordAt(batch: RecordBatch, index: number): Uint8Array {
  return batch.bytes.subarray(batch.start[index], batch.end[index]);
}

/** True when the key is met for the first time, or again with the same bytes. Remembers a new one. */
function isFirst(seen: SeenKeys, key: Hash64, file: number, ordinal: number, raw: Hash64): boolean {
  const known = seen.get(key);
  if (known) return sameHash(known.raw, raw);
  seen.add(key, file, ordinal, raw);
  return true;
}

/** Parses and maps records, and settles those that need no answer of SuperOffice. */
function createSettler(ports: FileRunPorts): (candidates: readonly Candidate[]) => Promise<Item[]> {
  const mapped = createMapper(ports.input.plan);
  const toRow = async (record: ParsedRecord): Promise<Row | Problem> => {
    if (!record.ok) return record.problem;
    const row = mapped(record.cells);
    const faults = ports.check(row);
    const checked = faults.length === 0 ? row : { ...row, problems: [...row.problems, ...faults] };
    return ports.withFiles ? ports.withFiles(checked) : checked;
  };
  return async candidates => {
    const parsed = ports.input.records.parse(candidates.map(candidate => candidate.raw));
    if (parsed.length !== candidates.length)
      throw new Error('the parser answered fewer records than it was given');
    const rows = await Promise.all(parsed.map(toRow));
    return candidates.flatMap((candidate, index) => {
      const row = rows[index];
      return row ? [toItem(ports, candidate, row)] : [];
    });
  };
}

function toItem(ports: FileRunPorts, candidate: Candidate, row: Row | Problem): Item {
  const settled = (
    status: Status,
    key: string,
    said: Partial<Pick<Settled, 'problems' | 'warnings'>> = {},
  ): Item => ({
    candidate,
    key: null,
    content: null,
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
  const earlier = ports.seen.get(key);
  if (earlier && (earlier.ordinal !== candidate.ordinal || earlier.file !== ports.fileIndex)) {
    if (sameHash(earlier.raw, candidate.hash)) return settled('unchanged', row.key);
    const place = ports.placeOf(earlier.file, earlier.ordinal);
    const repeated = repeatedKey(ports.input.datatype, row.key, place);
    if (ports.input.mapping?.duplicates !== 'last')
      return settled('rejected', row.key, { problems: [repeated] });
    return settled('unchanged', row.key, { warnings: [superseded(repeated)] });
  }
  if (!earlier) ports.seen.add(key, ports.fileIndex, candidate.ordinal, candidate.hash);
  const content = ports.delta.content(row);
  if (candidate.unchanged || (row.problems.length === 0 && ports.delta.isAccepted(key, content))) {
    if (ports.remember && !candidate.unchanged) ports.delta.accept(key, candidate.hash, content);
    ports.seen.settle(key, 'unchanged');
    return settled('unchanged', row.key);
  }
  if (ports.remember) ports.delta.doubt(key);
  const acceptance = ports.remember ? ports.delta.acceptance(key, candidate.hash, content) : null;
  return { candidate, key, content, row: acceptance === null ? row : { ...row, acceptance }, settled: null };
}

function tell(ports: FileRunPorts, items: readonly Item[], answers: readonly RowOutcome[]): void {
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
    ports.seen.settle(item.key, outcome.status);
    const { differs, ...told } = outcome;
    if (ports.remember && !differs) remember(ports, item.key, item, outcome.status);
    ports.results.settle(ports.input, {
      ordinal: item.candidate.ordinal,
      raw: item.candidate.raw,
      key: item.row.key,
      ...told,
    });
  }
  ports.tick(items.at(-1)?.candidate.offset ?? 0);
}

/** Only what SuperOffice accepted counts as known; whatever else happened, the row is looked at again next time. */
function remember(ports: FileRunPorts, key: Hash64, item: Item, status: Status): void {
  if (item.content && (status === 'created' || status === 'updated' || status === 'current'))
    ports.delta.accept(key, item.candidate.hash, item.content);
}
