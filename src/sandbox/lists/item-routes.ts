import { type Answer, type Exchange, ok, type Route, SandboxError } from '../http/exchange.ts';
import type { DbRow } from '../store/table.ts';
import { initialRow, itemJson } from './item-row.ts';
import { addItem, changeItem, removeAllItems, removeItem, saveAllItems } from './item-store.ts';
import { itemOf, itemsOf, type ListTarget, resolveList } from './list-target.ts';
import { idParameter, queryFlag } from './requests.ts';
import { stagesOf } from './sale-stages.ts';

/** One item as the list's address answers it. */
export function itemAnswer(
  exchange: Exchange,
  target: ListTarget,
  id: number,
  row: DbRow,
): Record<string, unknown> {
  const json = itemJson(target.carrier, target.idProperty, id, row, exchange.language);
  if (target.carrier === 'SaleTypeEntity') json.Stages = stagesOf(exchange, id);
  return json;
}

export function itemsAnswer(exchange: Exchange, target: ListTarget, includeDeleted: boolean): Answer {
  return ok(itemsOf(target, includeDeleted).map(([id, row]) => itemAnswer(exchange, target, id, row)));
}

export function savedAnswer(exchange: Exchange, target: ListTarget, id: number): Answer {
  return ok(itemAnswer(exchange, target, id, itemOf(target, id)));
}

const noContent: Answer = { status: 204 };

/** Typed lists whose template the API does not offer (reading.md, section 12.2). */
const withoutDefault: ReadonlySet<string> = new Set(['Country', 'UserGroup']);

/** The collection of a special list answers GET and POST only (OpenAPI document of `/v1/List`). */
function refuseSpecial({ builtIn, addressedBy }: ListTarget): void {
  if (builtIn && addressedBy === 'typedName' && builtIn.carrier !== 'ListItemEntity')
    throw new SandboxError(
      405,
      'SoNotSupportedException',
      `${builtIn.restName} items are saved and deleted one by one`,
    );
}

function listOf(exchange: Exchange, parameters: Readonly<Record<string, string>>): ListTarget {
  return resolveList(exchange.database, parameters.list ?? '');
}

/** `/v1/List/{X}/Items` and below (reading.md, sections 12.2 to 12.4). */
export const itemRoutes: readonly Route[] = [
  [
    'GET',
    '/v1/List/{list}/Items',
    (exchange, parameters) =>
      itemsAnswer(exchange, listOf(exchange, parameters), queryFlag(exchange, 'includeDeleted')),
  ],
  [
    'POST',
    '/v1/List/{list}/Items',
    (exchange, parameters) => {
      const target = listOf(exchange, parameters);
      return savedAnswer(exchange, target, addItem(target, exchange.body));
    },
  ],
  [
    'PUT',
    '/v1/List/{list}/Items',
    (exchange, parameters) => {
      const target = listOf(exchange, parameters);
      refuseSpecial(target);
      saveAllItems(target, exchange.body);
      return itemsAnswer(exchange, target, true);
    },
  ],
  [
    'DELETE',
    '/v1/List/{list}/Items',
    (exchange, parameters) => {
      const target = listOf(exchange, parameters);
      refuseSpecial(target);
      removeAllItems(target);
      return noContent;
    },
  ],
  [
    'GET',
    '/v1/List/{list}/Items/Default',
    (exchange, parameters) => {
      const target = listOf(exchange, parameters);
      if (target.addressedBy !== 'typedName' || withoutDefault.has(target.builtIn?.restName ?? ''))
        throw new SandboxError(404, 'SoNotFoundException', `List ${parameters.list} has no default item`);
      return ok(itemAnswer(exchange, target, 0, initialRow(target.carrier)));
    },
  ],
  [
    'GET',
    '/v1/List/{list}/Items/{id}',
    (exchange, parameters) =>
      savedAnswer(exchange, listOf(exchange, parameters), idParameter(parameters, 'id')),
  ],
  [
    'PUT',
    '/v1/List/{list}/Items/{id}',
    (exchange, parameters) => {
      const target = listOf(exchange, parameters);
      const id = idParameter(parameters, 'id');
      changeItem(target, id, exchange.body);
      return savedAnswer(exchange, target, id);
    },
  ],
  [
    'DELETE',
    '/v1/List/{list}/Items/{id}',
    (exchange, parameters) => {
      removeItem(listOf(exchange, parameters), idParameter(parameters, 'id'));
      return noContent;
    },
  ],
];
