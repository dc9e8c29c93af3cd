import { SicError } from '../problems/sic-error.ts';
import type { Journal } from '../state/journal.ts';
import { markRemembered, markSettled, markUnsettled } from '../state/unsettled.ts';
import { SuperOfficeError } from '../superoffice/error.ts';
import { commit } from './memory.ts';
import type { Opened } from './summary.ts';

/** What was written is remembered from here on; until then the next run asks SuperOffice about it. */
export async function settle(
  { memories, doubts, folder }: Pick<Opened, 'memories' | 'doubts' | 'folder'>,
  stateFolder: string,
): Promise<void> {
  for (const memory of memories.values()) await commit(memory);
  if (doubts.any) await markRemembered(stateFolder, folder.id);
  else await markSettled(stateFolder);
}

/**
 * Before the first write: the mark that this run is not settled takes the place of an earlier run's, so what that one left
 * in doubt is carried over.
 */
export async function announceRun(
  { doubts, folder }: Pick<Opened, 'doubts' | 'folder'>,
  journal: Journal,
  stateFolder: string,
): Promise<void> {
  for (const entry of doubts.entries()) journal.append(entry);
  await journal.durable();
  await markUnsettled(stateFolder, folder.id);
}

/** The rows were told, so the next run need not hear again of what was in doubt about them. */
export function endDoubts({ doubts }: Pick<Opened, 'doubts'>, journal: Journal): void {
  for (const entry of doubts.endings()) journal.append(entry);
}

/** Neither a signal nor anything a person can do something about. */
export function isBug(reason: unknown): boolean {
  return reason instanceof Error && !(reason instanceof SicError) && !(reason instanceof SuperOfficeError);
}
