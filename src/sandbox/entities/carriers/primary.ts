import type { Database } from '../../store/database.ts';
import type { DbRow } from '../../store/table.ts';
import { elementRows, emailStore, type OwnerColumn, phoneStore, urlStore } from '../properties/elements.ts';
import { textOf } from '../values.ts';

/** Type codes of table `phone` (writing.md, section 7.2). */
export const phoneTypes = {
  contact: 1,
  contactFax: 3,
  direct: 16385,
  personFax: 16387,
  private: 16388,
  mobile: 16389,
  pager: 16390,
} as const;

/** The first number of a kind; '' without one. */
export function primaryPhone(database: Database, type: number, ownerId: number): string {
  return textOf(elementRows(database, phoneStore(type), ownerId)[0]?.phone);
}

export function primaryEmail(database: Database, owner: OwnerColumn, ownerId: number): DbRow | undefined {
  return elementRows(database, emailStore(owner, 0), ownerId)[0];
}

export function primaryUrl(database: Database, owner: OwnerColumn, ownerId: number): DbRow | undefined {
  return elementRows(database, urlStore(owner), ownerId)[0];
}
