import type { Slot } from '../../datatypes/field.ts';
import {
  type AddressPart,
  addressColumn,
  addressColumns,
  type Existing,
  elementsKey,
} from '../../records/current.ts';
import type { PatchOperation } from '../../superoffice/entities.ts';
import type { OpenPoints } from '../../superoffice/open-points.ts';
import { mergedElements, valuesByRank } from '../plan/elements.ts';
import type { Wanted } from '../plan/value.ts';
import { encodeCustomField, encodeProperty } from './encode.ts';

/**
 * The JSON Patch that changes only these fields (writing.md, section 1.6). Address blocks and arrays are written whole,
 * rebuilt from what SuperOffice holds, because single parts and indexes are not safe to address. Interests are not
 * here: they have a request of their own.
 */
export function patchOperations(
  wanted: readonly Wanted[],
  existing: Existing,
  openPoints: OpenPoints,
): PatchOperation[] {
  const operations: PatchOperation[] = [];
  const blocks = new Map<string, Record<string, unknown>>();
  const arrays = new Map<string, Wanted[]>();
  const arraySlots = new Map<string, Extract<Slot, { at: 'element' }>>();
  const customFields: Record<string, string> = {};
  for (const want of wanted) {
    const { field, value } = want;
    const { slot } = field;
    switch (slot.at) {
      case 'address': {
        const block = blocks.get(slot.block) ?? currentBlock(slot, existing);
        block[slot.part] = value ?? '';
        blocks.set(slot.block, block);
        break;
      }
      case 'element': {
        arrays.set(slot.property, [...(arrays.get(slot.property) ?? []), want]);
        arraySlots.set(slot.property, slot);
        break;
      }
      case 'custom':
        customFields[slot.progId] = encodeCustomField(field, value, openPoints);
        break;
      case 'tags': {
        const held = heldTags(slot, existing);
        for (const id of Array.isArray(value) ? value : [])
          if (!held.has(id)) operations.push({ op: 'add', path: `/${slot.property}/-`, value: { Id: id } });
        break;
      }
      case 'interests':
      case 'foreignKey':
      case 'input':
      case 'readonly':
        break;
      default:
        operations.push({
          op: 'replace',
          path: `/${slot.property}`,
          value: encodeProperty(field, value, openPoints),
        });
    }
  }
  for (const [block, value] of blocks) operations.push({ op: 'replace', path: `/Address/${block}`, value });
  for (const [property, slot] of arraySlots)
    operations.push({
      op: 'replace',
      path: `/${property}`,
      value: mergedElements(
        valuesByRank(arrays.get(property) ?? []),
        existing.elements.get(elementsKey(slot)) ?? [],
      ).map(({ value, description }) => ({ Value: value, Description: description })),
    });
  if (Object.keys(customFields).length > 0)
    operations.push({ op: 'replace', path: '/CustomFields', value: customFields });
  return operations;
}

function heldTags(slot: Extract<Slot, { at: 'tags' }>, existing: Existing): ReadonlySet<number> {
  const cell = existing.archive.cells.get(slot.column);
  return new Set(
    String(cell?.raw ?? cell?.display ?? '')
      .split(',')
      .map(Number),
  );
}

/** The block as SuperOffice holds it, by the names of its parts. */
export function currentBlock(
  slot: Extract<Slot, { at: 'address' }>,
  existing: Existing,
): Record<string, unknown> {
  const block: Record<string, unknown> = {};
  for (const part of Object.keys(addressColumns) as AddressPart[]) {
    const cell = existing.archive.cells.get(addressColumn(slot, part));
    block[part] = String(cell?.raw ?? cell?.display ?? '');
  }
  return block;
}
