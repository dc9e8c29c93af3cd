import type { UdefDefinition } from '../superoffice.ts';
import type { Bench } from './bench.ts';

/** A record needs no more than this to be made. */
const nameProperties = { Contact: 'Name', Project: 'Name', Sale: 'Heading', Person: 'Lastname' } as const;
type Entity = keyof typeof nameProperties;

export interface FoundFields {
  readonly entity: Entity;
  readonly fields: readonly UdefDefinition[];
  /** Body of a new record with the mark in its name. */
  readonly body: Readonly<Record<string, string>>;
}

/**
 * An entity that has so many user-defined fields of a kind, with those. Fields that people may write come first: one that
 * is for reading only is mostly the user key. null: no entity has them.
 */
export async function entityWith(
  bench: Bench,
  fits: (field: UdefDefinition) => boolean,
  count: number,
): Promise<FoundFields | null> {
  for (const [entity, nameProperty] of Object.entries(nameProperties) as [Entity, string][]) {
    const all = [...(await bench.superoffice.udefs(entity)).values()].filter(fits);
    const fields = [...all.filter(field => !field.readOnly), ...all.filter(field => field.readOnly)];
    if (fields.length >= count)
      return { entity, fields: fields.slice(0, count), body: { [nameProperty]: bench.mark } };
  }
  return null;
}

export function isText({ type }: UdefDefinition): boolean {
  return type === 'ShortText' || type === 'LongText';
}
