import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type AcceptedRecord, acceptanceFrom } from './accepted.ts';
import { isPlace, type Place } from './column-sets.ts';
import { readJournal } from './journal.ts';
import { replaceFile } from './replace-file.ts';
import { runFolder } from './run-folder.ts';
import { stateError, systemCode } from './state-error.ts';

/** One write that was announced. */
export interface AnnouncedWrite {
  readonly datatype: string;
  readonly key: string;
  /** True for a new record of which the journal does not say that it was made and has its key, or that it was not. */
  readonly isOpen: boolean;
  /** Id of the record, where the journal knows that much of an open write; else null. */
  readonly made: number | null;
  /** Of a new record whose key is kept beside it: what it looks like, as a fingerprint; else null. */
  readonly like: string | null;
  /** What is to be remembered of the row, when the journal says that its write is done; else null. */
  readonly accepted: AcceptedRecord | null;
  /** What its fields were to be left with; null where the journal does not say. */
  readonly fields: AnnouncedFields | null;
  /** Of such a record: when it was announced, in milliseconds since 1970; else 0. */
  readonly at: number;
}

export interface AnnouncedFields {
  /** See `updateText`. */
  readonly text: string;
  /** By the numbers that the text has. */
  readonly columns: readonly Place[];
  /** True when the journal says that the write is done. */
  readonly areDone: boolean;
}

/** Stands behind the run in the mark. */
const remembered = ' remembered';

function markPath(stateFolder: string): string {
  return join(stateFolder, 'unsettled');
}

/**
 * Marks a run as one whose writes are not in the memory of accepted records yet. Before its first request leaves: a
 * power cut after that would else leave a memory that takes the values from before the run for those in SuperOffice.
 */
export async function markUnsettled(stateFolder: string, run: string): Promise<void> {
  await replaceFile(markPath(stateFolder), file => file.writeFile(`${run}\n`));
}

/**
 * Keeps the mark of a run for the sake of its creates in doubt alone. Only after the memory is durable: nothing else of
 * the run has to be looked at again.
 */
export async function markRemembered(stateFolder: string, run: string): Promise<void> {
  await replaceFile(markPath(stateFolder), file => file.writeFile(`${run}${remembered}\n`));
}

/** Takes the mark away. Only after the memory is durable. */
export async function markSettled(stateFolder: string): Promise<void> {
  const path = markPath(stateFolder);
  await rm(path, { force: true }).catch((error: unknown) => {
    throw stateError(path, 'written', error);
  });
}

/** The run of the mark; null: there is no mark; `any`: it cannot be told from it. */
export async function unsettledRun(stateFolder: string): Promise<string | 'any' | null> {
  const mark = await readMark(stateFolder);
  if (mark === null) return null;
  return runIn(mark)?.run ?? 'any';
}

/** When a run that was killed noted its last write, in milliseconds since 1970; null: none was, or nobody can tell. */
export async function killedAt(stateFolder: string): Promise<number | null> {
  const mark = await readMark(stateFolder);
  const marked = mark === null ? null : runIn(mark);
  if (marked === null || marked.isRemembered) return null;
  return (await stat(runFolder(stateFolder, marked.run).journal).catch(() => null))?.mtimeMs ?? null;
}

async function readMark(stateFolder: string): Promise<string | null> {
  const path = markPath(stateFolder);
  return readFile(path, 'utf8').catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return null;
    throw stateError(path, 'read', error);
  });
}

function runIn(mark: string): { readonly run: string; readonly isRemembered: boolean } | null {
  const [, run, isRemembered] = /^([\w-]+)( remembered)?\n$/.exec(mark) ?? [];
  return run === undefined ? null : { run, isRemembered: isRemembered !== undefined };
}

/**
 * What the last run announced and did not settle; null: it left nothing behind. `anything`: its journal is gone, so any
 * record may have been written. Reading throws SicError 'state' for a damaged journal.
 */
export async function unsettledWrites(
  stateFolder: string,
): Promise<AsyncIterable<AnnouncedWrite> | 'anything' | null> {
  const mark = await readMark(stateFolder);
  if (mark === null) return null;
  const marked = runIn(mark);
  if (marked === null) return 'anything';
  const { journal } = runFolder(stateFolder, marked.run);
  const isThere = await stat(journal).then(
    () => true,
    (error: unknown) => systemCode(error) !== 'ENOENT',
  );
  if (isThere) return marked.isRemembered ? openIn(journal) : announcedIn(journal);
  return 'anything';
}

async function* openIn(journal: string): AsyncGenerator<AnnouncedWrite, void, void> {
  for await (const write of announcedIn(journal)) if (write.isOpen) yield write;
}

/** Writes under way are held until the journal tells their outcome: never many. */
async function* announcedIn(journal: string): AsyncGenerator<AnnouncedWrite, void, void> {
  const open = new Map<unknown, Announced>();
  const columns = new Map<unknown, readonly Place[]>();
  for await (const entry of readJournal(journal)) {
    if (typeof entry !== 'object' || entry === null) continue;
    if ('columns' in entry && 'of' in entry && Array.isArray(entry.columns) && entry.columns.every(isPlace))
      columns.set(entry.of, entry.columns);
    if (!('n' in entry)) continue;
    const { n } = entry;
    const write = open.get(n);
    if ('intent' in entry) {
      const intent = intentOf(entry.intent, columns);
      if (intent) open.set(n, intent);
    } else if (write && 'made' in entry && typeof entry.made === 'number') {
      open.set(n, { ...write, made: entry.made });
    } else if (write && 'outcome' in entry) {
      const { creates, ...told } = write;
      const isOpen =
        creates && (entry.outcome === 'unknown' || (entry.outcome === 'failed' && told.made !== null));
      open.delete(n);
      if (entry.outcome !== 'done') yield { ...told, isOpen, accepted: null };
      else yield { ...told, isOpen, fields: told.fields && { ...told.fields, areDone: true } };
    }
  }
  for (const { creates, ...told } of open.values()) yield { ...told, isOpen: creates, accepted: null };
}

type Announced = Omit<AnnouncedWrite, 'isOpen'> & { readonly creates: boolean };

function intentOf(intent: unknown, columns: ReadonlyMap<unknown, readonly Place[]>): Announced | null {
  if (typeof intent !== 'object' || intent === null || !('datatype' in intent) || !('key' in intent))
    return null;
  const { datatype, key } = intent;
  if (typeof datatype !== 'string' || typeof key !== 'string') return null;
  return {
    datatype,
    key,
    made: null,
    like: 'like' in intent && typeof intent.like === 'string' ? intent.like : null,
    at: 'at' in intent && typeof intent.at === 'number' ? intent.at : 0,
    accepted: 'acceptance' in intent ? acceptanceFrom(intent.acceptance) : null,
    fields:
      'fields' in intent && typeof intent.fields === 'string'
        ? { text: intent.fields, columns: columns.get(datatype) ?? [], areDone: false }
        : null,
    creates: 'todo' in intent && intent.todo === 'create',
  };
}
