import { itemJson } from '../lists/item-row.ts';
import type { Database } from '../store/database.ts';
import type { DbRow } from '../store/table.ts';
import {
  activityBlank,
  activityLinks,
  activityProperties,
  completeActivity,
  isOfDocument,
  ownActivity,
} from './activity.ts';
import { completeSchedule, startOf } from './appointment-schedule.ts';
import { simpleAppointment } from './carriers/appointment-simple.ts';
import { associateCarrier } from './carriers/associate.ts';
import { appointmentPrivacy, appointmentTypes } from './carriers/enumerations.ts';
import { listItemCarrier } from './carriers/list-item.ts';
import type { Draft } from './draft.ts';
import { defineEntity } from './entity.ts';
import { titleAndDescriptionShareOneText } from './open-points.ts';
import { enumeration } from './properties/enumeration.ts';
import { links } from './properties/links.ts';
import { type NoteLink, note, textTypes } from './properties/note.ts';
import { participants, removeParticipants } from './properties/participants.ts';
import { publication } from './properties/publication.ts';
import { reference } from './properties/reference.ts';
import { constant, date, flag, integer, readOnlyDate, readOnlyInteger, text } from './properties/scalar.ts';
import { stampAssociate } from './properties/shared-references.ts';
import { timeSpan } from './properties/time-span.ts';
import { removeViewers, visibleFor } from './properties/visible-for.ts';
import type { Property } from './property.ts';
import { removeParts } from './removal.ts';
import { numberOf } from './values.ts';

const blank: DbRow = {
  ...activityBlank,
  document_id: 0,
  mother_id: 0,
  private: 0,
  priority_idx: 0,
  location: '',
  alldayEvent: 0,
  freeBusy: 0,
  hasAlarm: 0,
  alarm: 0,
  leadtime: 0,
  lagTime: 0,
  title_text_id: 0,
  agenda_text_id: 0,
  internal_notes_text_id: 0,
  owned_externally: 0,
  activeLinks: 0,
};

const { Associate, Contact, Person, Project, Sale, Completed } = activityProperties;
const published = publication();

/** The documents name one type for the texts of appointments; which the newer three have is open. */
function appointmentText(name: string, link: NoteLink): Property {
  return note(name, 'appointment', textTypes.appointmentText, link);
}

/** Appointment (follow-up): writing.md, section 2; column names and lengths section 7.1. */
export const appointment = defineEntity({
  name: 'Appointment',
  table: 'appointment',
  holds: row => !isOfDocument(row),
  idProperty: 'AppointmentId',
  properties: [
    Associate,
    Contact,
    stampAssociate('CreatedBy', 'registered_associate_id'),
    stampAssociate('UpdatedBy', 'updated_associate_id'),
    readOnlyDate('CreatedDate', 'registered'),
    readOnlyInteger('AppointmentId', 'appointment_id'),
    appointmentText('Description', 'text_id'),
    appointmentText('Title', titleAndDescriptionShareOneText ? 'text_id' : 'title_text_id'),
    appointmentText('Agenda', 'agenda_text_id'),
    appointmentText('InternalNotes', 'internal_notes_text_id'),
    date('StartDate', 'do_by'),
    date('EndDate', 'endDate'),
    // Bookings, recurrence and assignment are the diary's own business: their properties show an appointment without.
    constant('InvitedPerson', null),
    Person,
    readOnlyInteger('MotherId', 'mother_id'),
    reference({
      name: 'Priority',
      column: 'priority_idx',
      idProperty: 'Id',
      table: 'priority',
      list: 'priority',
      field: { type: 'SuperOffice.CRM.Services.Priority', length: 4 },
      carrier: (id, reading) => (id === 0 ? null : listItemCarrier('priority', id, reading)),
    }),
    enumeration('Private', 'private', appointmentPrivacy, 'AppointmentPrivate'),
    Project,
    enumeration('Type', 'type', appointmentTypes, 'AppointmentType'),
    readOnlyDate('UpdatedDate', 'updated'),
    Completed,
    readOnlyInteger('ActiveLinks', 'activeLinks'),
    links('appointment'),
    timeSpan('AlarmLeadTime', 'alarm'),
    flag('HasAlarm', 'hasAlarm'),
    integer('ColorIndex', 'colorIndex', 2),
    flag('IsFree', 'freeBusy'),
    flag('IsAlldayEvent', 'alldayEvent'),
    timeSpan('LagTime', 'lagTime'),
    timeSpan('LeadTime', 'leadtime'),
    text('Location', 'location', 254),
    readOnlyInteger('RejectCounter', 'rejectCounter'),
    text('RejectReason', 'rejectReason', 254),
    constant('Recurrence', null),
    participants('Participants'),
    constant('AssignmentStatus', 'None'),
    constant('InvitationStatus', 'Accepted'),
    constant('BookingType', 'None'),
    date('ActiveDate', 'activeDate'),
    constant('HasConflict', false),
    constant('AssignedBy', null),
    {
      name: 'MotherAssociate',
      read: ({ row, reading }) => associateCarrier(numberOf(row.associate_id), reading),
    },
    reference({
      name: 'Task',
      column: 'task_idx',
      idProperty: 'TaskListItemId',
      table: 'task',
      list: 'task',
      field: { type: '', length: 4 },
      carrier: (id, reading) => {
        const row = reading.database.table('task').get(id);
        return row ? itemJson('TaskListItem', 'TaskListItemId', id, row, reading.language) : null;
      },
    }),
    integer('PreferredTZLocation', 'preferredTZLocation'),
    constant('PreferredTZLocationData', null),
    Sale,
    integer('SuggestedAppointmentId', 'suggestedAppointmentId'),
    flag('IsMileStone', 'isMilestone'),
    constant('CautionWarning', 'OK'),
    constant('OwnedExternally', 'None'),
    text('JoinVideomeetUrl', 'joinVideomeetUrl', 2000),
    text('CentralserviceVideomeetId', 'centralserviceVideomeetId', 100),
  ],
  afterDictionaries: [
    published.PublishEventDate,
    published.PublishTo,
    published.PublishFrom,
    published.IsPublished,
    visibleFor('appointment'),
  ],
  archives: ['Participants', 'Links'],
  blank,
  defaults,
  complete,
  remove,
  simple: simpleAppointment,
  links: activityLinks,
});

function defaults(draft: Draft): void {
  ownActivity(draft);
  Object.assign(draft.columns, startOf('Appointment', draft.writing));
}

function complete(draft: Draft): void {
  completeSchedule(draft);
  completeActivity(draft);
}

function remove(row: Readonly<DbRow>, database: Database): void {
  const id = numberOf(row.appointment_id);
  for (const column of ['title_text_id', 'agenda_text_id', 'internal_notes_text_id'])
    database.table('text').delete(numberOf(row[column]));
  removeParticipants(database, id);
  removeViewers(database, 'appointment', id);
  removeParts(database, 'Appointment', row);
}
