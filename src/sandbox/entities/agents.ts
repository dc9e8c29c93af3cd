import { BindingError, type Exchange, ok, type Route } from '../http/exchange.ts';
import { isObject, pick, queryValue } from '../http/names.ts';
import { entityCarrier, selectionOf } from './carrier.ts';
import type { Entity } from './entity.ts';
import { agentSaveOverlaysDefaults } from './open-points.ts';
import { type InterestStore, selectedInterests, selectInterests } from './properties/interests.ts';
import { idsIn, refusal } from './requests.ts';
import { draftFor, layBody, requireBody, validate } from './rest.ts';
import { save } from './save.ts';
import { updatedStamp } from './stamps.ts';
import { defaultRecord, deleteRecord, liveRow, savedRecord } from './store.ts';
import { toInteger } from './values.ts';

/** The agents' twins of the verbs: POST only, no links, no 404 (writing.md, section 1.7). */
export function agentRoutes(entity: Entity): Route[] {
  const { name } = entity;
  const root = `/v1/Agents/${name}`;
  return [
    [
      'POST',
      `${root}/CreateDefault${name}Entity`,
      exchange => ok(entityCarrier(entity, defaultRecord(exchange, entity), null)),
    ],
    ['POST', `${root}/Get${name}Entity`, exchange => ok(find(entity, exchange, entityId(entity, exchange)))],
    ['POST', `${root}/Save${name}Entity`, exchange => ok(saveEntity(entity, exchange))],
    [
      'POST',
      `${root}/Delete${name}Entity`,
      exchange => {
        const id = entityId(entity, exchange);
        if (liveRow(exchange, entity, id)) deleteRecord(exchange, entity, id);
        return { status: 204 };
      },
    ],
    [
      'POST',
      `${root}/Validate${name}Entity`,
      exchange => {
        const body = pick(exchange.body, `${name}Entity`);
        return ok(validate(entity, exchange, isObject(body) ? body : requireBody(exchange)));
      },
    ],
  ];
}

/** `UpdateInterests`: 204, and 400 when an interest is to be both (writing.md, section 2). */
export function interestRoute(entity: Entity, store: InterestStore): Route {
  return [
    'POST',
    `/v1/Agents/${entity.name}/UpdateInterests`,
    exchange => {
      const { database, body, now, user } = exchange;
      const id = toInteger(pick(body, entity.idProperty)) ?? 0;
      const row = liveRow(exchange, entity, id);
      if (!row) throw refusal(`there is no ${entity.name} with ${entity.idProperty} ${id}`);
      const enable = idsIn(pick(body, 'EnableInterestIds'), 'EnableInterestIds');
      const disable = new Set(idsIn(pick(body, 'DisableInterestIds'), 'DisableInterestIds'));
      const both = enable.find(item => disable.has(item));
      if (both !== undefined) throw refusal(`interest ${both} is to be enabled and disabled`);
      const unknown = enable.find(item => !database.table(store.list).get(item));
      if (unknown !== undefined) throw refusal(`list ${store.list} has no item ${unknown}`);
      const wanted = new Set(
        [...selectedInterests(database, store, id), ...enable].filter(item => !disable.has(item)),
      );
      if (selectInterests(database, store, id, wanted))
        database.table(entity.table).update(id, updatedStamp(row, now, user.associateId));
      return { status: 204 };
    },
  ];
}

function saveEntity(entity: Entity, exchange: Exchange): unknown {
  return find(entity, exchange, saveBody(entity, exchange, requireBody(exchange)));
}

/** Saves an entity that an agent's request carries. Answers the id. */
export function saveBody(
  entity: Entity,
  exchange: Exchange,
  body: Readonly<Record<string, unknown>>,
): number {
  const draft = draftFor(entity, exchange, body, agentSaveOverlaysDefaults);
  layBody(entity, draft, body);
  return save(entity, draft, agentSaveOverlaysDefaults);
}

/** The carrier as agents answer it; null for a record that does not exist. */
export function find(entity: Entity, exchange: Exchange, id: number): unknown {
  if (!liveRow(exchange, entity, id)) return null;
  return entityCarrier(entity, savedRecord(exchange, entity, id), selectionOf(exchange));
}

/** `?contactEntityId=5`, in any case: the official client writes it in two ways. Without it the model binder refuses. */
export function entityId(entity: Entity, exchange: Exchange): number {
  const name = `${entity.name.charAt(0).toLowerCase()}${entity.name.slice(1)}EntityId`;
  const id = toInteger(queryValue(exchange.query, name));
  if (id === undefined)
    throw new BindingError(`The parameters dictionary contains a null entry for parameter '${name}'.`);
  return id;
}
