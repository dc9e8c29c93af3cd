import { initialRow } from '../lists/item-row.ts';
import { listByMdoName } from '../lists/tables.ts';
import type { Database } from '../store/database.ts';
import type { DbRow } from '../store/table.ts';

/** `NO:"Kunde";US:"Customer";DA:"Kunde";SW:"Kund"`: a text as SuperOffice keeps it in several languages. */
export function multi(english: string, norwegian: string, danish: string, swedish: string): string {
  return `NO:"${norwegian}";US:"${english}";DA:"${danish}";SW:"${swedish}"`;
}

/** A plain name, or the columns that differ from a new item. */
export type SeedItem = string | DbRow;

/** Adds items to a built-in list in the order given. Answers their ids. */
export function insertItems(database: Database, mdoName: string, items: readonly SeedItem[]): number[] {
  const list = listByMdoName(mdoName);
  if (!list) throw new Error(`no list ${mdoName}`);
  const table = database.table(list.table);
  return items.map((item, index) =>
    table.insert({
      ...initialRow(list.carrier),
      rank: index + 1,
      ...(typeof item === 'string' ? { name: item } : item),
    }),
  );
}
