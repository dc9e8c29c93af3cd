import { appointmentGroup } from '../columns/appointment.ts';
import { numberIn } from '../columns/names.ts';
import type { Provider } from '../provider.ts';
import { type TableProvider, tableProvider } from './table-provider.ts';

const simple: TableProvider = {
  name: 'SimpleAppointment',
  table: 'appointment',
  key: 'appointmentId',
  // Rows of documents stand in the same table and are in the archives of documents.
  entities: [{ name: 'appointment', label: 'Follow-up', holds: row => numberIn(row, 'document_id') === 0 }],
  columns: appointmentGroup,
  defaults: ['appointmentId', 'date', 'type', 'text', 'contactId', 'personId', 'completed', 'associateId'],
  link: 'appointment',
};

/** reading.md, section 9.5. */
export const simpleAppointment: Provider = tableProvider(simple);

/** The sandbox answers the same columns; the joins of the real ones are not for plain reads. */
export const findAppointment: Provider = tableProvider({ ...simple, name: 'FindAppointment' });
export const appointment: Provider = tableProvider({ ...simple, name: 'Appointment' });
