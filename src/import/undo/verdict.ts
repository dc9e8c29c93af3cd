import type { Field } from '../../datatypes/field.ts';
import type { Element } from '../../records/current.ts';
import type { PlainValue } from '../../records/value.ts';
import { isKeptElement, type KeptField, type KeptValue } from '../../state/before-images.ts';
import { comparable } from '../plan/value.ts';

/** What a field holds now. Phones and the like are one field, with their whole array. */
export type Now = PlainValue | readonly Element[];

/** What has become of a field since the run wrote it. */
export type Verdict =
  /** Holds what it held before the run. */
  | { readonly is: 'asBefore' }
  /** Holds what the run wrote, wholly or in part: `to` is what it goes back to. */
  | { readonly is: 'written'; readonly to: Now; readonly left: boolean }
  /** Somebody has changed it. */
  | { readonly is: 'changed' };

/** @param isWritten does the field hold, under another name, what was written? SuperOffice may rename files. */
export function verdictOf(
  field: Field,
  kept: KeptField,
  now: Now,
  isWritten: (now: PlainValue) => boolean = () => false,
): Verdict {
  if (field.slot.at === 'element') return ofElements(elementsIn(kept.before), elementsIn(kept.after), now);
  if (field.kind === 'lists') return ofSets(idsIn(kept.before), idsIn(kept.after), idsIn(now));
  const [before, after, held] = [kept.before, kept.after, now].map(plain);
  if (held === undefined || before === undefined || after === undefined) return { is: 'changed' };
  if (comparable(field, held) === comparable(field, before)) return { is: 'asBefore' };
  if (comparable(field, held) === comparable(field, after) || isWritten(held))
    return { is: 'written', to: before, left: false };
  return { is: 'changed' };
}

/** Does the field hold just what was written, and nothing besides? */
export function holdsJust(
  field: Field,
  { after }: KeptField,
  now: Now,
  isWritten: (now: PlainValue) => boolean,
): boolean {
  if (field.slot.at === 'element') return isSame(elementsIn(after), elementsIn(now));
  const [wrote, held] = [plain(after), plain(now)];
  if (wrote === undefined || held === undefined) return false;
  if (field.kind === 'lists') return comparable(field, idsIn(wrote)) === comparable(field, idsIn(held));
  return comparable(field, wrote) === comparable(field, held) || isWritten(held);
}

/** What was added goes, what was taken comes back, and what others did stays. */
function ofSets(before: readonly number[], after: readonly number[], now: readonly number[]): Verdict {
  const back = [
    ...now.filter(id => before.includes(id) || !after.includes(id)),
    ...before.filter(id => !after.includes(id) && !now.includes(id)),
  ];
  if (back.length === now.length && back.every(id => now.includes(id))) return { is: 'asBefore' };
  return { is: 'written', to: back, left: false };
}

/**
 * The array goes back as a whole. Where others have changed some of it, those elements go back that are still as written,
 * as long as none of those behind them has moved.
 */
function ofElements(before: readonly Element[], after: readonly Element[], present: Now): Verdict {
  const now = elementsIn(present);
  if (isSame(now, before)) return { is: 'asBefore' };
  if (isSame(now, after)) return { is: 'written', to: described(before, now), left: false };
  if (after.length < before.length || now.length < after.length) return { is: 'changed' };
  let left = false;
  const back = now.flatMap((element, rank) => {
    const [was, wrote] = [before[rank], after[rank]];
    if (wrote === undefined || wrote.value === was?.value || element.value === was?.value) return [element];
    if (element.value === wrote.value) return was ? [was] : [];
    left = true;
    return [element];
  });
  if (isSame(back, now)) return left ? { is: 'changed' } : { is: 'asBefore' };
  return { is: 'written', to: described(back, now), left };
}

/** Somebody may have given a number another description meanwhile. */
function described(elements: readonly Element[], now: readonly Element[]): Element[] {
  return elements.map(element => now.find(({ value }) => value === element.value) ?? element);
}

function isSame(one: readonly Element[], other: readonly Element[]): boolean {
  return one.length === other.length && one.every(({ value }, rank) => value === other[rank]?.value);
}

/** undefined: no plain value. */
function plain(value: KeptValue | Now): PlainValue | undefined {
  if (!isList(value)) return value;
  return value.length === 0 || value.every(item => typeof item === 'number') ? idsIn(value) : undefined;
}

export function idsIn(value: KeptValue | Now): readonly number[] {
  return isList(value) ? value.filter(item => typeof item === 'number') : [];
}

export function elementsIn(value: KeptValue | Now): readonly Element[] {
  return isList(value) ? value.filter(item => isKeptElement(item)) : [];
}

function isList(value: KeptValue | Now): value is readonly number[] | readonly Element[] {
  return Array.isArray(value);
}
