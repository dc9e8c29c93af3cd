import { stat } from 'node:fs/promises';
import { readJournal } from './journal.ts';
import { stateError, systemCode } from './state-error.ts';

/** What the journal of a run tells of a write. */
export interface Fate {
  /** null: the run ended before it was told. */
  readonly outcome: 'done' | 'failed' | 'unknown' | null;
  /** Id of the record, where the journal knows it; else null. */
  readonly id: number | null;
}

export interface Fates {
  /** How many writes were announced. */
  readonly announced: number;
  of(n: number): Fate;
}

const outcomes = [null, 'done', 'failed', 'unknown'] as const;

/** The fates of all writes of a run, by number: a few bytes each. No journal: none. Throws SicError 'state'. */
export async function readFates(journal: string): Promise<Fates> {
  const ids: number[] = [];
  const codes: number[] = [];
  let announced = 0;
  if (await isThere(journal))
    for await (const entry of readJournal(journal)) {
      if (typeof entry !== 'object' || entry === null) continue;
      const n: unknown = Reflect.get(entry, 'n');
      // Numbers below 1 carry over what an earlier run left in doubt.
      if (typeof n !== 'number' || n < 1) continue;
      while (codes.length <= n) {
        codes.push(0);
        ids.push(0);
      }
      if (Reflect.has(entry, 'intent')) announced++;
      const id: unknown = Reflect.get(entry, 'made') ?? Reflect.get(entry, 'id');
      if (typeof id === 'number') ids[n] = id;
      const code = outcomes.findIndex(
        outcome => outcome !== null && outcome === Reflect.get(entry, 'outcome'),
      );
      if (code > 0) codes[n] = code;
    }
  return {
    announced,
    of: n => ({ outcome: outcomes[codes[n] ?? 0] ?? null, id: ids[n] ? (ids[n] ?? null) : null }),
  };
}

function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    (error: unknown) => {
      if (systemCode(error) === 'ENOENT') return false;
      throw stateError(path, 'read', error);
    },
  );
}
