import type { Datatype } from '../../datatypes/datatype.ts';
import type { Slot } from '../../datatypes/field.ts';
import { type Element, type ElementRow, type Existing, elementsKey } from '../../records/current.ts';
import { mergedElements, valuesByRank } from '../plan/elements.ts';
import type { Wanted } from '../plan/value.ts';
import { integerCell, textCell } from './cells.ts';
import type { TableRow } from './table-row.ts';

type ElementSlot = Extract<Slot, { at: 'element' }>;

/** "Spaces stripped" is all that is said of how a number is searched for (writing.md, section 2). */
const plainNumber = /^\+?[0-9 ]+$/;

/**
 * Rows that make an array of phones, e-mail or web addresses what the file wants. A row that is there is found by its
 * primary key, since ranks may have gaps and repeat; one more is found by its owner and rank, so that sending it again
 * adds none. null: an element goes away, or a value is none that mass operations write rightly.
 */
export function elementRows(
  datatype: Datatype,
  slot: ElementSlot,
  wanted: readonly Wanted[],
  existing: Existing,
): TableRow[] | null {
  const held = existing.elements.get(elementsKey(slot)) ?? [];
  const places = existing.elementRows.get(elementsKey(slot)) ?? [];
  const merged = mergedElements(valuesByRank(wanted), held);
  if (merged.length < held.length || places.length !== held.length) return null;
  const lastRank = Math.max(0, ...places.map(({ rank }) => rank));
  const rows: TableRow[] = [];
  for (const [index, element] of merged.entries()) {
    const before = held[index];
    if (before?.value === element.value && before.description === element.description) continue;
    const place = places[index];
    const rank = place?.rank ?? lastRank + index + 1 - held.length;
    const row = rowOf(datatype, slot, existing.id, element, { id: place?.id ?? 0, rank });
    if (row === null) return null;
    rows.push(row);
  }
  return rows;
}

function rowOf(
  { name }: Datatype,
  slot: ElementSlot,
  owner: number,
  { value, description }: Element,
  { id, rank }: ElementRow,
): TableRow | null {
  const [text, said] = [textCell(value), textCell(description)];
  if (text === null || said === null) return null;
  const isNew = id === 0;
  // A flag of the person says whether it has phones: SuperOffice sets it.
  if (slot.table === 'phone' && (!plainNumber.test(value) || (isNew && name === 'Person'))) return null;
  const [typeColumn, valueColumn] = columnNames[slot.table];
  const content: Readonly<Record<string, string>> = {
    [typeColumn]: integerCell(slot.type),
    rank: integerCell(rank),
    [valueColumn]: text,
    description: said,
  };
  if (slot.table === 'phone') {
    const owned = {
      owner_id: integerCell(owner),
      ...content,
      searchPhoneNumber: text.replaceAll(' ', ''),
    };
    return isNew
      ? tableRow('phone', ['owner_id', 'ptype_idx', 'rank'], owned)
      : tableRow('phone', ['phone_id'], { phone_id: integerCell(id), ...owned });
  }
  if (!isNew) {
    const key = `${slot.table}_id`;
    return tableRow(slot.table, [key], { [key]: integerCell(id), ...content });
  }
  const isCompany = name === 'Company';
  return tableRow(slot.table, ['contact_id', 'person_id', 'type', 'rank'], {
    contact_id: integerCell(isCompany ? owner : 0),
    person_id: integerCell(isCompany ? 0 : owner),
    project_id: integerCell(0),
    ...content,
  });
}

/** Type and value in each table (writing.md, section 7.2). */
const columnNames = {
  phone: ['ptype_idx', 'phone'],
  email: ['type', 'email_address'],
  url: ['type', 'url_address'],
} as const;

function tableRow(table: string, keys: readonly string[], row: Readonly<Record<string, string>>): TableRow {
  return { table, keys, columns: Object.keys(row), cells: Object.values(row) };
}
