import type { DbRow } from '../../store/table.ts';
import type { Column } from '../column.ts';
import type { Source } from '../source.ts';
import { columnsOf, computed, empty } from './build.ts';
import { type ColumnGroup, columnGroup } from './group.ts';
import { associateFullName, nameAndDepartment, numberIn, textIn } from './names.ts';
import { associateDbId, emailGroup, ownedBy, reference } from './related.ts';

const associate = columnsOf('associate');
const toPerson = reference('associate', 'person_id', 'person', true);
const toContact = reference('person', 'contact_id', 'contact', true);
const toEmail = ownedBy('email', 'person_id');

/** Database numbers of `associate.type` (reading.md, section 13.1). */
const typeNames: Readonly<Record<number, string>> = {
  0: 'InternalAssociate',
  1: 'ResourceAssociate',
  4: 'ExternalAssociate',
  7: 'AnonymousAssociate',
  13: 'SystemAssociate',
};

function personOf(row: DbRow, { database }: Source): DbRow | undefined {
  return toPerson.to(row, database);
}

function contactOf(row: DbRow, source: Source): DbRow | undefined {
  const person = personOf(row, source);
  return person && toContact.to(person, source.database);
}

function ofPerson(name: string, column: string): Column {
  return computed(name, 'string', 'string', (row, source) => textIn(personOf(row, source), column));
}

/** A former employee keeps the associate but may not sign in. */
function isActive(row: DbRow, source: Source): boolean {
  return !row.deleted && !personOf(row, source)?.retired;
}

/** Columns of AllUsers and InternalUsers (reading.md, section 13.1). */
export const userGroup: ColumnGroup = columnGroup([
  associateDbId,
  associate.associate('assocName', 'associate_id'),
  computed('fullName', 'string', 'string', (row, source) =>
    associateFullName(numberIn(row, 'associate_id'), source),
  ),
  ofPerson('firstName', 'firstname'),
  ofPerson('middleName', 'middleName'),
  ofPerson('lastName', 'lastname'),
  ofPerson('mrMrs', 'mrmrs'),
  ofPerson('title', 'title'),
  associate.text('userName', 'userName'),
  computed('personEmail', 'string', 'string', (row, source) => {
    const person = personOf(row, source);
    const email = person && toEmail.to(person, source.database);
    return email ? (emailGroup.find('emailAddress', source.database)?.cell(email, source) ?? '') : '';
  }),
  associate.integer('personId', 'person_id'),
  computed('contactId', 'integer', 'int', (row, source) => numberIn(contactOf(row, source), 'contact_id')),
  computed('contactName', 'string', 'string', (row, source) => textIn(contactOf(row, source), 'name')),
  computed('contactDepartment', 'string', 'string', (row, source) =>
    textIn(contactOf(row, source), 'department'),
  ),
  computed('contactFullName', 'string', 'string', (row, source) => nameAndDepartment(contactOf(row, source))),
  { ...associate.list('usergroup', 'group_idx', 'usergroup'), restriction: 'userGroup' },
  associate.integer('usergroupId', 'group_idx'),
  associate.list('role', 'role_id', 'role'),
  associate.text('assocTooltip', 'tooltip'),
  {
    ...computed('assocType', 'list', 'listAny', row => numberIn(row, 'type')),
    display: cell => typeNames[Number(cell)] ?? 'Unknown',
  },
  associate.integer('ejUserId', 'ejuser_id'),
  computed('isActive', 'bool', 'bool', isActive),
  computed('canLogin', 'bool', 'bool', isActive),
  empty('isLocation', 'bool', 'bool'),
]);
