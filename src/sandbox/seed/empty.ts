import type { Database } from '../store/database.ts';
import { seedBase } from './base.ts';
import { insertItems } from './insert.ts';
import { seedOwnerCompany, seedSystemUser } from './people.ts';

const norway = 578;

/** What is there on the first day: no customers, no user-defined fields, lists only where SuperOffice needs them. */
export function seedEmpty(database: Database): void {
  seedBase(database);
  insertItems(database, 'usergroup', ['Users']);
  database.table('role').insert({ name: 'Administrator', tooltip: '', deleted: 0, rank: 1 });
  seedSystemUser(database);
  seedOwnerCompany(database, 'Owner company', norway);
}
