import { type Exchange, type Handler, ok, type Route } from '../http/exchange.ts';
import { pick } from '../http/names.ts';
import { definitionOfMdoName } from './definitions.ts';
import { resolveList } from './list-target.ts';
import { type MdoItem, mdoJson, selectableJson } from './mdo-item.ts';
import { mdoList, mdoListNames } from './mdo-list.ts';
import { bodyFlag, bodyNumber, bodyText, queryFlag, queryText } from './requests.ts';

const nothingSelected: ReadonlySet<number> = new Set();

function asItems(exchange: Exchange, items: readonly MdoItem[]) {
  return ok(items.map(item => mdoJson(item, exchange.language)));
}

function asSelectable(exchange: Exchange, items: readonly MdoItem[]) {
  return ok(items.map(item => selectableJson(item, exchange.language, nothingSelected)));
}

/** A list by the properties of an agent's request. */
function agentList(exchange: Exchange): MdoItem[] {
  const { body } = exchange;
  const historyIds = pick(body, 'HistoryItems');
  const onlyHistory = bodyFlag(body, 'OnlyHistory');
  return mdoList(exchange, {
    name: bodyText(body, 'Name'),
    flat: bodyFlag(body, 'ForceFlatList'),
    additional: bodyText(body, 'AdditionalInfo'),
    search: bodyText(body, 'SearchValue'),
    ...(onlyHistory ? { history: new Set(Array.isArray(historyIds) ? historyIds.map(Number) : []) } : {}),
  });
}

function flattened(items: readonly MdoItem[]): MdoItem[] {
  return items.flatMap(item => [item, ...flattened(item.children ?? [])]);
}

const restList: Handler = (exchange, parameters) =>
  asItems(
    exchange,
    mdoList(exchange, {
      name: parameters.list ?? '',
      flat: queryFlag(exchange, 'flat'),
      additional: queryText(exchange, 'additional'),
      search: queryText(exchange, 'query'),
      // The sandbox keeps no history of what a user picked, so the history is empty.
      ...(queryFlag(exchange, 'onlyHistory') ? { history: new Set<number>() } : {}),
    }),
  );

const restSelectable: Handler = (exchange, parameters) =>
  asSelectable(
    exchange,
    mdoList(exchange, {
      name: parameters.list ?? '',
      flat: queryFlag(exchange, 'flat'),
      additional: queryText(exchange, 'additional'),
      search: '',
    }),
  );

/** `MDOItems` of a list that has an address under `/v1/List`. */
const itemsOfList: Handler = (exchange, parameters) => {
  const { builtIn, listId } = resolveList(exchange.database, parameters.list ?? '');
  return asItems(
    exchange,
    mdoList(exchange, {
      name: builtIn?.mdoName ?? `udlist${listId}`,
      flat: queryFlag(exchange, 'flat'),
      additional: '',
      search: queryText(exchange, 'query'),
    }),
  );
};

const getItems: Handler = exchange => asItems(exchange, agentList(exchange));
const getSelectable: Handler = exchange => asSelectable(exchange, agentList(exchange));

const getListItem: Handler = exchange => {
  const id = bodyNumber(exchange.body, 'Id');
  const all = mdoList(exchange, {
    name: bodyText(exchange.body, 'ListName'),
    flat: true,
    additional: 'showDeleted=true',
    search: '',
  });
  const item = flattened(all).find(candidate => candidate.id === id);
  return ok(item ? mdoJson(item, exchange.language) : null);
};

/** Echoes what was sent: the lists of the sandbox have no selection of their own. */
const setSelected: Handler = exchange => ok(pick(exchange.body, 'SelectableMDOList') ?? []);

const agent = '/v1/Agents/MDO';

/** `/v1/MDOList` and the MDO agent (reading.md, section 12.1). */
export const mdoRoutes: readonly Route[] = [
  ['GET', '/v1/MDOList', exchange => ok(mdoListNames(exchange))],
  ['GET', '/v1/MDOList/{list}', restList],
  ['GET', '/v1/MDOList/{list}/selectable', restSelectable],
  ['GET', '/v1/List/{list}/MDOItems', itemsOfList],
  ['POST', `${agent}/GetListNames`, exchange => ok(mdoListNames(exchange))],
  ['POST', `${agent}/GetList`, getItems],
  ['POST', `${agent}/GetSimpleList`, getItems],
  ['POST', `${agent}/GetListWithHistory`, getItems],
  ['POST', `${agent}/GetListWithRestriction`, getItems],
  ['POST', `${agent}/GetSelectableList`, getSelectable],
  ['POST', `${agent}/GetSelectableSimpleList`, getSelectable],
  ['POST', `${agent}/GetSelectableListWithHistory`, getSelectable],
  ['POST', `${agent}/GetSelectableListWithRestriction`, getSelectable],
  ['POST', `${agent}/GetListItem`, getListItem],
  [
    'POST',
    `${agent}/GetListIdByListName`,
    exchange => ok(definitionOfMdoName(exchange.database, bodyText(exchange.body, 'Name'))),
  ],
  ['POST', `${agent}/SetSelected`, setSelected],
];
