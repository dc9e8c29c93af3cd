import type { Wanted } from '../plan/value.ts';
import { encodeCustomField, encodeProperty } from './encode.ts';

/** The body of a POST that creates a record: only what the file says, SuperOffice fills in the rest (writing.md, section 1.3). */
export function createBody(wanted: readonly Wanted[]): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  const address: Record<string, Record<string, unknown>> = {};
  const arrays: Record<string, { rank: number; value: string }[]> = {};
  const customFields: Record<string, string> = {};
  for (const { field, value } of wanted) {
    const { slot } = field;
    switch (slot.at) {
      case 'address':
        address[slot.block] = { ...address[slot.block], [slot.part]: value ?? '' };
        break;
      case 'element': {
        const elements = arrays[slot.property] ?? [];
        elements.push({ rank: slot.rank, value: String(value ?? '') });
        arrays[slot.property] = elements;
        break;
      }
      case 'interests':
        body.Interests = (Array.isArray(value) ? value : []).map(id => ({ Id: id, Selected: true }));
        break;
      case 'custom':
        customFields[slot.progId] = encodeCustomField(field, value);
        break;
      case 'tags':
        body[slot.property] = (Array.isArray(value) ? value : []).map(id => ({ Id: id }));
        break;
      case 'foreignKey':
      case 'input':
      case 'readonly':
        break;
      default:
        body[slot.property] = encodeProperty(field, value);
    }
  }
  if (Object.keys(address).length > 0) body.Address = address;
  for (const [property, elements] of Object.entries(arrays))
    body[property] = elements
      .sort((a, b) => a.rank - b.rank)
      .map(element => ({ Value: element.value, Description: '' }));
  if (Object.keys(customFields).length > 0) body.CustomFields = customFields;
  return body;
}
