import { isObject } from '../../http/names.ts';
import { mergePatchIntoNullIsRefused } from '../open-points.ts';
import { applyOperation, walk } from './apply.ts';
import type { PatchDocument } from './document.ts';
import { refusal } from './operation.ts';

/**
 * Applies an RFC 7396 body by turning it into JSON Patch operations, as SuperOffice does: an object sent for an array is
 * appended, an array replaces it, and an object sent for a null property sets nothing (writing.md, section 1.6).
 */
export function applyMerge(document: PatchDocument, body: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(body)) {
    // Names that are no property, or one that is read-only, are passed over, as in POST and PUT.
    if (document.takes(name)) mergeMember(document, [name], value);
  }
}

function mergeMember(document: PatchDocument, path: readonly string[], value: unknown): void {
  const current = valueAt(document, path);
  if (value === null) applyOperation(document, { op: 'remove', path, value });
  else if (!isObject(value) || isDictionary(document, path))
    applyOperation(document, { op: 'replace', path, value });
  else if (Array.isArray(current)) applyOperation(document, { op: 'add', path: [...path, '-'], value });
  else if (isObject(current))
    for (const [name, member] of Object.entries(value)) mergeMember(document, [...path, name], member);
  else if (mergePatchIntoNullIsRefused) throw refusal(`/${path.join('/')} is null`);
}

function valueAt(document: PatchDocument, [first = '', ...rest]: readonly string[]): unknown {
  return walk(document.value(document.property(first)), rest, [first, ...rest]);
}

function isDictionary(document: PatchDocument, [first = '']: readonly string[]): boolean {
  return document.property(first).isDictionary === true;
}
