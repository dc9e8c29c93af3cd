import type { Datatype } from '../datatypes/datatype.ts';
import { type FieldNames, keyName } from '../datatypes/udef.ts';
import type { ArchiveRow } from '../superoffice/archive.ts';
import type { SuperOfficeError } from '../superoffice/error.ts';
import { canFilter, isOneOf, isOneOfNumbers } from '../superoffice/filter.ts';
import type { ForeignKey, KeyRing } from '../superoffice/foreign-keys.ts';
import type { SuperOffice } from '../superoffice/superoffice.ts';
import { askForKeys } from './ask-for-keys.ts';

/** Where SuperOffice keeps a datatype's user keys: in a field that its archive shows, or beside the records. */
export type KeyPlace =
  | { readonly at: 'column'; readonly column: string }
  | { readonly at: 'foreignKey'; readonly ring: KeyRing };

export function keyPlace(datatype: Datatype, names: FieldNames): KeyPlace {
  const name = keyName(datatype, names);
  if (name !== null) return { at: 'column', column: `${datatype.archive.customPrefix}${name}` };
  const { custom, keyField } = datatype;
  if (custom.kind !== 'extra') throw new Error(`${datatype.name} has nowhere to keep its key`);
  return {
    at: 'foreignKey',
    ring: { device: names.device, keyName: keyField, table: custom.keyTable },
  };
}

/** Message and tip for a key that no filter can express. Taken for "not there", it would be created every night. */
export function notSearchable(key: string): [message: string, tip: string] {
  return [
    `SuperOffice cannot be asked for the key "${key}": it holds a backslash or a control character.`,
    'Give the record a key of letters, digits and ordinary signs.',
  ];
}

export interface FoundKeys {
  /** Ids of records by user key. More than one id: the key is not unique in SuperOffice. */
  readonly ids: ReadonlyMap<string, readonly number[]>;
  /** Keys that SuperOffice would not even look for. */
  readonly refused: ReadonlyMap<string, SuperOfficeError>;
}

/**
 * Which records have these keys: one request for a hundred, two where keys are kept beside the records, since such a key
 * outlives its record.
 */
export async function findByKey(
  superoffice: SuperOffice,
  datatype: Datatype,
  names: FieldNames,
  keys: readonly string[],
): Promise<FoundKeys> {
  const place = keyPlace(datatype, names);
  if (place.at === 'foreignKey') {
    const { records, refused } = await recordsOf(superoffice, place.ring, keys);
    const there = await existingIds(superoffice, datatype, [...records.keys()]);
    return { ids: idsByKey([...records].filter(([id]) => there.has(id))), refused };
  }
  const { column } = place;
  const columns = [datatype.archive.idColumn, column];
  const { answers, keyOf, refused } = await rowsByKey(superoffice, datatype, column, columns, keys);
  return {
    ids: idsByKey(answers.map(row => [row.primaryKey, keyOf(row)])),
    refused,
  };
}

/** The rows whose column has one of these keys, and how the key of a row is read. SuperOffice ignores letter case. */
export async function rowsByKey(
  superoffice: SuperOffice,
  datatype: Datatype,
  column: string,
  columns: readonly string[],
  keys: readonly string[],
): Promise<{
  readonly answers: readonly ArchiveRow[];
  readonly keyOf: (row: ArchiveRow) => string;
  readonly refused: FoundKeys['refused'];
}> {
  const keyOf = (row: ArchiveRow): string => row.cells.get(column)?.display.trim() ?? '';
  const { answers, refused } = await askForKeys(superoffice, keys.filter(canFilter), {
    place: column,
    keyOf,
    idOf: row => row.primaryKey,
    ask: batch => superoffice.archive({ ...sourceOf(datatype), columns, filter: isOneOf(column, batch) }),
  });
  return { answers, keyOf, refused: byValue(refused) };
}

/** User keys by record id, of those records that have one. */
export async function keysOf(
  superoffice: SuperOffice,
  datatype: Datatype,
  names: FieldNames,
  ids: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  const place = keyPlace(datatype, names);
  if (place.at === 'foreignKey') {
    const found = await superoffice.foreignKeys.ofRecords(place.ring, ids);
    return new Map(found.map(({ recordId, value }) => [recordId, value]));
  }
  const { column } = place;
  const rows = await superoffice.archive({
    ...sourceOf(datatype),
    columns: [datatype.archive.idColumn, column],
    filter: isOneOfNumbers(datatype.archive.idColumn, ids),
  });
  return new Map(rows.map(row => [row.primaryKey, row.cells.get(column)?.display.trim() ?? '']));
}

/** Records by the keys that stand beside them, exactly as they are spelled: SuperOffice ignores letter case. */
export async function recordsOf(
  superoffice: SuperOffice,
  ring: KeyRing,
  keys: readonly string[],
): Promise<{ readonly records: ReadonlyMap<number, string>; readonly refused: FoundKeys['refused'] }> {
  const wanted = new Set(keys);
  const { answers, refused } = await askForKeys<ForeignKey>(superoffice, keys.filter(canFilter), {
    place: ring.keyName,
    keyOf: ({ value }) => value.trim(),
    idOf: ({ recordId, value }) => `${recordId} ${value}`,
    ask: batch => superoffice.foreignKeys.withValues(ring, batch),
  });
  const exact = answers.filter(({ value }) => wanted.has(value.trim()));
  return {
    records: new Map(exact.map(({ recordId, value }) => [recordId, value.trim()])),
    refused: byValue(refused),
  };
}

/** What every query about a datatype's records has in common. */
export function sourceOf({ archive: { provider, entities, idColumn } }: Datatype): {
  readonly fresh: true;
  readonly provider: string;
  readonly entities: string;
  readonly orderBy: string;
} {
  return { fresh: true, provider, entities, orderBy: idColumn };
}

/** Those of these ids whose records are still there. */
export async function existingIds(
  superoffice: SuperOffice,
  datatype: Datatype,
  ids: readonly number[],
): Promise<ReadonlySet<number>> {
  if (ids.length === 0) return new Set();
  const { idColumn } = datatype.archive;
  const rows = await superoffice.archive({
    ...sourceOf(datatype),
    columns: [idColumn],
    filter: isOneOfNumbers(idColumn, ids),
  });
  return new Set(rows.map(row => row.primaryKey));
}

function idsByKey(records: readonly (readonly [id: number, key: string])[]): Map<string, number[]> {
  const found = new Map<string, number[]>();
  for (const [id, key] of records) {
    const ids = found.get(key);
    if (ids) ids.push(id);
    else found.set(key, [id]);
  }
  return found;
}

function byValue(
  refused: readonly { readonly value: string; readonly error: SuperOfficeError }[],
): FoundKeys['refused'] {
  return new Map(refused.map(({ value, error }) => [value, error]));
}
