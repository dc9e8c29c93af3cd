import { type Exchange, ok, type Route, SandboxError } from '../http/exchange.ts';
import { headingJson, headingsOf, removeHeadings, saveHeading } from './headings.ts';
import { groupsOfItem, headingsOfItem, saveGroupsOfItem, saveHeadingsOfItem } from './item-ties.ts';
import { itemOf, resolveList } from './list-target.ts';
import { idParameter } from './requests.ts';

type Parameters = Readonly<Record<string, string>>;

function listIdOf(exchange: Exchange, parameters: Parameters): number {
  return resolveList(exchange.database, parameters.list ?? '').listId;
}

/** List and item of the address; 404 when the item is not in the list. */
function placeOf(exchange: Exchange, parameters: Parameters): readonly [listId: number, itemId: number] {
  const target = resolveList(exchange.database, parameters.list ?? '');
  const itemId = idParameter(parameters, 'id');
  itemOf(target, itemId);
  return [target.listId, itemId];
}

function headingsAnswer({ database, language }: Exchange, listId: number) {
  return ok(headingsOf(database, listId).map(([id, row]) => headingJson(id, row, language)));
}

/** How a list is shown: headings, and the user groups that see an item (reading.md, section 12.2). */
export const layoutRoutes: readonly Route[] = [
  [
    'GET',
    '/v1/List/{list}/Items/{id}/UserGroups',
    (exchange, parameters) =>
      ok(groupsOfItem(exchange.database, ...placeOf(exchange, parameters), exchange.language)),
  ],
  [
    'PUT',
    '/v1/List/{list}/Items/{id}/UserGroups',
    (exchange, parameters) => {
      const place = placeOf(exchange, parameters);
      saveGroupsOfItem(exchange.database, ...place, exchange.body);
      return ok(groupsOfItem(exchange.database, ...place, exchange.language));
    },
  ],
  [
    'GET',
    '/v1/List/{list}/Items/{id}/Headings',
    (exchange, parameters) =>
      ok(headingsOfItem(exchange.database, ...placeOf(exchange, parameters), exchange.language)),
  ],
  [
    'PUT',
    '/v1/List/{list}/Items/{id}/Headings',
    (exchange, parameters) => {
      const place = placeOf(exchange, parameters);
      saveHeadingsOfItem(exchange.database, ...place, exchange.body);
      return ok(headingsOfItem(exchange.database, ...place, exchange.language));
    },
  ],
  [
    'GET',
    '/v1/List/{list}/Headings',
    (exchange, parameters) => headingsAnswer(exchange, listIdOf(exchange, parameters)),
  ],
  [
    'POST',
    '/v1/List/{list}/Headings',
    (exchange, parameters) => {
      const { database, body, language } = exchange;
      const id = saveHeading(database, listIdOf(exchange, parameters), body);
      return ok(headingJson(id, database.table('heading').get(id) ?? {}, language));
    },
  ],
  [
    'PUT',
    '/v1/List/{list}/Headings',
    (exchange, parameters) => {
      const { database, body } = exchange;
      const listId = listIdOf(exchange, parameters);
      if (!Array.isArray(body))
        throw new SandboxError(400, 'ArgumentException', 'The body must be an array of headings');
      for (const heading of body) saveHeading(database, listId, heading);
      return headingsAnswer(exchange, listId);
    },
  ],
  [
    'DELETE',
    '/v1/List/{list}/Headings',
    (exchange, parameters) => {
      removeHeadings(exchange.database, listIdOf(exchange, parameters));
      return { status: 204 };
    },
  ],
];
