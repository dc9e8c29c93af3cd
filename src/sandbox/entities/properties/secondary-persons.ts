import { pick } from '../../http/names.ts';
import type { Database } from '../../store/database.ts';
import { simplePerson } from '../carriers/person-simple.ts';
import type { Property } from '../property.ts';
import { rowsWith } from '../rows.ts';
import { numberOf, shown, toInteger } from '../values.ts';
import { objectsIn } from './objects.ts';

/** Persons of a ticket besides the one it is about, as sent: table `ticket_customers`. */
export function secondaryPersons(name: string): Property {
  return {
    name,
    list: 'person_new',
    empty: [],
    field: { type: 'SuperOffice.CRM.Services.Person[]', length: 0 },
    read: ({ id, reading }) =>
      personIds(reading.database, id)
        .map(personId => simplePerson(personId, reading))
        .filter(person => person !== null),
    write: (draft, value) => {
      const items = objectsIn(draft, name, value);
      if (!items) return;
      const { database } = draft.writing;
      const wanted = new Set<number>();
      for (const item of items) {
        const id = toInteger(pick(item, 'PersonId'));
        const person = id === undefined ? undefined : database.table('person').get(id);
        if (id === undefined || !person || person.deleted === 1) {
          draft.reject(name, `there is no person ${shown(item)}`);
          return;
        }
        wanted.add(id);
      }
      draft.parts.set(name, id => replace(database, id, [...wanted]));
    },
  };
}

function personIds(database: Database, ticketId: number): number[] {
  if (ticketId === 0) return [];
  return rowsWith(database.table('ticket_customers'), 'ticket_id', ticketId).map(row =>
    numberOf(row.customer_id),
  );
}

function replace(database: Database, ticketId: number, wanted: readonly number[]): boolean {
  const kept = personIds(database, ticketId);
  if (kept.length === wanted.length && kept.every((id, index) => id === wanted[index])) return false;
  const table = database.table('ticket_customers');
  for (const id of table.find('ticket_id', ticketId)) table.delete(id);
  for (const personId of wanted) table.insert({ ticket_id: ticketId, customer_id: personId });
  return true;
}
