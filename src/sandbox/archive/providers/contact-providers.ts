import { contactGroup } from '../columns/contact.ts';
import type { Provider } from '../provider.ts';
import { isKept, type TableProvider, tableProvider } from './table-provider.ts';

const simple: TableProvider = {
  name: 'SimpleContact',
  table: 'contact',
  key: 'contactId',
  entities: [{ name: 'contact', label: 'Company', holds: isKept }],
  columns: contactGroup,
  defaults: ['contactId', 'name', 'department', 'category', 'number', 'associateId'],
  link: 'contact',
};

/** reading.md, section 9.1. */
export const simpleContact: Provider = tableProvider(simple);

/** The sandbox answers the company columns of FindContact; its joins to other entities are not for plain reads. */
export const findContact: Provider = tableProvider({ ...simple, name: 'FindContact' });
