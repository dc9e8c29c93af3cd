import type { PatchOperation } from './entities.ts';
import { SuperOfficeError } from './error.ts';
import type { Http } from './http.ts';
import { isObject, type JsonObject, numberOf, textOf } from './json.ts';
import { defaultOpenPoints, isRefusal, type OpenPoints } from './open-points.ts';

/** `ContactId` for Contact; messages have a name of their own (writing.md, section 5.3). */
export function idProperty(entity: string): string {
  return entity === 'TicketMessage' ? 'EjMessageId' : `${entity}Id`;
}

/** What SuperOffice says it saved. */
export interface Saved {
  readonly id: number;
  /** The name of a document's file, which the archive may have amended (writing.md, section 4); '' for other entities. */
  readonly name: string;
}

/** Answers as little as SuperOffice allows; requests and messages know no `$select`, and nobody is to be notified of them. */
function queryOf(entity: string, notified: boolean): string {
  if (entity === 'Ticket' || entity === 'TicketMessage') return notified ? 'notify=false' : '';
  return `$select=${idProperty(entity)}${entity === 'Document' ? ',Name' : ''}`;
}

function savedFrom(entity: string, json: unknown): Saved {
  const answer = isObject(json) ? json : {};
  return {
    id: numberOf(answer, idProperty(entity)),
    name: entity === 'Document' ? textOf(answer, 'Name') : '',
  };
}

/**
 * Creates a record (writing.md, section 1). Where a POST takes no address, that follows in a PATCH: when it fails, the next
 * run finds the record there and only the address to be written. Throws SuperOfficeError, with `lost` when it may exist now.
 * A body with an id would change that record instead of creating one: that is a bug and throws.
 */
export async function createRecord(
  http: Http,
  entity: string,
  body: Readonly<Record<string, unknown>>,
  openPoints: OpenPoints = defaultOpenPoints,
): Promise<Saved> {
  if (body[idProperty(entity)])
    throw new Error(`create ${entity} was given an id, which would overwrite that record`);
  const json = await http.send({
    kind: 'create',
    method: 'POST',
    path: `/v1/${entity}`,
    query: queryOf(entity, true),
    json: body,
    lacks: answer => (savedFrom(entity, answer).id > 0 ? null : 'the id of the new record'),
  });
  const saved = savedFrom(entity, json);
  if (!openPoints.postTakesAddress && isObject(body.Address))
    await sendAddress(http, entity, saved.id, body.Address);
  return saved;
}

/** Never throws a `lost` error: the record is there for certain, and a caller who looked it up would take it for whole. */
async function sendAddress(http: Http, entity: string, id: number, address: JsonObject): Promise<void> {
  try {
    await sendPatch(http, entity, id, addressOperations(address), true);
  } catch (error) {
    if (!(error instanceof SuperOfficeError) || !error.lost) throw error;
    throw new SuperOfficeError(error.message, { ...error, lost: false, cause: error });
  }
}

function addressOperations(address: JsonObject): PatchOperation[] {
  return Object.entries(address).map(([block, value]) => ({
    op: 'replace',
    path: `/Address/${block}`,
    value,
  }));
}

/** Id of the associate who made a record; 0 when SuperOffice does not say. */
export async function readCreator(http: Http, entity: string, id: number): Promise<number> {
  const path = `/v1/${entity}/${id}`;
  const json = await http.send({ kind: 'read', method: 'GET', path });
  const creator = isObject(json) ? json.CreatedBy : null;
  return isObject(creator) ? numberOf(creator, 'AssociateId') : 0;
}

/**
 * Changes a record by JSON Patch (writing.md, section 1.6). Where that empties the custom fields it does not name, they are
 * read first and sent along.
 */
export async function patchRecord(
  http: Http,
  entity: string,
  id: number,
  operations: readonly PatchOperation[],
  openPoints: OpenPoints = defaultOpenPoints,
): Promise<Saved> {
  const needsAll = !openPoints.patchKeepsCustomFields && operations.some(isOfCustomFields);
  return sendPatch(
    http,
    entity,
    id,
    needsAll ? await withAllCustomFields(http, entity, id, operations) : operations,
  );
}

function isOfCustomFields({ path }: PatchOperation): boolean {
  return path === customFieldsPath;
}

const customFieldsPath = '/CustomFields';

/** Keys that tell more about a field, and are none themselves (writing.md, section 3). */
const annotation = /:(DisplayText|DisplayTooltip|org)$/;

async function withAllCustomFields(
  http: Http,
  entity: string,
  id: number,
  operations: readonly PatchOperation[],
): Promise<PatchOperation[]> {
  const json = await http.send({
    kind: 'read',
    method: 'GET',
    path: `/v1/${entity}/${id}`,
    query: entity === 'TicketMessage' ? '' : '$select=CustomFields',
    lacks: answer => (isObject(answer) && isObject(answer.CustomFields) ? null : 'custom fields'),
  });
  const held = isObject(json) && isObject(json.CustomFields) ? json.CustomFields : {};
  const present = Object.fromEntries(Object.entries(held).filter(([key]) => !annotation.test(key)));
  return operations.map(operation =>
    isOfCustomFields(operation) && isObject(operation.value)
      ? { ...operation, value: { ...present, ...operation.value } }
      : operation,
  );
}

async function sendPatch(
  http: Http,
  entity: string,
  id: number,
  operations: readonly PatchOperation[],
  completes = false,
): Promise<Saved> {
  const json = await http.send({
    kind: 'repeatable',
    completes,
    method: 'PATCH',
    path: `/v1/${entity}/${id}`,
    query: queryOf(entity, false),
    json: operations,
    lacks: answer => (savedFrom(entity, answer).id === id ? null : `the id of record ${id}`),
  });
  return savedFrom(entity, json);
}

/**
 * Ticks and unticks interests, and leaves the others (writing.md, section 2, UpdateInterests).
 * @param completes other fields of the record were written before
 */
export async function updateInterests(
  http: Http,
  entity: string,
  id: number,
  { enable, disable }: InterestChange,
  completes = false,
): Promise<void> {
  if (enable.length === 0 && disable.length === 0) return;
  await http.send({
    kind: 'repeatable',
    completes,
    method: 'POST',
    path: `/v1/Agents/${entity}/UpdateInterests`,
    json: { [idProperty(entity)]: id, EnableInterestIds: enable, DisableInterestIds: disable },
  });
}

export interface InterestChange {
  readonly enable: readonly number[];
  readonly disable: readonly number[];
}

/**
 * Deletes a record as SuperOffice deletes (writing.md, section 1.7): companies and persons can be brought back from its
 * recycle bin for a while, requests get the status Deleted, the others are gone. One that is not there is deleted already.
 */
export async function deleteRecord(
  http: Http,
  entity: string,
  id: number,
  { refusalOfMissing }: OpenPoints = defaultOpenPoints,
): Promise<void> {
  try {
    await http.send({ kind: 'repeatable', method: 'DELETE', path: `/v1/${entity}/${id}` });
  } catch (error) {
    if (!(error instanceof SuperOfficeError)) throw error;
    if (error.status !== 404 && !isRefusal(error, refusalOfMissing)) throw error;
  }
}
