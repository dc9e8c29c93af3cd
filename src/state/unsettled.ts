import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readJournal } from './journal.ts';
import { replaceFile } from './replace-file.ts';
import { runFolder } from './run-folder.ts';
import { stateError, systemCode } from './state-error.ts';

/** One write that was announced. */
export interface AnnouncedWrite {
  readonly datatype: string;
  readonly key: string;
  /** True for a new record of which the journal does not say that it was made, or that it was not. */
  readonly isOpen: boolean;
  /** Id of the record, where the journal knows that much of an open write; else null. */
  readonly made: number | null;
}

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

/** Takes the mark away. Only after the memory is durable. */
export async function markSettled(stateFolder: string): Promise<void> {
  const path = markPath(stateFolder);
  await rm(path, { force: true }).catch((error: unknown) => {
    throw stateError(path, 'written', error);
  });
}

/**
 * What the last run announced and did not settle; null: it left nothing behind. `anything`: its journal is gone, so any
 * record may have been written. Reading throws SicError 'state' for a damaged journal.
 */
export async function unsettledWrites(
  stateFolder: string,
): Promise<AsyncIterable<AnnouncedWrite> | 'anything' | null> {
  const path = markPath(stateFolder);
  const run = await readFile(path, 'utf8').catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return null;
    throw stateError(path, 'read', error);
  });
  if (run === null) return null;
  if (!/^[\w-]+\n$/.test(run)) return 'anything';
  const { journal } = runFolder(stateFolder, run.trim());
  const isThere = await stat(journal).then(
    () => true,
    (error: unknown) => systemCode(error) !== 'ENOENT',
  );
  return isThere ? announcedIn(journal) : 'anything';
}

/** Writes under way are held until the journal tells their outcome: never many. */
async function* announcedIn(journal: string): AsyncGenerator<AnnouncedWrite, void, void> {
  const open = new Map<unknown, Omit<AnnouncedWrite, 'isOpen'> & { readonly creates: boolean }>();
  for await (const entry of readJournal(journal)) {
    if (typeof entry !== 'object' || entry === null || !('n' in entry)) continue;
    const { n } = entry;
    const write = open.get(n);
    if ('intent' in entry) {
      const intent = intentOf(entry.intent);
      if (intent) open.set(n, intent);
    } else if (write && 'made' in entry && typeof entry.made === 'number') {
      open.set(n, { ...write, made: entry.made });
    } else if (write && 'outcome' in entry) {
      const { creates, ...told } = write;
      const isOpen =
        creates && (entry.outcome === 'unknown' || (entry.outcome === 'failed' && told.made !== null));
      open.delete(n);
      yield { ...told, isOpen };
    }
  }
  for (const { creates, ...told } of open.values()) yield { ...told, isOpen: creates };
}

function intentOf(intent: unknown): (Omit<AnnouncedWrite, 'isOpen'> & { readonly creates: boolean }) | null {
  if (typeof intent !== 'object' || intent === null || !('datatype' in intent) || !('key' in intent))
    return null;
  const { datatype, key } = intent;
  if (typeof datatype !== 'string' || typeof key !== 'string') return null;
  return { datatype, key, made: null, creates: 'todo' in intent && intent.todo === 'create' };
}
