import { translate } from '../../lists/text.ts';
import type { Database } from '../../store/database.ts';
import type { Reading } from '../property.ts';
import { numberOf, textOf } from '../values.ts';
import { personName } from './names.ts';
import { fullRight } from './rights.ts';

/** Database numbers of associate types (reading.md, section 13.1). */
const typeNames: Readonly<Record<number, string>> = {
  0: 'InternalAssociate',
  1: 'ResourceAssociate',
  4: 'ExternalAssociate',
  7: 'AnonymousAssociate',
  13: 'SystemAssociate',
};

/** The `Associate` carrier; null for id 0 and for an associate that does not exist. */
export function associateCarrier(id: number, reading: Reading): Record<string, unknown> | null {
  const row = reading.database.table('associate').get(id);
  if (!row) return null;
  const fullName = associateName(reading.database, id);
  return {
    AssociateId: id,
    Name: textOf(row.name),
    PersonId: numberOf(row.person_id),
    Rank: numberOf(row.rank),
    Tooltip: translate(textOf(row.tooltip), reading.language),
    Type: typeNames[numberOf(row.type)] ?? 'Unknown',
    GroupIdx: numberOf(row.group_idx),
    FullName: fullName,
    FormalName: fullName,
    Deleted: row.deleted === 1,
    EjUserId: numberOf(row.ejuser_id),
    UserName: textOf(row.userName),
    ExtraFields: {},
    CustomFields: {},
    TableRight: fullRight,
    FieldProperties: {},
  };
}

/** Name of the person behind the associate; the login name without one; '' for no associate. */
export function associateName(database: Database, id: number): string {
  const row = database.table('associate').get(id);
  if (!row) return '';
  const person = database.table('person').get(numberOf(row.person_id));
  return (person ? personName(person) : '') || textOf(row.name);
}

/** Primary group of an associate; 0 without one. */
export function groupOf(database: Database, associateId: number): number {
  return numberOf(database.table('associate').get(associateId)?.group_idx);
}
