import { requireAdministrator } from '../auth/rights.ts';
import {
  BindingError,
  type Exchange,
  type Handler,
  noContent,
  ok,
  type Route,
  SandboxError,
} from '../http/exchange.ts';
import { queryValue } from '../http/names.ts';
import type { UdefField, UdefOwner } from '../store/database.ts';
import { udefOwners } from '../store/database.ts';
import { fieldInfoBase, userDefinedFieldInfo } from './carrier.ts';
import { changeDraftType, findField, removeDraftField, saveDraftField } from './draft.ts';
import { newField } from './new-field.ts';
import { isDraftChanged, publishDraft, revertDraft } from './publish.ts';
import { clearPublishStart, isPublishStarted } from './publish-events.ts';
import { readType } from './read-carrier.ts';
import { customFieldsOf } from './table-fields.ts';

/** `UdefLayout` and `CustomField` of the six entities that have user-defined fields (reading.md, section 14). */
export const layoutRoutes: readonly Route[] = udefOwners.flatMap(routesOf);

function routesOf(owner: UdefOwner): Route[] {
  const layout = `/v1/${owner}/UdefLayout`;
  const custom = `/v1/${owner}/CustomField`;
  return [
    ['GET', layout, exchange => all(exchange, owner, exchange.database.layout(owner).draft)],
    ['PUT', layout, administrator(exchange => save(exchange, owner))],
    ['POST', layout, administrator(exchange => template(exchange, owner))],
    [
      'GET',
      `${layout}/Published`,
      exchange => all(exchange, owner, exchange.database.layout(owner).published),
    ],
    [
      'GET',
      `${layout}/Published/{name}`,
      (exchange, { name = '' }) => one(exchange, owner, live(exchange, owner, name)),
    ],
    [
      'GET',
      `${layout}/Changed`,
      exchange => ok(isDraftChanged(exchange.database, owner, isMovesOnly(exchange))),
    ],
    ['GET', `${layout}/Publish`, exchange => ok(isPublishStarted(exchange.database, owner))],
    ['POST', `${layout}/Publish`, administrator(exchange => publish(exchange, owner))],
    ['POST', `${layout}/Revert`, administrator(exchange => revert(exchange, owner))],
    [
      'GET',
      `${layout}/{name}`,
      (exchange, { name = '' }) => one(exchange, owner, draft(exchange, owner, name)),
    ],
    ['DELETE', `${layout}/{name}`, administrator((exchange, { name = '' }) => remove(exchange, owner, name))],
    [
      'POST',
      `${layout}/{name}/ChangeTo/{type}`,
      administrator((exchange, { name = '', type = '' }) => changeTo(exchange, owner, name, type)),
    ],
    ['GET', custom, exchange => customFields(exchange, owner)],
    ['GET', `${custom}/{name}`, (exchange, { name = '' }) => customField(exchange, owner, name)],
  ];
}

/** Refuses ordinary users before the handler runs. */
export function administrator(handler: Handler): Handler {
  return (exchange, parameters) => {
    requireAdministrator(exchange.user);
    return handler(exchange, parameters);
  };
}

function all(exchange: Exchange, owner: UdefOwner, fields: readonly UdefField[]) {
  return ok(fields.map(field => userDefinedFieldInfo(owner, field, exchange.language)));
}

function one(exchange: Exchange, owner: UdefOwner, field: UdefField) {
  return ok(userDefinedFieldInfo(owner, field, exchange.language));
}

function draft(exchange: Exchange, owner: UdefOwner, name: string): UdefField {
  return found(findField(exchange.database.layout(owner).draft, name), name);
}

function live(exchange: Exchange, owner: UdefOwner, name: string): UdefField {
  return found(findField(exchange.database.layout(owner).published, name), name);
}

function found(field: UdefField | undefined, name: string): UdefField {
  if (!field) throw new SandboxError(404, 'SoNotFoundException', `User-defined field ${name} not found`);
  return field;
}

function template(exchange: Exchange, owner: UdefOwner) {
  const type = readType(queryValue(exchange.query, 'udefFieldType'));
  if (!type)
    throw new BindingError("The parameters dictionary contains a null entry for parameter 'udefFieldType'.");
  return one(exchange, owner, newField(type));
}

function save(exchange: Exchange, owner: UdefOwner) {
  const { body, database } = exchange;
  if (!Array.isArray(body))
    throw new BindingError("The parameters dictionary contains a null entry for parameter 'fields'.");
  for (const carrier of body) saveDraftField(database, owner, carrier);
  return all(exchange, owner, database.layout(owner).draft);
}

function remove(exchange: Exchange, owner: UdefOwner, name: string) {
  removeDraftField(exchange.database, owner, draft(exchange, owner, name));
  return noContent;
}

function changeTo(exchange: Exchange, owner: UdefOwner, name: string, typeName: string) {
  const field = draft(exchange, owner, name);
  const isIndexed = queryValue(exchange.query, 'isIndexed');
  const type = readType(typeName) ?? field.type;
  const changed = changeDraftType(
    exchange.database,
    owner,
    field,
    type,
    isIndexed === undefined ? undefined : isTrue(isIndexed),
  );
  return one(exchange, owner, changed);
}

function isMovesOnly(exchange: Exchange): boolean {
  return isTrue(queryValue(exchange.query, 'columnChangesOnly'));
}

function isTrue(text: string | undefined): boolean {
  return text?.toLowerCase() === 'true';
}

function publish(exchange: Exchange, owner: UdefOwner) {
  const version = publishDraft(exchange.database, owner);
  clearPublishStart(exchange.database, owner);
  return ok(version);
}

function revert(exchange: Exchange, owner: UdefOwner) {
  revertDraft(exchange.database, owner);
  return noContent;
}

function customFields(exchange: Exchange, owner: UdefOwner) {
  return ok(customFieldsOf(exchange, owner));
}

function customField(exchange: Exchange, owner: UdefOwner, name: string) {
  return ok(fieldInfoBase(owner, live(exchange, owner, name), exchange.language));
}
