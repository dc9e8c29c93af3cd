import { type Exchange, ok, type Route } from '../http/exchange.ts';
import { addDefinition, changeDefinition, listEntityJson, removeDefinition } from './definitions.ts';
import { resolveList } from './list-target.ts';
import { queryFlag } from './requests.ts';

/** Where the list's own description is, as `ListEntityWithLinks` says it. */
function withLinks(exchange: Exchange, id: number): Record<string, unknown> {
  const json = listEntityJson(exchange.database, id, exchange.language);
  return { ...json, _Links: { Self: `${exchange.apiRoot}/v1/List/${id}` } };
}

function idOf(exchange: Exchange, parameters: Readonly<Record<string, string>>): number {
  return resolveList(exchange.database, parameters.list ?? '').listId;
}

/** All lists, by rank. */
export function allDefinitions(exchange: Exchange, includeDeleted: boolean): Record<string, unknown>[] {
  const { database, language } = exchange;
  return [...database.table('udlistdefinition').rows]
    .filter(([, row]) => includeDeleted || row.deleted !== 1)
    .sort(([, a], [, b]) => Number(a.rank) - Number(b.rank))
    .map(([id]) => listEntityJson(database, id, language));
}

const emptyDefinition: Readonly<Record<string, unknown>> = {
  Id: 0,
  Name: '',
  Tooltip: '',
  Deleted: false,
  Rank: 0,
  IsCustomList: true,
  IsMDOList: false,
  UseGroupsAndHeadings: false,
  ListType: '',
  InUseByUserDefinedFields: false,
  TableRight: null,
  FieldProperties: {},
};

/** `/v1/List` and `/v1/List/{X}`: the lists themselves (reading.md, section 12.2). */
export const definitionRoutes: readonly Route[] = [
  ['GET', '/v1/List', exchange => ok(allDefinitions(exchange, queryFlag(exchange, 'includeDeleted')))],
  ['POST', '/v1/List', exchange => ok(withLinks(exchange, addDefinition(exchange.database, exchange.body)))],
  ['GET', '/v1/List/default', () => ok(emptyDefinition)],
  ['GET', '/v1/List/{list}', (exchange, parameters) => ok(withLinks(exchange, idOf(exchange, parameters)))],
  [
    'PUT',
    '/v1/List/{list}',
    (exchange, parameters) => {
      const id = idOf(exchange, parameters);
      changeDefinition(exchange.database, id, exchange.body);
      return ok(withLinks(exchange, id));
    },
  ],
  [
    'DELETE',
    '/v1/List/{list}',
    (exchange, parameters) => {
      removeDefinition(exchange.database, idOf(exchange, parameters));
      return { status: 204 };
    },
  ],
];
