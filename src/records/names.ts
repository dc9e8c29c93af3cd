import type { Field } from '../datatypes/field.ts';
import type { Associate, Country, SuperOffice, SuperOfficeList } from '../superoffice/superoffice.ts';

/** The slow-moving things that records refer to by id and files by name. */
export interface Names {
  /** By the list names of the fields they were read for. */
  readonly lists: ReadonlyMap<string, SuperOfficeList>;
  readonly associates: readonly Associate[];
  readonly countries: readonly Country[];
}

/** Reads what these fields need, and no more. Each list is read once per run. Throws SuperOfficeError. */
export async function readNames(superoffice: SuperOffice, fields: readonly Field[]): Promise<Names> {
  const listNames = [...new Set(fields.flatMap(field => (field.list === undefined ? [] : [field.list])))];
  const needs = (kind: Field['kind']): boolean => fields.some(field => field.kind === kind);
  const [associates, countries, ...lists] = await Promise.all([
    needs('associate') ? superoffice.associates() : Promise.resolve([]),
    needs('country') ? superoffice.countries() : Promise.resolve([]),
    ...listNames.map(name => superoffice.list(name)),
  ]);
  return {
    associates,
    countries,
    lists: new Map(lists.map((list, index) => [listNames[index] ?? list.name, list])),
  };
}

const indexes = new WeakMap<object, ReadonlyMap<number, unknown>>();

/** The one with that id. Looked up for every row, so an index is made once. */
export function byId<T extends { readonly id: number }>(things: readonly T[], id: number): T | undefined {
  let index = indexes.get(things) as ReadonlyMap<number, T> | undefined;
  if (!index) {
    index = new Map(things.map(thing => [thing.id, thing]));
    indexes.set(things, index);
  }
  return index.get(id);
}
