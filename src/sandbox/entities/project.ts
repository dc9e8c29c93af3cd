import type { Database } from '../store/database.ts';
import type { DbRow } from '../store/table.ts';
import { allocatedNumber } from './allocated-number.ts';
import { groupOf } from './carriers/associate.ts';
import { firstItem } from './carriers/list-item.ts';
import { simpleProject } from './carriers/project-simple.ts';
import type { Draft } from './draft.ts';
import { defineEntity } from './entity.ts';
import { elementRows, elements, urlStore } from './properties/elements.ts';
import { links } from './properties/links.ts';
import { note, textTypes } from './properties/note.ts';
import { projectMembers, removeMembers } from './properties/project-members.ts';
import { publication } from './properties/publication.ts';
import {
  constant,
  date,
  flag,
  mandatoryField,
  readOnlyDate,
  readOnlyInteger,
  text,
} from './properties/scalar.ts';
import { associate, listReference, stampAssociate } from './properties/shared-references.ts';
import { removeParts } from './removal.ts';
import { numberOf } from './values.ts';

const blank: DbRow = {
  name: '',
  project_number: '',
  associate_id: 0,
  group_id: 0,
  type_idx: 0,
  status_idx: 0,
  postitText_id: 0,
  done: 0,
  endDate: '',
  activeLinks: 0,
};

const urls = urlStore('project_id');
const published = publication();

/** Project: writing.md, section 2; column names and lengths section 7.1. */
export const project = defineEntity({
  name: 'Project',
  table: 'project',
  idProperty: 'ProjectId',
  properties: [
    readOnlyInteger('ProjectId', 'project_id'),
    text('Name', 'name', 219, true),
    text('ProjectNumber', 'project_number', 49, true),
    projectMembers('ProjectMembers'),
    elements('Urls', urls),
    readOnlyDate('CreatedDate', 'registered'),
    readOnlyDate('UpdatedDate', 'updated'),
    note('Description', 'project', textTypes.projectText),
    note('Postit', 'project', textTypes.projectInfo, 'postitText_id'),
    stampAssociate('CreatedBy', 'registered_associate_id'),
    stampAssociate('UpdatedBy', 'updated_associate_id'),
    {
      ...associate('Associate', 'associate_id'),
      field: mandatoryField('SuperOffice.CRM.Services.Associate', 4),
    },
    listReference('ProjectStatus', 'status_idx', 'projectstatus', { table: 'projstatus' }),
    listReference('ProjectType', 'type_idx', 'projecttype', { table: 'projtype', isMandatory: true }),
    // The sandbox keeps no images.
    constant('HasImage', false),
    constant('ImageDescription', ''),
    constant('ActiveStatusMonitorId', 0),
    links('project'),
    readOnlyInteger('ActiveLinks', 'activeLinks'),
    flag('Completed', 'done'),
    readOnlyDate('NextMilestoneDate', 'nextMilestoneDate'),
    readOnlyInteger('NmdAppointmentId', 'nmdAppointmentId'),
    date('EndDate', 'endDate'),
    constant('ActiveErpLinks', 0),
    // Reserved for an event system that the sandbox is not connected to.
    readOnlyInteger('EventId', 'eventId'),
    readOnlyDate('StartDate', 'startDate'),
  ],
  afterDictionaries: [
    published.PublishEventDate,
    published.PublishTo,
    published.PublishFrom,
    published.IsPublished,
  ],
  archives: ['Activities', 'Guide', 'Members', 'Contacts', 'Links'],
  blank,
  defaults,
  complete,
  remove,
  simple: simpleProject,
});

function defaults({ columns, writing: { database, associateId } }: Draft): void {
  columns.project_number = allocatedNumber(database, 'project');
  columns.associate_id = associateId;
  columns.group_id = groupOf(database, associateId);
  columns.type_idx = firstItem(database, 'projtype');
  columns.status_idx = firstItem(database, 'projstatus');
}

function complete(draft: Draft): void {
  const { columns, before, writing } = draft;
  if (draft.changes('associate_id'))
    columns.group_id = groupOf(writing.database, draft.number('associate_id'));
  if (before === null && (draft.value('project_number') ?? '') === '')
    columns.project_number = allocatedNumber(writing.database, 'project');
}

function remove(row: Readonly<DbRow>, database: Database): void {
  const id = numberOf(row.project_id);
  for (const url of elementRows(database, urls, id)) database.table('url').delete(numberOf(url.url_id));
  removeMembers(database, id);
  removeParts(database, 'Project', row);
}
