import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parsed } from './ndjson.ts';
import { replaceFile } from './replace-file.ts';
import { notUnderstood, stateError, systemCode } from './state-error.ts';

/** Something that a column writes. */
export interface Place {
  /** `Name`, `Postal.City`, `Siteshop:CompUserText01`. */
  readonly at: string;
  /** Type of a more-page field; '' for the others. Another type is another field, with other content. */
  readonly type: string;
}

/**
 * The sets of columns in which files of a datatype came. Each set has its own memory of a key, so whoever writes a place
 * has to find the other memories that speak of it, or they would take for unchanged what was overwritten meanwhile.
 */
export interface ColumnSets {
  readonly all: readonly (readonly Place[])[];
  /** The set as it was noted, or null: then nothing that is remembered of it may be believed. */
  find(places: readonly Place[]): readonly Place[] | null;
  /** The same places with the types they had when SuperOffice was asked last. For who cannot ask it. */
  withKnownTypes(places: readonly Place[]): readonly Place[];
  /** Notes a set, durably, and drops those in which one of its places had another type. */
  note(places: readonly Place[]): Promise<void>;
}

/** Reads the sets of a datatype. No file: none. Throws SicError 'state', also for one that is damaged or of a newer sic. */
export async function openColumnSets(folder: string, datatype: string): Promise<ColumnSets> {
  const path = join(folder, `accepted-${datatype}.columns.json`);
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return '[]';
    throw stateError(path, 'read', error);
  });
  const read = parsed(text);
  if (!isSets(read)) throw notUnderstood(path, 'the next run then compares every row with SuperOffice.');
  let all: readonly (readonly Place[])[] = read;
  return {
    get all() {
      return all;
    },
    find: places => all.find(set => isSame(set, places)) ?? null,
    withKnownTypes: places =>
      places.map(place => all.flat().findLast(known => known.at === place.at) ?? place),
    note: async places => {
      if (all.some(set => isSame(set, places))) return;
      all = [...all.filter(set => !contradicts(set, places)), places];
      const lines = all.map(set => JSON.stringify(set.map(({ at, type }) => ({ at, type }))));
      await replaceFile(path, file => file.writeFile(`[\n${lines.join(',\n')}\n]\n`));
    },
  };
}

export function overlap(one: readonly Place[], other: readonly Place[]): boolean {
  return one.some(({ at }) => other.some(place => place.at === at));
}

function isSame(one: readonly Place[], other: readonly Place[]): boolean {
  return (
    one.length === other.length &&
    one.every(({ at, type }, index) => at === other[index]?.at && type === other[index]?.type)
  );
}

function contradicts(one: readonly Place[], other: readonly Place[]): boolean {
  return one.some(({ at, type }) => other.some(place => place.at === at && place.type !== type));
}

function isSets(value: unknown): value is Place[][] {
  return Array.isArray(value) && value.every(set => Array.isArray(set) && set.every(isPlace));
}

export function isPlace(value: unknown): value is Place {
  return (
    typeof value === 'object' &&
    value !== null &&
    'at' in value &&
    typeof value.at === 'string' &&
    'type' in value &&
    typeof value.type === 'string'
  );
}
