import type { PatchOperation } from './entities.ts';
import type { Http } from './http.ts';
import { isObject, numberOf } from './json.ts';

/** `ContactId` for Contact. */
function idProperty(entity: string): string {
  return `${entity}Id`;
}

/**
 * Creates a record and answers its id (writing.md, section 1). Throws SuperOfficeError, with `lost` when it may exist now.
 * A body with an id would change that record instead of creating one: that is a bug and throws.
 */
export async function createRecord(
  http: Http,
  entity: string,
  body: Readonly<Record<string, unknown>>,
): Promise<number> {
  const property = idProperty(entity);
  if (body[property]) throw new Error(`create ${entity} was given an id, which would overwrite that record`);
  const json = await http.send({
    kind: 'create',
    method: 'POST',
    path: `/v1/${entity}`,
    query: `$select=${property}`,
    json: body,
    lacks: answer => (isObject(answer) && numberOf(answer, property) > 0 ? null : 'the id of the new record'),
  });
  return isObject(json) ? numberOf(json, property) : 0;
}

/** Changes a record by JSON Patch (writing.md, section 1.6). No operations: no request. */
export async function patchRecord(
  http: Http,
  entity: string,
  id: number,
  operations: readonly PatchOperation[],
): Promise<void> {
  if (operations.length === 0) return;
  const property = idProperty(entity);
  await http.send({
    kind: 'repeatable',
    method: 'PATCH',
    path: `/v1/${entity}/${id}`,
    query: `$select=${property}`,
    json: operations,
    lacks: answer =>
      isObject(answer) && numberOf(answer, property) === id ? null : `the id of record ${id}`,
  });
}

/** Ticks interests and leaves the others (writing.md, section 2, UpdateInterests). */
export async function addInterests(
  http: Http,
  entity: 'Contact' | 'Person',
  id: number,
  interestIds: readonly number[],
): Promise<void> {
  if (interestIds.length === 0) return;
  await http.send({
    kind: 'repeatable',
    method: 'POST',
    path: `/v1/Agents/${entity}/UpdateInterests`,
    json: { [idProperty(entity)]: id, EnableInterestIds: interestIds, DisableInterestIds: [] },
  });
}
