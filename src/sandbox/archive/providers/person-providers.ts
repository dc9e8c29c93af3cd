import { personGroup } from '../columns/person.ts';
import type { Provider } from '../provider.ts';
import { isKept, type TableProvider, tableProvider } from './table-provider.ts';

const simple: TableProvider = {
  name: 'SimplePerson',
  table: 'person',
  key: 'personId',
  entities: [{ name: 'person', label: 'Contact', holds: isKept }],
  columns: personGroup(true),
  defaults: ['personId', 'fullName', 'title', 'contactId', 'personContact/name', 'email/emailAddress'],
  link: 'person',
};

/** reading.md, section 9.2: one entity, former employees included. */
export const simplePerson: Provider = tableProvider(simple);

/** Former employees are an entity of their own: `$entities=person` leaves them out. */
export const person: Provider = tableProvider({
  ...simple,
  name: 'Person',
  columns: personGroup(false),
  entities: [
    { name: 'person', label: 'Contact', holds: row => isKept(row) && !row.retired },
    { name: 'retiredPerson', label: 'Former employee', holds: row => isKept(row) && Boolean(row.retired) },
  ],
});
