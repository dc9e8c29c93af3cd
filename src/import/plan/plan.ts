import type { Datatype } from '../../datatypes/datatype.ts';
import type { Field } from '../../datatypes/field.ts';
import type { Problem } from '../../problems/problem.ts';
import { type Existing, elementsKey } from '../../records/current.ts';
import { heldValue } from '../../records/held.ts';
import type { Held, PlainValue } from '../../records/value.ts';
import type { Directory } from '../resolve/directory.ts';
import type { Change } from '../result.ts';
import { notEmptied, planElements } from './elements.ts';
import { guardProblem, mirrored } from './guards.ts';
import { changeBy, type Step } from './step.ts';
import { comparable, type Wanted } from './value.ts';

/** What has to be done for one row. `validate` prints it, `import` applies it: there is no second opinion. */
export type Plan =
  | {
      readonly todo: 'create';
      readonly wanted: readonly Wanted[];
      readonly changes: readonly Change[];
      /** What is done once the record is there, in this order. */
      readonly steps: readonly Step[];
    }
  | {
      readonly todo: 'update';
      readonly existing: Existing;
      /** What the record holds in each of the wanted fields. */
      readonly held: ReadonlyMap<Field, PlainValue>;
      readonly wanted: readonly Wanted[];
      readonly changes: readonly Change[];
      readonly steps: readonly Step[];
    }
  | { readonly todo: 'nothing' }
  | { readonly todo: 'reject'; readonly problems: readonly Problem[] };

export interface Planned {
  readonly plan: Plan;
  readonly warnings: readonly Problem[];
}

/** Compares what the file wants with what SuperOffice holds, field by field. Pure. */
export function planRow(
  datatype: Datatype,
  wanted: readonly Wanted[],
  existing: Existing | null,
  directory: Directory,
  steps: readonly Step[],
): Planned {
  if (!existing) return planCreate(datatype, wanted, steps);
  const differing: Wanted[] = [];
  const changes: Change[] = [];
  const warnings: Problem[] = [];
  const heldValues: PlainValue[] = [];
  const { settled, kept } = planElements(wanted, existing);
  for (const want of wanted) {
    const { slot } = want.field;
    const held = heldValue(want.field, existing, directory);
    heldValues.push(held.value);
    if (want.follows) continue;
    if (kept.has(want)) warnings.push(notEmptied(want));
    if (kept.has(want) || (slot.at === 'element' && settled.has(elementsKey(slot)))) continue;
    if (isSame(want, held)) {
      // Arrays are written whole, so what the file says of the other ranks goes along.
      if (slot.at === 'element') differing.push(want);
      continue;
    }
    const warning = mirrored(datatype, want, wanted, existing);
    if (warning) {
      warnings.push(warning);
      continue;
    }
    const problem = guardProblem(datatype, want, existing, directory);
    if (problem) return { plan: { todo: 'reject', problems: [problem] }, warnings };
    differing.push(want);
    changes.push({ field: want.field.name, from: held.text, to: finalText(want, held) });
  }
  if (differing.length === 0 && steps.length === 0) return { plan: { todo: 'nothing' }, warnings };
  const along = goingAlong(differing, wanted);
  for (const want of along) {
    const held = heldValue(want.field, existing, directory);
    if (isTold(want) && !isSame(want, held))
      changes.push({ field: want.field.name, from: held.text, to: want.text });
  }
  changes.push(...steps.flatMap(changeOf));
  return {
    plan: {
      todo: 'update',
      existing,
      held: new Map(wanted.map(({ field }, index) => [field, heldValues[index] ?? null])),
      wanted: [...differing, ...along],
      changes,
      steps,
    },
    warnings,
  };
}

/** What is never left out when something of its group is written. */
function goingAlong(differing: readonly Wanted[], all: readonly Wanted[]): Wanted[] {
  const groups = new Set(differing.flatMap(({ group }) => group ?? []));
  return all.filter(want => want.group !== undefined && groups.has(want.group) && !differing.includes(want));
}

/** Properties that no archive shows cannot be told. */
function isTold({ field: { slot } }: Wanted): boolean {
  return slot.at !== 'property' || slot.column !== '';
}

function changeOf(step: Step): Change[] {
  const change = changeBy(step);
  return change ? [change] : [];
}

function planCreate(datatype: Datatype, wanted: readonly Wanted[], steps: readonly Step[]): Planned {
  const given = wanted.filter(want => want.add.length > 0 || want.planned || !isEmpty(want));
  const names = new Set(given.map(want => want.field.name));
  const problems = datatype.neededToCreate
    .filter(group => !group.some(name => names.has(name)))
    .map(group => neededProblem(datatype, group));
  if (problems.length > 0) return { plan: { todo: 'reject', problems }, warnings: [] };
  const warnings: Problem[] = [];
  const written = given.filter(want => {
    const warning = mirrored(datatype, want, wanted, null);
    if (warning) warnings.push(warning);
    return warning === null;
  });
  const changes = written.filter(isTold).map(want => ({ field: want.field.name, from: null, to: want.text }));
  return {
    plan: { todo: 'create', wanted: written, changes: [...changes, ...steps.flatMap(changeOf)], steps },
    warnings,
  };
}

function neededProblem(datatype: Datatype, group: readonly string[]): Problem {
  const names = group.join(' or ');
  return {
    field: group[0] ?? null,
    value: null,
    code: 'needed-to-create',
    message: `SuperOffice has no ${datatype.name.toLowerCase()} with this key, and a new one needs ${names}.`,
    tip: `Fill in ${names}, or check the key if the record should exist.`,
  };
}

function isEmpty(want: Wanted): boolean {
  return want.value === null || want.value === '' || (Array.isArray(want.value) && want.value.length === 0);
}

export function isSame(want: Wanted, held: Held): boolean {
  if (want.add.length > 0 || want.planned) return false;
  const { field } = want;
  if (field.kind === 'lists') {
    const ids = Array.isArray(held.value) ? held.value : [];
    return Array.isArray(want.value) && want.value.every(id => ids.includes(id));
  }
  return comparable(field, want.value) === comparable(field, held.value);
}

/** Interests are only ever added, so the outcome is both sides together. */
function finalText(want: Wanted, held: Held): string | null {
  if (want.field.kind !== 'lists' || held.text === null) return want.text;
  const separator = want.field.separator ?? '|';
  return [...new Set([...held.text.split(separator), ...(want.text ?? '').split(separator)])].join(separator);
}
