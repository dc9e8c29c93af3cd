import { spanText } from '../properties/time-span.ts';
import type { Reading } from '../property.ts';
import { noDate } from '../stamps.ts';
import { numberOf, textOf } from '../values.ts';
import { associateName } from './associate.ts';
import { activityStatuses, appointmentPrivacy, appointmentTypes, nameOf } from './enumerations.ts';
import { listItemName } from './list-item.ts';
import { contactName, personName } from './names.ts';
import { fullRight } from './rights.ts';

/** The flat `Appointment` carrier: `GET /v1/Appointment/{id}/Simple`. null for id 0 and for no such appointment. */
export function simpleAppointment(id: number, reading: Reading): Record<string, unknown> | null {
  const { database } = reading;
  const row = database.table('appointment').get(id);
  if (!row) return null;
  const related = (table: string, column: string) => database.table(table).get(numberOf(row[column]));
  const date = (column: string): string => (textOf(row[column]) || noDate) + reading.zone;
  const note = (column: string): string => textOf(related('text', column)?.text);
  const contact = related('contact', 'contact_id');
  const person = related('person', 'person_id');
  return {
    AppointmentId: id,
    StartDate: date('do_by'),
    EndDate: date('endDate'),
    Type: nameOf(appointmentTypes, numberOf(row.type)),
    Task: listItemName('task', numberOf(row.task_idx), reading),
    AssociateFullName: associateName(database, numberOf(row.associate_id)),
    ContactName: contact ? contactName(contact) : '',
    Description: note('text_id'),
    PersonFullName: person ? personName(person) : '',
    PersonId: numberOf(row.person_id),
    ContactId: numberOf(row.contact_id),
    ProjectId: numberOf(row.project_id),
    ProjectName: textOf(related('project', 'project_id')?.name),
    IsPublished: row.isPublished === 1,
    AssociateId: numberOf(row.associate_id),
    ColorIndex: numberOf(row.colorIndex),
    IsFree: row.freeBusy === 1,
    HasAlarm: row.hasAlarm === 1,
    IsAlldayEvent: row.alldayEvent === 1,
    Private: nameOf(appointmentPrivacy, numberOf(row.private)),
    PriorityId: numberOf(row.priority_idx),
    PriorityName: listItemName('priority', numberOf(row.priority_idx), reading),
    TaskType: textOf(related('task', 'task_idx')?.type) || 'Unknown',
    IsBookingMain: false,
    IsRecurrence: false,
    IsBooking: false,
    ActiveDate: date('activeDate'),
    AssignmentStatus: 'None',
    InvitationStatus: 'Accepted',
    BookingType: 'None',
    Completed: nameOf(activityStatuses, numberOf(row.status)),
    RecurringPattern: 'Unknown',
    RecurringStartDate: noDate + reading.zone,
    RecurringEndDate: noDate + reading.zone,
    MotherId: numberOf(row.mother_id),
    AssignedBy: 0,
    AssignedByFullName: '',
    RejectReason: textOf(row.rejectReason),
    Location: textOf(row.location),
    AlarmLeadTime: spanText(numberOf(row.alarm)),
    SaleId: numberOf(row.sale_id),
    SaleName: textOf(related('sale', 'sale_id')?.heading),
    AssociateName: textOf(related('associate', 'associate_id')?.name),
    CreatedDate: date('registered'),
    CreatedBy: textOf(related('associate', 'registered_associate_id')?.name),
    CreatedByFullName: associateName(database, numberOf(row.registered_associate_id)),
    CreatedByAssociateId: numberOf(row.registered_associate_id),
    CautionWarning: 'OK',
    OwnedExternally: 'None',
    MotherAssociateId: numberOf(row.associate_id),
    JoinVideomeetUrl: textOf(row.joinVideomeetUrl),
    PreferredTZLocation: numberOf(row.preferredTZLocation),
    Title: note('title_text_id'),
    Agenda: note('agenda_text_id'),
    InternalNotes: note('internal_notes_text_id'),
    TaskId: numberOf(row.task_idx),
    TableRight: fullRight,
    FieldProperties: {},
  };
}
