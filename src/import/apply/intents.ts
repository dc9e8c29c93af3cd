import type { Place } from '../../state/column-sets.ts';
import { type FieldUpdate, updateText } from '../../state/fields/update.ts';
import type { Journal } from '../../state/journal.ts';
import type { Doubts } from './doubts.ts';

/** One announced write. */
export interface Intent {
  /** Its number in the journal. */
  readonly n: number;
  /** Resolves when all that was told of it so far would survive a power cut. Await it before a request leaves. */
  durable(): Promise<void>;
  /** The record is there, but not all that belongs to it: its key, its files. */
  made(id: number): void;
  /** Id of the record, once it was made; else null. */
  readonly record: number | null;
  /** `unknown`: the answer was lost and asking by key did not settle it. */
  outcome(how: 'done' | 'failed' | 'unknown', id?: number): void;
}

export interface Intents {
  announce(write: {
    readonly datatype: string;
    readonly key: string;
    readonly todo: 'create' | 'update' | 'delete';
    readonly id?: number;
    /** What is remembered of the row once it is done. */
    readonly acceptance?: string;
    /** What its fields are left with once it is done, by the numbers of these columns. */
    readonly fields?: { readonly update: FieldUpdate; readonly columns: readonly Place[] };
    /** Where the user key is kept beside the record, which can therefore be there without it: see `Doubt`. */
    readonly like: string | null;
  }): Intent;
  /** True for a record that this run made, where the user key is kept beside it: it belongs to another row. */
  isMade(datatype: string, id: number): boolean;
  /** The key was found at its record. What an earlier run left in doubt is over when the row is accepted, too: see `settle`. */
  found(datatype: string, key: string, id: number): void;
  /** The row was accepted: nothing about it is in doubt any more. Not journaled before the rows were told. */
  settle(datatype: string, key: string): void;
}

/**
 * Numbers the writes of a run and journals them: `{"n":7,"intent":{…}}`, then perhaps `{"n":7,"made":12}`, later
 * `{"n":7,"outcome":"done","id":12}`. What fields are left with goes by column numbers, which `{"columns":[…],"of":"Company"}`
 * before it explains. Keeps the doubts up to date with them.
 * @param now milliseconds since 1970
 * @param beforeFirst has to be done before the first write of the run
 */
export function intentsIn(
  journal: Journal,
  doubts: Doubts,
  now: () => number,
  beforeFirst: () => Promise<void>,
): Intents {
  let last = 0;
  let begun: Promise<void> | null = null;
  const records = new Map<string, Set<number>>();
  /** How many columns of a datatype are explained. */
  const explained = new Map<string, number>();
  const found = (datatype: string, key: string, id: number): void => {
    const carried = doubts.found(datatype, key, id);
    if (carried !== null && begun) journal.append({ n: carried, made: id });
  };
  return {
    announce({ like, fields, ...announced }) {
      const n = ++last;
      const at = now();
      const { datatype, key } = announced;
      let record: number | null = null;
      if (fields && explained.get(datatype) !== fields.columns.length) {
        explained.set(datatype, fields.columns.length);
        journal.append({ columns: fields.columns, of: datatype });
      }
      const write = fields ? { ...announced, fields: updateText(fields.update) } : announced;
      journal.append({ n, intent: like === null ? write : { ...write, like, at } });
      return {
        n,
        durable: async () => {
          begun ??= beforeFirst();
          await begun;
          await journal.durable();
        },
        made: id => {
          record = id;
          // Of records that hold their key nobody asks, and there may be a million of them.
          if (like !== null) records.set(datatype, (records.get(datatype) ?? new Set()).add(id));
          journal.append({ n, made: id });
        },
        get record() {
          return record;
        },
        outcome: (how, id) => {
          if (like !== null && write.todo === 'create') {
            if (how === 'done') found(datatype, key, id ?? record ?? 0);
            else if (how === 'unknown' || record !== null)
              doubts.add({ datatype, key, made: record, like, at });
          }
          journal.append({ n, outcome: how, ...(id === undefined ? {} : { id }) });
        },
      };
    },
    isMade: (datatype, id) => records.get(datatype)?.has(id) ?? false,
    found,
    settle: (datatype, key) => doubts.settle(datatype, key),
  };
}
