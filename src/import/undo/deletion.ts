import type { Datatype } from '../../datatypes/datatype.ts';
import type { Field } from '../../datatypes/field.ts';
import { datatypes } from '../../datatypes/index.ts';
import type { Problem } from '../../problems/problem.ts';
import type { Existing } from '../../records/current.ts';
import { heldValue } from '../../records/held.ts';
import { sourceOf } from '../../records/keys.ts';
import { plainText } from '../../records/plain-text.ts';
import type { KeptField } from '../../state/before-images.ts';
import { and, greaterThan, isOneOfList, isOneOfNumbers } from '../../superoffice/filter.ts';
import type { SuperOffice } from '../../superoffice/superoffice.ts';
import * as problems from './problems.ts';
import { isRenamed, nowIn, type Surroundings, textOf } from './restoration.ts';
import { holdsJust } from './verdict.ts';

/**
 * Why a record that a run created is not to be deleted: somebody has worked with it. null: it is as the run made it. Pure.
 * @param others what belongs to it, in words
 */
export function reasonToKeep(
  existing: Existing,
  fields: readonly { readonly field: Field | null; readonly kept: KeptField }[],
  others: readonly string[],
  surroundings: Surroundings,
): Problem | null {
  const { datatype, directory } = surroundings;
  for (const { field, kept } of fields) {
    // A field that is gone took with it whatever somebody wrote there.
    if (field === null) continue;
    const now = nowIn(field, existing, directory);
    if (!holdsJust(field, kept, now, isRenamed(kept, existing, surroundings)))
      return problems.notAsWritten(datatype, field.name, textOf(field, now, surroundings));
  }
  const stamp = updatedBy(datatype);
  const user = stamp ? heldValue(stamp, existing, directory).value : null;
  if (stamp && typeof user === 'number' && user > 0 && user !== directory.principal.associateId)
    return problems.changedBy(datatype, plainText(stamp, user, directory, new Map()) ?? '');
  return others.length > 0 ? problems.inUse(datatype, others) : null;
}

/** Who changed a record last; not every archive tells. */
export function updatedBy({ fields }: Datatype): Field | null {
  return fields.find(({ name }) => name === 'UpdatedBy') ?? null;
}

/** Most of them that are named. */
const mostNamed = 3;

/**
 * What belongs to each of these records, in words: `Person 12`. One request per kind of relation. Throws SuperOfficeError.
 * @param isDeleted true for a record that is, or in a dry run would be, deleted before
 */
export async function dependentsOf(
  superoffice: SuperOffice,
  parent: Datatype,
  ids: readonly number[],
  isDeleted: (datatype: string, id: number) => boolean,
): Promise<ReadonlyMap<number, readonly string[]>> {
  const found = new Map<number, Set<string>>();
  if (ids.length === 0) return new Map();
  await Promise.all(
    datatypes.flatMap(child =>
      child.fields.map(async ({ parent: name, slot }) => {
        if (name !== parent.name || slot.at !== 'reference') return;
        const rows = await superoffice.archive({
          ...sourceOf(child),
          columns: [child.archive.idColumn, slot.column],
          filter: belongingTo(child, slot.column, ids),
        });
        for (const { primaryKey, cells } of rows) {
          const id = Number(cells.get(slot.column)?.raw ?? 0);
          if (isDeleted(child.name, primaryKey) || (child.name === parent.name && primaryKey === id))
            continue;
          found.set(id, (found.get(id) ?? new Set()).add(`${child.name} ${primaryKey}`));
        }
      }),
    ),
  );
  return new Map([...found].map(([id, names]) => [id, inShort([...names].sort())]));
}

/** Archives of activities, to which a company, a person or a project is an item of a list (reading.md, sections 9.4 to 9.6). */
const activities: ReadonlySet<string> = new Set(['SimpleSale', 'SimpleAppointment', 'SimpleDocument']);
const itemsOfLists: ReadonlySet<string> = new Set(['contactId', 'personId', 'projectId']);

function belongingTo(
  { archive: { provider, idColumn } }: Datatype,
  column: string,
  ids: readonly number[],
): string {
  const isList = activities.has(provider) && itemsOfLists.has(column);
  // Begun with the key, or the ids would be taken for keys, of which each record has one: a parent has any number of children.
  return and(greaterThan(idColumn, 0), isList ? isOneOfList(column, ids) : isOneOfNumbers(column, ids));
}

function inShort(names: readonly string[]): string[] {
  const more = names.length - mostNamed;
  return more > 0 ? [...names.slice(0, mostNamed), `and ${more} more`] : [...names];
}
