import type { Journal } from '../../state/journal.ts';

/** One announced write. */
export interface Intent {
  /** Resolves when the announcement would survive a power cut. Await it before the request leaves. */
  durable(): Promise<void>;
  /** The record is there, but not all that belongs to it: its key, its files. */
  made(id: number): void;
  /** `unknown`: the answer was lost and asking by key did not settle it. */
  outcome(how: 'done' | 'failed' | 'unknown', id?: number): void;
}

export interface Intents {
  announce(write: {
    readonly datatype: string;
    readonly key: string;
    readonly todo: 'create' | 'update';
    readonly id?: number;
    /** The user key is kept beside the record, which can therefore be there without it. */
    readonly keyBeside: boolean;
  }): Intent;
  /** True for a record that this run made: it belongs to another row. */
  isMade(datatype: string, id: number): boolean;
  /** True when a record may be there without its key: the journal must not be forgotten. */
  readonly anyOpen: boolean;
}

/**
 * Numbers the writes of a run and journals them: `{"n":7,"intent":{…}}`, then perhaps `{"n":7,"made":12}`, later
 * `{"n":7,"outcome":"done","id":12}`.
 * @param beforeFirst has to be done before the first write of the run
 */
export function intentsIn(journal: Journal, beforeFirst: () => Promise<void>): Intents {
  let last = 0;
  let begun: Promise<void> | null = null;
  let anyOpen = false;
  const records = new Map<string, Set<number>>();
  return {
    announce({ keyBeside, ...write }) {
      const n = ++last;
      let isMade = false;
      journal.append({ n, intent: write });
      return {
        durable: async () => {
          begun ??= beforeFirst();
          await begun;
          await journal.durable();
        },
        made: id => {
          isMade = true;
          const ids = records.get(write.datatype) ?? new Set();
          records.set(write.datatype, ids.add(id));
          journal.append({ n, made: id });
        },
        outcome: (how, id) => {
          if (keyBeside && write.todo === 'create')
            anyOpen ||= how === 'unknown' || (how === 'failed' && isMade);
          journal.append({ n, outcome: how, ...(id === undefined ? {} : { id }) });
        },
      };
    },
    isMade: (datatype, id) => records.get(datatype)?.has(id) ?? false,
    get anyOpen() {
      return anyOpen;
    },
  };
}
