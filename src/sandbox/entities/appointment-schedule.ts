import type { DbRow } from '../store/table.ts';
import { appointmentTypes } from './carriers/enumerations.ts';
import { firstItem } from './carriers/list-item.ts';
import type { Draft, Writing } from './draft.ts';
import { appointmentLengths, changedStartMovesRest } from './open-points.ts';
import { stampText } from './stamps.ts';
import { numberOf, textOf } from './values.ts';

const { inDiary = 1, inChecklist = 2 } = appointmentTypes;
const minute = 60_000;

/** The task types of a follow-up that SuperOffice has defaults for (writing.md, section 1.3). */
type TaskType = 'Appointment' | 'Phone' | 'ToDo';

/** What a follow-up of a task type starts with: its task, its place in diary or checklist, and its time from now on. */
export function startOf(type: TaskType, { database, now }: Writing): DbRow {
  const start = stampText(new Date(Math.floor(now.getTime() / minute) * minute));
  return {
    task_idx: firstItem(database, 'task', row => row.type === type),
    type: placeOf(type),
    do_by: start,
    endDate: later(start, appointmentLengths[type]),
    activeDate: start,
  };
}

/** To-dos are in the checklist, everything else is in the diary (writing.md, section 2). */
function placeOf(taskType: string): number {
  return taskType === 'ToDo' ? inChecklist : inDiary;
}

/**
 * Fills what the request leaves open: the place that the task asks for, the end of a new follow-up by the length that
 * its task type has, and the date it is searched and shown by, which is its start.
 */
export function completeSchedule(draft: Draft): void {
  const { columns, before, sent, writing } = draft;
  const task = writing.database.table('task').get(draft.number('task_idx'));
  if (draft.number('type') === 0 || (before === null && sent.has('Task') && !sent.has('Type')))
    columns.type = placeOf(textOf(task?.type));
  if (before === null && sent.has('Task')) {
    if (!sent.has('IsAlldayEvent')) columns.alldayEvent = numberOf(task?.is_default_allday_event);
    if (!sent.has('IsFree')) columns.freeBusy = numberOf(task?.is_default_free);
  }
  if (!draft.changes('do_by') || (before !== null && !changedStartMovesRest)) return;
  const start = textOf(draft.value('do_by'));
  if (!sent.has('ActiveDate')) columns.activeDate = start;
  if (!sent.has('EndDate')) columns.endDate = start === '' ? '' : later(start, lengthOf(textOf(task?.type)));
}

function lengthOf(taskType: string): number {
  return appointmentLengths[isTaskType(taskType) ? taskType : 'Appointment'];
}

/** True for a type of task that has defaults for new follow-ups. */
export function isTaskType(type: string): type is TaskType {
  return Object.hasOwn(appointmentLengths, type);
}

function later(start: string, minutes: number): string {
  return stampText(new Date(Date.parse(`${start}Z`) + minutes * minute));
}
