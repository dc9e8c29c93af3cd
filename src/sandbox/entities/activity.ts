import type { Database } from '../store/database.ts';
import type { DbRow } from '../store/table.ts';
import { groupOf } from './carriers/associate.ts';
import { activityStatuses } from './carriers/enumerations.ts';
import { simplePerson } from './carriers/person-simple.ts';
import type { Draft } from './draft.ts';
import { enumeration } from './properties/enumeration.ts';
import { contactReference, projectReference, saleReference } from './properties/record-references.ts';
import { reference } from './properties/reference.ts';
import { associate } from './properties/shared-references.ts';
import type { EntityRecord, Property } from './property.ts';
import { stampText } from './stamps.ts';
import { numberOf } from './values.ts';

/** Columns of table `appointment` that appointments and documents both use, empty (writing.md, section 7.1). */
export const activityBlank: Readonly<DbRow> = {
  type: 0,
  task_idx: 0,
  associate_id: 0,
  group_idx: 0,
  contact_id: 0,
  person_id: 0,
  project_id: 0,
  sale_id: 0,
  do_by: '',
  endDate: '',
  activeDate: '',
  status: activityStatuses.NotStarted ?? 0,
  done: '',
};

type ActivityProperty = 'Associate' | 'Contact' | 'Person' | 'Project' | 'Sale' | 'Completed';

/** Whose activity it is, what it is about and how far it has come. */
export const activityProperties: Readonly<Record<ActivityProperty, Property>> = {
  Associate: associate('Associate', 'associate_id'),
  Contact: contactReference,
  Person: reference({
    name: 'Person',
    column: 'person_id',
    idProperty: 'PersonId',
    table: 'person',
    list: 'person',
    field: { type: 'SuperOffice.CRM.Services.Person', length: 4 },
    carrier: simplePerson,
  }),
  Project: projectReference,
  Sale: saleReference,
  Completed: enumeration('Completed', 'status', activityStatuses, 'ActivityStatus'),
};

/** The owner of a new activity is who makes it (writing.md, section 1.3). */
export function ownActivity({ columns, writing: { database, associateId } }: Draft): void {
  columns.associate_id = associateId;
  columns.group_idx = groupOf(database, associateId);
}

/** Columns that follow from others: the owner's group, and when the activity was completed. */
export function completeActivity(draft: Draft): void {
  const { columns, writing } = draft;
  if (draft.changes('associate_id'))
    columns.group_idx = groupOf(writing.database, draft.number('associate_id'));
  if (draft.changes('status'))
    columns.done = draft.number('status') === activityStatuses.Completed ? stampText(writing.now) : '';
}

/** `_Links` to what the activity is about. */
export function activityLinks({ row }: EntityRecord): Readonly<Record<string, string>> {
  const links: Record<string, string> = {};
  for (const name of ['Contact', 'Person', 'Project', 'Sale']) {
    const id = numberOf(row[`${name.toLowerCase()}_id`]);
    if (id > 0) links[name] = `${name}/${id}`;
  }
  return links;
}

/** True for the appointment row of a document: in its own table it is no appointment. */
export function isOfDocument(row: Readonly<DbRow>): boolean {
  return numberOf(row.document_id) > 0;
}

/** Takes the activities of a person after a date along to another company (writing.md, section 2). */
export function moveActivities(database: Database, personId: number, contactId: number, after: string): void {
  const appointments = database.table('appointment');
  for (const id of appointments.find('person_id', personId)) {
    const date = appointments.get(id)?.activeDate;
    if (typeof date === 'string' && date > after) appointments.update(id, { contact_id: contactId });
  }
}
