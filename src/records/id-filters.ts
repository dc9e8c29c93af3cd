import { inBatches } from '../superoffice/batches.ts';
import { betweenNumbers, isOneOfNumbers } from '../superoffice/filter.ts';
import type { SuperOffice } from '../superoffice/superoffice.ts';

/** How many numbers one `in (…)` may hold is undocumented; 200 to 500 is the advice (reading.md, section 8). */
const idsPerList = 200;

/** So many texts are taken by a SuperOffice of which nobody found out that it takes fewer values. */
const usualValues = 100;

/** How many numbers are asked for in one list: what was found out for texts is the limit for numbers, too. */
export function idsPerRequest({ openPoints: { valuesInOneIn } }: Pick<SuperOffice, 'openPoints'>): number {
  return valuesInOneIn < usualValues ? valuesInOneIn : idsPerList;
}

/** A range may hold so many numbers per one that is wanted: what else it answers with is passed over. */
const widestRange = 4;

/**
 * Filters that together match these ids: a list each, or one range where ids lie close together. Other ids may match too.
 * @param perList see `idsPerRequest`
 */
export function idFilters(column: string, ids: readonly number[], perList: number): string[] {
  if (ids.length <= perList) return ids.length === 0 ? [] : [isOneOfNumbers(column, ids)];
  let [lowest = 0] = ids;
  let highest = lowest;
  for (const id of ids) {
    lowest = Math.min(lowest, id);
    highest = Math.max(highest, id);
  }
  if (highest - lowest < ids.length * widestRange) return [betweenNumbers(column, lowest, highest)];
  return inBatches(ids, perList).map(batch => isOneOfNumbers(column, batch));
}
