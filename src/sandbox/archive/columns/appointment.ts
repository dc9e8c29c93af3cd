import { translate } from '../../lists/text.ts';
import type { DbRow } from '../../store/table.ts';
import type { Column } from '../column.ts';
import type { Source } from '../source.ts';
import { activityColumns, activityRelations, unkeptActivityColumns } from './activity.ts';
import { columnsOf, computed, empty } from './build.ts';
import { type ColumnGroup, columnGroup, itself, type Nested } from './group.ts';
import { associateFullName, numberIn, textIn } from './names.ts';
import { udefGroup } from './udef.ts';

const appointment = columnsOf('appointment');

function taskOf(row: DbRow, { database }: Source): DbRow | undefined {
  return database.table('task').get(numberIn(row, 'task_idx'));
}

function textAt(link: string) {
  return (row: DbRow, { database }: Source): string =>
    textIn(database.table('text').get(numberIn(row, link)), 'text');
}

const description = textAt('text_id');
const title = textAt('title_text_id');
const agenda = textAt('agenda_text_id');
const internalNotes = textAt('internal_notes_text_id');

/** What an appointment is called in a list: its title, else its description. */
function shownText(row: DbRow, source: Source): string {
  return title(row, source) || description(row, source);
}

/** Seconds from start to end; 0 without both. */
function duration(row: DbRow): number {
  const length = Date.parse(`${textIn(row, 'endDate')}Z`) - Date.parse(`${textIn(row, 'do_by')}Z`);
  return Number.isNaN(length) ? 0 : length / 1000;
}

const own: readonly Column[] = [
  appointment.integer('appointmentId', 'appointment_id'),
  // In archives that mix activities, `type` is the item of the record's own type list.
  appointment.list('type', 'task_idx', 'task'),
  computed('recordType', 'string', 'string', (row, source) => textIn(taskOf(row, source), 'type')),
  computed('text', 'string', 'positiveString', shownText),
  appointment.date('endDate', 'endDate'),
  appointment.time('endTime', 'endDate', { restriction: null, sortable: false }),
  appointment.date('completedDate', 'done'),
  computed('duration', 'integer', 'timeSpan', duration, { sortable: false }),
  appointment.list('priority', 'priority_idx', 'priority'),
  appointment.flag('alarm', 'hasAlarm'),
  appointment.flag('isFree', 'freeBusy'),
  appointment.text('location', 'location'),
  appointment.integer('rawType', 'type'),
  appointment.integer('rawStatus', 'status'),
  appointment.integer('suggestedAppointmentId', 'suggestedAppointmentId'),
  appointment.flag('isMilestone', 'isMilestone'),
  {
    ...computed('recordTypeText', 'list', 'listAny', row => numberIn(row, 'task_idx')),
    display: (cell, source) => {
      const task = source.database.table('task').get(Number(cell ?? 0));
      return translate(textIn(task, 'type'), source.language);
    },
  },
  computed('joinVideomeetUrl', 'string', null, row => textIn(row, 'joinVideomeetUrl')),
  // Nothing here is a tentative booking or was declined.
  computed('visibleInDiary', 'bool', 'bool', () => true),
  appointment.associate('updatedBy', 'updated_associate_id'),
  appointment.associateFullName('updatedByFullName', 'updated_associate_id', associateFullName),
  appointment.date('updatedDate', 'updated'),
  appointment.associate('registeredBy', 'registered_associate_id'),
  appointment.associateFullName('registeredByFullName', 'registered_associate_id', associateFullName),
  appointment.date('registeredDate', 'registered'),
];

/** Documented columns of what the sandbox does not keep, or whose values no sample shows. */
const unkept: readonly Column[] = [
  empty('recurring', 'bool', 'bool'),
  empty('booking', 'bool', 'bool'),
  empty('intention', 'list', 'listAny'),
  empty('recurrenceRuleId', 'integer', 'int'),
  empty('cautionWarning', 'list', 'listAny'),
  empty('invitedPersonId', 'integer', 'int'),
  empty('createdByWorkflow', 'list', 'listAny'),
  computed('skipTentativeAndRejectedRestriction', 'bool', 'bool', () => true, { sortable: false }),
];

/** Texts are plain, so that their HTML forms read the same. */
const texts: ColumnGroup = columnGroup([
  computed('text', 'string', 'positiveString', shownText),
  computed('description', 'string', 'positiveString', description),
  computed('title', 'string', 'positiveString', title),
  computed('titleHtml', 'string', null, title),
  computed('agenda', 'string', 'positiveString', agenda),
  computed('agendaHtml', 'string', null, agenda),
  computed('isConverted', 'bool', null, () => true, { sortable: false }),
  appointment.integer('textId', 'text_id'),
  computed('internalNotes', 'string', 'positiveString', internalNotes),
  computed('internalNotesHtml', 'string', 'positiveString', internalNotes),
]);

const nested: readonly Nested[] = [
  ...activityRelations(itself),
  { prefix: 'appointment', hop: itself, group: texts },
  { prefix: 'appointmentUdef', hop: itself, group: udefGroup('Appointment') },
];

/** reading.md, section 9.5. */
export const appointmentGroup: ColumnGroup = columnGroup(
  [...activityColumns, ...own, ...unkeptActivityColumns, ...unkept],
  nested,
);
