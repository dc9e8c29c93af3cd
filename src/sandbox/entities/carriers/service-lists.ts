import { itemJson } from '../../lists/item-row.ts';
import { listByMdoName } from '../../lists/tables.ts';
import type { Reading } from '../property.ts';

type ServiceList = 'ejcategory' | 'ticketstatus' | 'ticketpriority' | 'tickettype';

/** The whole carrier of a list item of customer service; null for id 0 and for no such item. */
export function serviceItem(list: ServiceList, id: number, reading: Reading): Record<string, unknown> | null {
  const row = reading.database.table(list).get(id);
  const definition = listByMdoName(list);
  if (!row || !definition) return null;
  return itemJson(definition.carrier, definition.idProperty, id, row, reading.language);
}

/** Properties that the type of a ticket has less than the list item it is. */
const onlyInList = [
  'Rank',
  'Tooltip',
  'TicketStatuses',
  'TicketPriorities',
  'ReplyTemplate',
  'IsExternalVisible',
];

/** The `TicketType` carrier of a ticket. */
export function ticketType(id: number, reading: Reading): Record<string, unknown> | null {
  const item = serviceItem('tickettype', id, reading);
  if (item) for (const name of onlyInList) delete item[name];
  return item;
}
