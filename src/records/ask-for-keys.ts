import type { ArchiveRow } from '../superoffice/archive.ts';
import { askInBatches, type BatchAnswers, inBatches } from '../superoffice/batches.ts';
import type { SuperOffice } from '../superoffice/superoffice.ts';

/** How many texts one `in (…)` may hold is undocumented: 50 to 100 is the advice (reading.md, section 8), else what a probe found. */
const usualKeys = 100;

export function keysPerRequest({ openPoints: { valuesInOneIn } }: SuperOffice): number {
  return Math.min(usualKeys, valuesInOneIn);
}

/**
 * The rows that have these keys, as many keys a request as is usual; more where lists may be wide and most keys are known
 * to be there. Keys that a long list did not find are asked for again in short ones.
 * @param keyOf the key of a row, as it is compared
 */
export async function askForKeys(
  superoffice: SuperOffice,
  keys: readonly string[],
  keyOf: (row: ArchiveRow) => string,
  ask: (batch: readonly string[]) => Promise<readonly ArchiveRow[]>,
): Promise<BatchAnswers<string, ArchiveRow>> {
  const { wideLists } = superoffice;
  const usual = keysPerRequest(superoffice);
  const isWide = usual === usualKeys && (wideLists?.texts ?? 0) > usual && keys.length > usual;
  const wide = isWide ? await askWidely(superoffice, keys, ask) : [];
  const found = new Set(wide.map(keyOf));
  const rest = keys.filter(key => !found.has(key));
  const { answers, refused } = await askInBatches(rest, usual, ask);
  for (const row of answers) found.add(keyOf(row));
  wideLists?.found(keys.filter(key => found.has(key)).length, keys.length);
  const known = new Set(wide.map(({ primaryKey }) => primaryKey));
  return { answers: [...wide, ...answers.filter(({ primaryKey }) => !known.has(primaryKey))], refused };
}

async function askWidely(
  { wideLists }: SuperOffice,
  keys: readonly string[],
  ask: (batch: readonly string[]) => Promise<readonly ArchiveRow[]>,
): Promise<ArchiveRow[]> {
  try {
    const answers = await Promise.all(inBatches(keys, wideLists?.texts ?? usualKeys).map(ask));
    return answers.flat();
  } catch (error) {
    if (!wideLists?.refused(error)) throw error;
    return [];
  }
}
