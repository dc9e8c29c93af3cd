import { SandboxError } from '../../http/exchange.ts';
import { isObject } from '../../http/names.ts';
import { annotation } from '../custom-fields.ts';
import { testFailedErrorType } from '../open-points.ts';
import type { Property } from '../property.ts';
import { shown } from '../values.ts';
import type { PatchDocument } from './document.ts';
import { type Operation, refusal } from './operation.ts';

/** Applies one operation. Throws 409 when a test does not hold, 400 when the path leads nowhere. */
export function applyOperation(document: PatchDocument, operation: Operation): void {
  const [first = '', ...rest] = operation.path;
  const property = document.property(first);
  if (operation.op === 'test') test(document, property, rest, operation);
  else if (property.isDictionary) applyToDictionary(document, property, rest, operation);
  else if (rest.length === 0)
    document.set(property, operation.op === 'remove' ? (property.empty ?? null) : operation.value);
  else applyInside(document, property, rest, operation);
}

/** A dictionary takes a subset of its keys, or one key (writing.md, section 1.6). A removed key is emptied. */
function applyToDictionary(
  document: PatchDocument,
  property: Property,
  rest: readonly string[],
  { op, path, value }: Operation,
): void {
  const [key, ...deeper] = rest;
  if (deeper.length > 0) throw refusal(`/${path.join('/')} leads into a text`);
  if (key !== undefined) {
    document.setKey(property, keyIn(document.value(property), key), op === 'remove' ? '' : value);
    return;
  }
  if (op === 'remove' || value === null) return;
  if (!isObject(value)) throw refusal(`${property.name}: ${shown(value)} is not a dictionary`);
  const current = document.value(property);
  if (!document.keepsOtherKeys && isObject(current))
    for (const name of Object.keys(current)) if (!annotation.test(name)) document.setKey(property, name, '');
  for (const [name, text] of Object.entries(value)) document.setKey(property, name, text);
}

function applyInside(
  document: PatchDocument,
  property: Property,
  rest: readonly string[],
  { op, path, value }: Operation,
): void {
  const parent = walk(document.value(property), rest.slice(0, -1), path);
  const last = rest.at(-1) ?? '';
  if (Array.isArray(parent)) changeArray(parent, last, op, value, path);
  else if (isRecord(parent)) changeObject(parent, last, op, value);
  else throw nowhere(path, parent);
  document.touch(property);
}

function changeArray(
  array: unknown[],
  segment: string,
  op: Operation['op'],
  value: unknown,
  path: readonly string[],
): void {
  if (op === 'add') {
    const index = segment === '-' ? array.length : indexOf(segment, array.length, path);
    array.splice(index, 0, value);
    return;
  }
  const index = indexOf(segment, array.length - 1, path);
  if (op === 'remove') array.splice(index, 1);
  else array[index] = value;
}

function changeObject(
  object: Record<string, unknown>,
  segment: string,
  op: Operation['op'],
  value: unknown,
): void {
  object[keyIn(object, segment)] = op === 'remove' ? null : value;
}

function test(
  document: PatchDocument,
  property: Property,
  rest: readonly string[],
  { path, value }: Operation,
): void {
  const found = walk(document.value(property), rest, path);
  if (!isEqual(found, value))
    throw new SandboxError(
      409,
      testFailedErrorType,
      `Patch: test of /${path.join('/')} failed: it is ${shown(found)}, not ${shown(value)}`,
    );
}

/** The value at the end of the segments. A null on the way is not stepped into. */
export function walk(start: unknown, segments: readonly string[], path: readonly string[]): unknown {
  let value = start;
  for (const segment of segments) {
    if (Array.isArray(value)) value = value[indexOf(segment, value.length - 1, path)];
    else if (isObject(value)) value = member(value, segment);
    else throw nowhere(path, value);
  }
  return value;
}

function indexOf(segment: string, most: number, path: readonly string[]): number {
  const index = /^\d+$/.test(segment) ? Number(segment) : Number.NaN;
  if (!(index <= most)) throw refusal(`/${path.join('/')}: there is no element ${segment}`);
  return index;
}

/** Own members only: `__proto__` in a path must lead nowhere. */
function member(object: Readonly<Record<string, unknown>>, segment: string): unknown {
  const key = keyIn(object, segment);
  return Object.hasOwn(object, key) ? object[key] : null;
}

/** The member's own spelling: paths are read without regard to case. A new member keeps the path's. */
function keyIn(value: unknown, segment: string): string {
  if (!isObject(value) || Object.hasOwn(value, segment)) return segment;
  const wanted = segment.toLowerCase();
  return Object.keys(value).find(key => key.toLowerCase() === wanted) ?? segment;
}

/** Deep equality of JSON values; member names in any case. */
function isEqual(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, index) => isEqual(item, b[index]));
  if (isObject(a) && isObject(b)) {
    const keys = Object.keys(b);
    return Object.keys(a).length === keys.length && keys.every(key => isEqual(a[keyIn(a, key)], b[key]));
  }
  return a === b;
}

function nowhere(path: readonly string[], value: unknown): SandboxError {
  const what = value === null || value === undefined ? 'an object that is null' : shown(value);
  return refusal(`/${path.join('/')} leads into ${what}`);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return isObject(value);
}
