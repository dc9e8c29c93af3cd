import type { Problem } from '../../problems/problem.ts';
import { type Element, type Existing, elementsKey } from '../../records/current.ts';
import { fileText } from '../../records/file-text.ts';
import type { Wanted } from './value.ts';

/**
 * The whole array when the file's values (by rank, from 0; undefined: the file does not speak of it) are laid over what
 * SuperOffice holds. SuperOffice closes gaps, so a Phone2 without a Phone1 is the first phone the next time: such a
 * value counts where it landed, and is not added again. For the same reason an element is not emptied while others stand
 * behind it that the file does not speak of: the next one would move up, to be emptied the next night.
 */
export function mergedElements(
  values: readonly (string | undefined)[],
  held: readonly Element[],
): readonly Element[] {
  const merged: Element[] = [];
  const untouched = held.filter((_, index) => values[index] === undefined);
  for (let index = 0; index < Math.max(values.length, held.length); index++) {
    const wanted = values[index];
    const value = (promotes(values, held, index) ? undefined : wanted) ?? held[index]?.value ?? '';
    const landed = index >= held.length && untouched.some(element => fileText(element.value) === value);
    if (value === '' || landed) continue;
    const known = held.find(element => fileText(element.value) === value) ?? held[index];
    // Outer blanks of what SuperOffice holds are no difference, and stay.
    const kept = known && fileText(known.value) === fileText(value) ? known.value : value;
    merged.push({ value: kept, description: known?.description ?? '' });
  }
  return merged;
}

/** True when emptying this element would move up one that the file does not speak of. */
function promotes(values: readonly (string | undefined)[], held: readonly Element[], index: number): boolean {
  return values[index] === '' && held.some((_, behind) => behind > index && values[behind] === undefined);
}

export interface PlannedElements {
  /** Arrays (by `elementsKey`) that would be the same after everything the row wants was written. */
  readonly settled: ReadonlySet<string>;
  /** What would be emptied, and is kept because of what stands behind it. */
  readonly kept: ReadonlySet<Wanted>;
}

/** Looks at the arrays a row writes, each as a whole. */
export function planElements(row: readonly Wanted[], existing: Existing): PlannedElements {
  const arrays = new Map<string, Wanted[]>();
  for (const want of row) {
    if (want.field.slot.at !== 'element') continue;
    const key = elementsKey(want.field.slot);
    const others = arrays.get(key);
    if (others) others.push(want);
    else arrays.set(key, [want]);
  }
  const settled = new Set<string>();
  const kept = new Set<Wanted>();
  for (const [key, wants] of arrays) {
    const held = existing.elements.get(key) ?? [];
    const values = valuesByRank(wants);
    const merged = mergedElements(values, held);
    if (merged.length === held.length && merged.every((element, i) => element.value === held[i]?.value))
      settled.add(key);
    for (const want of wants)
      if (want.field.slot.at === 'element' && promotes(values, held, want.field.slot.rank - 1))
        kept.add(want);
  }
  return { settled, kept };
}

/** Values by rank, counted from 0; undefined: the row does not speak of it. */
export function valuesByRank(wants: readonly Wanted[]): (string | undefined)[] {
  const values: (string | undefined)[] = [];
  for (const { field, value } of wants)
    if (field.slot.at === 'element') values[field.slot.rank - 1] = String(value ?? '');
  return values;
}

/** Why an element was not emptied. */
export function notEmptied(want: Wanted): Problem {
  const { name } = want.field;
  return {
    field: name,
    value: null,
    code: 'not-emptied',
    message: `${name} was not emptied: SuperOffice would move up the next one, of which the file says nothing.`,
    tip: 'Remove it in SuperOffice, or give the file columns for all of them.',
  };
}
