import { type Element, type Existing, elementsKey } from '../resolve/current.ts';
import type { Wanted } from './value.ts';

/**
 * The whole array when the file's values (by rank, from 0; undefined: the file does not speak of it) are laid over what
 * SuperOffice holds. SuperOffice closes gaps, so a Phone2 without a Phone1 is the first phone the next time: such a
 * value counts where it landed, and is not added again.
 */
export function mergedElements(
  values: readonly (string | undefined)[],
  held: readonly Element[],
): readonly Element[] {
  const merged: Element[] = [];
  const untouched = held.filter((_, index) => values[index] === undefined);
  for (let index = 0; index < Math.max(values.length, held.length); index++) {
    const wanted = values[index];
    const value = wanted ?? held[index]?.value ?? '';
    const landed = index >= held.length && untouched.some(element => element.value === value);
    if (value === '' || landed) continue;
    const known = held.find(element => element.value === value) ?? held[index];
    merged.push({ value, description: known?.description ?? '' });
  }
  return merged;
}

/** The arrays (by `elementsKey`) that would be the same after everything the row wants was written. */
export function settledArrays(row: readonly Wanted[], existing: Existing): ReadonlySet<string> {
  const wanted = new Map<string, (string | undefined)[]>();
  for (const { field, value } of row) {
    if (field.slot.at !== 'element') continue;
    const key = elementsKey(field.slot);
    const values = wanted.get(key) ?? [];
    values[field.slot.rank - 1] = String(value ?? '');
    wanted.set(key, values);
  }
  const settled = new Set<string>();
  for (const [key, values] of wanted) {
    const held = existing.elements.get(key) ?? [];
    const merged = mergedElements(values, held);
    if (merged.length === held.length && merged.every((element, i) => element.value === held[i]?.value))
      settled.add(key);
  }
  return settled;
}
