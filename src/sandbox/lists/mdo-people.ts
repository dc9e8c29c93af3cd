import { associateName } from '../entities/carriers/associate.ts';
import type { Database } from '../store/database.ts';
import type { DbRow } from '../store/table.ts';
import type { MdoItem } from './mdo-item.ts';

function associates(database: Database): [id: number, row: DbRow][] {
  return [...database.table('associate').rows];
}

/** MDO list `associate`: full names, or the login of a user without a person (reading.md, section 13.1). */
export function associateItems(database: Database): MdoItem[] {
  return associates(database).map(([id, row]) => {
    const contactId = database.table('person').get(Number(row.person_id))?.contact_id ?? 0;
    return {
      id,
      name: associateName(database, id),
      toolTip: String(row.tooltip ?? ''),
      deleted: row.deleted === 1,
      rank: Number(row.rank ?? 0),
      extraInfo: `person_id=${row.person_id}&contact_id=${contactId}`,
    };
  });
}

/** MDO list `ejuser`: the same people by the ids that requests use. */
export function ejUserItems(database: Database): MdoItem[] {
  return associates(database)
    .filter(([, row]) => Number(row.ejuser_id) > 0)
    .map(([id, row]) => ({
      id: Number(row.ejuser_id),
      name: associateName(database, id),
      deleted: row.deleted === 1,
      rank: Number(row.rank ?? 0),
      extraInfo: `associateId=${id}`,
    }));
}

/** MDO list `visiblefor`: everybody as 0 (our choice), associates with their id, groups with it below zero. */
export function visibleForItems(database: Database): MdoItem[] {
  const groups = [...database.table('usergroup').rows].map(([id, row]) => ({
    id: -id,
    name: String(row.name),
    deleted: row.deleted === 1,
    type: 'Group',
  }));
  const people = associateItems(database).map(item => ({ ...item, type: 'Associate' }));
  return [{ id: 0, name: 'NO:"Alle";US:"All";DA:"Alle";SW:"Alla"', type: 'All' }, ...groups, ...people];
}
