import { isObject, pick } from '../../http/names.ts';
import type { Database } from '../../store/database.ts';
import type { DbRow } from '../../store/table.ts';
import type { Draft } from '../draft.ts';
import { stripped } from '../open-points.ts';
import type { Property } from '../property.ts';
import { rowsWith } from '../rows.ts';
import { numberOf, shown, textOf } from '../values.ts';
import { checkedText } from './scalar.ts';

/** Where one list of `EntityElement`s lives (writing.md, section 7.2). */
export interface ElementStore {
  readonly table: 'phone' | 'email' | 'url';
  /** Column that holds the owner's id. */
  readonly owner: 'owner_id' | OwnerColumn;
  readonly typeColumn: 'ptype_idx' | 'type';
  readonly type: number;
  readonly valueColumn: 'phone' | 'email_address' | 'url_address';
  readonly valueLength: number;
  readonly descriptionLength: number;
}

interface Element {
  readonly value: string;
  readonly description: string;
}

/** Whose e-mail address or link a row is; the other columns hold 0. */
export type OwnerColumn = 'contact_id' | 'person_id' | 'project_id';

export function phoneStore(type: number): ElementStore {
  return {
    table: 'phone',
    owner: 'owner_id',
    typeColumn: 'ptype_idx',
    type,
    valueColumn: 'phone',
    valueLength: 239,
    descriptionLength: 99,
  };
}

/** `type`: 0 e-mail, 1 chat, 2 internet phone. */
export function emailStore(owner: OwnerColumn, type: 0 | 1 | 2): ElementStore {
  return {
    table: 'email',
    owner,
    typeColumn: 'type',
    type,
    valueColumn: 'email_address',
    valueLength: 239,
    descriptionLength: 254,
  };
}

export function urlStore(owner: OwnerColumn): ElementStore {
  return {
    table: 'url',
    owner,
    typeColumn: 'type',
    type: 0,
    valueColumn: 'url_address',
    valueLength: 1023,
    descriptionLength: 254,
  };
}

/** A property that is a list of `EntityElement`s: numbers, addresses, links. */
export function elements(name: string, store: ElementStore): Property {
  return {
    name,
    empty: [],
    field: { type: 'SuperOffice.CRM.Services.EntityElement[]', length: 0 },
    read: ({ id, reading }) => elementRows(reading.database, store, id).map(row => carrier(row, store)),
    write: (draft, value) => {
      const sent = parse(draft, name, value, store);
      if (sent) draft.parts.set(name, id => replace(draft.writing.database, store, id, sent));
    },
  };
}

/** Rows of the owner, primary first; none for a record that is not saved yet: id 0 in a row says that another owns it. */
export function elementRows(database: Database, store: ElementStore, ownerId: number): DbRow[] {
  if (ownerId === 0) return [];
  return rowsWith(database.table(store.table), store.owner, ownerId)
    .filter(row => row[store.typeColumn] === store.type)
    .sort((a, b) => numberOf(a.rank) - numberOf(b.rank));
}

function carrier(row: DbRow, store: ElementStore): Record<string, unknown> {
  const value = textOf(row[store.valueColumn]);
  return {
    Value: value,
    StrippedValue: stripped(value),
    Description: textOf(row.description),
    TableRight: null,
    FieldProperties: {},
  };
}

/** Elements without a value are dropped: that is how one is removed from the middle of an array. */
function parse(draft: Draft, name: string, value: unknown, store: ElementStore): Element[] | undefined {
  if (value === null) return [];
  if (!Array.isArray(value)) {
    draft.reject(name, `${shown(value)} is not an array`);
    return undefined;
  }
  const result: Element[] = [];
  for (const [index, item] of value.entries()) {
    const place = `${name}[${index}]`;
    if (!isObject(item)) {
      draft.reject(place, `${shown(item)} is not an element with Value and Description`);
      return undefined;
    }
    const text = checkedText(draft, `${place}.Value`, pick(item, 'Value') ?? '', store.valueLength);
    const description = checkedText(
      draft,
      `${place}.Description`,
      pick(item, 'Description') ?? '',
      store.descriptionLength,
    );
    if (text === undefined || description === undefined) return undefined;
    if (text.trim() !== '') result.push({ value: text, description });
  }
  return result;
}

/** Makes the rows say what was sent, in place by place; the array's order becomes the rank. */
function replace(
  database: Database,
  store: ElementStore,
  ownerId: number,
  sent: readonly Element[],
): boolean {
  const kept = elementRows(database, store, ownerId);
  const same = (row: DbRow, index: number): boolean =>
    row[store.valueColumn] === sent[index]?.value && textOf(row.description) === sent[index]?.description;
  if (kept.length === sent.length && kept.every(same)) return false;
  const table = database.table(store.table);
  for (const [index, element] of sent.entries()) {
    const row = rowOf(store, ownerId, element, index + 1);
    const [old] = kept.splice(0, 1);
    if (old) table.update(numberOf(old[table.primaryKey]), row);
    else table.insert(row);
  }
  for (const row of kept) table.delete(numberOf(row[table.primaryKey]));
  return true;
}

function rowOf(store: ElementStore, ownerId: number, element: Element, rank: number): DbRow {
  const shared: DbRow = {
    [store.typeColumn]: store.type,
    [store.valueColumn]: element.value,
    description: element.description,
    rank,
  };
  if (store.table === 'phone')
    return { owner_id: ownerId, ...shared, searchPhoneNumber: stripped(element.value) };
  return { contact_id: 0, person_id: 0, project_id: 0, ...shared, [store.owner]: ownerId };
}
