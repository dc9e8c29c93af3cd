import type { Exchange } from '../../http/exchange.ts';
import { noContent, ok, type Route } from '../../http/exchange.ts';
import { pick } from '../../http/names.ts';
import { itemAnswer } from '../../lists/item-routes.ts';
import { initialRow } from '../../lists/item-row.ts';
import { addItem, changeItem, removeItem } from '../../lists/item-store.ts';
import { itemOf, type ListTarget, resolveList } from '../../lists/list-target.ts';
import { idIn } from '../rest.ts';
import { toInteger } from '../values.ts';

function list({ database }: Exchange): ListTarget {
  return resolveList(database, 'TicketType');
}

function item(exchange: Exchange, id: number): Record<string, unknown> {
  const target = list(exchange);
  const self = `${exchange.apiRoot}/v1/TicketType/${id}`;
  return { ...itemAnswer(exchange, target, id, itemOf(target, id)), _Links: { Self: self } };
}

/** `/v1/TicketType`: the list's items under an address of their own (rest-TicketType.json). */
export const ticketTypeRoutes: readonly Route[] = [
  [
    'GET',
    '/v1/TicketType/default',
    exchange => ok(itemAnswer(exchange, list(exchange), 0, initialRow('TicketTypeEntity'))),
  ],
  [
    'POST',
    '/v1/TicketType',
    exchange => {
      const id = toInteger(pick(exchange.body, 'TicketTypeId')) ?? 0;
      if (id > 0) changeItem(list(exchange), id, exchange.body);
      return ok(item(exchange, id > 0 ? id : addItem(list(exchange), exchange.body)));
    },
  ],
  ['GET', '/v1/TicketType/{id}', (exchange, parameters) => ok(item(exchange, idIn(parameters)))],
  [
    'PUT',
    '/v1/TicketType/{id}',
    (exchange, parameters) => {
      changeItem(list(exchange), idIn(parameters), exchange.body);
      return ok(item(exchange, idIn(parameters)));
    },
  ],
  [
    'DELETE',
    '/v1/TicketType/{id}',
    (exchange, parameters) => {
      removeItem(list(exchange), idIn(parameters));
      return noContent;
    },
  ],
];
