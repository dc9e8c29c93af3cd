import type { Datatype } from '../../datatypes/datatype.ts';
import type { RowFiles } from '../../formats/row-file.ts';
import { type Element, type Existing, elementsKey } from '../../records/current.ts';
import { heldValue } from '../../records/held.ts';
import type { Names } from '../../records/names.ts';
import type { Held, PlainValue } from '../../records/value.ts';
import type { Place } from '../../state/column-sets.ts';
import type { KnownFields } from '../../state/fields/memory.ts';
import { type FieldUpdate, unknownHash } from '../../state/fields/update.ts';
import { contentPlace, fieldPlace } from '../places.ts';
import { mergedElements, valuesByRank } from '../plan/elements.ts';
import { isSame } from '../plan/plan.ts';
import { comparable, idsTogether, type Wanted } from '../plan/value.ts';
import { reworkedBy, sharedWithCompany } from './reworked.ts';
import { hashOf, knownAt, type Watch } from './watch.ts';

/** A row whose record is right once its plan is carried out. */
export interface Done {
  readonly wanted: readonly Wanted[];
  /** What the plan writes; the ids of list values that were added are in it. */
  readonly written: readonly Wanted[];
  /** null: a new record. */
  readonly existing: Existing | null;
  readonly directory: Names;
  readonly known: KnownFields;
  readonly files: RowFiles | undefined;
}

/**
 * What a record holds after its row: what was written, and what was the same before. What SuperOffice may have changed by
 * itself along with it is not known, and what was left alone stays as it was known.
 */
export function leftWith(done: Done, watch: Watch): FieldUpdate {
  const { wanted, existing, directory, known } = done;
  const written = new Map(done.written.map(want => [want.field, want]));
  const hashes = new Map<number, number>();
  const set = (place: Place, hash: number): void => {
    const column = watch.memory.columnOf(place);
    // A row that says nothing new is no reason to write the memory anew.
    if (existing === null || known(column) !== hash) hashes.set(column, hash);
    else hashes.delete(column);
  };
  for (const want of wanted) {
    const place = fieldPlace(want.field);
    if (place === null || want.field.slot.at === 'element') continue;
    const held = existing && heldValue(want.field, existing, directory);
    const final = written.get(want.field) ?? (held && isSame(want, held) ? want : null);
    if (final) set(place, hashOf(comparable(want.field, valueLeft(final, held)), watch));
  }
  for (const [place, hash] of elementsLeft(done, watch)) set(place, hash);
  const content = done.files?.found.get('Content')?.[0] ?? done.files?.found.get('Name')?.[0];
  if (watch.datatype.name === 'Document' && content) set(contentPlace, hashOf(String(content.size), watch));
  const places = new Set(done.written.flatMap(({ field }) => fieldPlace(field)?.at ?? []));
  const moved = reworkedBy(watch.datatype, [...places]).filter(at => !places.has(at));
  for (const at of [...moved, ...sharedWithCompany(watch.datatype, wanted, existing)])
    set({ at, type: '' }, unknownHash);
  return { isNew: existing === null, hashes };
}

/** Lists are only added to: what was there stays. */
function valueLeft({ field, value }: Wanted, held: Held | null): PlainValue {
  return field.kind === 'lists' && held ? idsTogether(held.value, value) : value;
}

/**
 * SuperOffice closes gaps, so a value may land elsewhere than where its column says. Where it is known what stood at the
 * other ranks, and nobody changed that, it is known what stands there now.
 */
function elementsLeft({ wanted, written, existing, known }: Done, watch: Watch): [Place, number][] {
  const arrays = new Set<string>();
  const ours = new Set<string>();
  for (const { field } of wanted) {
    if (field.slot.at !== 'element') continue;
    arrays.add(elementsKey(field.slot));
    ours.add(fieldPlace(field)?.at ?? '');
  }
  return [...arrays].flatMap(key => {
    const held = existing?.elements.get(key) ?? [];
    const sent = written.filter(({ field: { slot } }) => slot.at === 'element' && elementsKey(slot) === key);
    const after = sent.length === 0 ? held : mergedElements(valuesByRank(sent), held);
    const hashAt = (elements: readonly Element[], rank: number): number =>
      hashOf(elements[rank - 1]?.value.trim() ?? '', watch);
    return ranksOf(watch.datatype, key).flatMap(({ rank, place }): [Place, number][] =>
      ours.has(place.at) || knownAt(place, known, watch) === hashAt(held, rank)
        ? [[place, hashAt(after, rank)]]
        : [],
    );
  });
}

interface Rank {
  readonly rank: number;
  readonly place: Place;
}

/** By datatype and array: the same for every row. */
const knownRanks = new WeakMap<Datatype, Map<string, readonly Rank[]>>();

function ranksOf(datatype: Datatype, key: string): readonly Rank[] {
  const known = knownRanks.get(datatype) ?? new Map<string, readonly Rank[]>();
  knownRanks.set(datatype, known);
  const ranks = known.get(key) ?? findRanks(datatype, key);
  known.set(key, ranks);
  return ranks;
}

function findRanks({ fields }: Datatype, key: string): Rank[] {
  return fields.flatMap(field => {
    const { slot } = field;
    const place = fieldPlace(field);
    return slot.at === 'element' && elementsKey(slot) === key && place ? [{ rank: slot.rank, place }] : [];
  });
}
