import type { Datatype } from '../../datatypes/datatype.ts';
import type { Slot } from '../../datatypes/field.ts';
import { type Existing, elementsKey } from '../../records/current.ts';
import { encodeCustomField } from '../apply/encode.ts';
import { currentBlock } from '../apply/operations.ts';
import type { Plan } from '../plan/plan.ts';
import type { Wanted } from '../plan/value.ts';
import { integerCell, textCell } from './cells.ts';
import { elementRows } from './elements.ts';
import { rootCells } from './root-columns.ts';
import type { RecordRows, TableRow } from './table-row.ts';
import { type Tables, tablesOf } from './tables.ts';

type AddressSlot = Extract<Slot, { at: 'address' }>;
type ElementSlot = Extract<Slot, { at: 'element' }>;

/**
 * The rows of an update, or null where the entity engine has to do it: one of its fields needs what SuperOffice does
 * around a save (writing.md, section 6.5), a list value has to be added first, or a file goes along.
 */
export function recordRows(
  datatype: Datatype,
  { existing, wanted, steps }: Extract<Plan, { todo: 'update' }>,
): RecordRows | null {
  const tables = tablesOf(datatype.name);
  if (tables === null || steps.length > 0) return null;
  const root: Record<string, string> = {};
  const small: Record<string, string> = {};
  const large: Record<string, string> = {};
  const blocks = new Map<string, { readonly slot: AddressSlot; readonly parts: Record<string, unknown> }>();
  const arrays = new Map<string, { readonly slot: ElementSlot; readonly wanted: Wanted[] }>();
  for (const want of wanted) {
    const { field, value } = want;
    const { slot } = field;
    if (want.add.length > 0 || want.planned) return null;
    if (slot.at === 'custom') {
      const cell = customCell(want);
      if (cell === null) return null;
      (slot.udefType === 'LongText' ? large : small)[slot.progId] = cell;
    } else if (slot.at === 'address') {
      const block = blocks.get(slot.block) ?? { slot, parts: currentBlock(slot, existing) };
      block.parts[slot.part] = value ?? '';
      blocks.set(slot.block, block);
    } else if (slot.at === 'element') {
      const array = arrays.get(elementsKey(slot)) ?? { slot, wanted: [] };
      array.wanted.push(want);
      arrays.set(elementsKey(slot), array);
    } else {
      const cells = rootCells(datatype.name, want);
      if (cells === null) return null;
      Object.assign(root, cells);
    }
  }
  const others = [...udefRows(tables, existing, small, large)];
  for (const { slot, parts } of blocks.values()) {
    const row = addressRow(datatype, slot, parts, existing);
    if (row === null) return null;
    others.push(row);
  }
  for (const array of arrays.values()) {
    const rows = elementRows(datatype, array.slot, array.wanted, existing);
    if (rows === null) return null;
    others.push(...rows);
  }
  return { id: existing.id, root, others };
}

/** What empties a date there is not documented. */
function customCell({ field, value }: Wanted): string | null {
  if (field.kind === 'date' && value === null) return null;
  if (field.kind === 'text' || field.kind === 'key') return textCell(value);
  return encodeCustomField(field, value);
}

function udefRows(
  { key, small, large }: Tables,
  { id }: Existing,
  ...cells: readonly Record<string, string>[]
): TableRow[] {
  return cells.flatMap((row, index) => {
    // In an order of its own, whatever differs first.
    const progIds = Object.keys(row).sort();
    if (progIds.length === 0) return [];
    return [
      {
        table: index === 0 ? small : large,
        keys: [key],
        columns: [key, ...progIds],
        cells: [integerCell(id), ...progIds.map(progId => row[progId] ?? '')],
      },
    ];
  });
}

/** Codes of kinds of addresses (writing.md, section 7.2). */
const addressTypes = { Company: { Postal: 1, Street: 2 }, Person: { Postal: null, Street: 16387 } } as const;

/** The whole block, as the entity engine writes it: one kind of row for all. */
function addressRow(
  { name }: Datatype,
  { block }: AddressSlot,
  parts: Readonly<Record<string, unknown>>,
  { id }: Existing,
): TableRow | null {
  const type = name === 'Company' || name === 'Person' ? addressTypes[name][block] : null;
  if (type === null) return null;
  const names = Object.keys(parts).sort();
  const cells = names.map(part => textCell(String(parts[part] ?? '')));
  return cells.includes(null)
    ? null
    : {
        table: 'address',
        keys: ['owner_id', 'atype_idx'],
        columns: ['owner_id', 'atype_idx', ...names.map(part => part.toLowerCase())],
        cells: [integerCell(id), integerCell(type), ...cells.map(String)],
      };
}
