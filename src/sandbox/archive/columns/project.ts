import type { Column } from '../column.ts';
import { columnsOf, computed, empty } from './build.ts';
import { type ColumnGroup, columnGroup, type Hop, itself, type Nested } from './group.ts';
import { associateFullName, numberIn } from './names.ts';
import {
  associateGroup,
  hasNote,
  infoGroup,
  noteOf,
  ownedBy,
  primaryRow,
  reference,
  urlGroup,
} from './related.ts';
import { udefGroup } from './udef.ts';

const project = columnsOf('project');

/** Columns that every view of a project has. */
const projectIdentity: readonly Column[] = [
  project.integer('projectId', 'project_id'),
  {
    ...project.text('name', 'name', { restriction: 'stringorPK' }),
    recordKey: row => numberIn(row, 'project_id'),
  },
  project.text('number', 'project_number'),
];

/** reading.md, section 9.3. `text` and `description` are not told apart there: both are the description. */
const base: readonly Column[] = [
  ...projectIdentity,
  project.flag('completed', 'done'),
  project.list('type', 'type_idx', 'projtype', 'projecttype'),
  project.list('status', 'status_idx', 'projstatus', 'projectstatus'),
  computed('statusRank', 'integer', null, (row, { database }) =>
    numberIn(database.table('projstatus').get(numberIn(row, 'status_idx')), 'rank'),
  ),
  project.associate('associateId', 'associate_id'),
  computed('hasInfoText', 'bool', 'bool', (row, { database }) => hasNote(row, database)),
  empty('icon', 'string', null),
  computed('text', 'string', 'string', (row, { database }) => noteOf(row, database)),
  computed('description', 'string', 'string', (row, { database }) => noteOf(row, database)),
  project.associate('updatedBy', 'updated_associate_id'),
  project.associateFullName('updatedByFullName', 'updated_associate_id', associateFullName),
  project.date('updatedDate', 'updated'),
  project.associate('registeredBy', 'registered_associate_id'),
  project.associateFullName('registeredByFullName', 'registered_associate_id', associateFullName),
  project.date('registeredDate', 'registered'),
  project.date('nextMilestone', 'nextMilestoneDate'),
  project.date('endDate', 'endDate'),
  // Guides, ERP links and events are documented columns of things the sandbox does not keep.
  empty('hasGuide', 'bool', 'bool'),
  empty('activeErpLinks', 'bool', 'bool'),
  empty('eventId', 'integer', 'int'),
  empty('startDate', 'date', 'date'),
];

const udefs: Nested = { prefix: 'projectUdef', hop: itself, group: udefGroup('Project') };

const nested: readonly Nested[] = [
  {
    prefix: 'projectAssociate',
    hop: reference('project', 'associate_id', 'associate'),
    group: associateGroup,
  },
  { prefix: 'projectUrl', hop: ownedBy('url', 'project_id'), group: urlGroup },
  { prefix: 'project', hop: reference('project', 'text_id', 'text', true), group: infoGroup },
  udefs,
];

const member = columnsOf('projectmember');
const memberGroup: ColumnGroup = columnGroup([
  member.integer('projectMemberId', 'projectmember_id'),
  member.integer('projectId', 'project_id'),
  member.integer('contactId', 'contact_id'),
  member.integer('personId', 'person_id'),
  member.list('function', 'mtype_idx', 'pmembtype'),
]);

/** The first member; the way back knows all of them, and the filter still tests the first. */
const toMember: Hop = {
  to: (row, database) => {
    const members = database.table('projectmember');
    return primaryRow(
      members.find('project_id', numberIn(row, 'project_id')).map(id => members.get(id) ?? {}),
    );
  },
  from: (ids, database) => ids.map(id => numberIn(database.table('projectmember').get(id), 'project_id')),
};

/** reading.md, section 9.3: members in FindProject only. */
export function projectGroup(withMembers: boolean): ColumnGroup {
  return columnGroup(
    base,
    withMembers ? [...nested, { prefix: 'projectMember', hop: toMember, group: memberGroup }] : nested,
  );
}

/** What `project/` offers in the archives of sales and activities. */
export const projectIdentityGroup: ColumnGroup = columnGroup(projectIdentity, [udefs]);
