import type { Field } from './field.ts';

/**
 * A text that is a property of its entity under the column's own name.
 * @param column archive column that holds it
 */
export function textField(
  name: string,
  length: number,
  column: string,
  meaning: string,
  property = name,
): Field {
  return { name, kind: 'text', length, meaning, slot: { at: 'property', property, column } };
}

/** A text that no archive column holds. @param path from the entity's main table, for the dynamic provider */
export function hiddenTextField(
  name: string,
  length: number,
  path: string,
  meaning: string,
  property = name,
): Field {
  return { name, kind: 'text', length, meaning, slot: { at: 'dynamic', property, path } };
}
