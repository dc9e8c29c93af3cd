import { inBatches } from '../superoffice/batches.ts';
import { betweenNumbers, isOneOfNumbers } from '../superoffice/filter.ts';
import type { SuperOffice } from '../superoffice/superoffice.ts';

/** How many numbers one `in (…)` may hold is undocumented; 200 to 500 is the advice (reading.md, section 8). */
const idsPerList = 200;

/** So many texts are taken by a SuperOffice of which nobody found out that it takes fewer values. */
const usualValues = 100;

/**
 * How many numbers are asked for in one list: what was found out for texts is the limit for numbers, too; else more than
 * usual where very many records are looked up.
 */
export function idsPerRequest({
  openPoints: { valuesInOneIn },
  wideLists,
}: Pick<SuperOffice, 'openPoints' | 'wideLists'>): number {
  return valuesInOneIn < usualValues ? valuesInOneIn : (wideLists?.numbers ?? idsPerList);
}

/** A range may hold so many numbers per one that is wanted: what else it answers with is passed over. */
const widestRange = 4;

/**
 * Filters that together match these ids: a list each, or one range where ids lie close together. Other ids may match too.
 * @param perList see `idsPerRequest`
 */
export function idFilters(column: string, ids: readonly number[], perList: number): string[] {
  const range = idRange(ids, perList);
  if (range) return [betweenNumbers(column, range.lowest, range.highest)];
  return inBatches(ids, perList).map(batch => isOneOfNumbers(column, batch));
}

/** The range to ask for in place of a list, where ids lie close together; null: they do not, or one list holds them. */
export function idRange(
  ids: readonly number[],
  perList: number,
): { readonly lowest: number; readonly highest: number } | null {
  if (ids.length <= perList) return null;
  let [lowest = 0] = ids;
  let highest = lowest;
  for (const id of ids) {
    lowest = Math.min(lowest, id);
    highest = Math.max(highest, id);
  }
  return highest - lowest < ids.length * widestRange ? { lowest, highest } : null;
}
