import { itemJson } from '../../lists/item-row.ts';
import { translate } from '../../lists/text.ts';
import type { Database } from '../../store/database.ts';
import type { DbRow } from '../../store/table.ts';
import type { Reading } from '../property.ts';
import { numberOf, textOf } from '../values.ts';

/** The slim carrier of a list item: Business, Position, TicketPriority, CustomerLanguage. Id 0 is an empty carrier. */
export function listItemCarrier(table: string | null, id: number, reading: Reading): Record<string, unknown> {
  const row = table === null ? undefined : reading.database.table(table).get(id);
  return {
    Id: row ? id : 0,
    Value: translate(textOf(row?.name), reading.language),
    Tooltip: translate(textOf(row?.tooltip), reading.language),
    TableRight: null,
    FieldProperties: {},
  };
}

/** Categories carry more than other items; the box has no category groups. */
export function categoryCarrier(id: number, reading: Reading): Record<string, unknown> {
  const row = reading.database.table('category').get(id);
  return {
    ...listItemCarrier('category', id, reading),
    CategoryGroup: 'Unknown',
    EnableLeadStatus: false,
    Rank: numberOf(row?.rank),
    Deleted: row?.deleted === 1,
  };
}

/** The whole `Country` carrier; null without one. */
export function countryCarrier(id: number, reading: Reading): Record<string, unknown> | null {
  const row = reading.database.table('country').get(id);
  return row ? itemJson('Country', 'CountryId', id, row, reading.language) : null;
}

/** Name of an item as text; '' for id 0. */
export function listItemName(table: string, id: number, reading: Reading): string {
  return translate(textOf(reading.database.table(table).get(id)?.name), reading.language);
}

/** The first item by rank that is not deleted, of those that are wanted; 0 without one. */
export function firstItem(
  database: Database,
  table: string,
  isWanted: (row: Readonly<DbRow>) => boolean = () => true,
): number {
  let best = 0;
  let bestRank = Number.POSITIVE_INFINITY;
  for (const [id, row] of database.table(table).rows) {
    const rank = numberOf(row.rank);
    if (row.deleted === 1 || rank >= bestRank || !isWanted(row)) continue;
    best = id;
    bestRank = rank;
  }
  return best;
}
