import type { Datatype } from './datatype.ts';
import type { Field } from './field.ts';
import { elementFields } from './repeated-fields.ts';
import { associateFields, keptListField, readOnlyFields } from './shared-fields.ts';
import { hiddenTextField, textField } from './text-fields.ts';

/** Slots and lengths: writing.md, sections 2 and 7.1; reading.md, section 9.3. */
const fields: readonly Field[] = [
  { ...textField('Name', 219, 'name', 'Name of the project. A new project needs one.'), needed: 'create' },
  textField('ProjectNumber', 49, 'number', 'Number of the project; SuperOffice may allocate one by itself.'),
  keptListField(
    'ProjectType',
    { property: 'ProjectType', idProperty: 'Id', column: 'type' },
    'Type of project, by its name in the list. The list is never added to.',
  ),
  keptListField(
    'ProjectStatus',
    { property: 'ProjectStatus', idProperty: 'Id', column: 'status' },
    'Status of the project, by its name in the list. The list is never added to.',
  ),
  ...associateFields('associateId', 'An unknown user falls back to the configured or signed-in one.'),
  {
    name: 'EndDate',
    kind: 'date',
    meaning: 'Day on which the project is to end.',
    slot: { at: 'property', property: 'EndDate', column: 'endDate' },
  },
  {
    name: 'Completed',
    kind: 'boolean',
    meaning: 'The project is done.',
    slot: { at: 'property', property: 'Completed', column: 'completed' },
  },
  hiddenTextField('Description', 2047, 'project.text_id.text', 'Description; may have several lines.'),
  hiddenTextField(
    'Postit',
    2047,
    'project.postitText_id.text',
    'Note on the project; may have several lines.',
  ),
  ...elementFields('Url', 1, 'Urls', 'url', 0, 'Web address'),
  ...readOnlyFields({
    id: 'projectId',
    createdDate: 'registeredDate',
    updatedDate: 'updatedDate',
    createdBy: 'registeredBy',
    updatedBy: 'updatedBy',
  }),
];

export const project: Datatype = {
  name: 'Project',
  fileWords: ['project', 'projects'],
  meaning: 'Projects, found again by ProjUserKey01.',
  entity: 'Project',
  keyField: 'ProjUserKey01',
  custom: { kind: 'udef', prefix: 'Proj' },
  archive: {
    provider: 'SimpleProject',
    entities: 'project',
    idColumn: 'projectId',
    customPrefix: 'projectUdef/',
  },
  fields,
  neededToCreate: [['Name']],
};
