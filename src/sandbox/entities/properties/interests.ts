import { isObject, pick } from '../../http/names.ts';
import { selectableJson } from '../../lists/mdo-item.ts';
import type { Database } from '../../store/database.ts';
import type { DbRow } from '../../store/table.ts';
import type { Draft } from '../draft.ts';
import type { Property, Reading } from '../property.ts';
import { rowsWith } from '../rows.ts';
import { noDate } from '../stamps.ts';
import { numberOf, shown, textOf, toBoolean, toInteger } from '../values.ts';

/** The link table of an entity's interests and the list they come from (writing.md, section 7.1). */
export interface InterestStore {
  readonly main: 'contact' | 'person';
  readonly links: 'contactinterest' | 'personinterest';
  readonly owner: 'contact_id' | 'person_id';
  readonly item: 'cinterest_idx' | 'pinterest_idx';
  readonly list: 'contint' | 'persint';
}

/** The whole list, each item with its `Selected`. */
export function interests(name: string, store: InterestStore): Property {
  return {
    name,
    empty: [],
    list: store.list,
    field: { type: '', length: 0 },
    read: ({ id, reading }) => carriers(reading, store, selectedInterests(reading.database, store, id)),
    write: (draft, value) => {
      const sent = parse(draft, name, value, store);
      if (!sent) return;
      const { database } = draft.writing;
      draft.parts.set(name, id => {
        const selected =
          database.quirks['partial-interests-unselect'] === 'yes'
            ? new Set<number>()
            : selectedInterests(database, store, id);
        for (const [item, on] of sent) {
          if (on) selected.add(item);
          else selected.delete(item);
        }
        return selectInterests(database, store, id, selected);
      });
    },
  };
}

export function selectedInterests(database: Database, store: InterestStore, ownerId: number): Set<number> {
  return new Set(linkRows(database, store, ownerId).map(row => numberOf(row[store.item])));
}

/** Makes exactly `wanted` selected and keeps `activeInterests` their number. True when anything changed. */
export function selectInterests(
  database: Database,
  store: InterestStore,
  ownerId: number,
  wanted: ReadonlySet<number>,
): boolean {
  const links = database.table(store.links);
  const kept = new Set<number>();
  let changed = false;
  for (const row of linkRows(database, store, ownerId)) {
    const item = numberOf(row[store.item]);
    if (wanted.has(item)) kept.add(item);
    else changed = links.delete(numberOf(row[links.primaryKey])) || changed;
  }
  for (const item of wanted) {
    if (kept.has(item)) continue;
    links.insert({ [store.owner]: ownerId, [store.item]: item });
    changed = true;
  }
  const main = database.table(store.main);
  if (numberOf(main.get(ownerId)?.activeInterests) === wanted.size) return changed;
  return main.update(ownerId, { activeInterests: wanted.size });
}

function linkRows(database: Database, store: InterestStore, ownerId: number): DbRow[] {
  return rowsWith(database.table(store.links), store.owner, ownerId);
}

/** Item → selected; of two entries for one item the later counts, so that `/Interests/-` can select. */
function parse(
  draft: Draft,
  name: string,
  value: unknown,
  store: InterestStore,
): ReadonlyMap<number, boolean> | undefined {
  const result = new Map<number, boolean>();
  if (value === null) return result;
  if (!Array.isArray(value)) {
    draft.reject(name, `${shown(value)} is not an array`);
    return undefined;
  }
  const list = draft.writing.database.table(store.list);
  for (const item of value) {
    const id = isObject(item) ? toInteger(pick(item, 'Id')) : undefined;
    if (id === undefined || !list.get(id)) {
      draft.reject(name, `there is no item ${shown(item)} in list ${store.list}`);
      return undefined;
    }
    result.set(id, toBoolean(pick(item, 'Selected')) ?? false);
  }
  return result;
}

function carriers(reading: Reading, store: InterestStore, selected: ReadonlySet<number>): unknown[] {
  const table = reading.database.table(store.list);
  return [...table.rows.values()]
    .filter(row => row.deleted !== 1 || selected.has(numberOf(row[table.primaryKey])))
    .sort((a, b) => numberOf(a.rank) - numberOf(b.rank))
    .map(row => ({
      ...selectableJson(
        {
          id: numberOf(row[table.primaryKey]),
          name: textOf(row.name),
          toolTip: textOf(row.tooltip),
          deleted: row.deleted === 1,
          rank: numberOf(row.rank),
          type: store.list,
          iconHint: store.list,
        },
        reading.language,
        selected,
      ),
      LastChanged: noDate + reading.zone,
    }));
}
