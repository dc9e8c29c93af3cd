import type { DbRow } from '../../store/table.ts';
import type { Source } from '../source.ts';

/** Login name; '' when there is no such associate. */
export function associateName(id: number, { database }: Source): string {
  return textIn(database.table('associate').get(id), 'name');
}

/** Name of the person behind an associate, else the login name. */
export function associateFullName(id: number, source: Source): string {
  const associate = source.database.table('associate').get(id);
  const person = source.database.table('person').get(numberIn(associate, 'person_id'));
  return personFullName(person) || textIn(associate, 'name');
}

export function personFullName(person: DbRow | undefined): string {
  return [textIn(person, 'firstname'), textIn(person, 'middleName'), textIn(person, 'lastname')]
    .filter(part => part !== '')
    .join(' ');
}

export function nameAndDepartment(contact: DbRow | undefined): string {
  return [textIn(contact, 'name'), textIn(contact, 'department')].filter(part => part !== '').join(', ');
}

export function textIn(row: DbRow | undefined, column: string): string {
  const value = row?.[column];
  return typeof value === 'string' ? value : '';
}

export function numberIn(row: DbRow | undefined, column: string): number {
  const value = row?.[column];
  return typeof value === 'number' ? value : 0;
}
