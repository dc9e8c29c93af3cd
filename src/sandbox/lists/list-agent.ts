import { type Answer, type Exchange, type Handler, ok, type Route, SandboxError } from '../http/exchange.ts';
import { pick } from '../http/names.ts';
import type { Database } from '../store/database.ts';
import { allDefinitions } from './definition-routes.ts';
import { itemAnswer, itemsAnswer, savedAnswer } from './item-routes.ts';
import { initialRow } from './item-row.ts';
import { addItem, changeItem, removeAllItems, removeItem, saveAllItems } from './item-store.ts';
import { definitionIdByName, type ListTarget, resolveList } from './list-target.ts';
import { bodyFlag, bodyNumber, bodyText } from './requests.ts';

const agent = '/v1/Agents/List';
const noContent: Answer = { status: 204 };

/** The list that an agent's request names by id or by name; always with the generic carrier. */
function listOf({ database, body }: Exchange): ListTarget {
  const name = bodyText(body, 'UdListDefinitionName');
  const id = name === '' ? bodyNumber(body, 'UdListDefinitionId') : (definitionIdByName(database, name) ?? 0);
  return resolveList(database, String(id));
}

/** Agents answer null for a record that is not there, not 404 (reading.md, section 6.4). */
function orNull(work: () => Answer): Answer {
  try {
    return work();
  } catch (error) {
    if (error instanceof SandboxError && error.status === 404) return ok(null);
    throw error;
  }
}

const getAll: Handler = exchange =>
  itemsAnswer(exchange, listOf(exchange), bodyFlag(exchange.body, 'IncludeDeleted'));

const saveAll: Handler = exchange => {
  const target = listOf(exchange);
  saveAllItems(target, pick(exchange.body, 'Items'));
  return itemsAnswer(exchange, target, true);
};

const add: Handler = exchange => {
  const target = listOf(exchange);
  return savedAnswer(exchange, target, addItem(target, pick(exchange.body, 'Item')));
};

const getOne: Handler = exchange =>
  orNull(() => savedAnswer(exchange, listOf(exchange), bodyNumber(exchange.body, 'Id')));

const saveOne: Handler = exchange => {
  const target = listOf(exchange);
  const id = bodyNumber(exchange.body, 'Id');
  changeItem(target, id, pick(exchange.body, 'Item'));
  return savedAnswer(exchange, target, id);
};

const removeOne: Handler = exchange => {
  removeItem(listOf(exchange), bodyNumber(exchange.body, 'Id'));
  return noContent;
};

const removeAll: Handler = exchange => {
  removeAllItems(listOf(exchange));
  return noContent;
};

/** The body must wrap the item; without it the real server falls over a null (reading.md, section 12.3). */
const saveListItemEntity: Handler = exchange => {
  const item = pick(exchange.body, 'ListItemEntity');
  if (item === undefined || item === null)
    throw new SandboxError(
      400,
      'NullReferenceException',
      'Object reference not set to an instance of an object.',
    );
  const target = resolveList(exchange.database, String(bodyNumber(item, 'UdListDefinitionId')));
  const id = bodyNumber(item, 'Id');
  if (id > 0) changeItem(target, id, item);
  return savedAnswer(exchange, target, id > 0 ? id : addItem(target, item));
};

const createDefaultListItemEntity: Handler = exchange =>
  ok(itemAnswer(exchange, genericTemplate(exchange.database), 0, initialRow('ListItemEntity')));

function genericTemplate(database: Database): ListTarget {
  return resolveList(database, '1');
}

type TypedCall = readonly [call: string, list: string];

/** Calls that read a whole typed list; those with a body say `IncludeDeleted`. */
const wholeLists: readonly TypedCall[] = [
  ['GetAllCountries', 'Country'],
  ['GetCountries', 'Country'],
  ['GetAllCurrencies', 'Currency'],
  ['GetAllTasks', 'Task'],
  ['GetAllSaleStages', 'Rating'],
  ['GetAllSaleTypeEntities', 'SaleType'],
  ['GetAllDocumentTemplates', 'DocumentTemplate'],
  ['GetAllTicketPriorities', 'TicketPriority'],
  ['GetTicketStatuses', 'TicketStatus'],
  ['GetTicketTypes', 'TicketType'],
];

/** Calls that read one item by the id in their query string. */
const singleItems: readonly (readonly [call: string, list: string, parameter: string])[] = [
  ['GetCountry', 'Country', 'countryId'],
  ['GetCurrencyEntity', 'Currency', 'currencyEntityId'],
  ['GetTicketCategoryEntity', 'TicketCategory', 'ticketCategoryEntityId'],
  ['GetTicketPriorityEntity', 'TicketPriority', 'ticketPriorityEntityId'],
  ['GetTicketStatusEntity', 'TicketStatus', 'ticketStatusEntityId'],
  ['GetTicketTypeEntity', 'TicketType', 'ticketTypeEntityId'],
  ['GetSaleStageEntity', 'Rating', 'saleStageEntityId'],
  ['GetSaleTypeEntity', 'SaleType', 'saleTypeEntityId'],
];

const typedRoutes: readonly Route[] = [
  ...wholeLists.map(
    ([call, list]): Route => [
      'POST',
      `${agent}/${call}`,
      exchange =>
        itemsAnswer(
          exchange,
          resolveList(exchange.database, list),
          bodyFlag(exchange.body, 'IncludeDeleted'),
        ),
    ],
  ),
  ...singleItems.map(
    ([call, list, parameter]): Route => [
      'POST',
      `${agent}/${call}`,
      exchange =>
        orNull(() =>
          savedAnswer(
            exchange,
            resolveList(exchange.database, list),
            Number(exchange.query.get(parameter) ?? 0),
          ),
        ),
    ],
  ),
];

/** List agent: the twins of `/v1/List` (reading.md, section 12.3). */
export const listAgentRoutes: readonly Route[] = [
  ['POST', `${agent}/SaveListItemEntity`, saveListItemEntity],
  ['POST', `${agent}/CreateDefaultListItemEntity`, createDefaultListItemEntity],
  [
    'POST',
    `${agent}/GetListDefinitions`,
    exchange => ok(allDefinitions(exchange, bodyFlag(exchange.body, 'IncludeDeleted'))),
  ],
  ...['Definition', 'Name'].flatMap((by): Route[] => [
    ['POST', `${agent}/GetAllFromList${by}`, getAll],
    ['POST', `${agent}/SaveAllFromList${by}`, saveAll],
    ['POST', `${agent}/DeleteAllFromList${by}`, removeAll],
    ['POST', `${agent}/AddFromList${by}`, add],
    ['POST', `${agent}/GetFromList${by}`, getOne],
    ['POST', `${agent}/SaveFromList${by}`, saveOne],
    ['POST', `${agent}/DeleteFromList${by}`, removeOne],
  ]),
  ...typedRoutes,
];
