import { isObject } from '../../http/names.ts';
import type { Draft } from '../draft.ts';
import { shown } from '../values.ts';

/** The objects of an array that was sent; null is none of them. Anything else is rejected and answers undefined. */
export function objectsIn(
  draft: Draft,
  name: string,
  value: unknown,
): readonly Readonly<Record<string, unknown>>[] | undefined {
  if (value === null) return [];
  if (Array.isArray(value) && value.every(isObject)) return value;
  draft.reject(name, `${shown(value)} is not an array of objects`);
  return undefined;
}
