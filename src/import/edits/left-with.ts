import type { Datatype } from '../../datatypes/datatype.ts';
import type { RowFiles } from '../../formats/row-file.ts';
import { type Existing, elementsKey } from '../../records/current.ts';
import { heldValue } from '../../records/held.ts';
import type { Names } from '../../records/names.ts';
import type { PlainValue } from '../../records/value.ts';
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
  const set = (at: string, type: string, hash: number): void => {
    hashes.set(watch.memory.columnOf({ at, type }), hash);
  };
  for (const want of wanted) {
    const place = fieldPlace(want.field);
    if (place === null || want.field.slot.at === 'element') continue;
    const final = written.get(want.field);
    const isHeld = existing !== null && isSame(want, heldValue(want.field, existing, directory));
    if (final || isHeld)
      set(
        place.at,
        place.type,
        hashOf(comparable(want.field, valueLeft(final ?? want, existing, directory)), watch),
      );
  }
  for (const [at, hash] of elementsLeft(done, watch)) set(at, '', hash);
  const content = done.files?.found.get('Content')?.[0] ?? done.files?.found.get('Name')?.[0];
  if (watch.datatype.name === 'Document' && content)
    set(contentPlace.at, contentPlace.type, hashOf(String(content.size), watch));
  const places = new Set(done.written.flatMap(({ field }) => fieldPlace(field)?.at ?? []));
  const moved = reworkedBy(watch.datatype, [...places]).filter(at => !places.has(at));
  for (const at of [...moved, ...sharedWithCompany(watch.datatype, wanted, existing)])
    set(at, '', unknownHash);
  return existing === null ? { isNew: true, hashes } : { isNew: false, hashes: news(hashes, known) };
}

/** Lists are only added to: what was there stays. */
function valueLeft({ field, value }: Wanted, existing: Existing | null, directory: Names): PlainValue {
  if (field.kind !== 'lists' || existing === null) return value;
  return idsTogether(heldValue(field, existing, directory).value, value);
}

/** A row that says nothing new is no reason to write the memory anew. */
function news(hashes: ReadonlyMap<number, number>, known: KnownFields): Map<number, number> {
  return new Map([...hashes].filter(([column, hash]) => known(column) !== hash));
}

/**
 * SuperOffice closes gaps, so a value may land elsewhere than where its column says. Where it is known what stood at the
 * other ranks, and nobody changed that, it is known what stands there now.
 */
function elementsLeft({ wanted, written, existing, known }: Done, watch: Watch): [string, number][] {
  const arrays = new Set(
    wanted.flatMap(({ field: { slot } }) => (slot.at === 'element' ? elementsKey(slot) : [])),
  );
  return [...arrays].flatMap(key => {
    const held = existing?.elements.get(key) ?? [];
    const sent = written.filter(({ field: { slot } }) => slot.at === 'element' && elementsKey(slot) === key);
    const after = sent.length === 0 ? held : mergedElements(valuesByRank(sent), held);
    return ranksOf(watch.datatype, key).flatMap(({ rank, at }): [string, number][] => {
      const isOurs = wanted.some(({ field }) => fieldPlace(field)?.at === at);
      const before = hashOf(held[rank - 1]?.value.trim() ?? '', watch);
      if (!isOurs && knownAt({ at, type: '' }, known, watch) !== before) return [];
      return [[at, hashOf(after[rank - 1]?.value.trim() ?? '', watch)]];
    });
  });
}

interface Rank {
  readonly rank: number;
  readonly at: string;
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
    return slot.at === 'element' && elementsKey(slot) === key && place
      ? [{ rank: slot.rank, at: place.at }]
      : [];
  });
}
