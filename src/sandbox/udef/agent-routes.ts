import {
  type Answer,
  BindingError,
  type Exchange,
  noContent,
  ok,
  type Route,
  SandboxError,
} from '../http/exchange.ts';
import { pick, queryValue } from '../http/names.ts';
import { type UdefField, type UdefOwner, udefOwners } from '../store/database.ts';
import { userDefinedFieldInfo } from './carrier.ts';
import { progIdOf } from './columns.ts';
import { changeDraftType, findByLabel, findField, removeDraftField, saveDraftField } from './draft.ts';
import { administrator } from './layout-routes.ts';
import { newField } from './new-field.ts';
import { isDraftChanged, publishDraft, revertDraft } from './publish.ts';
import { clearPublishStart, isAnyPublishStarted, isPublishStarted, startPublish } from './publish-events.ts';
import { readType } from './read-carrier.ts';
import { tableField, tableFields } from './table-fields.ts';

type Operation = (exchange: Exchange) => Answer;
type Stage = 'draft' | 'published';

/** Operations that only read. What is not found is 200 with null, as agents have it (reading.md, section 6.4). */
const readers: Readonly<Record<string, Operation>> = {
  GetUserDefinedFieldList: exchange => list(exchange, 'draft'),
  GetPublishedUserDefinedFieldList: exchange => list(exchange, 'published'),
  GetUserDefinedFieldFromProgId: exchange => byProgId(exchange, 'draft'),
  GetPublishedUserDefinedFieldFromProgId: exchange => byProgId(exchange, 'published'),
  GetUserDefinedFieldFromFieldLabel: exchange => byLabel(exchange, 'draft'),
  GetPublishedUserDefinedFieldFromFieldLabel: exchange => byLabel(exchange, 'published'),
  GetUserDefinedFieldFromProgIds: byProgIds,
  GetUserDefinedFieldFromIds: byIds,
  GetUserDefinedFieldInfo: byId,
  CreateDefaultUserDefinedFieldInfo: exchange => answer(exchange, 'Contact', newField('ShortText')),
  DetectUnpublishedChanges: exchange => ok(isDraftChanged(exchange.database, ownerOf(exchange.body), false)),
  DetectColumnIdChanges: exchange => ok(isDraftChanged(exchange.database, ownerOf(exchange.body), true)),
  IsPublishEventActive: exchange => ok(isPublishStarted(exchange.database, ownerOf(exchange.body))),
  IsAnyPublishEventActive: exchange => ok(isAnyPublishStarted(exchange.database)),
  GetCustomFieldInfoList: customFields,
  GetCustomFieldInfo: customField,
  ClearCaches: () => noContent,
};

const writers: Readonly<Record<string, Operation>> = {
  CreateUserDefinedFieldInfo: create,
  SaveUserDefinedFieldInfo: save,
  SaveUserDefinedFieldInfos: saveAll,
  DeleteUserDefinedFieldInfo: remove,
  ChangeFieldType: changeType,
  SetPublishStartSystemEvent: announce,
  Publish: publish,
  Revert: revert,
};

/** The agent twin of the layout endpoints (reading.md, section 14.4). */
export const udefAgentRoutes: readonly Route[] = [
  ...routes(readers),
  ...routes(writers).map(([method, pattern, handler]): Route => [method, pattern, administrator(handler)]),
  ['POST', '/v1/Agents/Configuration/RebuildUdefDeltas', administrator(() => noContent)],
];

function routes(operations: Readonly<Record<string, Operation>>): Route[] {
  return Object.entries(operations).map(([name, operation]) => [
    'POST',
    `/v1/Agents/UserDefinedFieldInfo/${name}`,
    operation,
  ]);
}

function ownerOf(body: unknown, property = 'OwnerType'): UdefOwner {
  const name = String(pick(body, property) ?? '').toLowerCase();
  const owner = udefOwners.find(candidate => candidate.toLowerCase() === name);
  if (!owner)
    throw new SandboxError(400, 'ArgumentException', `${property} '${name}' has no user-defined fields`);
  return owner;
}

function answer(exchange: Exchange, owner: UdefOwner, field: UdefField | undefined): Answer {
  return ok(field ? userDefinedFieldInfo(owner, field, exchange.language) : null);
}

function fieldsOf(exchange: Exchange, stage: Stage): readonly UdefField[] {
  return exchange.database.layout(ownerOf(exchange.body))[stage];
}

function list(exchange: Exchange, stage: Stage): Answer {
  const owner = ownerOf(exchange.body);
  return ok(fieldsOf(exchange, stage).map(field => userDefinedFieldInfo(owner, field, exchange.language)));
}

function byProgId(exchange: Exchange, stage: Stage): Answer {
  const progId = pick(exchange.body, 'ProgId');
  const field = fieldsOf(exchange, stage).find(candidate => progIdOf(candidate) === progId);
  return answer(exchange, ownerOf(exchange.body), field);
}

function byLabel(exchange: Exchange, stage: Stage): Answer {
  const label = String(pick(exchange.body, 'FieldLabel') ?? '');
  return answer(exchange, ownerOf(exchange.body), findByLabel(fieldsOf(exchange, stage), label));
}

function byProgIds(exchange: Exchange): Answer {
  const owner = ownerOf(exchange.body);
  const wanted = pick(exchange.body, 'ProgIds');
  const fields = fieldsOf(exchange, 'draft').filter(
    field => Array.isArray(wanted) && wanted.includes(progIdOf(field)),
  );
  return ok(fields.map(field => userDefinedFieldInfo(owner, field, exchange.language)));
}

function byIds(exchange: Exchange): Answer {
  const wanted = pick(exchange.body, 'Ids');
  const found = Array.isArray(wanted) ? wanted.flatMap(id => withId(exchange, Number(id)) ?? []) : [];
  return ok(found.map(({ owner, field }) => userDefinedFieldInfo(owner, field, exchange.language)));
}

function byId(exchange: Exchange): Answer {
  const found = withId(exchange, idInQuery(exchange));
  return found ? answer(exchange, found.owner, found.field) : ok(null);
}

function idInQuery(exchange: Exchange): number {
  const id = queryValue(exchange.query, 'userDefinedFieldInfoId');
  if (id === undefined || !/^\d+$/.test(id))
    throw new BindingError(
      "The parameters dictionary contains a null entry for parameter 'userDefinedFieldInfoId'.",
    );
  return Number(id);
}

function withId(
  exchange: Exchange,
  id: number,
): { readonly owner: UdefOwner; readonly field: UdefField } | undefined {
  for (const owner of udefOwners) {
    const field = exchange.database.layout(owner).draft.find(candidate => candidate.udefFieldId === id);
    if (field) return { owner, field };
  }
  return undefined;
}

function create(exchange: Exchange): Answer {
  const type = readType(pick(exchange.body, 'FieldType')) ?? 'ShortText';
  return answer(exchange, ownerOf(exchange.body), newField(type));
}

function save(exchange: Exchange): Answer {
  const owner = ownerOf(exchange.body, 'Type');
  return answer(exchange, owner, saveDraftField(exchange.database, owner, exchange.body));
}

function saveAll(exchange: Exchange): Answer {
  const infos = pick(exchange.body, 'Infos');
  if (!Array.isArray(infos))
    throw new BindingError("The parameters dictionary contains a null entry for parameter 'infos'.");
  for (const info of infos) saveDraftField(exchange.database, ownerOf(info, 'Type'), info);
  return noContent;
}

function remove(exchange: Exchange): Answer {
  const found = withId(exchange, idInQuery(exchange));
  if (found) removeDraftField(exchange.database, found.owner, found.field);
  return noContent;
}

function changeType(exchange: Exchange): Answer {
  const info = pick(exchange.body, 'Info');
  const owner = ownerOf(info, 'Type');
  const { draft } = exchange.database.layout(owner);
  const field = findField(draft, String(pick(info, 'UDefFieldId') ?? ''));
  const type = readType(pick(exchange.body, 'FieldType'));
  if (!field || !type) return ok(null);
  const isIndexed = pick(exchange.body, 'IsIndexed') === true;
  return answer(exchange, owner, changeDraftType(exchange.database, owner, field, type, isIndexed));
}

function announce(exchange: Exchange): Answer {
  startPublish(exchange.database, ownerOf(exchange.body));
  return noContent;
}

function publish(exchange: Exchange): Answer {
  const owner = ownerOf(exchange.body);
  if (!isPublishStarted(exchange.database, owner))
    throw new SandboxError(
      400,
      'SoIllegalOperationException',
      'Publishing must be announced with SetPublishStartSystemEvent first',
    );
  const version = publishDraft(exchange.database, owner);
  clearPublishStart(exchange.database, owner);
  return ok(version);
}

function revert(exchange: Exchange): Answer {
  revertDraft(exchange.database, ownerOf(exchange.body));
  return noContent;
}

function customFields(exchange: Exchange): Answer {
  const includeStandard = pick(exchange.body, 'IncludeStandard') === true;
  const table = String(pick(exchange.body, 'TableName') ?? '');
  return ok(tableFields(exchange, table, includeStandard) ?? null);
}

function customField(exchange: Exchange): Answer {
  const { body } = exchange;
  const name = String(pick(body, 'FieldName') ?? '');
  return ok(tableField(exchange, String(pick(body, 'TableName') ?? ''), name) ?? null);
}
