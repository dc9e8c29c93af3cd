import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { UdefShape } from '../datatypes/udef.ts';
import { parsed } from '../state/ndjson.ts';
import { replaceFile } from '../state/replace-file.ts';
import { udefTypes } from '../superoffice/udefs.ts';

export type Layout = ReadonlyMap<string, UdefShape>;

/** The user-defined fields of one entity by their names, as SuperOffice told them to the last import that asked. */
export interface KeptLayout {
  readonly layout: Layout;
  /** Milliseconds since 1970. */
  readonly askedAt: number;
}

const formatVersion = 1;

function pathIn(stateFolder: string): string {
  return join(stateFolder, 'layouts.json');
}

/**
 * What is kept for a tenant with its database, by entity. None of it where the file is not there, damaged or of another
 * version: it says nothing that SuperOffice would not say again.
 */
export async function readKeptLayouts(
  stateFolder: string,
  tenant: string,
): Promise<ReadonlyMap<string, KeptLayout>> {
  const file = parsed(await readFile(pathIn(stateFolder), 'utf8').catch(() => ''));
  const kept = new Map<string, KeptLayout>();
  if (!isObject(file) || Reflect.get(file, 'formatVersion') !== formatVersion) return kept;
  const entities: unknown = Reflect.get(file, 'tenant') === tenant ? Reflect.get(file, 'entities') : null;
  for (const [entity, value] of Object.entries(isObject(entities) ? entities : {}))
    if (isEntry(value))
      kept.set(entity, { layout: new Map(Object.entries(value.fields)), askedAt: value.askedAt });
  return kept;
}

/** Keeps layouts in place of those that were there. For the holder of the lock. Throws SicError 'state'. */
export async function writeKeptLayouts(
  stateFolder: string,
  tenant: string,
  kept: ReadonlyMap<string, KeptLayout>,
): Promise<void> {
  const entities = Object.fromEntries(
    [...kept].map(([entity, { layout, askedAt }]) => [
      entity,
      { askedAt, fields: JSON.parse(textOfLayout(layout)) },
    ]),
  );
  const text = `${JSON.stringify({ formatVersion, tenant, entities })}\n`;
  await replaceFile(pathIn(stateFolder), file => file.writeFile(text));
}

/** Two layouts are the same where their texts are, whatever the order of their fields. */
export function textOfLayout(layout: Layout): string {
  const fields = [...layout].sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(
    Object.fromEntries(
      fields.map(([name, { type, label, length, list }]) => [name, { type, label, length, list }]),
    ),
  );
}

interface Entry {
  readonly askedAt: number;
  readonly fields: Readonly<Record<string, UdefShape>>;
}

function isEntry(value: unknown): value is Entry {
  if (!isObject(value) || typeof Reflect.get(value, 'askedAt') !== 'number') return false;
  const fields: unknown = Reflect.get(value, 'fields');
  return isObject(fields) && Object.values(fields).every(isShape);
}

function isShape(value: unknown): value is UdefShape {
  if (!isObject(value)) return false;
  const [type, label, length, list] = ['type', 'label', 'length', 'list'].map(name =>
    Reflect.get(value, name),
  );
  return (
    [...udefTypes, 'DateTime'].some(known => known === type) &&
    typeof label === 'string' &&
    typeof length === 'number' &&
    (list === null || typeof list === 'string')
  );
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
