import type { Field } from '../../datatypes/field.ts';
import type { Row } from '../../mapping/row.ts';
import { heldValue } from '../../records/held.ts';
import type { Names } from '../../records/names.ts';
import type { PlainValue } from '../../records/value.ts';
import type { KnownFields } from '../../state/fields/memory.ts';
import { unknownHash } from '../../state/fields/update.ts';
import { contentPlace, fieldPlace } from '../places.ts';
import { isSame, type Plan } from '../plan/plan.ts';
import { changeBy } from '../plan/step.ts';
import { comparable, idsTogether, type Wanted } from '../plan/value.ts';
import { hashOf, knownAt, type Watch } from './watch.ts';

/** A field that a user changed, and that its row would change again. */
export interface Edit {
  /** Column of the row that says so. */
  readonly field: string;
  /** Where else the row says it: both columns of our contact, every column an earning comes from. */
  readonly columns: readonly Field[];
  /** What SuperOffice holds, as people read it; null = empty. */
  readonly held: string | null;
  /** What the file says. */
  readonly given: string | null;
}

type Update = Extract<Plan, { todo: 'update' }>;

/**
 * Fields that the plan of a row would write, although SuperOffice holds something else there than it was left with, or
 * seen with, last. Only what the row itself speaks of: what is worked out of that follows it.
 */
export function userEdits(row: Row, plan: Plan, directory: Names, known: KnownFields, watch: Watch): Edit[] {
  if (plan.todo !== 'update') return [];
  const { existing } = plan;
  const edits: Edit[] = [];
  for (const want of plan.wanted) {
    const place = fieldPlace(want.field);
    if (place === null || isOfEarning(want.field)) continue;
    const columns = [...row.values.keys()].filter(field => fieldPlace(field)?.at === place.at);
    const [column] = columns;
    const held = heldValue(want.field, existing, directory);
    const last = knownAt(place, known, watch);
    if (!column || last === unknownHash || isSame(want, held)) continue;
    const isEdit =
      want.field.kind === 'lists'
        ? want.add.length === 0 && wereThere(want, held.value, last, watch)
        : last !== hashOf(comparable(want.field, held.value), watch);
    if (isEdit) edits.push({ field: column.name, columns, held: held.text, given: want.text });
  }
  return [...edits, ...earningEdits(row, plan, directory, known, watch), ...contentEdits(plan, known, watch)];
}

/** So many ticked items are tried: the combinations double with each. */
const mostTried = 10;

/**
 * Whether all that a row would add to a list was there last time, so that a user took it away. Only the hash of what was
 * there is known: it was all of that and some of what is there now, since users may have added to it as well.
 */
function wereThere({ field, value }: Wanted, held: PlainValue, last: number, watch: Watch): boolean {
  const ids = idsTogether(held, []);
  const combinations = ids.length > mostTried ? [ids] : subsets(ids);
  return combinations.some(some => last === hashOf(comparable(field, idsTogether(some, value)), watch));
}

function subsets(ids: readonly number[]): number[][] {
  return Array.from({ length: 2 ** ids.length }, (_, bits) =>
    ids.filter((_id, index) => (bits >> index) & 1),
  );
}

function isOfEarning({ name, slot }: Field): boolean {
  return slot.at === 'property' && (name === 'EarningPercent' || name === 'Earning');
}

/**
 * SuperOffice works earning and percentage out of each other and of the amount. It keeps one of them when only the amount
 * is changed, so a user changed the earning only where both are others now.
 */
function earningEdits(
  row: Row,
  { wanted, existing }: Update,
  directory: Names,
  known: KnownFields,
  watch: Watch,
): Edit[] {
  if (watch.datatype.name !== 'Sale') return [];
  const columns = [...row.values.keys()].filter(field => isOfEarning(field) || field.name === 'Cost');
  const [column] = columns;
  const both = wanted.filter(({ field }) => isOfEarning(field));
  const shown = both.find(
    ({ field }) => field.name === (column?.name === 'EarningPercent' ? column.name : 'Earning'),
  );
  if (!column || !shown) return [];
  const isChanged = ({ field }: Wanted): boolean => {
    const place = fieldPlace(field);
    const last = place ? knownAt(place, known, watch) : unknownHash;
    return (
      last !== unknownHash &&
      last !== hashOf(comparable(field, heldValue(field, existing, directory).value), watch)
    );
  };
  const held = heldValue(shown.field, existing, directory);
  if (isSame(shown, held) || both.length < 2 || !both.every(isChanged)) return [];
  return [{ field: column.name, columns, held: held.text, given: shown.text }];
}

/** A document that has another length than the file it was given. */
function contentEdits({ steps }: Update, known: KnownFields, watch: Watch): Edit[] {
  return steps.flatMap(step => {
    if (step.does !== 'content' || step.from === null) return [];
    const last = knownAt(contentPlace, known, watch);
    const change = changeBy(step);
    if (!change || last === unknownHash || last === hashOf(String(step.from), watch)) return [];
    return [{ field: change.field, columns: [], held: change.from, given: change.to }];
  });
}

/** The row without what a user changed. */
export function withoutEdits(row: Row, edits: readonly Edit[]): Row {
  const dropped = new Set(edits.flatMap(({ columns }) => columns));
  return { ...row, values: new Map([...row.values].filter(([field]) => !dropped.has(field))) };
}
