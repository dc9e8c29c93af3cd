import type { Datatype } from '../../datatypes/datatype.ts';
import type { Field } from '../../datatypes/field.ts';
import type { Problem } from '../../problems/problem.ts';
import { type Element, type Existing, elementsKey } from '../../records/current.ts';
import { heldValue } from '../../records/held.ts';
import { plainText } from '../../records/plain-text.ts';
import type { PlainValue } from '../../records/value.ts';
import type { KeptField } from '../../state/before-images.ts';
import type { KeptNames } from '../../state/kept-names.ts';
import { guardProblem, mirrored } from '../plan/guards.ts';
import type { Wanted } from '../plan/value.ts';
import type { Directory } from '../resolve/directory.ts';
import type { Change } from '../result.ts';
import { implied, want } from '../rules/rule.ts';
import { placeOf } from './image.ts';
import * as problems from './problems.ts';
import { elementsIn, idsIn, type Now, type Verdict, verdictOf } from './verdict.ts';

/** What is known when a record is looked at. */
export interface Surroundings {
  readonly datatype: Datatype;
  readonly directory: Directory;
  readonly keptNames: KeptNames;
  /** User keys of parents by datatype and id; a parent that is not in it is not in SuperOffice any more. */
  readonly parents: ReadonlyMap<string, ReadonlyMap<number, string>>;
}

/** What goes back in one record. */
export interface Restoration {
  readonly existing: Existing;
  /** Fields that are written one by one. */
  readonly wanted: readonly Wanted[];
  /** Arrays that are written whole, each by one of its columns. */
  readonly arrays: readonly { readonly field: Field; readonly elements: readonly Element[] }[];
  /** Tags and interests, with all that they are to hold. */
  readonly sets: readonly { readonly field: Field; readonly ids: readonly number[] }[];
  readonly changes: readonly Change[];
  /** What was not as the run had written it, and is left. */
  readonly left: readonly Problem[];
  /** What the undo itself overwrites. */
  readonly image: readonly KeptField[];
}

interface Looked {
  readonly field: Field;
  readonly kept: KeptField;
  readonly now: Now;
  readonly verdict: Verdict;
}

/**
 * Compares what a record holds with what a run wrote to it and what it held before, field by field. Pure.
 * @param fields null: SuperOffice has no such field any more
 * @param isCertain false: nobody knows whether the run wrote it at all, so that another value is no surprise
 */
export function planRestoration(
  existing: Existing,
  fields: readonly { readonly field: Field | null; readonly kept: KeptField }[],
  isCertain: boolean,
  surroundings: Surroundings,
): Restoration {
  const left: Problem[] = [];
  const looked: Looked[] = [];
  for (const { field, kept } of fields) {
    if (field === null) {
      left.push(problems.fieldGone(kept));
      continue;
    }
    const now = nowIn(field, existing, surroundings.directory);
    const verdict = verdictOf(field, kept, now, isRenamed(kept, existing, surroundings));
    looked.push({ field, kept, now, verdict });
    if (isCertain && (verdict.is === 'changed' || (verdict.is === 'written' && verdict.left)))
      left.push(problems.changedSince(field, textOf(field, now, surroundings)));
  }
  const changed = new Map(
    looked.flatMap(({ verdict, kept, field }) =>
      verdict.is === 'changed' && kept.group !== undefined ? [[kept.group, field]] : [],
    ),
  );
  const back = looked.filter(({ field, kept, verdict }) => {
    if (verdict.is !== 'written') return false;
    const reason =
      problemOfGroup(field, kept, changed) ?? problemOf(field, verdict.to, looked, existing, surroundings);
    if (reason) left.push(reason);
    return reason === null;
  });
  return {
    existing,
    ...operands(back, looked),
    changes: back.flatMap(each => changesBy(each, surroundings)),
    left,
    image: back.map(({ field, now, verdict, kept: { group } }) => ({
      field: field.name,
      place: placeOf(field),
      ...(group === undefined ? {} : { group }),
      before: now,
      after: verdict.is === 'written' ? verdict.to : now,
    })),
  };
}

function operands(
  back: readonly Looked[],
  all: readonly Looked[],
): Pick<Restoration, 'wanted' | 'arrays' | 'sets'> {
  const wanted: Wanted[] = [];
  const arrays: { field: Field; elements: readonly Element[] }[] = [];
  const sets: { field: Field; ids: readonly number[] }[] = [];
  for (const { field, verdict } of [...back, ...goingAlong(back, all)]) {
    const to = verdict.is === 'written' ? verdict.to : null;
    if (field.slot.at === 'element') arrays.push({ field, elements: elementsIn(to) });
    else if (field.kind === 'lists') sets.push({ field, ids: idsIn(to) });
    else wanted.push(want(field, scalar(to)), ...following(field, scalar(to)));
  }
  return { wanted, arrays, sets };
}

/** Values of a group are sent together: SuperOffice may work one out of another. */
function goingAlong(back: readonly Looked[], all: readonly Looked[]): Looked[] {
  const groups = new Set(back.flatMap(({ kept: { group } }) => group ?? []));
  return all.flatMap(each => {
    const { kept, verdict, now } = each;
    if (kept.group === undefined || !groups.has(kept.group) || verdict.is !== 'asBefore') return [];
    return [{ ...each, verdict: { is: 'written', to: now, left: false } }];
  });
}

/** Properties that no archive shows, and that an import lets follow the same fields (rules/). */
function following(field: Field, to: PlainValue): Wanted[] {
  if (field.name === 'StartDate' && to !== null) return [implied('ActiveDate', to, 'datetime', 'times')];
  if (field.name === 'HtmlBody')
    return [implied('Type', (to ?? '') === '' ? 'Plain' : 'Html', 'text', 'body')];
  return [];
}

function problemOfGroup(
  field: Field,
  { group }: KeptField,
  changed: ReadonlyMap<string, Field>,
): Problem | null {
  const other = group === undefined ? undefined : changed.get(group);
  return other ? problems.belongsTogether(field, other) : null;
}

/** Why a field does not go back although it is as the run wrote it; null: it does. */
function problemOf(
  field: Field,
  to: Now,
  looked: readonly Looked[],
  existing: Existing,
  { datatype, directory, parents }: Surroundings,
): Problem | null {
  if (field.slot.at === 'element' || field.kind === 'lists') return null;
  const value = scalar(to);
  if (field.kind === 'choice' && value === null) return problems.notRestorable(field);
  if (field.kind === 'relation' && Number(value) > 0 && !parents.get(field.parent ?? '')?.has(Number(value)))
    return problems.parentGone(field, Number(value));
  const wanted = want(field, value);
  const row = looked.map(each =>
    want(each.field, each.verdict.is === 'written' ? scalar(each.verdict.to) : scalar(each.now)),
  );
  return mirrored(datatype, wanted, row, existing) ?? guardProblem(datatype, wanted, existing, directory);
}

export function nowIn(field: Field, existing: Existing, directory: Directory): Now {
  if (field.slot.at === 'element') return existing.elements.get(elementsKey(field.slot)) ?? [];
  return heldValue(field, existing, directory).value;
}

/** The archive of documents may have given a file another name than it was asked to. */
export function isRenamed(
  { after }: KeptField,
  { key }: Existing,
  { keptNames }: Surroundings,
): (now: PlainValue) => boolean {
  return now => typeof after === 'string' && now !== null && keptNames.get(key, after) === now;
}

function changesBy({ field, now, verdict }: Looked, surroundings: Surroundings): Change[] {
  if (verdict.is !== 'written') return [];
  if (field.slot.at !== 'element')
    return [
      {
        field: field.name,
        from: textOf(field, now, surroundings),
        to: textOf(field, verdict.to, surroundings),
      },
    ];
  const [from, to] = [elementsIn(now), elementsIn(verdict.to)];
  const column = field.name.replace(/\d+$/, '');
  return Array.from({ length: Math.max(from.length, to.length) }, (_, rank) => ({
    field: `${column}${rank + 1}`,
    from: from[rank]?.value ?? null,
    to: to[rank]?.value ?? null,
  })).filter(change => change.from !== change.to);
}

export function textOf(field: Field, value: Now, { directory, parents }: Surroundings): string | null {
  if (field.slot.at === 'element')
    return (
      elementsIn(value)
        .map(({ value }) => value)
        .join(', ') || null
    );
  const keys = parents.get(field.parent ?? '') ?? new Map<number, string>();
  return plainText(field, scalar(value), directory, keys);
}

function scalar(value: Now): PlainValue {
  return typeof value === 'object' && value !== null ? idsIn(value) : value;
}
