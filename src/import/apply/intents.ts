import type { Journal } from '../../state/journal.ts';

/** One announced write. */
export interface Intent {
  /** Resolves when the announcement would survive a power cut. Await it before the request leaves. */
  durable(): Promise<void>;
  /** `unknown`: the answer was lost and asking by key did not settle it. */
  outcome(how: 'done' | 'failed' | 'unknown', id?: number): void;
}

export interface Intents {
  announce(write: {
    readonly datatype: string;
    readonly key: string;
    readonly todo: 'create' | 'update';
    readonly id?: number;
  }): Intent;
}

/**
 * Numbers the writes of a run and journals them: `{"n":7,"intent":{…}}`, later `{"n":7,"outcome":"done","id":12}`.
 * @param beforeFirst has to be done before the first write of the run
 */
export function intentsIn(journal: Journal, beforeFirst: () => Promise<void>): Intents {
  let last = 0;
  let begun: Promise<void> | null = null;
  return {
    announce(write) {
      const n = ++last;
      journal.append({ n, intent: write });
      return {
        durable: async () => {
          begun ??= beforeFirst();
          await begun;
          await journal.durable();
        },
        outcome: (how, id) => journal.append({ n, outcome: how, ...(id === undefined ? {} : { id }) }),
      };
    },
  };
}
