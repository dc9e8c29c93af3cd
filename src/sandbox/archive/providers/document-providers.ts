import { documentGroup } from '../columns/document.ts';
import type { Provider } from '../provider.ts';
import { type TableProvider, tableProvider } from './table-provider.ts';

const simple: TableProvider = {
  name: 'SimpleDocument',
  table: 'document',
  key: 'documentId',
  entities: [{ name: 'document', label: 'Document', holds: () => true }],
  columns: documentGroup,
  defaults: ['documentId', 'date', 'type', 'subject', 'name', 'contactId', 'completed', 'associateId'],
  link: 'document',
};

/** reading.md, section 9.6. */
export const simpleDocument: Provider = tableProvider(simple);

/** The sandbox answers the same columns; the joins of the real ones are not for plain reads. */
export const findDocument: Provider = tableProvider({ ...simple, name: 'FindDocument' });
export const document: Provider = tableProvider({ ...simple, name: 'Document' });
