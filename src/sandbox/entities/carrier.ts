import type { Exchange } from '../http/exchange.ts';
import { zoneSuffix } from '../http/time-zone.ts';
import { type Entity, udefOwnerOf } from './entity.ts';
import type { EntityRecord, Reading } from './property.ts';

/** Lower-case property names of `$select`, or null for all (reading.md, section 11.1). */
type Selection = ReadonlySet<string> | null;

export function selectionOf(exchange: Exchange): Selection {
  const select = exchange.query.get('$select');
  if (select === null || select.trim() === '') return null;
  return new Set(select.split(',').map(name => name.trim().toLowerCase()));
}

export function readingOf(exchange: Exchange): Reading {
  const { database, language, headers, apiRoot } = exchange;
  return { database, language, zone: zoneSuffix(headers), root: `${apiRoot}/v1` };
}

/**
 * The entity's carrier. Only selected properties are read from the tables, the others are null: that is what makes
 * `$select=ContactId` cheap.
 */
export function entityCarrier(
  entity: Entity,
  record: EntityRecord,
  selection: Selection,
): Record<string, unknown> {
  const carrier: Record<string, unknown> = {};
  for (const { name, read } of entity.all)
    carrier[name] = selection === null || selection.has(name.toLowerCase()) ? read(record) : null;
  return carrier;
}

/** The carrier as REST answers it: with `_Links`, which count as a property. */
export function linkedCarrier(
  entity: Entity,
  record: EntityRecord,
  selection: Selection,
): Record<string, unknown> {
  const carrier = entityCarrier(entity, record, selection);
  carrier._Links = selection === null || selection.has('_links') ? links(entity, record) : null;
  return carrier;
}

function links(entity: Entity, record: EntityRecord): Record<string, string> {
  const base = `${record.reading.root}/${entity.name}`;
  const result: Record<string, string> = {
    Self: `${base}/${record.id}`,
    ...(entity.simple ? { 'Self.Simple': `${base}/${record.id}/Simple` } : {}),
    ...(udefOwnerOf(entity.name) === undefined ? {} : { UdefLayout: `${base}/UdefLayout/Published` }),
  };
  for (const [name, path] of Object.entries(entity.links?.(record) ?? {}))
    result[name] = `${record.reading.root}/${path}`;
  for (const { name, list } of entity.properties)
    if (list !== undefined) result[`${name}.List`] = `${record.reading.root}/MDOList/${list}`;
  result.Archive = base;
  for (const archive of entity.archives) result[`Archive.${archive}`] = `${base}/${record.id}/${archive}`;
  return result;
}
