import type { Status } from '../../src/import/result.ts';
import type { Row } from '../../src/mapping/row.ts';

/** What a run is asked for. */
export interface Wish {
  /** `validate`: nothing is remembered. `killed`: it ends before anything of it is. */
  readonly kind: 'import' | 'validate' | 'killed';
  /** `--full` */
  readonly full: boolean;
  /** `--limit`, or null. */
  readonly limit: number | null;
  /** `--rows` */
  readonly allRows: boolean;
  /** What, besides the files, decides which values are accepted. */
  readonly policy: string;
  readonly chunkSize: number;
  /** What SuperOffice says to rows. */
  readonly mood: Mood;
  /** How many rows a run that is killed gets written. */
  readonly writes: number;
}

/** 0: it takes everything. Else a few rows get another fate, for an odd number every third; others for another number. */
export type Mood = number;

/** What became of a row, as far as reports tell. */
export interface Told {
  readonly file: string;
  readonly place: string;
  readonly key: string;
  readonly status: Status;
  /** Messages of problems and warnings. */
  readonly said: readonly string[];
  /** The bytes of the record in a reject file; null: it is not in it. */
  readonly rejected: string | null;
}

/** What can be seen of a run. */
export interface Seen {
  readonly told: readonly Told[];
  /** Keys of rows that were worked on, in the order in which they came up. */
  readonly worked: readonly string[];
  readonly isLimited: boolean;
}

export interface Fate {
  readonly status: Status;
  readonly differs: boolean;
}

const fates: readonly Fate[] = [
  ...(
    ['created', 'updated', 'current', 'rejected', 'failed', 'conflict', 'unknown', 'notReached'] as const
  ).map(status => ({ status, differs: false })),
  { status: 'updated', differs: true },
];

/** The same for the same row and mood. */
export function fateOf(row: Row, mood: Mood): Fate {
  if (row.problems.length > 0) return { status: 'rejected', differs: false };
  let hash = mood;
  for (const sign of `${row.key} ${[...row.values.values()].join(' ')}`)
    hash = Math.imul(hash ^ sign.charCodeAt(0), 0x01000193) >>> 0;
  const taken: Fate = { status: 'created', differs: false };
  return mood === 0 || hash % (mood % 2 === 1 ? 3 : 60) > 0
    ? taken
    : (fates[(hash >>> 8) % fates.length] ?? taken);
}

export function isTaken({ status, differs }: Fate): boolean {
  return !differs && (status === 'created' || status === 'updated' || status === 'current');
}
