import type { RejectWriter } from '../formats/record.ts';
import type { Problem } from '../problems/problem.ts';
import type { Hash64 } from '../state/accepted.ts';
import type { Input } from './inputs.ts';
import type { RunOptions } from './ports.ts';
import { type Counts, type Foreseen, needsLook, noCounts, type RowResult, type RunResult } from './result.ts';

/** The fate of one record, with what is needed to tell it and to write it to the reject file. */
export interface Settled {
  readonly ordinal: number;
  readonly raw: Uint8Array;
  readonly key: string;
  readonly status: RowResult['status'];
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
  readonly changes: RowResult['changes'];
  readonly foreseen?: Foreseen;
}

/** Where the results go: the run folder's row log, the reject files. */
export interface ResultSinks {
  readonly log: (row: RowResult) => void;
  readonly rejectsOf: (input: Input) => RejectWriter;
  /** Told of every row, with its key, but for those that delta dropped. */
  readonly settled: (input: Input, key: string, status: RowResult['status']) => void;
  /** Told of rows that delta dropped; `keyOf` answers the hash of the key of each. */
  readonly passed: (input: Input, rows: number, keyOf: (nth: number) => Hash64) => void;
  /** Called after each change of the counts. */
  readonly counted?: (counts: Readonly<Counts>, live: Readonly<Counts>) => void;
}

/** Counts rows and passes on those that need a look, in file order. Memory does not grow with the rows. */
export class Results {
  readonly counts: Counts = noCounts();
  /** For progress: as `counts`, but a row counts as soon as its fate is known, before its turn to be told. */
  readonly live: Counts = noCounts();
  /** Rows that were updated by mass operations. */
  bulkRows = 0;
  readonly perFile = new Map<Input, Counts>();
  readonly added = new Map<string, { list: string; name: string }>();
  readonly warnings = new Map<string, { code: string; count: number; first: RowResult }>();
  readonly #sinks: ResultSinks;
  readonly #isKept: (row: RowResult) => boolean;

  constructor(
    kind: RunResult['kind'],
    { allRows, keepChanges }: Pick<RunOptions, 'allRows' | 'keepChanges'>,
    sinks: ResultSinks,
  ) {
    this.#sinks = sinks;
    this.#isKept = row =>
      allRows ||
      needsLook(kind, row) ||
      (keepChanges && (row.status === 'created' || row.status === 'updated'));
  }

  countsOf(input: Input): Counts {
    const counts = this.perFile.get(input) ?? noCounts();
    this.perFile.set(input, counts);
    return counts;
  }

  /**
   * Counts records that delta dropped without anybody looking at them.
   * @param keyOf the hash of the key of one of them, the first of which has number 0
   */
  unchanged(input: Input, rows: number, keyOf: (nth: number) => Hash64): void {
    this.reached('unchanged', rows);
    this.#count(input, 'unchanged', rows);
    this.#sinks.passed(input, rows, keyOf);
  }

  reached(status: RowResult['status'], rows = 1): void {
    this.live.read += rows;
    this.live[status] += rows;
    this.#sinks.counted?.(this.counts, this.live);
  }

  /** Tells a row whose fate was `reached` before. */
  settle(input: Input, settled: Settled): void {
    this.#count(input, settled.status);
    this.#sinks.settled(input, settled.key, settled.status);
    const row: RowResult = {
      file: input.label,
      place: input.records.place(settled.ordinal),
      key: settled.key,
      status: settled.status,
      problems: settled.problems,
      warnings: settled.warnings,
      changes: settled.changes,
      ...(settled.foreseen ? { foreseen: settled.foreseen } : {}),
    };
    for (const code of new Set(settled.warnings.map(warning => warning.code))) {
      const known = this.warnings.get(code);
      if (known) known.count++;
      else this.warnings.set(code, { code, count: 1, first: row });
    }
    if (this.#isKept(row)) this.#sinks.log(row);
    if (settled.problems.length > 0 && settled.status !== 'notReached')
      this.#reject(input, settled, row.place);
  }

  /** A list value that was added, or would be. */
  listValueAdded(list: string, name: string, ignoresCase: boolean): void {
    const key = `${list}\n${ignoresCase ? name.toLowerCase() : name}`;
    if (!this.added.has(key)) this.added.set(key, { list, name });
  }

  #count(input: Input, status: RowResult['status'], rows = 1): void {
    const counts = this.countsOf(input);
    counts.read += rows;
    counts[status] += rows;
    this.counts.read += rows;
    this.counts[status] += rows;
    this.#sinks.counted?.(this.counts, this.live);
  }

  #reject(input: Input, settled: Settled, place: string): void {
    const join = (pick: (problem: Problem) => string) => settled.problems.map(pick).join(' | ');
    this.#sinks
      .rejectsOf(input)
      .write(settled.raw, [
        join(({ code }) => code),
        join(({ field }) => field ?? ''),
        join(({ value }) => value ?? ''),
        place,
        join(({ message }) => message),
        join(({ tip }) => tip),
      ]);
  }
}
