import type { Column } from '../column.ts';
import { columnsOf, computed, empty } from './build.ts';
import { contactIdentityGroup } from './contact.ts';
import type { Hop, Nested } from './group.ts';
import { numberIn, personFullName } from './names.ts';
import { personIdentityGroup } from './person.ts';
import { projectIdentityGroup } from './project.ts';
import { associateGroup, reference } from './related.ts';
import { saleIdentityGroup } from './sale.ts';

const appointment = columnsOf('appointment');

/** `appointment.status` of what is done (writing.md, section 7.1). */
const completed = 3;

/** What appointments and documents have in common, read from an appointment row (reading.md, sections 9.5 and 9.6). */
export const activityColumns: readonly Column[] = [
  computed('completed', 'bool', 'bool', row => row.status === completed),
  appointment.date('date', 'activeDate'),
  appointment.time('time', 'do_by', { restriction: null, sortable: false }),
  appointment.associate('associateId', 'associate_id'),
  // Restrict as lists and answer names, though they hold ids.
  appointment.list('contactId', 'contact_id', 'contact'),
  {
    ...appointment.list('personId', 'person_id', 'person'),
    display: (cell, { database }) => personFullName(database.table('person').get(Number(cell ?? 0))),
  },
  appointment.list('projectId', 'project_id', 'project'),
  appointment.integer('saleId', 'sale_id'),
  { ...appointment.list('userGroup', 'group_idx', 'usergroup'), restriction: 'userGroup' },
];

/** Documented for both, and kept for neither. */
export const unkeptActivityColumns: readonly Column[] = [
  empty('icon', 'list', 'listAny'),
  empty('visibleFor', 'list', 'listAny', { sortable: false }),
];

/** Columns of what the activity is about; `toActivity` leads from the provider's row to the appointment row. */
export function activityRelations(toActivity: Hop): readonly Nested[] {
  const related = (column: string, table: string): Hop => {
    const hop = reference('appointment', column, table, true);
    return {
      to: (row, database) => {
        const activity = toActivity.to(row, database);
        return activity && hop.to(activity, database);
      },
      from: (ids, database) => toActivity.from?.(hop.from?.(ids, database) ?? [], database) ?? [],
    };
  };
  const associate: Hop = {
    to: (row, database) =>
      database.table('associate').get(numberIn(toActivity.to(row, database), 'associate_id')),
  };
  return [
    { prefix: 'associate', hop: associate, group: associateGroup },
    { prefix: 'contact', hop: related('contact_id', 'contact'), group: contactIdentityGroup(true) },
    { prefix: 'person', hop: related('person_id', 'person'), group: personIdentityGroup },
    { prefix: 'project', hop: related('project_id', 'project'), group: projectIdentityGroup },
    { prefix: 'sale', hop: related('sale_id', 'sale'), group: saleIdentityGroup },
  ];
}
