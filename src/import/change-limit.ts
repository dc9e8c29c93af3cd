import { type Limit, limitText } from '../config/limit.ts';
import { SicError } from '../problems/sic-error.ts';
import type { Counts } from './result.ts';
import type { Shrunken } from './shrunken.ts';

/** So many existing records a file may update when nobody says otherwise, whatever share of them that is. */
const freeChanges = 5_000;

/** What a file does to records that SuperOffice has. */
export interface Changes {
  readonly updates: number;
  /** Existing records that the file names, whether they would be updated or not. */
  readonly named: number;
  /** Updates by the files before it in this run. */
  readonly before: number;
}

/** Those that a finished plan of one file counts. */
export function changesIn(counts: Readonly<Counts>, before: number): Changes {
  const { updated, current, unchanged, conflict } = counts;
  return { updates: updated, named: updated + current + unchanged + conflict, before };
}

/** `100%`: whatever a file says is meant. */
export function acceptsAll(limit: Limit | null): boolean {
  return limit?.kind === 'share' && limit.percent >= 100;
}

/**
 * A number is for the run, a share for each file. null: the default, more than 5,000 and more than half of those a file
 * names.
 */
export function isTooMany(limit: Limit | null, { updates, named, before }: Changes): boolean {
  if (limit === null) return updates > freeChanges && updates * 2 > named;
  if (limit.kind === 'number') return before + updates > limit.most;
  return updates * 100 > limit.percent * named;
}

/** How many rows with something to do may be seen before it has to be asked which of them are updates. */
export function rowsWithoutQuestion(limit: Limit | null, before: number): number {
  return limit?.kind === 'number' ? Math.min(Math.max(0, limit.most - before), freeChanges) : freeChanges;
}

/** Why an import does not do what a file says, and what allows it. */
export interface TooMuch {
  /** `companies.csv would update …`, without the dot. */
  readonly what: string;
  /** What has not happened. */
  readonly untouched: string;
  readonly allow: string;
}

export function asBrake({ what, untouched, allow }: TooMuch): SicError {
  return new SicError('brake', `${what}.`, {
    hint: `${untouched} sic validate shows what would change; if all of it is meant, allow it: ${allow}`,
  });
}

/** How a dry run tells it. */
export function foretold({ what, allow }: TooMuch): string {
  return `An import would stop: ${what}. If all of it is meant, allow it: ${allow}`;
}

export function tooManyChanges(file: string, limit: Limit | null, changes: Changes): TooMuch {
  const { updates, before } = changes;
  // A number is not known where the count ended early.
  const most = limit === null ? String(before + updates) : '100%';
  return {
    what: `${file} would update ${sentence(limit, changes)}`,
    untouched: 'None of them was updated.',
    allow: `--max-changes ${most}`,
  };
}

export function tooFewRows({ file, rows, rowsBefore }: Shrunken): TooMuch {
  const has = rows === 1 ? '1 row' : `${number(rows)} rows`;
  return {
    what: `${file} has ${has}, and had ${number(rowsBefore)} in its last complete import`,
    untouched: 'Nothing was written.',
    allow: '--max-changes 100%',
  };
}

function sentence(limit: Limit | null, { updates, named, before }: Changes): string {
  const records = `${number(updates)} of the ${number(named)} records it names in SuperOffice`;
  if (limit === null)
    return `${records}; without --max-changes it may be ${number(freeChanges)}, or half of them`;
  if (limit.kind === 'share')
    return `${records} (${((updates * 100) / named).toFixed(1)} %), and max-changes allows ${limitText(limit)}`;
  const more = before > 0 ? `, after ${number(before)} in the files before it` : '';
  return `more than ${number(Math.max(0, limit.most - before))} records in SuperOffice${more}, and max-changes allows ${limitText(limit)}`;
}

function number(value: number): string {
  return value.toLocaleString('en');
}
