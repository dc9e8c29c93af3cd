import type { Datatype } from './datatype.ts';
import type { Choice, Field } from './field.ts';
import { associateFields, keptListField, listField, readOnlyFields, relationField } from './shared-fields.ts';
import { textField } from './text-fields.ts';

/** AppointmentStatus in the database (writing.md, section 7.1). */
const completed: readonly Choice[] = [
  { name: 'NotStarted', number: 1, aliases: ['FALSE'] },
  { name: 'Started', number: 2 },
  { name: 'Completed', number: 3, aliases: ['TRUE'] },
];

const visibility: readonly Choice[] = [
  { name: 'Public', number: 0 },
  { name: 'PrivateUser', number: 1 },
  { name: 'PrivateGroup', number: 2 },
];

/** Slots and lengths: writing.md, sections 2 and 7.1; reading.md, sections 9.5 and 10.3. */
const fields: readonly Field[] = [
  relationField(
    'Company',
    'contactId',
    'User key of the company. A new appointment needs one, and the cell is never blank.',
    'create',
  ),
  relationField('Person', 'personId', 'User key of the person to meet.'),
  relationField('Project', 'projectId', 'User key of the project that it belongs to.'),
  relationField('Sale', 'saleId', 'User key of the sale that it belongs to.'),
  ...associateFields(
    'associateId',
    'The owner; an unknown user falls back to the configured or signed-in one.',
  ),
  keptListField(
    'Task',
    { property: 'Task', idProperty: 'TaskListItemId', column: 'type' },
    'Type of follow-up, by its name in the list (Meeting). The list is never added to.',
  ),
  {
    name: 'StartDate',
    kind: 'datetime',
    needed: 'create',
    meaning: 'When it begins: 2026-01-31 14:30. A new appointment needs it.',
    // The archive's `date` is the day that it is searched and shown by, which need not be this one (writing.md, section 5).
    slot: { at: 'dynamic', property: 'StartDate', path: 'appointment.do_by' },
  },
  {
    name: 'EndDate',
    kind: 'datetime',
    meaning: 'When it ends; not before it begins.',
    slot: { at: 'dynamic', property: 'EndDate', path: 'appointment.endDate', dayColumn: 'endDate' },
  },
  {
    name: 'IsAlldayEvent',
    kind: 'boolean',
    meaning: 'It takes the whole day.',
    slot: { at: 'dynamic', property: 'IsAlldayEvent', path: 'appointment.alldayEvent' },
  },
  textField('Title', 254, 'appointment/title', 'Title.'),
  textField('Description', 2047, 'appointment/description', 'Description; may have several lines.'),
  textField('Agenda', 2047, 'appointment/agenda', 'Agenda; may have several lines.'),
  textField(
    'InternalNotes',
    2047,
    'appointment/internalNotes',
    'Notes for colleagues; may have several lines.',
  ),
  textField('Location', 254, 'location', 'Where it takes place.'),
  listField('Priority', 'priority', 'Priority, by its name in the list.'),
  {
    name: 'Completed',
    kind: 'choice',
    choices: completed,
    meaning: 'How far it has got. TRUE means Completed, FALSE means NotStarted.',
    slot: { at: 'property', property: 'Completed', column: 'rawStatus' },
  },
  {
    name: 'Private',
    kind: 'choice',
    choices: visibility,
    meaning: 'Who may see it.',
    slot: { at: 'dynamic', property: 'Private', path: 'appointment.private' },
  },
  ...readOnlyFields({
    id: 'appointmentId',
    createdDate: 'registeredDate',
    updatedDate: 'updatedDate',
    createdBy: 'registeredBy',
    updatedBy: 'updatedBy',
  }),
];

export const appointment: Datatype = {
  name: 'Appointment',
  fileWords: ['appointment', 'appointments'],
  meaning: 'Appointments, calls and to-dos (follow-ups), found again by AppoUserKey01.',
  entity: 'Appointment',
  keyField: 'AppoUserKey01',
  custom: { kind: 'udef', prefix: 'Appo' },
  archive: {
    provider: 'SimpleAppointment',
    entities: 'appointment',
    idColumn: 'appointmentId',
    customPrefix: 'appointmentUdef/',
  },
  fields,
  alwaysRead: ['StartDate', 'EndDate'],
  neededToCreate: [['CompUserKey01'], ['StartDate']],
};
