import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { SicError } from '../problems/sic-error.ts';
import { runFolder } from '../state/run-folder.ts';
import { Later, resumableAfter } from './later.ts';
import { kindOf, readKept } from './read.ts';

/**
 * The last import that wrote something. An undo is taken back only by its id, or `undo last` would bring back what the one
 * before took away. `ids`: oldest first. Throws SicError 'usage' where there is none.
 */
export async function lastWritten(stateFolder: string, ids: readonly string[]): Promise<string> {
  for (const id of ids.toReversed()) {
    const { size } = await stat(runFolder(stateFolder, id).journal).catch(() => ({ size: 0 }));
    if (size > 0 && kindOf(await readKept(stateFolder, id)) !== 'undo') return id;
  }
  throw new SicError('usage', `No run in ${join(stateFolder, 'runs')} has written anything.`, {
    hint: 'Is it another profile or state folder that is meant (--profile, --state-dir)?',
  });
}

/** The last import that stopped before its end, and that nobody has started again. Throws SicError 'usage' where there is none. */
export async function lastResumable(
  stateFolder: string,
  ids: readonly string[],
  now: number,
): Promise<string> {
  const later = new Later();
  for (const id of ids.toReversed()) {
    const kept = await readKept(stateFolder, id);
    if (await resumableAfter(later, kept, now)) return id;
    later.add(kept);
  }
  throw new SicError('usage', 'There is nothing to go on with: no import has stopped before its end.', {
    hint: 'sic runs lists them. Runs are kept per profile: name another one with --profile, or another folder with --state-dir.',
  });
}
