import type { Datatype } from '../datatypes/datatype.ts';
import type { Field } from '../datatypes/field.ts';
import type { Place } from '../state/column-sets.ts';

/**
 * What these columns write, each place once, in an order of its own. Two files that share a place can undo each other's
 * work, whatever their columns are called: both columns of our contact are one place, and so are all phones.
 */
export function writtenPlaces(datatype: Datatype, fields: readonly Field[]): Place[] {
  const places = new Map<string, Place>();
  for (const field of fields) {
    if (field.name === datatype.keyField) continue;
    const place = placeOf(field);
    places.set(place.at, place);
  }
  return [...places.values()].sort((a, b) => (a.at < b.at ? -1 : 1));
}

/**
 * The one field that a column speaks of, or null for what is never compared with what a user did: keys, files, and what
 * only leads to other fields. Finer than what is written: each phone is a field of its own.
 */
export function fieldPlace(field: Field): Place | null {
  const known = fieldPlaces.get(field);
  if (known !== undefined) return known;
  const place = comparedPlace(field);
  fieldPlaces.set(field, place);
  return place;
}

/** Asked for several times per cell. */
const fieldPlaces = new WeakMap<Field, Place | null>();

function comparedPlace(field: Field): Place | null {
  const { kind, slot } = field;
  if (kind === 'key' || kind === 'file' || kind === 'files' || kind === 'content') return null;
  if (slot.at === 'input' || slot.at === 'readonly' || slot.at === 'foreignKey') return null;
  if (slot.at === 'element') return { at: `${slot.property}.${slot.rank}`, type: '' };
  // No archive shows it, so nobody can compare it.
  if (slot.at === 'property' && slot.column === '') return null;
  return placeOf(field);
}

/** The bytes of a document, by their number. */
export const contentPlace: Place = { at: 'Content', type: '' };

function placeOf({ name, list, slot }: Field): Place {
  switch (slot.at) {
    case 'custom':
      return { at: slot.progId, type: list === undefined ? slot.udefType : `${slot.udefType} ${list}` };
    case 'address':
      return { at: `${slot.block}.${slot.part}`, type: '' };
    case 'interests':
    case 'foreignKey':
    case 'input':
    case 'readonly':
      return { at: name, type: '' };
    default:
      return { at: slot.property, type: '' };
  }
}
