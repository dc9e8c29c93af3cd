import { foreignKeysOf } from '../../foreign/of-record.ts';
import { type Answer, type Exchange, noContent, ok, type Route } from '../../http/exchange.ts';
import { queryValue } from '../../http/names.ts';
import type { DbRow } from '../../store/table.ts';
import { entityCarrier, linkedCarrier, selectionOf } from '../carrier.ts';
import type { Entity } from '../entity.ts';
import { idIn, savePatched, savePosted, savePut } from '../rest.ts';
import { defaultRecord, requireRow, savedRecord } from '../store.ts';

/** In what the verbs of customer service differ from each other (writing.md, section 1.2). */
interface Verbs {
  /** Which answers carry `_Links`. */
  readonly links: 'none' | 'read' | 'all';
  /** Absent: there is no DELETE. */
  readonly remove?: (exchange: Exchange, row: DbRow) => void;
}

/**
 * REST verbs of an entity of customer service: no `Validate`, and neither `If-Modified-Since` nor `If-Unmodified-Since`
 * is looked at. `?notify=` concerns people who are told by means that the sandbox does not have: it changes nothing.
 */
export function serviceVerbs(entity: Entity, { links, remove }: Verbs): Route[] {
  const root = `/v1/${entity.name}`;
  const answer = (exchange: Exchange, id: number, linked: boolean): Answer => {
    const record = savedRecord(exchange, entity, id);
    const carrier = (linked ? linkedCarrier : entityCarrier)(entity, record, selectionOf(exchange));
    return ok(withForeignKeys(exchange, entity, id, carrier));
  };
  const written = (exchange: Exchange, id: number): Answer => answer(exchange, id, links === 'all');
  return [
    ['GET', `${root}/default`, exchange => ok(entityCarrier(entity, defaultRecord(exchange, entity), null))],
    ['POST', root, exchange => written(exchange, savePosted(entity, exchange))],
    ['GET', `${root}/{id}`, (exchange, parameters) => answer(exchange, idIn(parameters), links !== 'none')],
    [
      'PUT',
      `${root}/{id}`,
      (exchange, parameters) => written(exchange, savePut(entity, exchange, idIn(parameters))),
    ],
    [
      'PATCH',
      `${root}/{id}`,
      (exchange, parameters) => written(exchange, savePatched(entity, exchange, idIn(parameters))),
    ],
    ...(remove === undefined ? [] : [removeRoute(entity, remove)]),
  ];
}

function removeRoute(entity: Entity, remove: (exchange: Exchange, row: DbRow) => void): Route {
  return [
    'DELETE',
    `/v1/${entity.name}/{id}`,
    (exchange, parameters) => {
      remove(exchange, requireRow(exchange, entity, idIn(parameters)));
      return noContent;
    },
  ];
}

/** `?fk=true` puts the record's foreign keys among its extra fields, as `app.device.key` (writing.md, section 1.2). */
function withForeignKeys(
  exchange: Exchange,
  entity: Entity,
  id: number,
  carrier: Record<string, unknown>,
): Record<string, unknown> {
  if (queryValue(exchange.query, 'fk')?.toLowerCase() !== 'true' || !carrier.ExtraFields) return carrier;
  const keys = foreignKeysOf(exchange.database, entity.table, id);
  return { ...carrier, ExtraFields: { ...carrier.ExtraFields, ...keys } };
}

/** `GET {id}/ForeignKey`: the same keys alone. */
export function foreignKeyRoute(entity: Entity): Route {
  return [
    'GET',
    `/v1/${entity.name}/{id}/ForeignKey`,
    (exchange, parameters) => {
      const id = idIn(parameters);
      requireRow(exchange, entity, id);
      return ok(foreignKeysOf(exchange.database, entity.table, id));
    },
  ];
}
