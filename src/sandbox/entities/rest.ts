import { type Answer, type Exchange, ok, type Route, SandboxError } from '../http/exchange.ts';
import { isObject, pick } from '../http/names.ts';
import { entityCarrier, linkedCarrier, readingOf, selectionOf } from './carrier.ts';
import { assertUnmodified, isUnmodified } from './conditions.ts';
import type { Draft } from './draft.ts';
import type { Entity } from './entity.ts';
import { missingMandatory } from './mandatory.ts';
import { badArgumentErrorType, deleteOfMissingIs404, postWithIdKeepsOmitted } from './open-points.ts';
import { applyOperation } from './patch/apply.ts';
import { PatchDocument } from './patch/document.ts';
import { applyMerge } from './patch/merge.ts';
import { parseOperations } from './patch/operation.ts';
import { examine, layOver, newDraft, replaceWith, save } from './save.ts';
import {
  defaultRecord,
  deleteRecord,
  draftOf,
  labelOf,
  liveRow,
  requireRow,
  savedRecord,
  writingOf,
} from './store.ts';
import { toInteger } from './values.ts';

type JsonObject = Readonly<Record<string, unknown>>;

/** The verbs that all entities answer (writing.md, section 1.2). */
export function restRoutes(entity: Entity): Route[] {
  const root = `/v1/${entity.name}`;
  return [
    ['GET', `${root}/default`, exchange => ok(entityCarrier(entity, defaultRecord(exchange, entity), null))],
    ['POST', root, exchange => answer(entity, exchange, savePosted(entity, exchange))],
    ['POST', `${root}/Validate`, exchange => ok(validate(entity, exchange, requireBody(exchange)))],
    ['GET', `${root}/{id}`, (exchange, parameters) => get(entity, exchange, idIn(parameters))],
    [
      'PUT',
      `${root}/{id}`,
      (exchange, parameters) => answer(entity, exchange, savePut(entity, exchange, idIn(parameters))),
    ],
    [
      'PATCH',
      `${root}/{id}`,
      (exchange, parameters) => answer(entity, exchange, savePatched(entity, exchange, idIn(parameters))),
    ],
    ['DELETE', `${root}/{id}`, (exchange, parameters) => remove(entity, exchange, idIn(parameters))],
    ...simpleRoutes(entity, root),
  ];
}

function simpleRoutes(entity: Entity, root: string): Route[] {
  const { simple } = entity;
  if (!simple) return [];
  return [
    [
      'GET',
      `${root}/{id}/Simple`,
      (exchange, parameters) => {
        const id = idIn(parameters);
        requireRow(exchange, entity, id);
        return ok(simple(id, readingOf(exchange)));
      },
    ],
  ];
}

function get(entity: Entity, exchange: Exchange, id: number): Answer {
  const record = savedRecord(exchange, entity, id);
  if (isUnmodified(exchange, record.row)) return { status: 304 };
  return ok(linkedCarrier(entity, record, selectionOf(exchange)));
}

/** Without an id a new record over the defaults; with one a save of that record, 404 when there is none. Answers the id. */
export function savePosted(entity: Entity, exchange: Exchange): number {
  const body = requireBody(exchange);
  const draft = draftFor(entity, exchange, body, true);
  layBody(entity, draft, body);
  return save(entity, draft, true);
}

/** A draft on the record that the body names, else a new one. Throws 404 for an id that does not exist. */
export function draftFor(entity: Entity, exchange: Exchange, body: JsonObject, withDefaults: boolean): Draft {
  const id = toInteger(pick(body, entity.idProperty)) ?? 0;
  return id === 0
    ? newDraft(entity, writingOf(exchange), withDefaults)
    : draftOf(exchange, requireRow(exchange, entity, id));
}

export function layBody(entity: Entity, draft: Draft, body: JsonObject): void {
  if (draft.before === null || postWithIdKeepsOmitted) layOver(entity, draft, body);
  else replaceWith(entity, draft, body);
}

/** Saves the body as the whole record. Answers the id. */
export function savePut(entity: Entity, exchange: Exchange, id: number): number {
  const body = requireBody(exchange);
  const row = requireRow(exchange, entity, id);
  assertUnmodified(exchange, row, labelOf(entity, id));
  const draft = draftOf(exchange, row);
  replaceWith(entity, draft, body);
  return save(entity, draft, false);
}

/** Applies a patch of either form. Answers the id. */
export function savePatched(entity: Entity, exchange: Exchange, id: number): number {
  const record = savedRecord(exchange, entity, id);
  assertUnmodified(exchange, record.row, labelOf(entity, id));
  const document = new PatchDocument(entity, record);
  const { body } = exchange;
  if (Array.isArray(body)) for (const operation of parseOperations(body)) applyOperation(document, operation);
  else applyMerge(document, requireBody(exchange));
  const draft = draftOf(exchange, record.row);
  document.writeTo(draft);
  return save(entity, draft, false);
}

function remove(entity: Entity, exchange: Exchange, id: number): Answer {
  const row = deleteOfMissingIs404 ? requireRow(exchange, entity, id) : liveRow(exchange, entity, id);
  if (row) {
    assertUnmodified(exchange, row, labelOf(entity, id));
    deleteRecord(exchange, entity, id);
  }
  return { status: 204 };
}

/** `{}` or `{ "Field": "message" }`: everything a save would refuse, and the mandatory fields left empty. */
export function validate(entity: Entity, exchange: Exchange, body: JsonObject): Record<string, string> {
  const draft = draftFor(entity, exchange, body, true);
  layBody(entity, draft, body);
  const result: Record<string, string> = {};
  for (const { field, message } of [...examine(entity, draft, true), ...missingMandatory(entity, draft)])
    result[field] ??= message;
  return result;
}

function answer(entity: Entity, exchange: Exchange, id: number): Answer {
  return ok(linkedCarrier(entity, savedRecord(exchange, entity, id), selectionOf(exchange)));
}

/** Throws 400 unless the body is a JSON object. */
export function requireBody(exchange: Exchange): JsonObject {
  if (isObject(exchange.body)) return exchange.body;
  throw new SandboxError(400, badArgumentErrorType, 'The request has no body, or one that is no entity');
}

/** Ids are whole numbers; any other text in the id's place is an unknown URL. */
export function idIn(parameters: Readonly<Record<string, string>>, name = 'id'): number {
  const id = toInteger(parameters[name]);
  if (id === undefined)
    throw new SandboxError(
      404,
      'SoNotFoundException',
      `There is nothing at this address: ${parameters[name]}`,
    );
  return id;
}
